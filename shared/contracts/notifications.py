"""What notifications hears as restricted requests and what it says about each notice."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from shared.contracts.message import REDISCLOSURE, Contract, Event
from shared.contracts.topic import Confidentiality, Gaps, Topic

Role = Literal[
    "beneficiary",
    "representative",
    "provider",
    "practitioner",
    "plan",
    "mac",
    "qic",
    "cms",
    "oig",
    "board",
    "agency",
    "facility",
    "qio_staff",
    "hospital",
    "physician",
]
"""In what part somebody gets a notice; ``hospital`` is a ``provider`` and ``physician`` a ``practitioner``."""


class Recipient(Contract):
    """Who must hear: one party in one role. Without ``email`` the notice becomes a task for staff.

    A notice that is a telephone call is always a task for staff, who call ``name`` at ``phone`` with its script.
    """

    role: Role
    name: str = Field(min_length=1, max_length=300)
    email: str | None = Field(default=None, max_length=254)
    phone: str | None = Field(default=None, max_length=40, description="number to call; None when not known")
    interpreter: str | None = Field(default=None, max_length=60, description="language of the interpreter wanted")
    tty: bool = Field(default=False, description="to be called by TTY or relay")
    language: str = Field(default="en", pattern=r"^[a-z]{2}$")
    time_zone: str = Field(max_length=64, description="IANA zone of the recipient")


class NoticeRequested(Event):
    """A notice that must be sent; carries what the letter says, so the topic is restricted and kept for days.

    ``notice_id`` is derived from the cause and the recipient's role: asking again for the same is the same notice.
    ``facts`` are the template's values in words; ``due_at`` (UTC) is when it must have left.
    """

    TYPE: ClassVar[str] = "notifications.NoticeRequested"

    notice_id: UUID
    notice_type: str = Field(pattern=r"^[A-Z_0-9]+$", max_length=60)
    subject: str = Field(
        max_length=64, pattern=r"^[A-Za-z0-9:._-]+$", description="opaque id of the case or facility it is about"
    )
    recipient: Recipient
    facts: dict[str, str]
    due_at: AwareDatetime
    citation: str | None = Field(default=None, max_length=200, pattern=r"^[^\x00-\x1f]*$")
    redisclosure: Literal["42CFR480.107"] = REDISCLOSURE


class NoticeQueued(Event):
    """A notice was accepted for sending; no personal data."""

    TYPE: ClassVar[str] = "notifications.NoticeQueued"

    notice_id: UUID
    notice_type: str
    subject: str
    recipient_role: str
    channel: str
    due_at: AwareDatetime


class NoticeDelivered(Event):
    """The channel accepted the notice (for mail: the receiving server said 250)."""

    TYPE: ClassVar[str] = "notifications.NoticeDelivered"

    notice_id: UUID
    notice_type: str
    subject: str
    recipient_role: str
    channel: str
    delivered_at: AwareDatetime
    on_time: bool
    attempts: int = Field(ge=1)


class NoticeFailed(Event):
    """The notice cannot be delivered this way; ``reason`` is a code. Staff must act."""

    TYPE: ClassVar[str] = "notifications.NoticeFailed"

    notice_id: UUID
    notice_type: str
    subject: str
    recipient_role: str
    channel: str
    reason: str
    attempts: int = Field(ge=0)


REQUESTS = Topic(
    name="qio.notifications.requests.v1",
    owner="notifications",
    summary="Notices other services must have sent, with what they say. Restricted; kept for days only.",
    messages=(NoticeRequested,),
    key="notice id",
    partitions=4,
    retention_days=7,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.CONFIDENTIAL,
    writers=("recruitment", "complaints"),
    readers=("notifications",),
)
NOTICES = Topic(
    name="qio.notifications.notices.v1",
    owner="notifications",
    summary="What became of each notice.",
    messages=(NoticeQueued, NoticeDelivered, NoticeFailed),
    key="notice id",
    partitions=4,
    retention_days=90,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("notifications",),
    readers=("complaints", "cli"),
)

TOPICS = (REQUESTS, NOTICES)
