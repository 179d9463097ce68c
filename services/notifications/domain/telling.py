"""What is said about notices: events that name nobody."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from services.notifications.domain.notice import Channel, Notice
from shared.contracts.message import Event
from shared.contracts.notifications.notices import (
    NOTICES,
    NoticeDelivered,
    NoticeFailed,
    NoticeOverdue,
    NoticeQueued,
    NoticeRerouted,
    NoticeReturned,
    NoticeStopped,
    ReturnReason,
)
from shared.messaging.handling import Emit


def queued(notice: Notice) -> Emit:
    """It was accepted."""
    return _emit(notice, NoticeQueued(**_named(notice), channel=notice.channel, due_at=notice.due_at))


def delivered(notice: Notice, at: dt.datetime) -> Emit:
    """Its channel accepted it at ``at`` (UTC)."""
    event = NoticeDelivered(
        **_named(notice),
        channel=notice.channel,
        delivered_at=at,
        on_time=at <= notice.due_at,
        attempts=max(notice.attempts, 1),
    )
    return _emit(notice, event)


def failed(notice: Notice, channel: Channel, reason: str) -> Emit:
    """``channel``, the last way, failed, or there was none."""
    event = NoticeFailed(
        **_named(notice), channel=channel, reason=reason, attempts=notice.attempts, failed_at=notice.finished_at
    )
    return _emit(notice, event)


def rerouted(notice: Notice, before: Channel, reason: str) -> Emit:
    """It goes another way now."""
    return _emit(notice, NoticeRerouted(**_named(notice), channel=notice.channel, before=before, reason=reason))


def returned(notice: Notice, channel: Channel, reason: ReturnReason, at: dt.datetime) -> Emit:
    """What had left by ``channel`` came back at ``at`` (UTC)."""
    event = NoticeReturned(**_named(notice), channel=channel, reason=reason, returned_at=at)
    return _emit(notice, event)


def overdue(row: Mapping[str, Any]) -> Emit:
    """The due time of a notice, of which this row is known, has passed."""
    event = NoticeOverdue(**_known(row), due_at=row["due_at"])
    return Emit(NOTICES.name, str(row["id"]), event)


def unreadable(row: Mapping[str, Any], reason: str) -> Emit:
    """A notice, of which only this row can be read, failed."""
    event = NoticeFailed(**_known(row), reason=reason, attempts=row["attempts"], failed_at=row["finished_at"])
    return Emit(NOTICES.name, str(row["id"]), event)


def stopped(notice: Notice, reason: str) -> Emit:
    """It is not sent."""
    event = NoticeStopped(**_named(notice), channel=notice.channel, due_at=notice.due_at, reason=reason)
    return _emit(notice, event)


def _named(notice: Notice) -> dict[str, Any]:
    return {
        "notice_id": notice.id,
        "notice_type": notice.type,
        "subject": notice.subject,
        "recipient_role": notice.role,
    }


def _known(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "notice_id": row["id"],
        "notice_type": row["type"],
        "subject": row["subject"],
        "recipient_role": row["recipient_role"],
        "channel": row["channel"],
    }


def _emit(notice: Notice, event: Event) -> Emit:
    return Emit(NOTICES.name, str(notice.id), event)
