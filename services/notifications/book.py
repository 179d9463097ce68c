"""Makes records and notices again from what notifications has said, so that no notice is ever sent a second time."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import Final
from uuid import UUID

import asyncpg

from services.notifications.domain.notice import Channel, Notice, State, notice_key
from services.notifications.domain.writing import Writing
from services.notifications.handlers import forgot, remembered
from services.notifications.repository.notices import Notices
from services.notifications.webhooks import queue
from shared.contracts.message import Event
from shared.contracts.notifications import REQUESTS, NoticeRequested
from shared.contracts.notifications.notices import (
    NOTICES,
    NoticeDelivered,
    NoticeFailed,
    NoticeOverdue,
    NoticeQueued,
    NoticeRerouted,
    NoticeReturned,
    NoticeStopped,
)
from shared.messaging.rebuild.path import NotEmpty
from shared.records.book import Records
from shared.records.kinds import Kinds
from shared.runtime.clock import utc_now

REBUILT: Final = "rebuilt"
_CHUNK: Final = 2_000
_FILLED: Final = "SELECT EXISTS (SELECT FROM notice)"
_OVERDUE: Final = """
    UPDATE notice n SET overdue_at = r.at FROM unnest($1::uuid[], $2::timestamptz[]) AS r (id, at) WHERE n.id = r.id
"""
_TOLD: Final = frozenset(NOTICES.messages)


class Book:
    """Records as the events alone make them; of notices what the events tell: that there are these, and their state.

    A notice that was queued, and of which nothing says that it left, is HELD until staff release it. Its words come
    from the request, as long as the topic of requests holds it, with the codes and links that ``writing`` makes again;
    what was given once and its proof are lost with the schema.
    """

    recalls = frozenset((REQUESTS.name,))

    def __init__(self, kinds: Kinds, notices: Notices, writing: Writing) -> None:
        self._records = Records(kinds)
        self._store = notices
        self._writing = writing
        self._overdue: dict[UUID, dt.datetime] = {}
        self._changes: Counter[str] = Counter()
        self.notices: dict[UUID, Notice] = {}

    @property
    def made(self) -> Mapping[str, object]:
        """The records, by key."""
        return self._records.made

    def happened(self, event: Event, at: dt.datetime) -> None:
        """Take in what was said; ``at`` (UTC) is when it was recorded. Raises Unfit as ``Records`` does."""
        if type(event) not in _TOLD:
            self._records.happened(event, at)
            return
        told: UUID = event.notice_id  # type: ignore[attr-defined]
        self._changes[notice_key(told)] += 1
        if isinstance(event, NoticeOverdue):
            self._overdue[told] = at
        self.notices[told] = after(self.notices.get(told), event, at)

    def recalled(self, event: Event) -> None:
        """A request that the topic still holds: what a held notice says."""
        if not isinstance(event, NoticeRequested):
            return
        held = self.notices.get(event.notice_id)
        if held is not None and forgot(held, event):
            self.notices[event.notice_id] = remembered(held, self._writing.completed(event))

    async def save(self, conn: asyncpg.Connection) -> Mapping[str, int]:
        """Insert all of them; the number of events of each. Raises NotEmpty where there are records or notices."""
        if await conn.fetchval(_FILLED):
            raise NotEmpty("the schema is not empty (notice); only a newly migrated one can be rebuilt")
        changes = dict(await self._records.save(conn))
        now = utc_now()
        rest = iter(self.notices.items())
        while some := dict(islice(rest, _CHUNK)):
            await self._store.save(conn, {notice_key(one): notice for one, notice in some.items()}, now)
        await conn.execute(_OVERDUE, list(self._overdue), list(self._overdue.values()))
        await queue.begin_again(conn, now)
        return changes | self._changes


def after(before: Notice | None, event: Event, at: dt.datetime) -> Notice:
    """A notice after what was said of it; total, because it has happened."""
    notice = before or _first(event, at)
    match event:
        case NoticeQueued():
            waits = State.TASK if event.channel == Channel.TASK else State.HELD
            return replace(
                notice,
                state=waits,
                channel=Channel(event.channel),
                due_at=event.due_at,
                reason=REBUILT,
                finished_at=None,
            )
        case NoticeDelivered():
            return replace(
                notice,
                state=State.SENT,
                channel=Channel(event.channel),
                reason=None,
                attempts=event.attempts,
                finished_at=event.delivered_at,
            )
        case NoticeFailed():
            state = State.TASK if notice.state is State.TASK else State.FAILED
            return replace(notice, state=state, reason=event.reason, attempts=event.attempts, finished_at=at)
        case NoticeRerouted():
            return replace(
                notice,
                state=State.HELD,
                channel=Channel(event.channel),
                step=notice.step + 1,
                reason=REBUILT,
                attempts=0,
                begun_at=at,
                finished_at=None,
            )
        case NoticeReturned():
            reason = f"returned-{event.reason.lower().replace('_', '-')}"
            return replace(notice, state=State.RETURNED, reason=reason, finished_at=event.returned_at)
        case NoticeStopped():
            return replace(notice, state=State.STOPPED, due_at=event.due_at, reason=event.reason, finished_at=at)
    return notice


def _first(event: Event, at: dt.datetime) -> Notice:
    """A notice of which nothing was known."""
    told = event.model_dump(include={"notice_id", "notice_type", "subject", "recipient_role", "channel", "due_at"})
    return Notice(
        id=told["notice_id"],
        type=told["notice_type"],
        subject=told["subject"],
        role=told["recipient_role"],
        recipient=None,
        facts=None,
        channel=Channel(told["channel"]),
        state=State.HELD,
        reason=REBUILT,
        letter=None,
        citation=None,
        due_at=told.get("due_at", at),
        queued_at=at,
        available_at=at,
        begun_at=at,
    )
