"""A notice and its states."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shared.contracts.notifications import Recipient
from shared.contracts.notifications.terms import Channel

__all__ = ["Channel", "Notice", "State"]


class State(StrEnum):
    """Where a notice is; FAILED and TASK are staff's work list, nothing is ever dropped."""

    QUEUED = "QUEUED"
    SENDING = "SENDING"
    SENT = "SENT"
    FAILED = "FAILED"
    TASK = "TASK"


@dataclass(frozen=True, slots=True)
class Notice:
    """What was asked for and what was made of it. Times are UTC.

    ``content`` is the complete mail as it is sent, or the text that staff read out or print (UTF-8).
    """

    id: UUID
    type: str
    subject: str
    recipient: Recipient
    facts: dict[str, str]
    channel: Channel
    state: State
    reason: str | None
    letter: str | None
    citation: str | None
    due_at: dt.datetime
    queued_at: dt.datetime
    content: bytes | None
