"""Applies records to beneficiaries inside the caller's transaction: lock, load, count, save, append the deltas."""

import datetime as dt
from collections.abc import Mapping, Sequence

import asyncpg

from services.measures.domain import engine
from services.measures.domain.deltas import Deltas, without_zeros
from services.measures.domain.engine import Timeline
from services.measures.domain.timeline import Claim, Record
from services.measures.domain.values import ValueSets
from services.measures.repository import rollups, timelines
from shared.messaging.breaths import in_breaths

BREATH = 200  # beneficiaries computed in one go, some milliseconds


async def apply(
    conn: asyncpg.Connection, told: Mapping[bytes, Sequence[Record]], values: ValueSets, now: dt.datetime
) -> int:
    """Apply the records by beneficiary reference; without records, what changed by time or by value sets.

    Returns how many beneficiaries changed. Two loads: the years of the records, then the years these reach.
    """
    held = await timelines.lock(conn, told)
    today = now.date().toordinal()
    first = [
        (held[ref].id, year)
        for ref, records in told.items()
        for year in engine.years_to_take(held[ref].head, records, today)
    ]
    chunks = await timelines.load(conn, first)
    begun: list[tuple[bytes, int, Timeline]] = []
    further: list[tuple[int, int]] = []
    async for ref, records in in_breaths(told.items(), BREATH):
        number, head = held[ref]
        timeline = Timeline(head, chunks.get(number, {}), values, today)
        further += [(number, year) for year in timeline.take(records)]
        if timeline.changed or timeline.pending:
            begun.append((ref, number, timeline))
    if not begun:
        return 0
    more = await timelines.load(conn, further)
    deltas: Deltas = {}
    seconds = int(now.timestamp())
    async for _, number, timeline in in_breaths(begun, BREATH):
        timeline.recount(more.get(number, {}), deltas, seconds)
    await timelines.save(
        conn,
        [(ref, timeline.head) for ref, _, timeline in begun],
        [(number, year, timeline.chunks[year]) for _, number, timeline in begun for year in timeline.changed],
    )
    await rollups.append(conn, without_zeros(deltas), _received(told))
    return len(begun)


def _received(told: Mapping[bytes, Sequence[Record]]) -> int:
    """The latest day on which Medicare processed any of the claims; 0 where none tells."""
    return max(
        (record.received for records in told.values() for record in records if isinstance(record, Claim)), default=0
    )
