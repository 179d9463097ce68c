"""The facts given for a case: checked, put in order, completed with what the law presumes."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from services.complaints.domain import clock
from services.complaints.domain.case_clock import CaseClock, Fact
from services.complaints.domain.clock import Moment


class FactRefused(ValueError):  # noqa: N818 - an answer to the caller
    """The facts cannot be: one clear reason, without their values."""

    code = "FACTS_CONFLICT"


class NoRuleInForce(FactRefused):
    """No rule of the case type held on the day."""

    code = "NO_RULE_IN_FORCE"


@dataclass(frozen=True, slots=True)
class Known:
    """A fact with its time; ``presumed`` says how it was come by where it was not given."""

    fact: Fact
    at: Moment
    presumed: str = ""


def known_facts(case: CaseClock, given: Mapping[str, Moment], zone: str) -> dict[str, Known]:
    """The facts given and those presumed from them, by name, in the order of the case type.

    Raises FactRefused for an unknown fact, a time without zone, and an impossible order.
    """
    names = {fact.id for fact in case.facts}
    for name, at in given.items():
        if name not in names:
            raise FactRefused(f"{case.type} knows no fact {name!r}; --facts lists those it understands.")
        if isinstance(at, dt.datetime) and at.tzinfo is None:
            raise FactRefused(f"{name} has no time zone; give it as 2026-07-04T23:40-05:00.")
    known: dict[str, Known] = {}
    for fact in case.facts:
        if fact.id in given:
            known[fact.id] = Known(fact, given[fact.id])
        elif fact.presumed is not None and fact.presumed.letter in given:
            dated = clock.local_date(given[fact.presumed.letter], zone)
            presumed = dated + fact.presumed.days * clock.DAY
            words = f"{dated:%a %Y-%m-%d} plus {fact.presumed.days} calendar days, presumed receipt"
            known[fact.id] = Known(fact, presumed, f"{words} ({fact.presumed.citation})")
    _check_order(case, known, zone)
    return known


def _check_order(case: CaseClock, known: Mapping[str, Known], zone: str) -> None:
    for line in case.order:
        # A presumption gives way to what happened: only what was given can contradict it.
        there = [known[name] for name in line if name in known and not known[name].presumed]
        for earlier, later in pairwise(there):
            if _before(later.at, earlier.at, zone):
                raise FactRefused(f"{later.fact.id} is before {earlier.fact.id}, which cannot be.")


def _before(one: Moment, other: Moment, zone: str) -> bool:
    if isinstance(one, dt.datetime) and isinstance(other, dt.datetime):
        return one < other
    return clock.local_date(one, zone) < clock.local_date(other, zone)


def latest(moments: Iterable[Moment], zone: str) -> Moment:
    """The latest; a date stands for the whole of its day, so it is later than every instant of that day."""
    return max(moments, key=lambda at: at if isinstance(at, dt.datetime) else clock.end_of_day(at, zone))


def opening_date(case: CaseClock, known: Mapping[str, Known], zone: str) -> dt.date:
    """The local date on which the case was opened: of its opening fact, or else of the earliest fact not planned."""
    if case.opening in known:
        return clock.local_date(known[case.opening].at, zone)
    happened = [fact for fact in known.values() if not fact.fact.planned] or list(known.values())
    return min(clock.local_date(fact.at, zone) for fact in happened)
