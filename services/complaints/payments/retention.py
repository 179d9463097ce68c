"""Forgets what payment reviews need no more: claims past review, selections and accounts past their retention."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Final

import asyncpg

from services.complaints.domain.clock import months_after
from services.complaints.domain.payment.amounts import first_retained
from services.complaints.payments import accounts as payment_accounts
from services.complaints.payments import store as payment_store

LIMIT: Final = 1_000  # rows in one transaction
_REVIEWABLE_YEARS: Final = 4  # 42 CFR 476.96(b); what fraud leads back to is asked for anew

_Forget = Callable[[asyncpg.Connection, dt.date, int], Awaitable[int]]


async def forget(conn: asyncpg.Connection, today: dt.date) -> dict[str, int]:
    """Delete in steps what is past its time; how many rows of each. Repeated on the same day, nothing."""
    kept_from = first_retained(today)
    return {
        "claims": await _all(conn, payment_store.forget_claims, months_after(today, -12 * _REVIEWABLE_YEARS)),
        "selections": await _all(conn, payment_store.forget_selections, kept_from),
        "accounts": await _all(conn, payment_accounts.forget, kept_from),
    }


async def _all(conn: asyncpg.Connection, step: _Forget, before: dt.date) -> int:
    forgotten = 0
    while (count := await step(conn, before, LIMIT)) > 0:
        forgotten += count
    return forgotten
