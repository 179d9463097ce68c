"""How made-up stays are billed: interim bills, corrections, cancels, repetitions, late and out of order."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from shared.feeds.sample import payments
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


def claims(person: str, stays: Iterator[Stay], chance: Random, money: Random) -> list[ClaimVersion]:
    """Every version of every claim of a person, in the order in which they were received."""
    found: list[ClaimVersion] = []
    for stay in stays:
        for bill in _bills(person, stay):
            claim = f"{person}-{len(found):04d}"
            found += _grouped(_versions(replace(bill, claim=claim), chance), money)
        if chance.random() < _BILLED_BY_MISTAKE:
            found += _grouped(_mistake(f"{person}-{len(found):04d}", person, stay, chance), money)
    found += [version for version in found if chance.random() < _REPEATED]
    return sorted(found, key=lambda version: (version.received, version.claim, version.version))


def _grouped(versions: list[ClaimVersion], money: Random) -> list[ClaimVersion]:
    """The versions with a DRG and a payment; some corrections raise both, a cancel pays nothing."""
    grouping = payments.grouping(money)
    first = grouping.before if len(versions) > 1 and versions[-1].action == "adjust" else grouping
    return [
        replace(
            version,
            drg=(first if version.version == 1 else grouping).drg,
            paid=0 if version.action == "cancel" else (first if version.version == 1 else grouping).paid,
        )
        for version in versions
    ]


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
