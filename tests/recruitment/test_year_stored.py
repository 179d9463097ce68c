"""The same year over PostgreSQL: what is stored, read back for packs, and made again in an empty schema."""

import datetime as dt
from pathlib import Path
from typing import Final

import asyncpg

from benchmarks.year.course import course, year_of
from benchmarks.year.homes import first_events
from benchmarks.year.steps import ENDED
from benchmarks.year.stored import Stored
from services.recruitment.domain.packs.gathering import gathered
from services.recruitment.domain.packs.pack import Figures, pack
from services.recruitment.domain.registry import KINDS
from services.recruitment.reminders import Reminders
from services.recruitment.unpairings import Unpairings
from shared.messaging.handling import Emit
from shared.records.book import Records
from tests.recruitment.desk import COMMAND_ID
from tests.recruitment.rebuild.memory import MemoryLog
from tests.recruitment.rebuild.test_reading import kept, made_from
from tests.recruitment.support import STORE
from tests.recruitment.test_commands import api
from tests.recruitment.year import BEGINNING, YearAtDesk

HOMES: Final = 24
AFTER: Final = dt.datetime.combine(ENDED, dt.time(12), dt.UTC)


async def test_the_year_is_stored_as_the_rules_make_it_and_told_as_often(pool: asyncpg.Pool, tmp_path: Path) -> None:
    desk = YearAtDesk(HOMES, tmp_path)
    year = year_of(HOMES)
    stored = Stored(pool, year, COMMAND_ID)
    await stored.run(course(year, tmp_path))
    rows = await pool.fetch("SELECT kind, id, state FROM record")
    found = {
        f"{one['kind']}:{one['id']}": KINDS.by_name[one["kind"]].state.model_validate_json(one["state"]) for one in rows
    }
    assert found == kept(desk.at)
    notices = await pool.fetchval("SELECT count(*) FROM outbox WHERE type LIKE 'notifications.NoticeRequested%'")
    assert notices == sum(type(emit.event).__name__ == "NoticeRequested" for emit in desk.at.said) > 1_000
    for found_then, (day, records) in zip(stored.packs, desk.packs, strict=True):
        assert pack(found_then, Figures()) == pack(gathered(records, day), Figures())
    async with api(pool) as client:
        asked = {"task": "C.2", "from": "2014-10-01", "to": "2015-09-30", "area": "VT"}
        told = (await client.get("/task-report", params=asked)).json()["learning"]
    assert told["sessions"][0]["held"] == 12
    assert told["movement"] == []


async def test_an_empty_schema_is_filled_from_what_was_said_and_nobody_is_written_to(
    pool: asyncpg.Pool, tmp_path: Path
) -> None:
    desk, log = YearAtDesk(HOMES, tmp_path), MemoryLog()
    for event in first_events(desk.year.homes, desk.year.guest):
        kind = KINDS.events[type(event)]
        assert kind.topic is not None
        log.says([Emit(kind.topic, kind.id_of(event), event)], BEGINNING)
    log.says(desk.at.said, desk.at.now)
    book: Records = await made_from(log)
    assert book.made == kept(desk.at)
    async with pool.acquire() as conn, conn.transaction():
        await book.save(conn)
    await Reminders(pool, KINDS, STORE, lambda: AFTER)()
    await Unpairings(pool, KINDS, STORE, lambda: AFTER)()
    assert await pool.fetchval("SELECT count(*) FROM outbox") == 0
