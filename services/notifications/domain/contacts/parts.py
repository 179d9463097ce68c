"""Which part can be held where, and for how long: holds of one part at one place never overlap."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from shared.contracts.notifications.contacts import MOST_HOLDS
from shared.contracts.notifications.terms import Holds, Part
from shared.contracts.replies import Reason
from shared.program.states import STATES

ANYWHERE: Final = "any:any"
_AHEAD: Final = dt.timedelta(days=366)
_LONGEST: Final = dt.timedelta(days=100 * 366)
# Owners are older than the program. Our own bound, against slips of the pen; no source sets one.
_EARLIEST: Final = dt.date(1900, 1, 1)

_HOME: Final = ("facility",)
_PEOPLE: Final = ("facility", "community", "state", "any")
PLACES: Final[Mapping[Part, tuple[str, ...]]] = MappingProxyType(
    {
        Part.ADMINISTRATOR: _HOME,
        Part.QUALITY_LEAD: _HOME,
        Part.FRONTLINE: _HOME,
        Part.OWNER: _HOME,
        Part.RESIDENT: _HOME,
        Part.CAREGIVER: _PEOPLE,
        Part.FAMILY: _PEOPLE,
        Part.BENEFICIARY: _PEOPLE,
        Part.PRACTITIONER: (*_PEOPLE, "collaborative"),
        Part.COALITION_LEAD: ("coalition",),
        Part.COALITION_MEMBER: ("coalition",),
        Part.COMMUNITY_LEADER: ("community",),
        Part.PEER_COACH: ("facility", "community", "collaborative", "network"),
        Part.QIO_STAFF: ("qio", "state", "network", "any"),
        Part.SUPERVISOR: ("qio", "state", "network", "any"),
        Part.STAKEHOLDER: ("community", "coalition", "collaborative", "network", "state", "any"),
    }
)
# Who of the organization's own staff has a part at no place in particular has it at each. A family member of no
# particular home is not told what concerns the families of one.
EVERYWHERE: Final = frozenset((Part.QIO_STAFF, Part.SUPERVISOR))


def counts(part: Part, place: str) -> tuple[str, ...] | None:
    """The places at which the part is held in the circle of ``place``; None: wherever it is held."""
    if place == ANYWHERE:
        return None
    return (place, ANYWHERE) if part in EVERYWHERE else (place,)


def reasons_against(hold: Holds, now: dt.datetime, where: str = "") -> Iterator[Reason]:
    """What is wrong with one hold by itself at ``now`` (UTC); ``where`` is put before the names of its fields."""
    kind, _, which = hold.place.partition(":")
    if kind not in PLACES[hold.part]:
        text = f"The part {hold.part} is held at: {', '.join(PLACES[hold.part])}; not at: {kind}."
        yield Reason(code="PART_ELSEWHERE", field=f"{where}place", text=text)
    elif kind == "any" and hold.place != ANYWHERE:
        yield Reason(code="PLACE_UNKNOWN", field=f"{where}place", text=f"No place in particular is {ANYWHERE}.")
    elif kind == "state" and which not in STATES:
        text = "The state is not a state or territory of the program."
        yield Reason(code="PLACE_UNKNOWN", field=f"{where}place", text=text)
    if hold.since < _EARLIEST:
        yield Reason(code="TOO_LONG_AGO", field=f"{where}since", text=f"Parts are recorded from {_EARLIEST} on.")
    if hold.since > now.date() + _AHEAD:
        text = "A part is recorded at most a year before it begins."
        yield Reason(code="TOO_FAR_AHEAD", field=f"{where}since", text=text)
    if hold.until is None:
        return
    if hold.until <= hold.since:
        text = f"The part begins on {hold.since}; the first day without it comes after that."
        yield Reason(code="DATES_OUT_OF_ORDER", field=f"{where}until", text=text)
    elif hold.until - hold.since > _LONGEST:
        yield Reason(code="TOO_FAR_AHEAD", field=f"{where}until", text="Nobody holds a part for over a hundred years.")


def overlapping(hold: Holds, held: Iterable[Holds]) -> Holds | None:
    """The first of those ``held`` that is the same part at the same place on one of the same days."""
    return next((one for one in held if _same(one, hold) and _meet(one, hold)), None)


def reasons_together(held: Sequence[Holds], where: str) -> Iterator[Reason]:
    """What is wrong with several holds of one contact together."""
    for position, hold in enumerate(held):
        if other := overlapping(hold, held[:position]):
            yield overlaps(other, f"{where}[{position}]")


def overlaps(other: Holds, field: str) -> Reason:
    """The reason against a hold that overlaps another."""
    days = f"since {other.since}" if other.until is None else f"from {other.since} to before {other.until}"
    text = f"The contact has the part {other.part} at {other.place} {days} already."
    return Reason(code="ROLE_OVERLAPS", field=field, text=text)


def too_many(held: Sequence[Holds], field: str) -> Iterator[Reason]:
    """The reason against more holds than a contact can have."""
    if len(held) > MOST_HOLDS:
        yield Reason(code="TOO_MANY_ROLES", field=field, text=f"A contact has at most {MOST_HOLDS} parts.")


def in_order(held: Iterable[Holds]) -> tuple[Holds, ...]:
    """Holds by their first day, part and place: the one order in which they are kept."""
    return tuple(sorted(held, key=lambda one: (one.since, one.part, one.place)))


def united(held: Iterable[Holds]) -> tuple[Holds, ...]:
    """Holds of two contacts that are one: on each day each part at each place once."""
    groups: dict[tuple[Part, str], list[Holds]] = defaultdict(list)
    for hold in in_order(held):
        group = groups[hold.part, hold.place]
        last = group[-1] if group else None
        if last is not None and (last.until is None or hold.since <= last.until):
            until = None if last.until is None or hold.until is None else max(last.until, hold.until)
            group[-1] = last.model_copy(update={"until": until})
        else:
            group.append(hold)
    return in_order(hold for group in groups.values() for hold in group)


def _same(one: Holds, other: Holds) -> bool:
    return (one.part, one.place) == (other.part, other.place)


def _meet(one: Holds, other: Holds) -> bool:
    return (one.until is None or other.since < one.until) and (other.until is None or one.since < other.until)
