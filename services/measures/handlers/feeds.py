"""Enrolment and claims: batches of records applied to the timelines of their beneficiaries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import asyncpg

from services.measures.domain import engine
from services.measures.domain.scope import Record, years_in_scope
from services.measures.domain.timeline import Claim, Enrolment
from services.measures.repository import rollups, timelines
from shared.contracts import compiled, feeds
from shared.messaging.breaths import in_breaths
from shared.messaging.handling import Emit, FeedItem, FeedSubscription


async def apply(conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
    """Apply the records; the results follow from the folder, so nothing is published here.

    A record whose natural key is known under the same or a higher version changes nothing; ``now`` is not used.
    """
    del now
    told: dict[bytes, list[Record]] = defaultdict(list)
    for item in items:
        told[bytes.fromhex(item.record.beneficiary)].append(_RECORD[item.type](item.record))
    held = await timelines.lock(conn, told)
    wanted: list[tuple[int, int]] = []
    async for ref, records in in_breaths(told.items(), BREATH):
        number, head = held[ref]
        wanted += [(number, year) for year in years_in_scope(head, records) if year in head.years]
    chunks = await timelines.load(conn, wanted)
    deltas: dict[tuple[str, int], list[int]] = {}
    changed: list[tuple[bytes, timelines.Locked, engine.Timeline]] = []
    async for ref, records in in_breaths(told.items(), BREATH):
        owner = held[ref]
        timeline = engine.Timeline(owner.head, chunks.get(owner.id, {}))
        if timeline.apply(records, deltas):
            changed.append((ref, owner, timeline))
    if changed:
        await timelines.save(
            conn,
            [(ref, timeline.head) for ref, _, timeline in changed],
            [(owner.id, year, timeline.chunks[year]) for _, owner, timeline in changed for year in timeline.changed],
        )
        await rollups.append(conn, engine.without_zeros(deltas))
    return ()


def _claim(record: compiled.InpatientClaim) -> Claim:
    return Claim(
        bytes.fromhex(record.claim),
        record.version,
        record.action == "cancel",
        record.admission.toordinal(),
        record.discharge.toordinal(),
        record.provider,
        record.status or "",
        record.frequency or "",
    )


def _enrolment(record: compiled.EnrolmentYear) -> Enrolment:
    return Enrolment(
        record.year,
        record.version,
        record.area,
        tuple((first.toordinal(), last.toordinal()) for first, last in record.eligible),
        record.death.toordinal() if record.death is not None else 0,
    )


_RECORD: dict[str, Any] = {
    feeds.InpatientClaim.wire_type(): _claim,
    feeds.EnrolmentYear.wire_type(): _enrolment,
}


BREATH = 200  # beneficiaries computed in one go, some milliseconds
LANES = 2  # one computes while PostgreSQL works for the other; beneficiaries of two partitions never meet


def subscriptions() -> tuple[FeedSubscription, FeedSubscription]:
    """Enrolment and claims, each with its compiled decoder."""
    return (
        FeedSubscription(topic=feeds.ENROLMENT.name, decoders=compiled.ENROLMENT, handle=apply, lanes=LANES),
        FeedSubscription(topic=feeds.CLAIMS.name, decoders=compiled.CLAIMS, handle=apply, lanes=LANES),
    )
