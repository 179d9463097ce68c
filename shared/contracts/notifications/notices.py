"""What became of each notice, and what staff record about it."""

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field

from shared.contracts.message import Command, Event
from shared.contracts.topic import Confidentiality, Gaps, Topic


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

ASKED: tuple[type[Command], ...] = ()
TOPICS = (NOTICES,)
