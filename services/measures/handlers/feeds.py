"""Enrolment, claims and other care: batches of records applied to the timelines of their beneficiaries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

import asyncpg

from services.measures.applying import apply
from services.measures.domain.timeline import Record
from services.measures.handlers.records import RECORD
from services.measures.repository.value_sets import Known
from shared.contracts import compiled, feeds
from shared.messaging.handling import Emit, FeedItem, FeedSubscription

LANES = 2  # one computes while PostgreSQL works for the other; beneficiaries of two partitions never meet


def subscriptions(known: Known) -> tuple[FeedSubscription, ...]:
    """Enrolment, inpatient claims and other care, each with its compiled decoders; ``known`` are the value sets."""

    async def handle(conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
        """Apply the records; the results follow from the folder, so nothing is published here.

        A record whose natural key is known under the same or a higher version changes nothing.
        """
        await apply(conn, _told(items), await known.get(conn), now)
        return ()

    topics = ((feeds.ENROLMENT, compiled.ENROLMENT), (feeds.CLAIMS, compiled.CLAIMS), (feeds.CARE, compiled.CARE))
    return tuple(
        FeedSubscription(topic=topic.name, decoders=decoders, handle=handle, lanes=LANES) for topic, decoders in topics
    )


def _told(items: Sequence[FeedItem]) -> Mapping[bytes, list[Record]]:
    told: dict[bytes, list[Record]] = defaultdict(list)
    for item in items:
        told[bytes.fromhex(item.record.beneficiary)].append(RECORD[item.type](item.record))
    return told
