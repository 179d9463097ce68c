"""What became of each notice, and what staff record about it."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field

from shared.contracts.message import Command, Event
from shared.contracts.notifications.terms import Line
from shared.contracts.topic import Confidentiality, Gaps, Topic


class CallOutcome(StrEnum):
    """What became of one telephone call."""

    REACHED = "REACHED"  # the recipient was told
    LEFT_MESSAGE = "LEFT_MESSAGE"  # only that they should call back
    NO_ANSWER = "NO_ANSWER"
    WRONG_NUMBER = "WRONG_NUMBER"
    REFUSED = "REFUSED"  # the recipient did not want to listen


class MailingStep(StrEnum):
    """How far a letter on paper has come."""

    PRINTED = "PRINTED"
    MAILED = "MAILED"  # given to the carrier: it has left
    DELIVERED = "DELIVERED"  # the carrier says, or a signed receipt, that it arrived


class ReturnReason(StrEnum):
    """Why what had left came back."""

    BAD_ADDRESS = "BAD_ADDRESS"  # no such address or mailbox
    MOVED = "MOVED"
    REFUSED = "REFUSED"
    UNCLAIMED = "UNCLAIMED"
    DECEASED = "DECEASED"
    MAILBOX_FULL = "MAILBOX_FULL"
    OTHER = "OTHER"


# --- what became of notices ---------------------------------------------------------------------------------------


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
    """The channel accepted the notice (for mail: the receiving server said 250; for a letter: it was mailed).

    Of a call: the recipient was told. A notice that came back afterwards is delivered again when another way succeeds.
    """

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
    """The notice cannot be delivered and no way is left; ``reason`` is a code. Staff must act."""

    TYPE: ClassVar[str] = "notifications.NoticeFailed"

    notice_id: UUID
    notice_type: str
    subject: str
    recipient_role: str
    channel: str
    reason: str
    attempts: int = Field(ge=0)
    failed_at: AwareDatetime | None = Field(default=None, description="when the last way was over")


class NoticeRerouted(Event):
    """The notice goes by ``channel`` from now on; ``reason`` is a code: why the way before failed, or that staff want
    it sent again.
    """

    TYPE: ClassVar[str] = "notifications.NoticeRerouted"

    notice_id: UUID
    notice_type: str
    subject: str
    recipient_role: str
    channel: str
    before: str = Field(description="the channel it went by before")
    reason: str


class NoticeReturned(Event):
    """What had left by ``channel`` came back: a letter from the carrier, a mail from the recipient's server."""

    TYPE: ClassVar[str] = "notifications.NoticeReturned"

    notice_id: UUID
    notice_type: str
    subject: str
    recipient_role: str
    channel: str
    reason: ReturnReason
    returned_at: AwareDatetime


class NoticeOverdue(Event):
    """The due time has passed and the notice has not left; said once of each notice. Staff must act."""

    TYPE: ClassVar[str] = "notifications.NoticeOverdue"

    notice_id: UUID
    notice_type: str
    subject: str
    recipient_role: str
    channel: str
    due_at: AwareDatetime


class NoticeStopped(Event):
    """The notice is not sent: its recipient asked not to be written to, or staff took it back; ``reason`` is a code."""

    TYPE: ClassVar[str] = "notifications.NoticeStopped"

    notice_id: UUID
    notice_type: str
    subject: str
    recipient_role: str
    channel: str
    due_at: AwareDatetime
    reason: str


NOTICES = Topic(
    name="qio.notifications.notices.v1",
    owner="notifications",
    summary="What became of each notice. Kept, so that no rebuild sends one again.",
    messages=(
        NoticeQueued,
        NoticeDelivered,
        NoticeFailed,
        NoticeRerouted,
        NoticeReturned,
        NoticeOverdue,
        NoticeStopped,
    ),
    key="notice id",
    partitions=4,
    retention_days=90,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("notifications",),
    readers=("complaints", "notifications", "cli"),
    history=True,
)


# --- what staff record --------------------------------------------------------------------------------------------


class RecordCall(Command):
    """Record one telephone call about a notice. After several calls without success the next way follows.

    Recording the same call again changes nothing.
    """

    TYPE: ClassVar[str] = "notifications.RecordCall"

    notice_id: UUID
    outcome: CallOutcome
    at: AwareDatetime = Field(description="when the call was made; not in the future")
    note: Line | None = Field(default=None, description="what the recipient said; kept sealed")


class RecordMailing(Command):
    """Record how far a letter on paper has come. Recording the same step again changes nothing."""

    TYPE: ClassVar[str] = "notifications.RecordMailing"

    notice_id: UUID
    step: MailingStep
    at: AwareDatetime = Field(description="when it happened; not in the future")
    carrier: Line | None = None
    tracking: str | None = Field(
        default=None, pattern=r"^[A-Z0-9 ]{8,40}$", description="the carrier's number; certified mail must have one"
    )


class RecordReturn(Command):
    """Record that a notice which had left came back; the next way follows. The same return again changes nothing."""

    TYPE: ClassVar[str] = "notifications.RecordReturn"

    notice_id: UUID
    reason: ReturnReason
    at: AwareDatetime = Field(description="when it came back; not in the future")


class RetryNotice(Command):
    """Try all ways again from the first, with the addresses the contact has now; for what failed or came back."""

    TYPE: ClassVar[str] = "notifications.RetryNotice"

    notice_id: UUID


class ReleaseNotice(Command):
    """Let a notice go that is held since a rebuild: it was queued, and nothing says that it left."""

    TYPE: ClassVar[str] = "notifications.ReleaseNotice"

    notice_id: UUID


class CancelNotice(Command):
    """Take back a notice that has not left. A notice that a rule wants cannot be taken back."""

    TYPE: ClassVar[str] = "notifications.CancelNotice"

    notice_id: UUID


ASKED: tuple[type[Command], ...] = (
    RecordCall,
    RecordMailing,
    RecordReturn,
    RetryNotice,
    ReleaseNotice,
    CancelNotice,
)
TOPICS = (NOTICES,)
