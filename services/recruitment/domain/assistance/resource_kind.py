"""A resource as it stands, and how it changes by its events."""

import datetime as dt
from enum import StrEnum
from typing import Final

from shared.contracts.message import Event
from shared.contracts.recruitment.resources import (
    RESOURCES,
    ResourceAdded,
    ResourceKind,
    ResourceRetired,
    ResourceRevised,
)
from shared.records.kinds import Kind, Record
from shared.records.machine import Machine


class ResourceStatus(StrEnum):
    """Whether a resource is in use."""

    IN_USE = "IN_USE"
    RETIRED = "RETIRED"


class ResourceStep(StrEnum):
    """What can be done with a resource."""

    REVISE = "REVISE"
    RETIRE = "RETIRE"


RESOURCE_MACHINE: Final = Machine(
    "the resource",
    {
        (ResourceStatus.IN_USE, ResourceStep.REVISE): ResourceStatus.IN_USE,
        (ResourceStatus.IN_USE, ResourceStep.RETIRE): ResourceStatus.RETIRED,
    },
)


class Edition(Record):
    """A version with its own evidence, in use from a day on."""

    version: str
    kept_at: str
    evidence: tuple[str, ...]
    since: dt.date


class Resource(Record):
    """A resource; ``editions`` by day, the last in use. ``retired_on`` is the first day without it."""

    id: str
    title: str
    kind: ResourceKind
    origin: str
    tasks: tuple[str, ...]
    editions: tuple[Edition, ...]
    status: ResourceStatus = ResourceStatus.IN_USE
    retired_on: dt.date | None = None
    reason: str | None = None

    def on(self, day: dt.date) -> Edition | None:
        """The version in use on a day; None where there was none yet, or none any more."""
        if self.retired_on is not None and day >= self.retired_on:
            return None
        return next((one for one in reversed(self.editions) if one.since <= day), None)


def _evolve(before: Resource | None, event: Event, at: dt.datetime) -> Resource:
    del at
    told = event.model_dump(include={"version", "kept_at", "evidence"})
    if isinstance(event, ResourceAdded):
        whole = event.model_dump(include={"title", "kind", "origin", "tasks"})
        return Resource(id=event.resource, editions=(Edition(since=event.added_on, **told),), **whole)
    assert before is not None, "a resource is added first"
    if isinstance(event, ResourceRevised):
        edition = Edition(since=event.revised_on, **told)
        return before.model_copy(update={"editions": (*before.editions, edition)})
    assert isinstance(event, ResourceRetired)
    retired = event.model_dump(include={"retired_on", "reason"})
    return before.model_copy(update={"status": ResourceStatus.RETIRED, **retired})


RESOURCE: Final = Kind(
    name="resource",
    state=Resource,
    events=(ResourceAdded, ResourceRevised, ResourceRetired),
    begins=(ResourceAdded,),
    id_of=lambda event: event.resource,
    evolve=_evolve,
    topic=RESOURCES.name,
)
