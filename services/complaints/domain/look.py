"""What a guard looks at: the case, what is about to happen, and what follows from the facts."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from services.complaints.domain.case import Assigned, Case
from services.complaints.domain.clock import Moment
from services.complaints.domain.procedure import Outcome, Procedure, Step
from services.complaints.domain.reckoned import Reckoning, Standing
from shared.contracts.complaints import ConcernFinding, GoodCause, How, ReopenGround, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What somebody says was done, ``at`` an instant; the details that come with it."""

    step: str
    at: dt.datetime
    actor: str
    party: Role | None = None
    how: How | None = None
    facts: Mapping[str, Moment] = field(default_factory=dict)
    circumstances: frozenset[str] = frozenset()
    answers: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None
    assigned: Assigned | None = None
    attested: bool = False
    reviewer: str | None = None
    outcome: str | None = None
    rationale: str | None = None
    findings: tuple[ConcernFinding, ...] = ()
    liable_from: dt.date | None = None
    setting: str | None = None
    recovered_cents: int | None = None
    local_factors: frozenset[str] = frozenset()
    good_cause: GoodCause | None = None
    ground: ReopenGround | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The case before the step, the step, its details, and what followed from the facts before it."""

    case: Case
    procedure: Procedure
    step: Step
    act: Act
    reckoning: Reckoning

    @property
    def outcome(self) -> Outcome | None:
        """The determination that is about to be made."""
        return self.procedure.outcomes.get(self.act.outcome) if self.act.outcome is not None else None

    def answered(self, name: str) -> str | None:
        """An answer given before or with this step."""
        return self.act.answers.get(name) or self.case.course.answers.get(name)

    def so(self, circumstance: str) -> bool:
        """Whether a circumstance holds."""
        return circumstance in self.case.course.circumstances or circumstance in self.act.circumstances

    def done(self, step: str) -> bool:
        """Whether a step was taken since the case was filed; what was done before a reopening still counts."""
        return self.case.course.last(step) is not None

    def standing(self, rule: str) -> Standing | None:
        """What became of a rule by the facts before this step."""
        found = self.reckoning.of(rule)
        return found.standing if found is not None else None
