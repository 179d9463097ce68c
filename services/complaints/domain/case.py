"""A case of any type as a value: what was filed, what was done, what was found, which clocks run."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from uuid import UUID

from services.complaints.domain import clock
from services.complaints.domain.clock import Moment
from services.complaints.domain.deadlines import Deadline, Status
from services.complaints.domain.payment.amounts import Booking
from shared.contracts.complaints import (
    CaseContact,
    CaseEvent,
    CaseParty,
    CaseType,
    Channel,
    Concern,
    ConcernFinding,
    GoodCause,
    How,
    Obligor,
    Part,
    ProviderType,
    Role,
    Timeliness,
)

_DECIDING = frozenset({Part.PEER_REVIEWER, Part.CODER})


NOBODY = UUID(int=0)  # instead of the id or family of a case that has none yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """Where the service was given; ``zone`` is the clock of the case, ``region`` the QIO's area."""

    ccn: str
    type: ProviderType
    state: str
    zip_code: str | None
    zone: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One step that was taken: in the world ``at``, recorded by ``actor``."""

    step: str
    at: dt.datetime
    actor: str
    party: Role | None = None
    how: How | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A determination without persons and reasons; ``liable_from`` where the QIO stated a day."""

    step: str
    level: int
    outcome: str
    at: dt.datetime
    liable_from: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """Who reviewed at which level; never disclosed (42 CFR 480.139). ``waivers`` hold a reason for each;
    ``group`` is the specialty or profession, for comparisons."""

    reviewer: str
    physician: bool
    level: int
    at: dt.datetime
    part: Part = Part.PEER_REVIEWER
    group: str | None = None
    waivers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """What a reviewer found in words, by determination; goes into letters as far as they may say it."""

    step: str
    rationale: str
    findings: tuple[ConcernFinding, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What identifies persons or shows deliberations (42 CFR 480.101); kept encrypted.

    ``words`` are elements of letters that people wrote; ``notes`` belong to the step they came with.
    """

    beneficiary: str
    parties: tuple[CaseParty, ...]
    concerns: tuple[Concern, ...] = ()
    assigned: tuple[Assigned, ...] = ()
    reasons: tuple[Reasons, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[tuple[str, str], ...] = ()

    def contact(self, role: Role) -> CaseContact | None:
        """How the case reaches a party; a representative stands in for the beneficiary."""
        if role is Role.BENEFICIARY:
            acting = next((party.contact for party in self.parties if party.role is Role.REPRESENTATIVE), None)
            if acting is not None:
                return acting
        return next((party.contact for party in self.parties if party.role is role), None)

    def reviewer(self, level: int) -> Assigned | None:
        """Who decides the case now at that level."""
        return next((one for one in reversed(self.assigned) if one.level == level and one.part in _DECIDING), None)

    def panel(self) -> tuple[Assigned, ...]:
        """The members of a sanction panel, each once."""
        members = {one.reviewer: one for one in self.assigned if one.part is Part.PANEL_MEMBER}
        return tuple(members.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What happened on a case so far, without persons.

    ``facts`` are those of the case clock; ``answers`` short coded findings (``notice_valid: yes``); ``ended`` says how
    the case ended without a determination.
    """

    facts: Mapping[str, Moment]
    circumstances: frozenset[str] = frozenset()
    answers: Mapping[str, str] = field(default_factory=dict)
    log: tuple[Done, ...] = ()
    decided: tuple[Decided, ...] = ()
    good_cause: GoodCause | None = None
    claim: str | None = None
    amount_cents: int | None = None
    recovered_cents: int | None = None
    setting: str | None = None
    local_factors: frozenset[str] = frozenset()
    ended: str | None = None

    def times(self, step: str) -> int:
        """How often a step was taken."""
        return sum(done.step == step for done in self.log)

    def last(self, step: str) -> Done | None:
        """The last time a step was taken."""
        return next((done for done in reversed(self.log) if done.step == step), None)

    def told(self, step: str, party: Role) -> Done | None:
        """When a party was first told in a step since the last determination; failed attempts do not count."""
        told = (done for done in self._since_decision() if done.step == step and done.party is party)
        return next((done for done in told if done.how is not How.UNREACHABLE), None)

    def attempts(self, step: str, party: Role) -> int:
        """How often a party was called in vain in a step since the last determination."""
        tried = (done for done in self._since_decision() if done.step == step and done.party is party)
        return sum(done.how is How.UNREACHABLE for done in tried)

    def _since_decision(self) -> tuple[Done, ...]:
        decisions = {decided.step for decided in self.decided}
        last = max((i for i, done in enumerate(self.log) if done.step in decisions), default=-1)
        return self.log[last + 1 :]


class Entry(NamedTuple):
    """One line for the audit: who did what and when."""

    at: dt.datetime
    actor: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The aggregate. ``received_at`` fixes the rule versions; ``family`` joins cases about one matter.

    ``unsaved`` are audit lines to append, ``booked`` lines for the account of a payment review; ``stored`` is the case
    as it was loaded, so that only changes are written.
    """

    id: UUID
    family: UUID
    type: CaseType
    state: str
    opened_at: dt.datetime
    received_at: dt.datetime
    channel: Channel
    timeliness: Timeliness
    facility: Facility
    course: Course
    sealed: Sealed
    deadlines: tuple[Deadline, ...] = ()
    version: int = 0
    unsaved: tuple[Entry, ...] = ()
    booked: tuple[Booking, ...] = ()
    stored: "Case | None" = field(default=None, compare=False, repr=False)

    @property
    def zone(self) -> str:
        """The facility's clock."""
        return self.facility.zone

    @property
    def opened_on(self) -> dt.date:
        """The local date of the request: rules of this day hold for the whole case."""
        return clock.local_date(self.received_at, self.facility.zone)

    @property
    def level(self) -> int:
        """1 once a reconsideration was asked for, else 0."""
        return int(self.course.last("reconsideration_requested") is not None)

    def noted(self, entry: Entry) -> "Case":
        """With a line for the audit."""
        return replace(self, unsaved=(*self.unsaved, entry))

    def did(self, **changes: object) -> "Case":
        """With its course changed."""
        return replace(self, course=replace(self.course, **changes))  # type: ignore[arg-type]

    def hides(self, **changes: object) -> "Case":
        """With its sealed part changed."""
        return replace(self, sealed=replace(self.sealed, **changes))  # type: ignore[arg-type]

    def each_deadline(self, change: Callable[[Deadline], Deadline]) -> "Case":
        """With every deadline changed."""
        return replace(self, deadlines=tuple(change(deadline) for deadline in self.deadlines))

    def open_deadline(self, rule_id: str) -> Deadline | None:
        """The running clock of a rule, or None."""
        return next((d for d in self.deadlines if d.rule_id == rule_id and d.open), None)

    @property
    def on_time(self) -> bool:
        """Whether the QIO missed none of its own deadlines."""
        return not any(d.status is Status.MISSED and d.obligor is Obligor.QIO and not d.window for d in self.deadlines)

    def decision(self, level: int | None = None) -> Decided | None:
        """The last determination (of a level)."""
        return next((d for d in reversed(self.course.decided) if level is None or d.level == level), None)


class Taken(NamedTuple):
    """The case after something happened, the facts to tell, and the steps that were taken."""

    case: Case
    facts: tuple[CaseEvent, ...] = ()
    steps: tuple[Done, ...] = ()
