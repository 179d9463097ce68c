"""A case type as data: its states, the one table of what may happen in each, who does it, and what must hold before."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from services.complaints.domain.case_clock import CaseClock
from services.complaints.domain.reckoned import Reckoned, Reckoning, Standing
from shared.contracts.complaints import CaseType, Obligor, Role

if TYPE_CHECKING:
    from services.complaints.domain.look import Look


class Actor(StrEnum):
    """Who takes a step."""

    INTAKE = "intake"
    SCREENER = "first-level screener"
    ADVOCATE = "advocate"
    RECORDS = "records"
    TRIAGE = "triage"
    STAFF = "case staff"
    REVIEWER = "peer reviewer"
    PHYSICIAN = "physician reviewer"
    PANEL = "sanction panel"
    PARTY = "a party"
    QIC = "QIC"
    CMS = "CMS"
    OIG = "OIG"
    CLOCK = "the clock"


class Stage(StrEnum):
    """Where a case stands, as coarse as outsiders may hear it."""

    RECEIVED = "RECEIVED"
    IN_REVIEW = "IN_REVIEW"
    DECIDED = "DECIDED"
    CLOSED = "CLOSED"


class Late(StrEnum):
    """What a request after the end of a filing window comes to."""

    ACCEPTED = "accepted with its consequences"
    GOOD_CAUSE = "heard for good cause only"
    RETURNED = "returned to the plan"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Limit:
    """A filing window and what being late for it means; ``versions`` of the rule for which that holds (all: none)."""

    rule: str
    late: Late
    versions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Guard:
    """What must hold before a step; ``text`` says why it is refused, ``citation`` where that is written."""

    id: str
    field: str | None
    text: str
    citation: str
    holds: "Callable[[Look], bool]" = dataclasses.field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice a step gives rise to, by its id in the catalogue; due with the first running clock of ``rules``.

    ``after_call``: once after a determination, when the patient was reached or called in vain often enough.
    ``if_named``: only to those of ``to`` whom the case names; ``since``: only once that step was taken.
    """

    kind: str
    to: tuple[Role, ...]
    rules: tuple[str, ...] = ()
    after_call: bool = False
    if_named: bool = False
    since: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happens in a case; ``says`` completes "a case that is CLOSED cannot be ...".

    ``fact``: the fact of the case clock it establishes, the first time. ``party_facts``: facts established when that
    party is told. ``needs``: details that must come with it (``party``, ``how``, ``note``, ``answers.<name>``,
    ``facts.<name>``, ``words.<element>``). ``takes``: details that may. ``voids``: whose duties end with it.
    ``clears``: facts that are open again after it; ``sets``: circumstances that hold after it (``-name``: no more);
    ``answers_set``: circumstances that hold after it if, and only if, a question has this answer. ``gives``:
    answers that follow from it. ``ends``: how the case ends with it, without a determination. ``level`` 1 belongs to
    the reconsideration. ``interim``: what is found is a deliberation and no determination yet. ``quiet``: nobody
    outside hears of it.
    """

    id: str
    says: str
    actor: Actor
    citation: str
    fact: str | None = None
    party_facts: Mapping[Role, str] = field(default_factory=dict)
    guards: tuple[Guard, ...] = ()
    notices: tuple[Notice, ...] = ()
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    voids: frozenset[Obligor] = frozenset()
    clears: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    answers_set: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    gives: Mapping[str, str] = field(default_factory=dict)
    ends: str | None = None
    level: Literal[0, 1] = 0
    interim: bool = False
    quiet: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A determination: ``adverse`` needs a physician, ``unfavourable`` lets the patient pay."""

    id: str
    says: str
    adverse: bool = False
    unfavourable: bool = False
    favourable: bool = False


