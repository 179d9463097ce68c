"""What a transition table says about work: which steps are the QIO's, which lead on, which need a determination."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from services.complaints.domain import procedures
from services.complaints.domain.procedure import Procedure, Step
from shared.contracts.complaints import CaseType, Role
from shared.contracts.work import WorkRole

# Steps of these commands answer somebody's request; nobody of the QIO owes them.
_ON_REQUEST = ("withdraw", "reopen", "reconsider")


def ours(procedure: Procedure, state: str) -> tuple[Step, ...]:
    """The steps that somebody of the QIO may take in a state, in the order of the table."""
    asked = {name for command in _ON_REQUEST for name in procedure.commands.get(command, ())}
    return tuple(
        procedure.steps[name]
        for at, name in procedure.table
        if at == state and name not in asked and procedure.steps[name].actor.name in WorkRole.__members__
    )


def forward(procedure: Procedure, state: str, possible: Sequence[Step]) -> Step | None:
    """The first of the steps that leads to another state; one that ends the case only where no other does."""
    leading = [step for step in possible if procedure.table[state, step.id] != state]
    return next((step for step in leading if step.ends is None), leading[0] if leading else None)


def parties_of(procedure: Procedure, step: Step) -> tuple[Role, ...]:
    """Whom a step tells: all who must be told for its facts, or else every party."""
    told = {party for fact in step.party_facts.values() for party in procedure.told.get(fact, ())}
    known = told | set(step.party_facts)
    return tuple(party for party in procedure.parties if not known or party in known)


def established(step: Step) -> frozenset[str]:
    """The facts of the case clock that a step establishes."""
    named = {need.removeprefix("facts.") for need in step.needs if need.startswith("facts.")}
    return frozenset({*step.party_facts.values(), *named, *({step.fact} if step.fact else ())})


@lru_cache(maxsize=4_000)
def needs_decision(case_type: CaseType, state: str, act: str) -> bool:
    """Whether an act (a fact) cannot be done from a state without a determination in between, or is one.

    Found in the table: without the steps that decide, no state that can be reached has a step that does the act.
    """
    procedure = procedures.of(case_type)
    deciding = set(procedure.commands.get("decide", ()))
    seen, todo = {state}, [state]
    while todo:
        here = todo.pop()
        for name, following in _rows(procedure, here):
            if name in deciding:
                continue
            if act in established(procedure.steps[name]):
                return False
            if following not in seen:
                seen.add(following)
                todo.append(following)
    return any(name in deciding for at in seen for name, _ in _rows(procedure, at))


def _rows(procedure: Procedure, state: str) -> Iterable[tuple[str, str]]:
    return ((name, following) for (at, name), following in procedure.table.items() if at == state)
