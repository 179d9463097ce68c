"""MeasureUpdated: keeps the few results that matter, and fires rows for places that became worse than their state."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

import asyncpg

from services.notifications.domain.roster.results import RESULT, judged, matters, newest, result
from services.notifications.domain.rules.firing import Table
from services.notifications.heard.facts import Fact, fired
from services.notifications.repository import roster
from shared.contracts.measures import RESULTS, MeasureUpdated
from shared.messaging import locks
from shared.messaging.handling import Emit, FeedItem, FeedSubscription
from shared.records.kinds import Record
from shared.records.store import RecordStore


class Results:
    """A feed: the highest revision of the latest period holds, so results need no inbox and come in any order."""

    def __init__(self, store: RecordStore, table: Table) -> None:
        self._store = store
        self._table = table

    async def take_in(self, conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
        """Keep what is later than what is held, judge what that concerns, and ask for the notices of new gaps."""
        offered = newest(result(item.record) for item in items if matters(item.record))
        if not offered:
            return ()
        # One at a time for each measure: a verdict rests on results of several units.
        await locks.lock(conn, {f"{RESULT.name}s:{one.measure}" for one in offered.values()})
        held = await roster.some(conn, RESULT, offered)
        later = {
            key: one.after(held.get(key))
            for key, one in offered.items()
            if key not in held or held[key].replaced_by(one)
        }
        if not later:
            return ()
        known = await roster.beside(conn, later.values()) | later
        changed, gaps = judged(known, *await roster.places(conn, known.values()))
        await self._save(conn, later | changed, now)
        facts = [Fact(gap, dt.datetime.fromisoformat(gap.own.as_of)) for gap in gaps]
        return await fired(conn, self._store, self._table, facts, now)

    async def _save(self, conn: asyncpg.Connection, changed: Mapping[str, Record], now: dt.datetime) -> None:
        records = {RESULT.key(identifier): one for identifier, one in changed.items()}
        await locks.lock(conn, records)
        await self._store.save(conn, records, now)
        await locks.raise_versions(conn, records)


_DECODERS: Final = {MeasureUpdated.wire_type(): MeasureUpdated.model_validate_json}


def subscription(store: RecordStore, table: Table) -> FeedSubscription:
    """Results as measures publishes them."""
    return FeedSubscription(RESULTS.name, _DECODERS, Results(store, table).take_in)
