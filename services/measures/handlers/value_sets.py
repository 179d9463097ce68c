"""ValueSetPart: keeps code lists; a version holds when all its parts are known."""

import datetime as dt
from collections.abc import Sequence

import asyncpg

from services.measures.repository import value_sets
from shared.contracts import feeds
from shared.messaging.handling import Emit, FeedItem, FeedSubscription


async def apply(conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
    """Keep the parts. Results follow when contributions are made again under the new release; ``now`` is not used."""
    del now
    await value_sets.save(conn, [_part(item.record) for item in items])
    return ()


def _part(record: feeds.ValueSetPart) -> value_sets.Part:
    return value_sets.Part(
        record.name,
        record.version,
        record.part,
        record.parts,
        record.source,
        [code for code, _ in record.codes],
        [meaning for _, meaning in record.codes],
    )


def subscription() -> FeedSubscription:
    """Value sets as they are loaded."""
    decoders = {feeds.ValueSetPart.wire_type(): feeds.ValueSetPart.model_validate_json}
    return FeedSubscription(topic=feeds.VALUE_SETS.name, decoders=decoders, handle=apply, max_records=50)
