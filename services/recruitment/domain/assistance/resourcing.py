"""Resources are added with their evidence, revised, retired."""

from collections.abc import Iterable, Iterator
from typing import Final
from uuid import UUID

from services.recruitment.domain.assistance.resource_kind import RESOURCE, RESOURCE_MACHINE, ResourceStep
from services.recruitment.domain.networks.standing import in_future, learning_id, too_early, unknown
from services.recruitment.domain.program.statements import known_tasks
from shared.contracts.recruitment.resources import (
    AddResource,
    ResourceAdded,
    ResourceRetired,
    ResourceRevised,
    RetireResource,
    ReviseResource,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def _id(made: UUID) -> str:
    return learning_id("res", made)


def _add_keys(command: AddResource, ids: Ids) -> Iterable[str]:
    del command
    return (RESOURCE.key(_id(ids("resource"))),)


def add(command: AddResource, held: Held, asked: Asked) -> Decided | Against:
    """Add a resource."""
    del held
    reasons = (
        *in_future(command.added_on, asked.now, "added_on"),
        *_unproven(command.evidence),
        *_no_tasks(command.tasks),
    )
    if refusal := refused(reasons):
        return refusal
    event = ResourceAdded(**command.model_dump(), resource=_id(asked.new_id("resource")))
    return Decided({"resource": event.resource, "version": event.version}, (event,))


def _unproven(evidence: tuple[str, ...]) -> Iterator[Reason]:
    if not evidence:
        text = "A resource is shared for what shows that it works; say at least one item of evidence with its source."
        yield Reason(code="NO_EVIDENCE", field="evidence", text=text)


def _no_tasks(tasks: tuple[str, ...]) -> Iterator[Reason]:
    for position, one in enumerate(tasks):
        field = f"tasks[{position}]"
        if one not in known_tasks():
            yield Reason(code="TASK_UNKNOWN", field=field, text=f"{one} is no task of a statement of work.")
        elif one in tasks[:position]:
            yield Reason(code="REPEATED", field=field, text=f"{one} is given twice.")


def _keys(command: ReviseResource | RetireResource, ids: Ids) -> Iterable[str]:
    del ids
    return (RESOURCE.key(command.resource),)


def revise(command: ReviseResource, held: Held, asked: Asked) -> Decided | Against:
    """Add a version."""
    found = held.get(RESOURCE, command.resource)
    if found is None:
        return unknown("resource")
    if impossible := RESOURCE_MACHINE.reason_against(found.status, ResourceStep.REVISE, "resource"):
        return Against((impossible,))
    reasons = [
        *too_early(command.revised_on, found.editions[-1].since, "revised_on", "the version before"),
        *in_future(command.revised_on, asked.now, "revised_on"),
        *_unproven(command.evidence),
    ]
    if any(one.version == command.version for one in found.editions):
        reasons.append(Reason(code="REPEATED", field="version", text="There is a version of that name already."))
    if refusal := refused(reasons):
        return refusal
    made = {"resource": found.id, "version": command.version, "versions": len(found.editions) + 1}
    return Decided(made, (ResourceRevised(**command.model_dump()),))


def retire(command: RetireResource, held: Held, asked: Asked) -> Decided | Against:
    """Take a resource out of use."""
    found = held.get(RESOURCE, command.resource)
    if found is None:
        return unknown("resource")
    if impossible := RESOURCE_MACHINE.reason_against(found.status, ResourceStep.RETIRE, "resource"):
        return Against((impossible,))
    reasons = (
        *too_early(command.retired_on, found.editions[-1].since, "retired_on", "its last version"),
        *in_future(command.retired_on, asked.now, "retired_on"),
    )
    if refusal := refused(reasons):
        return refusal
    made = {"resource": found.id, "retired_on": command.retired_on.isoformat()}
    return Decided(made, (ResourceRetired(**command.model_dump()),))


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(AddResource, _add_keys, add),
    Rule(ReviseResource, _keys, revise),
    Rule(RetireResource, _keys, retire),
)
