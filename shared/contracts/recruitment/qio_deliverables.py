"""Deliverables of QIO contracts: required, submitted, answered, waived, moved by a change of the contract."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.qio_contracts import ChangeKind, ContractNumber, Slug, Source
from shared.contracts.recruitment.terms import Line, TaskKey, Words


class RequireDeliverable(Command):
    """Put a deliverable into an open contract. Refused when its name is taken there."""

    TYPE: ClassVar[str] = "recruitment.RequireDeliverable"

    contract: ContractNumber
    deliverable: Slug
    title: Line
    task: TaskKey
    due_on: dt.date
    source: Source


class SubmitDeliverable(Command):
    """Hand a deliverable in, for the first time or after it was returned."""

    TYPE: ClassVar[str] = "recruitment.SubmitDeliverable"

    contract: ContractNumber
    deliverable: Slug
    submitted_on: dt.date
    reference: Line | None = Field(default=None, description="where the document is")


class AcceptDeliverable(Command):
    """Record that CMS accepted what was submitted."""

    TYPE: ClassVar[str] = "recruitment.AcceptDeliverable"

    contract: ContractNumber
    deliverable: Slug
    accepted_on: dt.date


class ReturnDeliverable(Command):
    """Record that CMS returned what was submitted, with its reasons."""

    TYPE: ClassVar[str] = "recruitment.ReturnDeliverable"

    contract: ContractNumber
    deliverable: Slug
    returned_on: dt.date
    reasons: tuple[Words, ...] = Field(min_length=1, max_length=20)


class WaiveDeliverable(Command):
    """Record that CMS no longer asks for a deliverable that is not submitted."""

    TYPE: ClassVar[str] = "recruitment.WaiveDeliverable"

    contract: ContractNumber
    deliverable: Slug
    waived_on: dt.date
    reason: Words
    source: Source


class DeliverableRequired(Event):
    """A contract asks for a deliverable by a day."""

    TYPE: ClassVar[str] = "recruitment.DeliverableRequired"

    contract: str
    deliverable: str
    title: str
    task: str
    due_on: dt.date
    source: str
    actor: str


class DeliverableMoved(Event):
    """A change of the contract moved the day a deliverable is due, for ``reason`` and from ``effective_on`` on."""

    TYPE: ClassVar[str] = "recruitment.DeliverableMoved"

    contract: str
    deliverable: str
    due_on: dt.date
    effective_on: dt.date
    kind: ChangeKind
    reason: str
    source: str
    actor: str


class DeliverableSubmitted(Event):
    """A deliverable was handed in."""

    TYPE: ClassVar[str] = "recruitment.DeliverableSubmitted"

    contract: str
    deliverable: str
    submitted_on: dt.date
    reference: str | None = None
    actor: str


class DeliverableAccepted(Event):
    """What was handed in was accepted."""

    TYPE: ClassVar[str] = "recruitment.DeliverableAccepted"

    contract: str
    deliverable: str
    accepted_on: dt.date
    actor: str


class DeliverableReturned(Event):
    """What was handed in was returned, to be handed in again."""

    TYPE: ClassVar[str] = "recruitment.DeliverableReturned"

    contract: str
    deliverable: str
    returned_on: dt.date
    reasons: tuple[str, ...]
    actor: str


class DeliverableWaived(Event):
    """A deliverable is no longer asked for."""

    TYPE: ClassVar[str] = "recruitment.DeliverableWaived"

    contract: str
    deliverable: str
    waived_on: dt.date
    reason: str
    source: str
    actor: str


ASKED: tuple[type[Command], ...] = (
    RequireDeliverable,
    SubmitDeliverable,
    AcceptDeliverable,
    ReturnDeliverable,
    WaiveDeliverable,
)
SAID: tuple[type[Event], ...] = (
    DeliverableRequired,
    DeliverableMoved,
    DeliverableSubmitted,
    DeliverableAccepted,
    DeliverableReturned,
    DeliverableWaived,
)
