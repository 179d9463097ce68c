"""A representative handler: one aggregate for each case, changed by every event, and one event out for each one in."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

import asyncpg

from benchmarks.events.payload import TOPIC
from shared.contracts.complaints import CASE_EVENTS, CaseEvent
from shared.contracts.measures import RESULTS, MeasureUpdated
from shared.messaging.handling import Emit, On, Received, Subscription, Work

_LOAD: Final = "SELECT case_id, events, last FROM case_tally WHERE case_id = ANY($1::uuid[])"
_SAVE: Final = """
    INSERT INTO case_tally SELECT *, $4 FROM unnest($1::uuid[], $2::integer[], $3::text[])
    ON CONFLICT (case_id) DO UPDATE SET events = excluded.events, last = excluded.last, changed_at = excluded.changed_at
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a case is."""

    case_id: UUID
    events: int = 0
    last: str = ""


class Tallies:
    """Keeps tallies set-wise."""

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Tally]:
        """Those there are."""
        rows = await conn.fetch(_LOAD, [UUID(key) for key in keys])
        return {str(row["case_id"]): Tally(row["case_id"], row["events"], row["last"]) for row in rows}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Tally], now: dt.datetime) -> None:
        """Insert or replace."""
        tallies = [changed[key] for key in sorted(changed)]
        await conn.execute(
            _SAVE, [tally.case_id for tally in tallies], [t.events for t in tallies], [t.last for t in tallies], now
        )


def subscription(batch: int) -> Subscription:
    """The cases topic as a service would read it."""
    return Subscription(TOPIC, tuple(On(kind, _keys, _count) for kind in CASE_EVENTS), Tallies(), max_records=batch)


def update(tally: Tally, now: dt.datetime) -> MeasureUpdated:
    """What is said of a tally."""
    return MeasureUpdated(
        measure="case-milestones",
        specification=1,
        unit_type="community",
        unit=str(tally.case_id),
        unit_version=1,
        period="2026Q1",
        numerator=tally.events,
        denominator=90,
        computable=True,
        reason=None,
        exposure="1.0000",
        low=None,
        high=None,
        cause="DATA",
        watermark=None,
        days_in_period=90,
        value=f"{tally.events}.000",
        status="PROVISIONAL",
        revision=tally.events,
        as_of=now,
    )


def _keys(received: Received[Any]) -> Iterable[str]:
    event: CaseEvent = received.message
    return (str(event.case_id),)


def _count(received: Received[Any], work: Work[Tally]) -> Sequence[Emit]:
    key = str(received.message.case_id)
    before = work.get(key) or Tally(received.message.case_id)
    after = replace(before, events=before.events + 1, last=received.envelope.type)
    work.put(key, after)
    return [Emit(RESULTS.name, key, update(after, work.now))]
