"""Our own notices that did not leave in time, or by no way at all: supervisors and staff hear of it."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import asyncpg

from services.notifications.domain.rules.firing import Table
from services.notifications.heard.facts import Fact, fired
from shared.contracts.notifications.notices import NOTICES, NoticeFailed, NoticeOverdue
from shared.messaging.handling import Emit, FeedItem, FeedSubscription
from shared.records.store import RecordStore


class Troubled:
    """A feed, because of very many notices very few are overdue or fail: the others must cost nothing."""

    def __init__(self, store: RecordStore, table: Table) -> None:
        self._store = store
        self._table = table

    async def take_in(self, conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
        """Ask for the notices about those that are overdue or failed; a repetition asks for the same."""
        facts = [fact for item in items if (fact := _fact(item.record)) is not None]
        return await fired(conn, self._store, self._table, facts, now) if facts else ()


def subscription(store: RecordStore, table: Table) -> FeedSubscription:
    """What became of notices; of all but the overdue and the failed nothing is read."""
    decoders: dict[str, Callable[[bytes], Any]] = {one.wire_type(): _passed_over for one in NOTICES.messages}
    decoders[NoticeOverdue.wire_type()] = NoticeOverdue.model_validate_json
    decoders[NoticeFailed.wire_type()] = NoticeFailed.model_validate_json
    return FeedSubscription(NOTICES.name, decoders, Troubled(store, table).take_in)


def _fact(record: object) -> Fact | None:
    """What came about; None for what tells of nothing, or does not say when."""
    match record:
        case NoticeOverdue():
            return Fact(record, record.due_at)
        case NoticeFailed(failed_at=dt.datetime() as at):
            return Fact(record, at)
    return None


def _passed_over(value: bytes) -> None:
    del value
