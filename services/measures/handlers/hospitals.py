"""HospitalListed: keeps what CMS says of hospitals, for names and places beside their results."""

import datetime as dt
from collections.abc import Sequence

import asyncpg

from services.measures.repository import hospitals
from shared.contracts import feeds
from shared.messaging.handling import Emit, FeedItem, FeedSubscription


async def apply(conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
    """Take the listings over; ``now`` is not used."""
    del now
    await hospitals.save(conn, [hospitals.Hospital(**item.record.model_dump()) for item in items])
    return ()


def subscription() -> FeedSubscription:
    """Hospitals of every vintage that is loaded."""
    decoders = {feeds.HospitalListed.wire_type(): feeds.HospitalListed.model_validate_json}
    return FeedSubscription(topic=feeds.HOSPITALS.name, decoders=decoders, handle=apply)
