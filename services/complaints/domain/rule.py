"""A rule as data: what is owed by whom, counted from which facts, by when, and where that is written."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from services.complaints.domain.clock import STANDARD, Hour, Moment, Practice, Span, Unit
from shared.contracts.complaints import Obligor


class Kind(StrEnum):
    """What the end of the time means."""

    DUTY = "duty"
    WINDOW = "window"  # somebody may use a right; when it ends nobody has missed anything, and nobody is warned
    NOT_BEFORE = "not before"  # the act is allowed from then on
    EFFECT = "takes effect"  # it happens by itself
    LIABILITY = "liability"  # from then on somebody else pays


class Certainty(StrEnum):
    """How well a rule is founded."""

    VERIFIED = "V"  # read in the regulation
    MEMORY = "M"  # believed, not read again
    UNCERTAIN = "U"  # a person must check it; its amount is configurable
    DESIGN = "D"  # decided here because the law is silent


class Filed(StrEnum):
    """What counts as the act's time where it comes by mail."""

    POSTMARK = "postmark"
    RECEIVED = "received"


class Ask(StrEnum):
    """What a condition asks."""

    GIVEN = "given"
    NOT_GIVEN = "not given"
    IS = "is"
    IS_NOT = "is not"
    IN_TIME = "in time"  # the act of another rule was done in time
    LATE = "late"  # it was done, but too late
    NOT_LATE = "not late"  # it was not done late: in time, or not (yet) done, or the rule does not apply
    UNMET = "unmet"  # it was not done in time: late, or not (yet) done


# Conditions on what became of another rule.
ABOUT_RULES = frozenset({Ask.IN_TIME, Ask.LATE, Ask.NOT_LATE, Ask.UNMET})


@dataclass(frozen=True, slots=True)
class When:
    """A condition under which a rule applies; ``name`` is a fact, a circumstance or another rule."""

    test: Ask
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Counts a span from the latest of ``starts``, all needed, and of those of ``also`` that are known."""

    starts: tuple[str, ...]
    span: Span
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of one rule, in force from ``effective_from`` to ``effective_to``, both included.

    ``count`` units after the latest of ``starts`` and of the facts of ``also`` that are known (``before`` counts back
    from a planned date), at an ``hour`` of the local day; ``or_later`` is a second term: the later of both holds.
    ``met_by`` is the fact that does the act; ``if_late`` says what being late means. ``weekend_review``: one who acts
    on the working day after a weekend or holiday end is not turned away unheard. ``configured`` marks an amount that
    this QIO set.
    """

    id: str
    version: int = 1
    effective_from: dt.date
    effective_to: dt.date | None = None
    citation: str
    owed: str
    obligor: Obligor
    kind: Kind = Kind.DUTY
    certainty: Certainty = Certainty.VERIFIED
    starts: tuple[str, ...]
    also: tuple[str, ...] = ()
    unit: Unit = Unit.CALENDAR_DAYS
    count: int
    hour: Hour = Hour.END
    before: bool = False
    or_later: Term | None = None
    when: tuple[When, ...] = ()
    met_by: str | None = None
    filed: Filed = Filed.RECEIVED
    outage_relief: bool = False
    weekend_review: bool = False
    if_late: str = ""
    note: str = ""
    configured: bool = False

    @property
    def term(self) -> Term:
        """The first term, of most rules the only one."""
        return Term(starts=self.starts, also=self.also, span=self.span)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Of which the latest holds."""
        return (self.term,) if self.or_later is None else (self.term, self.or_later)

    @property
    def span(self) -> Span:
        """The time allowed."""
        return Span(self.unit, self.count, self.hour, self.before)

    @property
    def window(self) -> bool:
        """Whether the time is somebody's right and not a duty."""
        return self.kind is Kind.WINDOW

    @property
    def trigger(self) -> str:
        """The facts it counts from, as deadlines keep them."""
        return "+".join(self.starts)

    @property
    def facts(self) -> frozenset[str]:
        """Every fact the rule speaks of, those of its conditions too."""
        counted = {fact for term in self.terms for fact in (*term.starts, *term.also)}
        asked = {when.name for when in self.when if when.test in (Ask.GIVEN, Ask.NOT_GIVEN)}
        return frozenset(counted | asked | ({self.met_by} if self.met_by else set()))

    def due(self, start: Moment, zone: str, practice: Practice = STANDARD) -> dt.datetime:
        """When the act is due (UTC), counted from ``start`` by the first term."""
        return self.span.due(start, zone, practice)

    def in_force(self, on: dt.date) -> bool:
        """Whether this version holds on the date."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)
