"""The records of the year once more, from nothing but what was said."""

import time
from collections.abc import Sequence

import asyncpg

from benchmarks.year.homes import first_events
from benchmarks.year.steps import Year
from services.recruitment.domain.registry import KINDS
from shared.contracts.message import Event
from shared.records.book import Records

_EVENTS = {event.wire_type(): event for event in KINDS.events}


async def rebuilt(pool: asyncpg.Pool, said: Sequence[asyncpg.Record], year: Year) -> float:
    """Seconds to parse and to fold it; raises RuntimeError where the stored records are not what it makes."""
    book = Records(KINDS)
    for event in first_events(year.homes, year.guest):
        book.happened(event, said[0]["recorded_at"])
    begin = time.perf_counter()
    for row in said:
        event_type: type[Event] = _EVENTS[row["type"]]
        book.happened(event_type.model_validate_json(row["payload"]), row["recorded_at"])
    seconds = time.perf_counter() - begin
    for row in await pool.fetch("SELECT kind, id, state FROM record"):
        kind = KINDS.by_name[row["kind"]]
        if book.made[kind.key(row["id"])] != kind.state.model_validate_json(row["state"]):
            raise RuntimeError("what was said does not make the records that are stored")
    return seconds
