"""Checks a case type: everything its notices must say is known whenever they are asked for, or written by people."""

from collections.abc import Callable, Iterator

from services.complaints.domain.letters import BY_PEOPLE, FROM_CASE
from services.complaints.domain.letters.source import Source
from services.complaints.domain.notices import NOTICES
from services.complaints.domain.procedure import Guard, Notice, Procedure, Step

Gives = Callable[[Step], bool]


def lacking(procedure: Procedure) -> tuple[str, ...]:
    """What a notice of the procedure must say and nobody is sure to know then, as ``step: NOTICE element``.

    An element is sure to be known where the case tells it, or where on every way to the step people must write it:
    in ``words.<element>`` that a step needs, or that a guard (of the filing or of a step) asks for by its field.
    """
    return tuple(_lacking(procedure))


def _lacking(procedure: Procedure) -> Iterator[str]:
    places: list[tuple[Step | None, Notice]] = [(None, notice) for notice in procedure.opening]
    places += [(step, notice) for step in procedure.steps.values() for notice in step.notices]
    for step, notice in places:
        for element in NOTICES[notice.kind].says:
            if not _told(procedure, step, notice.kind, element) and not _written(procedure, step, element):
                yield f"{step.id if step is not None else 'filed'}: {notice.kind} {element}"


def _told(procedure: Procedure, step: Step | None, kind: str, element: str) -> bool:
    """Whether the case is sure to tell it."""
    source = FROM_CASE.get(element)
    if source is None or (source.kinds and kind not in source.kinds):
        return False
    return (
        (not source.due or any(element == due or due.startswith(f"{element}_") for due in procedure.dues))
        and (not source.parties or not set(source.parties).isdisjoint(procedure.parties))
        and (not source.concerns or procedure.concerns)
        and (not source.decided or _sure(procedure, step, lambda one: "outcome" in one.needs))
        and (source.answer is None or _sure(procedure, step, lambda one: f"answers.{source.answer}" in one.needs))
        and _fact_known(procedure, step, source)
        and _people_go_on(procedure, source, element)
    )


def _fact_known(procedure: Procedure, step: Step | None, source: Source) -> bool:
    if not source.facts or not {procedure.received, *procedure.required}.isdisjoint(source.facts):
        return True
    wanted = {f"facts.{fact}" for fact in source.facts}
    return _sure(procedure, step, lambda one: one.fact in source.facts or not wanted.isdisjoint(one.needs))


def _people_go_on(procedure: Procedure, source: Source, element: str) -> bool:
    """Whether who establishes the fact from which on only people can tell must write it as well."""
    makers = [step for step in procedure.steps.values() if source.until is not None and step.fact == source.until]
    return all(f"words.{element}" in step.needs for step in makers)


def _written(procedure: Procedure, step: Step | None, element: str) -> bool:
    wanted = f"words.{element}"
    if element not in BY_PEOPLE:
        return False
    return _asks(procedure.eligible, wanted) or _sure(
        procedure, step, lambda one: wanted in one.needs or _asks(one.guards, wanted)
    )


def _asks(guards: tuple[Guard, ...], wanted: str) -> bool:
    return any(guard.field == wanted for guard in guards)


def _sure(procedure: Procedure, step: Step | None, gives: Gives) -> bool:
    """Whether the step, or one on every way to it from the filing, gives it."""
    if step is None:
        return False

    def given(one: Step) -> bool:
        asked = {guard.id for guard in one.guards}
        before = (other for other in procedure.steps.values() if f"{other.id.upper()}_MISSING" in asked)
        return gives(one) or any(gives(other) for other in before)

    return given(step) or not any((state, step.id) in procedure.table for state in _without(procedure, given))


def _without(procedure: Procedure, gives: Gives) -> set[str]:
    """The states that a case can come to without any step that gives it."""
    known, new = {procedure.initial}, {procedure.initial}
    while new:
        following = {
            to
            for (state, name), to in procedure.table.items()
            if state in new and not gives(procedure.steps[name]) and to not in known
        }
        known |= following
        new = following
    return known
