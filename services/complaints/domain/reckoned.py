"""What follows from the facts of one case, as values: deadlines, rights, dates of liability, and what is missing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.complaints.domain.case_clock import CaseClock
from services.complaints.domain.clock import STANDARD, Moment, Practice
from services.complaints.domain.facts import Known
from services.complaints.domain.outages import ALWAYS_OPEN, OutageCalendar
from services.complaints.domain.rule import Rule
from services.complaints.domain.rulebook import RuleBook


class Standing(StrEnum):
    """What became of an act by the facts given."""

    OPEN = "OPEN"
    IN_TIME = "IN_TIME"
    LATE = "LATE"
    TOO_EARLY = "TOO_EARLY"  # of what is not allowed before
    HOUR_NEEDED = "HOUR_NEEDED"  # done on the day of the deadline, at an hour that is not known
    # Done on the first working day after a time that ended on a weekend or holiday: not turned away unheard.
    GOOD_CAUSE_REVIEW = "GOOD_CAUSE_REVIEW"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """One deadline, right or date of liability: from when, until when (UTC), how reckoned, whether the act met it."""

    rule: Rule
    start: Moment
    due_at: dt.datetime
    arithmetic: str
    standing: Standing = Standing.OPEN
    done_at: Moment | None = None
    relieved: bool = False
    after_hours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A rule that would apply if these facts were known; ``hour``: their day is known, but not the hour."""

    rule: Rule
    needs: tuple[str, ...]
    hour: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """Everything that follows from the facts of one case."""

    case: CaseClock
    zone: str
    opened_on: dt.date
    known: Mapping[str, Known]
    reckoned: tuple[Reckoned, ...]
    waiting: tuple[Waiting, ...]

    def of(self, rule_id: str) -> Reckoned | None:
        """What was reckoned by a rule, or None where it does not apply or lacks a fact."""
        return next((found for found in self.reckoned if found.rule.id == rule_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a reckoning takes for given besides the facts: rules, practice, outages of intake."""

    book: RuleBook
    practice: Practice = STANDARD
    outages: OutageCalendar = ALWAYS_OPEN
