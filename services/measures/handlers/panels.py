"""Facts of facilities and practices: batches of records applied to the members they are about."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import asyncpg

from services.measures.charting import Baseline
from services.measures.domain.panel.kind import Kind
from services.measures.panels import apply
from services.measures.repository.panels import Whose
from shared.messaging.handling import Emit, FeedItem, FeedSubscription

LANES = 2  # one computes while PostgreSQL works for the other; units of two partitions never meet


def subscription(
    kind: Kind, topic: str, decoders: Mapping[str, Callable[[bytes], Any]], baseline: Baseline
) -> FeedSubscription:
    """The feed of one kind; its key is the unit, so that a unit's records come in one partition."""

    async def handle(conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
        """Apply the records and publish the figures that change, in one transaction."""
        told: dict[Whose, list[tuple[str, str, Any]]] = defaultdict(list)
        for item in items:
            place = kind.place(item.record)
            told[place.unit, place.member].append((place.fact, item.type, item.record))
        return await apply(conn, kind, told, baseline, now)

    return FeedSubscription(topic=topic, decoders=decoders, handle=handle, lanes=LANES)