class ProcedureError(ValueError):
    """A procedure contradicts itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One case type.

    What opens it: ``received`` is the fact that the request came in, ``required`` those without which nothing can be
    opened, ``limits`` the filing windows, ``eligible`` what else must hold, ``opening`` the notices; ``parties`` are
    those who must be named. ``identity``: the facts that say which matter it is: a second request with the same joins.

    What happens: ``table`` has every step there is; any other pair is refused. ``automatic`` steps are taken as soon as
    they may, ``lapses`` when the time of a rule has passed unmet. ``commands``: which steps the commands assign,
    decide, reconsider, withdraw and reopen mean, the first that the table has. ``concerns``: the case has concerns.

    What the clocks need: ``told``: a rule met by this fact is met only when all these parties were told, at the last
    time; rules of ``dissatisfied`` run after an unfavourable determination only.

    What is said: ``dues``: the rules that give the dates of letters, by element; ``reconsidered_by``: which words tell
    of the reconsideration (``wording``); ``letters``: the step that a delivered notice is, by its kind; ``coarse``: the
    name outsiders hear, if any; ``announced``: whether other services may hear of the case at all.
    """

    type: CaseType
    clock: CaseClock
    initial: str
    states: Mapping[str, Stage]
    steps: Mapping[str, Step]
    table: Mapping[tuple[str, str], str]
    outcomes: Mapping[str, Outcome]
    parties: tuple[Role, ...]
    identity: tuple[str, ...]
    received: str | None
    required: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    automatic: tuple[str, ...] = ()
    lapses: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, tuple[Role, ...]] = field(default_factory=dict)
    dissatisfied: frozenset[str] = frozenset()
    commands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    eligible: tuple[Guard, ...] = ()
    opening: tuple[Notice, ...] = ()
    dues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reconsidered_by: str = "none"
    letters: Mapping[str, str] = field(default_factory=dict)
    concerns: bool = False
    coarse: Literal["APPEAL", "COMPLAINT", "REVIEW"] | None = "APPEAL"
    announced: bool = True
    source: str = ""

    def terminal(self, state: str) -> bool:
        """Whether nothing more is to be done in that state."""
        return self.states[state] is Stage.CLOSED

    def passed(self, reckoning: Reckoning) -> tuple[tuple[Limit, Reckoned], ...]:
        """The filing windows the request came too late for, in the version of the day of the request."""
        found = ((limit, reckoning.of(limit.rule)) for limit in self.limits)
        return tuple(
            (limit, item)
            for limit, item in found
            if item is not None
            and (not limit.versions or item.rule.version in limit.versions)
            and item.standing in (Standing.LATE, Standing.GOOD_CAUSE_REVIEW)
        )

    def step_for(self, command: str, state: str) -> str | None:
        """The step a command means in a state; where none fits the first, so that the refusal can name it."""
        names = self.commands.get(command, (command,))
        return next((name for name in names if (state, name) in self.table), names[0] if names else None)


def table(*rows: tuple[str | Iterable[str], str, str | None]) -> Mapping[tuple[str, str], str]:
    """Rows of (state or states, step, next state or None for the same); raises ProcedureError for a pair twice."""
    made: dict[tuple[str, str], str] = {}
    for states, step, following in rows:
        for state in (states,) if isinstance(states, str) else states:
            if (state, step) in made:
                raise ProcedureError(f"{state} has {step} twice")
            made[state, step] = following or state
    return MappingProxyType(made)


def by_id(*steps: Step) -> Mapping[str, Step]:
    """Steps by their id."""
    return MappingProxyType({step.id: step for step in steps})


def check(procedure: Procedure) -> None:
    """Raises ProcedureError for what does not fit together: unknown states, steps, facts, rules, dead ends."""
    name = procedure.type
    facts = {fact.id for fact in procedure.clock.facts}
    rules = {rule.id for rule in procedure.clock.rules}
    in_table = {step for _, step in procedure.table}
    problems = [
        *(f"state {s}" for (s, _), t in procedure.table.items() for s in (s, t) if s not in procedure.states),
        *(f"step {step} in the table" for step in in_table - procedure.steps.keys()),
        *(f"step {step} never" for step in procedure.steps.keys() - in_table),
        *(f"fact of {s.id}" for s in procedure.steps.values() for f in _facts_of(s) if f not in facts),
        *(f"rule {r}" for r in _rules_of(procedure) if r not in rules),
        *(f"lapse {s}" for s in (*procedure.lapses.values(), *procedure.automatic) if s not in procedure.steps),
        *(f"identity {f}" for f in procedure.identity if f not in facts),
        *(f"command {s}" for steps in procedure.commands.values() for s in steps if s not in procedure.steps),
        *(f"state {s} is never left" for s in procedure.states if not _leaves(procedure, s)),
    ]
    if problems or procedure.initial not in procedure.states:
        raise ProcedureError(f"{name}: {'; '.join(problems) or 'initial state'}")


def _rules_of(procedure: Procedure) -> Iterable[str]:
    yield from procedure.lapses
    yield from procedure.dissatisfied
    yield from (limit.rule for limit in procedure.limits)
    yield from (rule for rules in procedure.dues.values() for rule in rules)
    notices = (*procedure.opening, *(notice for step in procedure.steps.values() for notice in step.notices))
    yield from (rule for notice in notices for rule in notice.rules)


def _facts_of(step: Step) -> tuple[str, ...]:
    named = [need.removeprefix("facts.") for need in (*step.needs, *step.takes) if need.startswith("facts.")]
    return (*((step.fact,) if step.fact else ()), *step.party_facts.values(), *step.clears, *named)


def _leaves(procedure: Procedure, state: str) -> bool:
    return procedure.terminal(state) or any(s == state and t != state for (s, _), t in procedure.table.items())
