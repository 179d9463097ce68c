"""Evidence-based resources with origin and version, what proves them, and what they are for."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.assistance_terms import ResourceId
from shared.contracts.recruitment.terms import Line, Said, TaskKey
from shared.contracts.topic import Confidentiality, Gaps, Topic


class ResourceKind(StrEnum):
    """What a resource is."""

    GUIDELINE = "GUIDELINE"
    TOOLKIT = "TOOLKIT"
    CHECKLIST = "CHECKLIST"
    TRAINING = "TRAINING"
    DATA_TOOL = "DATA_TOOL"
    TEMPLATE = "TEMPLATE"
    OTHER = "OTHER"


Proof = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=500, pattern=r"\S")], ...],
    Field(max_length=20, description="what shows that it works: studies, guidelines, results, each with its source"),
]
Edition = Annotated[str, Field(min_length=1, max_length=40, description="as its origin counts it")]
KeptAt = Annotated[str, Field(min_length=1, max_length=500, description="where it is kept")]


class AddResource(Command):
    """Add a resource with its evidence, without which it is refused; with the same title it is another."""

    TYPE: ClassVar[str] = "recruitment.AddResource"

    title: Line
    kind: ResourceKind
    origin: Line
    version: Edition
    kept_at: KeptAt
    evidence: Proof
    tasks: tuple[TaskKey, ...] = Field(min_length=1, max_length=20)
    added_on: dt.date


class ReviseResource(Command):
    """Add a version with its own evidence; those before are kept. A version once only."""

    TYPE: ClassVar[str] = "recruitment.ReviseResource"

    resource: ResourceId
    version: Edition
    kept_at: KeptAt
    evidence: Proof
    revised_on: dt.date


class RetireResource(Command):
    """Take a resource out of use for good; ``retired_on`` is the first day without it."""

    TYPE: ClassVar[str] = "recruitment.RetireResource"

    resource: ResourceId
    retired_on: dt.date
    reason: Said


class _OfResource(Event):
    resource: ResourceId
    actor: str


class ResourceAdded(_OfResource):
    """There is a resource."""

    TYPE: ClassVar[str] = "recruitment.ResourceAdded"

    title: str
    kind: ResourceKind
    origin: str
    version: str
    kept_at: str
    evidence: tuple[str, ...]
    tasks: tuple[str, ...]
    added_on: dt.date


class ResourceRevised(_OfResource):
    """A resource has another version."""

    TYPE: ClassVar[str] = "recruitment.ResourceRevised"

    version: str
    kept_at: str
    evidence: tuple[str, ...]
    revised_on: dt.date


class ResourceRetired(_OfResource):
    """A resource is in use no more."""

    TYPE: ClassVar[str] = "recruitment.ResourceRetired"

    retired_on: dt.date
    reason: str


ASKED: tuple[type[Command], ...] = (AddResource, ReviseResource, RetireResource)

RESOURCES = Topic(
    name="qio.recruitment.resources.v1",
    owner="recruitment",
    summary="Evidence-based resources: added, revised, retired.",
    messages=(ResourceAdded, ResourceRevised, ResourceRetired),
    key="resource id",
    partitions=1,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (RESOURCES,)
