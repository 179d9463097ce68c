"""Technical assistance from intake to outcome: who asks, who helps, what was given, whether it helped."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Event
from shared.contracts.recruitment import assistance_commands
from shared.contracts.recruitment.assistance_commands import AssistanceOutcome, Helped, WaitingFor
from shared.contracts.recruitment.assistance_terms import AssistanceId, AssistanceKind
from shared.contracts.topic import Confidentiality, Gaps, Topic


class AssistanceTargetSet(Event):
    """Within how many days requests of a kind are to be over."""

    TYPE: ClassVar[str] = "recruitment.AssistanceTargetSet"

    kind: AssistanceKind
    days: int = Field(ge=1)
    actor: str


class _OfRequest(Event):
    request: AssistanceId
    actor: str


class AssistanceRequested(_OfRequest):
    """Somebody asked for help; ``due_on`` None: no target is set for its kind."""

    TYPE: ClassVar[str] = "recruitment.AssistanceRequested"

    asked_by: str
    kind: AssistanceKind
    about: str
    partner: str | None
    reporting: str | None
    received_on: dt.date
    due_on: dt.date | None


class AssistanceAssigned(_OfRequest):
    """Somebody is to help."""

    TYPE: ClassVar[str] = "recruitment.AssistanceAssigned"

    to: str
    assigned_on: dt.date


class AssistanceRecorded(_OfRequest):
    """Help was given."""

    TYPE: ClassVar[str] = "recruitment.AssistanceRecorded"

    by: str
    given_on: dt.date
    minutes: int = Field(ge=1)
    what: str
    resources: tuple[str, ...]


class AssistancePaused(_OfRequest):
    """A request waits for somebody else."""

    TYPE: ClassVar[str] = "recruitment.AssistancePaused"

    waiting_for: WaitingFor
    since: dt.date


class AssistanceResumed(_OfRequest):
    """A request waits no more."""

    TYPE: ClassVar[str] = "recruitment.AssistanceResumed"

    resumed_on: dt.date


class AssistanceClosed(_OfRequest):
    """A request ended."""

    TYPE: ClassVar[str] = "recruitment.AssistanceClosed"

    outcome: AssistanceOutcome
    helped: Helped | None
    reason: str | None
    closed_on: dt.date


class AssistanceReopened(_OfRequest):
    """A request is open again; ``due_on`` is counted anew."""

    TYPE: ClassVar[str] = "recruitment.AssistanceReopened"

    reason: str
    reopened_on: dt.date
    due_on: dt.date | None


ASKED = assistance_commands.ASKED

ASSISTANCE_REQUESTS = Topic(
    name="qio.recruitment.assistance-requests.v1",
    owner="recruitment",
    summary="Technical assistance: asked for, assigned, given, waiting, ended, taken up again.",
    messages=(
        AssistanceRequested,
        AssistanceAssigned,
        AssistanceRecorded,
        AssistancePaused,
        AssistanceResumed,
        AssistanceClosed,
        AssistanceReopened,
    ),
    key="request id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)
ASSISTANCE_TARGETS = Topic(
    name="qio.recruitment.assistance-targets.v1",
    owner="recruitment",
    summary="Within how many days technical assistance of each kind is to be over.",
    messages=(AssistanceTargetSet,),
    key="kind of assistance",
    partitions=1,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (ASSISTANCE_REQUESTS, ASSISTANCE_TARGETS)
