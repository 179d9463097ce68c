"""The claims feed as complaints hears it: every inpatient claim as it stands, for payment reviews to be drawn from."""

import datetime as dt
from collections.abc import Sequence

import asyncpg

from services.complaints.domain.payment.claims import ClaimKey, ClaimVersion, folded
from services.complaints.payments import store as payment_store
from shared.contracts import compiled, feeds
from shared.messaging.handling import Emit, FeedItem, FeedSubscription

LANES = 2  # one computes while PostgreSQL works for the other; beneficiaries of two partitions never meet


async def apply(conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
    """Keep the records; any order and repetition gives the same rows. Nothing is published, ``now`` is not used."""
    del now
    await payment_store.keep_claims(conn, folded(_version(item.record) for item in items).values())
    return ()


def _version(record: compiled.InpatientClaim) -> ClaimVersion:
    return ClaimVersion(
        key=ClaimKey(record.beneficiary, record.claim),
        version=record.version,
        cancelled=record.action == "cancel",
        provider=record.provider,
        admission=record.admission,
        discharge=record.discharge,
        status=record.status,
        frequency=record.frequency,
        drg=record.drg,
        paid=record.paid,
    )


def subscription() -> FeedSubscription:
    """Claims with their compiled decoder."""
    return FeedSubscription(topic=feeds.CLAIMS.name, decoders=compiled.CLAIMS, handle=apply, lanes=LANES)
