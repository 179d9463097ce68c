"""Signals and figures of facilities and effects of interventions are kept; nothing is said, so they can be read again.

Of each the latest word holds, so they need no inbox and come in any order.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import asyncpg

from services.recruitment.domain.peers.figures import kept
from services.recruitment.domain.targets.changes import change, infections
from services.recruitment.repository import changes, effects, peers
from shared.contracts.effects import EFFECTS, EffectEstimated
from shared.contracts.facilities import FACILITIES, FacilityMeasured
from shared.contracts.signals import SIGNALS, SignalRaised, SignalRetracted
from shared.messaging.handling import Emit, FeedItem, FeedSubscription


def subscriptions() -> tuple[FeedSubscription, ...]:
    """What measures says of charts, of facilities and of interventions."""
    of_charts: dict[str, Callable[[bytes], Any]] = {one.wire_type(): _passed_over for one in SIGNALS.messages}
    of_charts |= {one.wire_type(): one.model_validate_json for one in (SignalRaised, SignalRetracted)}
    of_facilities = {FacilityMeasured.wire_type(): FacilityMeasured.model_validate_json}
    of_interventions = {EffectEstimated.wire_type(): EffectEstimated.model_validate_json}
    return (
        FeedSubscription(SIGNALS.name, of_charts, take_in_signals),
        FeedSubscription(FACILITIES.name, of_facilities, take_in_figures),
        FeedSubscription(EFFECTS.name, of_interventions, take_in_effects),
    )


async def take_in_signals(conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
    """Keep what stands for the worse, and that it stands no more; a baseline moves no rank."""
    del now
    words = [change(item.record) for item in items if item.record is not None]
    await changes.save_changes(conn, (one for one in words if one is not None))
    return ()


async def take_in_figures(conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
    """Keep the latest ratios of infections, and the figures that peers are matched by."""
    del now
    ratios = [infections(item.record) for item in items]
    await changes.save_infections(conn, (one for one in ratios if one is not None))
    found = [kept(item.record) for item in items]
    await peers.save_figures(conn, [one for one in found if one is not None])
    return ()


async def take_in_effects(conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
    """Keep the highest revision of each intervention and measure."""
    del now
    await effects.save(conn, [item.record for item in items])
    return ()


def _passed_over(value: bytes) -> None:
    del value
