"""Tells facts to the engine and lets days pass; what it says then, as those hear it who read the outbox."""

import datetime as dt
from typing import Any, Final

import asyncpg

from services.measures.charting import Baseline
from services.measures.domain.panel.kind import Kind
from services.measures.handlers.panels import subscription
from services.measures.panel_reviser import revise_once
from shared.contracts.facilities import FacilityMeasured
from shared.contracts.signals import ChartBaselineFrozen, SignalRaised, SignalRetracted
from shared.messaging import outbox
from shared.messaging.handling import FeedItem
from tests.measures.harm.pure import Told

BASELINE: Final = Baseline("2016Q1", "2017Q4")
NOW: Final = dt.datetime(2025, 1, 10, 12, tzinfo=dt.UTC)
EVENTS: Final = "SELECT type, payload FROM outbox WHERE position > $1 ORDER BY position"
_MODELS: Final = {
    model.wire_type(): model for model in (FacilityMeasured, ChartBaselineFrozen, SignalRaised, SignalRetracted)
}


async def tell(conn: asyncpg.Connection, kind: Kind, *told: Told, now: dt.datetime = NOW) -> list[Any]:
    """The events that follow from these records, in one transaction."""
    items = [FeedItem(kind.place(record).unit, name, record) for name, record in told]
    async with conn.transaction():
        emits = await subscription(kind, "feed", {}, BASELINE).handle(conn, items, now)
        await outbox.append(conn, emits, now=now)
    return [emit.event for emit in emits]


async def pass_time(conn: asyncpg.Connection, kind: Kind, now: dt.datetime) -> list[Any]:
    """The events that follow from the day alone."""
    before = await conn.fetchval("SELECT coalesce(max(position), 0) FROM outbox")
    while await revise_once(conn, kind, BASELINE, now):
        pass
    return [_MODELS[row["type"]].model_validate_json(row["payload"]) for row in await conn.fetch(EVENTS, before)]


def figures(events: list[Any], measure: str) -> dict[str, Any]:
    return {one.period: one for one in events if isinstance(one, FacilityMeasured) and one.measure == measure}


def signals(events: list[Any]) -> list[tuple[type[Any], str, str]]:
    return [(type(one), one.period, one.rule) for one in events if isinstance(one, SignalRaised | SignalRetracted)]
