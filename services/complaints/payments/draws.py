"""The monthly draw of claims for payment review: one at a time, whoever asks."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

import asyncpg

from services.complaints.domain.clock import months_after
from services.complaints.domain.payment.sampling import Period, Review, SamplingPlan
from services.complaints.domain.payment.weights import DrgWeights
from services.complaints.payments import store as payment_store
from services.complaints.payments.store import Drawn

_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.payment-draw', 0))"
_LAST: Final = "SELECT drawn_at FROM draw WHERE what = $1 AND month = $2"
_KEEP: Final = """
    INSERT INTO draw (what, month, drawn_at) VALUES ($1, $2, $3)
    ON CONFLICT (what, month) DO UPDATE SET drawn_at = excluded.drawn_at
"""
PAYMENT: Final = "PAYMENT"
SECOND_REVIEW: Final = "SECOND_REVIEW"


def last_month(today: dt.date) -> dt.date:
    """The first day of the last complete month."""
    return months_after(today.replace(day=1), -1)


def month_of(first: dt.date) -> Period:
    """All days of the month that begins on this day."""
    return Period(first, months_after(first, 1) - dt.timedelta(days=1))


async def drawn_at(conn: asyncpg.Connection, what: str, month: dt.date) -> dt.datetime | None:
    """When a month was drawn last."""
    at: dt.datetime | None = await conn.fetchval(_LAST, what, month)
    return at


async def keep(conn: asyncpg.Connection, what: str, month: dt.date, now: dt.datetime) -> None:
    """Note that a month was drawn; in the transaction of the draw."""
    await conn.execute(_KEEP, what, month, now)


async def draw_month(
    conn: asyncpg.Connection,
    month: dt.date,
    plans: Mapping[Review, SamplingPlan],
    weights: DrgWeights,
    now: dt.datetime,
) -> Drawn:
    """Select from the claims discharged in the month that begins on ``month``; repeated, it adds what came since.

    A month is drawn by one at a time: two at once would each fill a hospital's maximum.
    """
    async with conn.transaction():
        await conn.execute(_LOCK)
        found = await payment_store.draw_period(conn, month_of(month), plans, weights, now)
        await keep(conn, PAYMENT, month, now)
    return found
