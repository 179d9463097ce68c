"""A hospital discharge appeal as a value: what was filed, what was done, which clocks run."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from uuid import UUID, uuid5

from services.complaints.domain import clock, deadlines, rules, states
from services.complaints.domain.deadlines import Deadline
from services.complaints.domain.rulebook import RuleBook
from services.complaints.domain.rules import DISCHARGE_APPEAL
from services.complaints.domain.states import State, Trigger
from shared.contracts.complaints import CaseContact, CaseEvent, Channel, GoodCause, How, Outcome, Party, Timeliness


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """The request; dates are local to the hospital, whose clock (``zone``) the case keeps."""

    facility_ccn: str
    state: str
    zone: str
    region: str
    admitted_on: dt.date
    discharge_on: dt.date
    received_at: dt.datetime
    channel: Channel
    still_inpatient: bool
    notice_given_at: dt.datetime | None = None
    good_cause: GoodCause | None = None

    def timeliness(self) -> Timeliness:
        """Timely up to the end of the day of discharge (42 CFR 405.1206(b)(1))."""
        opened_on = clock.local_date(self.received_at, self.zone)
        due_at = DISCHARGE_APPEAL.in_force(rules.FILING, opened_on).due(self.discharge_on, self.zone)
        if clock.in_time(self.received_at, due_at):
            return Timeliness.TIMELY
        return Timeliness.LATE_INPATIENT if self.still_inpatient else Timeliness.LATE_LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """The peer reviewer; never disclosed (42 CFR 480.139)."""

    id: str
    physician: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidential:
    """What identifies persons, and the reviewer's reasons; kept sealed."""

    beneficiary: str
    patient: CaseContact
    physician: CaseContact
    hospital: CaseContact
    reviewer: Reviewer | None = None
    rationale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A party was told (or a call failed) at an instant."""

    party: Party
    how: How
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What was done on the case so far."""

    hospital_notified_at: dt.datetime | None = None
    information_complete_at: dt.datetime | None = None
    views_solicited: tuple[dt.datetime, ...] = ()
    explanation_offered_at: dt.datetime | None = None
    notice_valid: bool | None = None
    determined_at: dt.datetime | None = None
    outcome: Outcome | None = None
    stated_liability: dt.date | None = None
    told: tuple[Told, ...] = ()
    letters: tuple[Told, ...] = ()

    def told_at(self, party: Party) -> dt.datetime | None:
        """When the party was told; failed calls do not count."""
        return next((told.at for told in self.told if told.party is party and told.how is not How.UNREACHABLE), None)

    def letter_at(self, party: Party) -> dt.datetime | None:
        """When the party's letter left."""
        return next((told.at for told in self.letters if told.party is party), None)


class Entry(NamedTuple):
    """One line for the audit: who did what and when."""

    at: dt.datetime
    actor: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """The aggregate. ``opened_on`` (local date) fixes the rule versions; ``book`` has the amounts this QIO sets.

    ``unsaved`` are audit lines to append; ``stored`` is the case as it was loaded, so that only changes are written.
    """

    id: UUID
    state: State
    opened_at: dt.datetime
    filing: Filing
    progress: Progress
    confidential: Confidential
    deadlines: tuple[Deadline, ...] = ()
    version: int = 0
    unsaved: tuple[Entry, ...] = ()
    stored: "Appeal | None" = field(default=None, compare=False, repr=False)
    book: RuleBook = field(default=DISCHARGE_APPEAL, compare=False, repr=False)

    @property
    def opened_on(self) -> dt.date:
        """The local date of the request: rules of this day hold for the whole case."""
        return clock.local_date(self.filing.received_at, self.filing.zone)

    def moved(self, trigger: Trigger) -> "Appeal":
        """In the next state; raises IllegalTransition."""
        return replace(self, state=states.move(self.state, trigger))

    def noted(self, entry: Entry) -> "Appeal":
        """With a line for the audit."""
        return replace(self, unsaved=(*self.unsaved, entry))

    def did(self, **changes: object) -> "Appeal":
        """With progress changed."""
        return replace(self, progress=replace(self.progress, **changes))  # type: ignore[arg-type]

    def start(self, rule_id: str, at: dt.datetime) -> "Appeal":
        """Start a clock, in the version of the rule that was in force when the case was opened."""
        rule = self.book.in_force(rule_id, self.opened_on)
        count = sum(deadline.rule_id == rule_id for deadline in self.deadlines)
        made = deadlines.start(rule, uuid5(self.id, f"{rule_id}/{count}"), at, self.filing.zone)
        return replace(self, deadlines=(*self.deadlines, made))

    def meet(self, rule_ids: Iterable[str], at: dt.datetime) -> "Appeal":
        """The act owed under these rules was done."""
        wanted = frozenset(rule_ids)
        return self.each_deadline(lambda deadline: deadline.meet(at) if deadline.rule_id in wanted else deadline)

    def each_deadline(self, change: Callable[[Deadline], Deadline]) -> "Appeal":
        """With every deadline changed."""
        return replace(self, deadlines=tuple(change(deadline) for deadline in self.deadlines))

    def open_deadline(self, rule_id: str) -> Deadline | None:
        """The running clock of a rule, or None."""
        return next((d for d in self.deadlines if d.rule_id == rule_id and d.open), None)


class Step(NamedTuple):
    """The case after something happened, and the facts to tell."""

    appeal: Appeal
    facts: tuple[CaseEvent, ...] = ()
