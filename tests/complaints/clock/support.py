"""Short ways to reckon: facts as people write them, results as people read them."""

import datetime as dt
from dataclasses import dataclass

from services.complaints.domain import clock
from services.complaints.domain.clock import STANDARD, Moment, Practice
from services.complaints.domain.outages import Outage, OutageCalendar
from services.complaints.domain.reckoned import Desk, Reckoned, Reckoning
from services.complaints.domain.reckoning import reckon
from services.complaints.domain.rulebook import RuleBook
from services.complaints.domain.rules import BOOK, CASE_CLOCKS
from shared.contracts.complaints import CaseType


def moment(text: str) -> Moment:
    """A local date, or an instant with its zone."""
    return dt.date.fromisoformat(text) if len(text) == len("YYYY-MM-DD") else dt.datetime.fromisoformat(text)


@dataclass(frozen=True)
class Office:
    """Where and how a case is reckoned, where it is not the usual way."""

    zone: str
    opened_on: str | None = None
    outages: tuple[tuple[str, str], ...] = ()
    practice: Practice = STANDARD
    book: RuleBook = BOOK


def reckoned(case: CaseType, office: Office | str, *circumstances: str, **facts: str) -> Reckoning:
    """What follows from the facts; ``office`` may be the zone alone."""
    where = Office(office) if isinstance(office, str) else office
    calendar = OutageCalendar(
        Outage(dt.datetime.fromisoformat(since), dt.datetime.fromisoformat(until)) for since, until in where.outages
    )
    return reckon(
        CASE_CLOCKS[case],
        {name: moment(at) for name, at in facts.items()},
        where.zone,
        Desk(book=where.book, practice=where.practice, outages=calendar),
        circumstances=circumstances,
        opened_on=None if where.opened_on is None else dt.date.fromisoformat(where.opened_on),
    )


def found(reckoning: Reckoning, rule_id: str) -> Reckoned:
    """What a rule gave; fails where it does not apply."""
    line = reckoning.of(rule_id)
    assert line is not None, f"{rule_id} does not apply or lacks a fact"
    return line


def local(reckoning: Reckoning, rule_id: str) -> str:
    """When, on the facility's clock: ``Mon 2026-07-06 23:59:59 CDT``."""
    return clock.in_short(found(reckoning, rule_id).due_at, reckoning.zone)


def utc(reckoning: Reckoning, rule_id: str) -> str:
    """When, in UTC: ``2026-07-07T04:59:59Z``."""
    return found(reckoning, rule_id).due_at.strftime("%Y-%m-%dT%H:%M:%SZ")


def date(reckoning: Reckoning, rule_id: str) -> str:
    """The local date."""
    return clock.local_date(found(reckoning, rule_id).due_at, reckoning.zone).isoformat()


def applied(reckoning: Reckoning) -> set[str]:
    """The rules that gave something."""
    return {line.rule.id for line in reckoning.reckoned}
