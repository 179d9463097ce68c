"""Our own notices that did not leave in time: supervisors hear of it."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import asyncpg

from services.notifications.domain.rules.firing import Table
from services.notifications.heard.facts import Fact, fired
from shared.contracts.notifications.notices import NOTICES, NoticeOverdue
from shared.messaging.handling import Emit, FeedItem, FeedSubscription
from shared.records.store import RecordStore


class Overdue:
    """A feed, because of very many notices very few are overdue: the others must cost nothing."""

    def __init__(self, store: RecordStore, table: Table) -> None:
        self._store = store
        self._table = table

    async def take_in(self, conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
        """Ask for the notices about those that are overdue; a repetition asks for the same."""
        late = [item.record for item in items if isinstance(item.record, NoticeOverdue)]
        facts = [Fact(one, one.due_at) for one in late]
        return await fired(conn, self._store, self._table, facts, now) if facts else ()


def subscription(store: RecordStore, table: Table) -> FeedSubscription:
    """What became of notices; of all but the overdue nothing is read."""
    decoders: dict[str, Callable[[bytes], Any]] = {one.wire_type(): _passed_over for one in NOTICES.messages}
    decoders[NoticeOverdue.wire_type()] = NoticeOverdue.model_validate_json
    return FeedSubscription(NOTICES.name, decoders, Overdue(store, table).take_in)


def _passed_over(value: bytes) -> None:
    del value
