"""What may be asked about technical assistance: taken in, assigned, helped with, paused, ended, reopened."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command
from shared.contracts.recruitment.assistance_terms import AssistanceId, AssistanceKind, DueId, ResourceId
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.mentoring import Minutes
from shared.contracts.recruitment.terms import Said

Asking = Annotated[
    str,
    Field(
        pattern=r"^(participant:([0-9A-Z]{6}|npi:[0-9]{10}|own:[a-z0-9][a-z0-9-]{1,59})"
        r"|coalition:[a-z0-9][a-z0-9-]{1,59}"
        r"|interest:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$",
        description="participant:, coalition: (its community) or interest: with an id",
    ),
]
Staff = Annotated[
    str, Field(pattern=r"^person:[a-z0-9][a-z0-9-]{1,59}$", description="person: and the id of one of the QIO's people")
]


class AssistanceOutcome(StrEnum):
    """How a request ended."""

    RESOLVED = "RESOLVED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class Helped(StrEnum):
    """Whether it helped, as whoever asked sees it."""

    YES = "YES"
    PARTLY = "PARTLY"
    NO = "NO"
    NOT_SAID = "NOT_SAID"


class WaitingFor(StrEnum):
    """Who is to do something next while a request waits."""

    REQUESTER = "REQUESTER"
    PARTNER = "PARTNER"
    CMS = "CMS"
    DATA = "DATA"


class SetAssistanceTarget(Command):
    """Set within how many days requests of a kind are to be over, for those received (or reopened) from then on.

    Without one, requests of that kind have no day and are never overdue. The same number again changes nothing.
    """

    TYPE: ClassVar[str] = "recruitment.SetAssistanceTarget"

    kind: AssistanceKind
    days: int = Field(ge=1, le=730, description="calendar days")


class RequestAssistance(Command):
    """Take in a request; asked again, it is another. Reporting from electronic records has a partner center."""

    TYPE: ClassVar[str] = "recruitment.RequestAssistance"

    asked_by: Asking
    kind: AssistanceKind
    about: Said
    partner: ParticipantId | None = Field(default=None, description="the Regional Extension Center that helps along")
    reporting: DueId | None = Field(default=None, description="the data due to CMS that it is about")
    received_on: dt.date


class AssignAssistance(Command):
    """Give a request to one of the QIO's people, or to another; the same again on that day: no change."""

    TYPE: ClassVar[str] = "recruitment.AssignAssistance"

    request: AssistanceId
    to: Staff
    assigned_on: dt.date


class RecordAssistance(Command):
    """Record help given, and with which resources; the same again is more help."""

    TYPE: ClassVar[str] = "recruitment.RecordAssistance"

    request: AssistanceId
    given_on: dt.date
    minutes: Minutes
    what: Said
    resources: tuple[ResourceId, ...] = Field(default=(), max_length=20)


class PauseAssistance(Command):
    """Let a request wait for somebody else; the day it is due stays."""

    TYPE: ClassVar[str] = "recruitment.PauseAssistance"

    request: AssistanceId
    waiting_for: WaitingFor
    since: dt.date


class ResumeAssistance(Command):
    """Go on with a request that waited."""

    TYPE: ClassVar[str] = "recruitment.ResumeAssistance"

    request: AssistanceId
    resumed_on: dt.date


class CloseAssistance(Command):
    """End a request; a resolved one says whether it helped, another says why."""

    TYPE: ClassVar[str] = "recruitment.CloseAssistance"

    request: AssistanceId
    outcome: AssistanceOutcome
    helped: Helped | None = None
    reason: Said | None = None
    closed_on: dt.date


class ReopenAssistance(Command):
    """Take up an ended request again, to be assigned anew; its days count anew."""

    TYPE: ClassVar[str] = "recruitment.ReopenAssistance"

    request: AssistanceId
    reason: Said
    reopened_on: dt.date


ASKED: tuple[type[Command], ...] = (
    SetAssistanceTarget,
    RequestAssistance,
    AssignAssistance,
    RecordAssistance,
    PauseAssistance,
    ResumeAssistance,
    CloseAssistance,
    ReopenAssistance,
)
