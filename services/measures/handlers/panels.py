"""Facts of facilities and practices: batches of records applied to the members they are about."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import asyncpg

from services.measures.charting import Baseline
from services.measures.domain.counts.kind import HOME_COUNTS, HOSPITAL_COUNTS
from services.measures.domain.infections.kind import INFECTIONS
from services.measures.domain.panel.kind import Kind
from services.measures.domain.practices.kind import PATIENTS
from services.measures.domain.residents.kind import RESIDENTS
from services.measures.domain.scores.kind import SCORES
from services.measures.panels import apply
from services.measures.repository.panels import Whose
from shared.contracts import (
    compiled_counts,
    compiled_evidence,
    compiled_infections,
    compiled_residents,
    compiled_scores,
    counts,
    evidence,
    infections,
    residents,
    scores,
)
from shared.messaging.handling import Emit, FeedItem, FeedSubscription

FEEDS: Final = (
    (INFECTIONS, infections.INFECTIONS, compiled_infections.INFECTIONS),
    (SCORES, scores.SCORES, compiled_scores.SCORES),
    (HOSPITAL_COUNTS, counts.HOSPITAL_COUNTS, compiled_counts.HOSPITAL_COUNTS),
    (HOME_COUNTS, counts.HOME_COUNTS, compiled_counts.HOME_COUNTS),
    (RESIDENTS, residents.RESIDENTS, compiled_residents.RESIDENTS),
    (PATIENTS, evidence.EVIDENCE, compiled_evidence.EVIDENCE),
)
"""Each kind of facility data, its topic, and its decoders."""
RECORDS = 1000  # in one transaction: where they are of as many facilities, each has some thirty figures and events
LANES = 2  # one computes while PostgreSQL works for the other; units of two partitions never meet


def subscriptions(baseline: Baseline) -> tuple[FeedSubscription, ...]:
    """The feeds of all kinds."""
    return tuple(subscription(kind, topic.name, decoders, baseline) for kind, topic, decoders in FEEDS)


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

    return FeedSubscription(topic=topic, decoders=decoders, handle=handle, max_records=RECORDS, lanes=LANES)
