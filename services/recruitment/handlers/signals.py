"""MeasureUpdated: keeps the results that can move a rank; emits nothing, so that a rebuild just reads them again."""

import datetime as dt
from collections.abc import Sequence

import asyncpg

from services.recruitment.domain.targets.signals import matters, result
from services.recruitment.repository import signals
from shared.contracts.measures import RESULTS, MeasureUpdated
from shared.messaging.handling import Emit, FeedItem, FeedSubscription


async def take_in(conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
    """Keep the latest of each measure, unit and stratum; ``now`` is not used: results know their own time."""
    del now
    await signals.save(conn, (result(item.record) for item in items if matters(item.record)))
    return ()


def subscription() -> FeedSubscription:
    """Results as measures publishes them: the highest revision holds, so they need no inbox."""
    decoders = {MeasureUpdated.wire_type(): MeasureUpdated.model_validate_json}
    return FeedSubscription(topic=RESULTS.name, decoders=decoders, handle=take_in)
