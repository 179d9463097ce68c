"""How made-up stays are billed: interim bills, corrections, cancels, repetitions, late and out of order."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from shared.feeds.person_time import Span
from shared.feeds.sample import payments
from shared.feeds.sample.pictures import Chart, Picture
from shared.feeds.sample.returns import Return
from shared.feeds.sample.stays import STILL_PATIENT, Stay

_INTERIM_AFTER_DAYS = 30
_CORRECTED, _BILLED_BY_MISTAKE, _REPEATED, _SWAPPED, _LATE = 0.03, 0.008, 0.003, 0.1, 0.04
_ADMIT_TO_DISCHARGE, _FIRST, _CONTINUING, _LAST, _ADJUSTMENT, _VOID = "1", "2", "3", "4", "7", "8"


@dataclass(frozen=True, slots=True)
class ClaimVersion:
    """One version of one claim as it was received; ``claim`` numbers the claim family."""

    person: str
    claim: str
    version: int
    action: str
    provider: str
    admission: dt.date
    discharge: dt.date
    status: str
    frequency: str
    received: dt.date
    drg: str | None = None
    paid: int | None = None
    diagnoses: tuple[str, ...] = ()
    poa: str = ""
    procedures: tuple[str, ...] = ()
    leave: tuple[Span, ...] = ()


def claims(
    person: str, stays: Iterable[Stay], chance: Random, money: Random, chart: Chart
) -> tuple[list[ClaimVersion], dict[Stay, Picture]]:
    """Every version of every claim of a person in the order received, and the clinical picture of each stay."""
    found: list[ClaimVersion] = []
    seen: dict[Stay, Picture] = {}
    for stay in stays:
        for bill in _bills(person, stay):
            claim = f"{person}-{len(found):04d}"
            versions = _versions(replace(bill, claim=claim), chance)
            grouping = payments.grouping(money)
            picture = seen.get(stay) or chart.of(stay, grouping.drg)
            seen[stay] = picture
            found += _told(versions, grouping, picture)
        if chance.random() < _BILLED_BY_MISTAKE:
            mistake = _mistake(f"{person}-{len(found):04d}", person, stay, chance)
            found += _told(mistake, payments.grouping(money), seen[stay])
    found += [version for version in found if chance.random() < _REPEATED]
    return in_order_received(found), seen


def returned(
    person: str, returns: Iterable[Return], seen: Mapping[Stay, Picture], chance: Random, chart: Chart
) -> Iterator[ClaimVersion]:
    """The claims of returns on the day of discharge, one each."""
    for number, again in enumerate(returns):
        grouping = payments.grouping(chance)
        picture = seen[again.after] if again.same else chart.of(again.stay, grouping.drg)
        (bill,) = _bills(person, again.stay)
        received = bill.received + dt.timedelta(days=_lag(chance))
        yield from _told([replace(bill, claim=f"{person}-r{number:03d}", received=received)], grouping, picture)


def after_death(person: str, stay: Stay, chance: Random, chart: Chart) -> ClaimVersion:
    """The claim of an impossible stay: the number of someone who had died before, which nobody corrects."""
    grouping = payments.grouping(chance)
    (bill,) = _bills(person, stay)
    received = bill.received + dt.timedelta(days=_lag(chance))
    (told,) = _told([replace(bill, claim=f"{person}-x000", received=received)], grouping, chart.of(stay, grouping.drg))
    return told


def in_order_received(versions: Iterable[ClaimVersion]) -> list[ClaimVersion]:
    """The order in which Medicare received them."""
    return sorted(versions, key=lambda version: (version.received, version.claim, version.version))


def _told(versions: list[ClaimVersion], grouping: payments.Grouping, picture: Picture) -> list[ClaimVersion]:
    """The versions with DRG, payment and clinical picture.

    Some corrections raise DRG and payment, by a diagnosis that was left out before; a cancel pays nothing.
    """
    final = payments.Side(picture.drg or grouping.drg, grouping.paid)
    corrected = len(versions) > 1 and versions[-1].action == "adjust"
    before = grouping.before if corrected and picture.drg is None else final
    left_out = 1 if before != final and len(picture.diagnoses) > 1 else 0
    found = []
    for version in versions:
        side, less = (before, left_out) if version.version == 1 else (final, 0)
        told = len(picture.diagnoses) - less
        found.append(
            replace(
                version,
                drg=side.drg,
                paid=0 if version.action == "cancel" else side.paid,
                diagnoses=picture.diagnoses[:told],
                poa=picture.poa[:told],
                procedures=picture.procedures,
                leave=tuple(
                    span for span in picture.leave if version.admission < span[0] <= span[1] < version.discharge
                ),
            )
        )
    return found


def _bills(person: str, stay: Stay) -> Iterator[ClaimVersion]:
    """One bill, or for a long stay an interim bill every 30 days; each says when the patient came."""
    ends = [stay.admission]
    while (stay.discharge - ends[-1]).days > _INTERIM_AFTER_DAYS:
        ends.append(ends[-1] + dt.timedelta(days=_INTERIM_AFTER_DAYS))
    ends.append(stay.discharge)
    parts = list(pairwise(ends))
    for index, (_, through) in enumerate(parts):
        last = index == len(parts) - 1
        frequency = _LAST if last else _CONTINUING if index else _FIRST
        yield ClaimVersion(
            person=person,
            claim="",
            version=1,
            action="original",
            provider=stay.provider,
            admission=stay.admission,
            discharge=through,
            status=stay.status if last else STILL_PATIENT,
            frequency=frequency if len(parts) > 1 else _ADMIT_TO_DISCHARGE,
            received=through,
        )


def _versions(bill: ClaimVersion, chance: Random) -> list[ClaimVersion]:
    received = bill.received + dt.timedelta(days=_lag(chance))
    if bill.frequency != _ADMIT_TO_DISCHARGE or chance.random() >= _CORRECTED:
        return [replace(bill, received=received)]
    mended = received + dt.timedelta(days=chance.randint(5, 60))
    if chance.random() < _SWAPPED:
        received, mended = mended, received
    return [
        _wrong(replace(bill, received=received), chance),
        replace(bill, version=2, action="adjust", frequency=_ADJUSTMENT, received=mended),
    ]


def _wrong(bill: ClaimVersion, chance: Random) -> ClaimVersion:
    if chance.random() < 0.5:
        return replace(bill, discharge=bill.discharge + dt.timedelta(days=chance.randint(1, 3)))
    return replace(bill, status="01" if bill.status != "01" else "03")


def _mistake(claim: str, person: str, stay: Stay, chance: Random) -> list[ClaimVersion]:
    """A stay that never was, billed and then cancelled."""
    day = stay.discharge + dt.timedelta(days=chance.randint(2, 20))
    received = day + dt.timedelta(days=_lag(chance))
    billed = ClaimVersion(
        person,
        claim,
        1,
        "original",
        stay.provider,
        day,
        day + dt.timedelta(days=3),
        "01",
        _ADMIT_TO_DISCHARGE,
        received,
    )
    cancelled = received + dt.timedelta(days=chance.randint(5, 60))
    return [billed, replace(billed, version=2, action="cancel", frequency=_VOID, received=cancelled)]


def _lag(chance: Random) -> int:
    return chance.randint(90, 330) if chance.random() < _LATE else chance.randint(5, 45)
