"""What follows from an attempt to deliver: delivered, again later, or the end of this way."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.notifications.domain.notice import Channel, State
from shared.contracts.notifications import NOTICES, NoticeDelivered
from shared.messaging.handling import Emit

GAVE_UP: Final = "gave-up"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A notice a sender has claimed. ``claim`` is its number; a later claim makes this one void.

    ``number`` counts how often the mail may have reached the server, this attempt included.
    """

    notice_id: UUID
    type: str
    subject: str
    recipient_role: str
    due_at: dt.datetime
    claim: int
    number: int
    address: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Delivered:
    """The server said 250 at ``at`` (UTC)."""

    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Later:
    """The server refused for now, or its answer was lost; ``reason`` is a code."""

    reason: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """The server refused this notice for good; ``reason`` is a code."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotTried:
    """Nothing of it reached the server; it does not count as an attempt."""


Outcome = Delivered | Later | Impossible | NotTried


@dataclass(frozen=True, slots=True)
class Retries:
    """Waiting doubles from ``first`` to ``longest``; after ``attempts`` this way has failed."""

    first: dt.timedelta
    longest: dt.timedelta
    attempts: int

    def wait(self, number: int) -> dt.timedelta:
        """How long after the attempt of this number the next one follows."""
        return min(self.first * (1 << min(number - 1, 30)), self.longest)


@dataclass(frozen=True, slots=True)
class Result:
    """The state a notice has after an attempt, and when it may be tried again (UTC).

    FAILED is the end of this way: the next one follows, if there is one.
    """

    attempt: Attempt
    state: State
    reason: str | None
    available_at: dt.datetime
    finished_at: dt.datetime | None
    counted: bool


def result(attempt: Attempt, outcome: Outcome, retries: Retries, now: dt.datetime) -> Result:
    """The state that follows from an outcome."""
    match outcome:
        case Delivered(at):
            return Result(attempt, State.SENT, None, at, at, counted=True)
        case Impossible(reason):
            return Result(attempt, State.FAILED, reason, now, now, counted=True)
        case Later() if attempt.number >= retries.attempts:
            return Result(attempt, State.FAILED, GAVE_UP, now, now, counted=True)
        case Later(reason):
            return Result(attempt, State.QUEUED, reason, now + retries.wait(attempt.number), None, counted=True)
        case NotTried():
            return Result(attempt, State.QUEUED, None, now, None, counted=False)


def delivered(results: Sequence[Result]) -> list[Emit]:
    """What is said about the mails that were accepted."""
    return [Emit(NOTICES.name, str(end.attempt.notice_id), _event(end)) for end in results if end.state is State.SENT]


def _event(end: Result) -> NoticeDelivered:
    attempt = end.attempt
    assert end.finished_at is not None
    return NoticeDelivered(
        notice_id=attempt.notice_id,
        notice_type=attempt.type,
        subject=attempt.subject,
        recipient_role=attempt.recipient_role,
        channel=Channel.EMAIL,
        delivered_at=end.finished_at,
        on_time=end.finished_at <= attempt.due_at,
        attempts=attempt.number,
    )
