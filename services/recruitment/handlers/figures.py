"""FacilityMeasured: keeps the figures that peers are matched by; says nothing, so that they can be read again."""

import datetime as dt
from collections.abc import Sequence

import asyncpg

from services.recruitment.domain.peers.figures import kept
from services.recruitment.repository import peers
from shared.contracts.facilities import FACILITIES, FacilityMeasured
from shared.messaging.handling import Emit, FeedItem, FeedSubscription


async def take_in(conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
    """Keep the highest revision of each measure, unit and period; ``now`` is not used: figures know their own time."""
    del now
    found = [kept(item.record) for item in items]
    await peers.save_figures(conn, [one for one in found if one is not None])
    return ()


def subscription() -> FeedSubscription:
    """Figures as measures publishes them: the highest revision holds, so they need no inbox."""
    decoders = {FacilityMeasured.wire_type(): FacilityMeasured.model_validate_json}
    return FeedSubscription(FACILITIES.name, decoders, take_in)
