"""A schema filled again: the same rows, an empty outbox, and the old answers to repeated commands."""

import datetime as dt
from collections.abc import AsyncIterator, Mapping
from typing import Any

import asyncpg
import pytest

from services.recruitment.domain.registry import KINDS, rules
from services.recruitment.handlers import listings
from shared.contracts.envelope import Envelope
from shared.contracts.feeds import NURSING_HOMES
from shared.contracts.recruitment import COMMANDS
from shared.messaging.rebuild.path import NotEmpty
from shared.messaging.rebuild.rebuilding import Rebuild, Rebuilt
from shared.records import commands
from shared.records.book import Records
from shared.stack.endpoints import Endpoints
from tests.messaging.toy import record
from tests.recruitment.desk import ZIPS
from tests.recruitment.rebuild.memory import MemoryLog
from tests.recruitment.support import STORE, commands_consumer, define, enroll, listed, listings_consumer
from tests.support.service import app_pool, migrated
from tests.support.stack import fresh_database

TODAY = dt.date(2015, 3, 6)
ASKED = (enroll(), enroll(), define("aa", "zip:02139"), enroll(collaborative="PSPC"), define("bb", "zip:99999"))
HOMES = (listed(), listed("225010", overall_rating=5), listed(as_of="2014-09-01", name="New"))


@pytest.fixture
async def anew(stack: Endpoints) -> AsyncIterator[asyncpg.Pool]:
    """A second database, newly migrated."""
    with fresh_database(stack) as database:
        await migrated(database, "recruitment")
        async with app_pool(database, "recruitment") as opened:
            yield opened


async def ask(pool: asyncpg.Pool) -> None:
    records = [record(number, "k", one, topic=COMMANDS.name) for number, one in enumerate(ASKED)]
    await (await commands_consumer(pool)).handle(records)


async def list_homes(pool: asyncpg.Pool) -> None:
    records = [record(number, one.ccn, one, topic=NURSING_HOMES.name) for number, one in enumerate(HOMES)]
    await (await listings_consumer(pool)).handle(records)


async def log_of(pool: asyncpg.Pool) -> MemoryLog:
    """What the outbox holds, published; and the commands."""
    log = MemoryLog()
    for row in await pool.fetch("SELECT * FROM outbox ORDER BY position"):
        envelope = Envelope(
            row["id"],
            row["type"],
            "qio/recruitment",
            row["recorded_at"],
            row["aggregateid"],
            row["correlation_id"],
            row["causation_id"],
            row["sequence"],
        )
        log.add(row["aggregatetype"], envelope, row["payload"])
    log.topics[COMMANDS.name][0] = [record(n, "k", one, topic=COMMANDS.name) for n, one in enumerate(ASKED)]
    return log


@pytest.fixture
async def log(pool: asyncpg.Pool) -> MemoryLog:
    """A scenario played on the first database."""
    await list_homes(pool)
    await ask(pool)
    return await log_of(pool)


async def rebuild(pool: asyncpg.Pool, log: MemoryLog, book: Records | None = None) -> Rebuilt:
    subscriptions = (listings.subscription(STORE), commands.subscription(COMMANDS.name, KINDS, rules(ZIPS), STORE))
    return await Rebuild("recruitment", subscriptions, book or Records(KINDS), lambda _: None).run(pool, log, TODAY)


async def rows(pool: asyncpg.Pool, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await pool.fetch(query)]


async def test_records_answers_inbox_and_sequences_are_as_they_were(
    pool: asyncpg.Pool, anew: asyncpg.Pool, log: MemoryLog
) -> None:
    done = await rebuild(anew, log)
    assert (done.aggregates, done.answers, done.epoch) == (5, len(ASKED), 2)
    for query in (
        "SELECT kind, id, state FROM record ORDER BY 1, 2",
        "SELECT command_id, type, payload, decided_at FROM command_reply ORDER BY 1",
        "SELECT consumer, event_id, day, outcome FROM inbox ORDER BY 1, 2",
        "SELECT topic, key, last FROM stream_sequence WHERE topic NOT LIKE 'qio.notifications.%' ORDER BY 1, 2",
        "SELECT * FROM consumer_offset WHERE topic LIKE '%.commands.%'",
        "SELECT key FROM heads WHERE version > 0 AND key NOT LIKE 'area-map:%' ORDER BY 1",
    ):
        found = await rows(anew, query)
        assert found == await rows(pool, query), query
        assert found
    assert await anew.fetchval("SELECT count(*) FROM outbox") == 0


async def test_afterwards_repeated_commands_are_answered_as_before_and_feeds_have_no_second_effect(
    pool: asyncpg.Pool, anew: asyncpg.Pool, log: MemoryLog
) -> None:
    await rebuild(anew, log)
    before = await rows(anew, "SELECT kind, id, state FROM record ORDER BY 1, 2")
    await anew.execute("DELETE FROM consumer_offset")  # all of the topic is read again
    await list_homes(anew)
    assert await anew.fetchval("SELECT count(*) FROM outbox") == 0
    await ask(anew)
    answers = "SELECT aggregateid, type, payload FROM outbox WHERE aggregatetype LIKE '%.replies.%' ORDER BY 1"
    assert await rows(anew, answers) == await rows(pool, answers)
    assert await anew.fetchval("SELECT count(*) FROM outbox") == len(ASKED)
    assert {row[0] for row in await rows(anew, "SELECT sequence FROM outbox")} == {"2:2"}
    assert await rows(anew, "SELECT kind, id, state FROM record ORDER BY 1, 2") == before


async def test_what_is_not_empty_or_runs_is_left_alone(pool: asyncpg.Pool, anew: asyncpg.Pool, log: MemoryLog) -> None:
    with pytest.raises(NotEmpty, match=r"not empty \(heads, outbox, inbox"):
        await rebuild(pool, log)
    async with anew.acquire() as conn:
        await conn.execute("SELECT pg_advisory_lock(hashtextextended(current_schema() || '.relay', 0))")
        with pytest.raises(NotEmpty, match="is running"):
            await rebuild(anew, log)
        await conn.execute("SELECT pg_advisory_unlock_all()")
    await anew.execute("INSERT INTO record VALUES ('community', 'x', '{}')")
    with pytest.raises(NotEmpty, match="record"):
        await rebuild(anew, log)


class Interrupted(Records):
    """A book whose saving ends after everything was written."""

    async def save(self, conn: asyncpg.Connection) -> Mapping[str, int]:
        await super().save(conn)
        raise ConnectionResetError


async def test_one_that_was_interrupted_leaves_nothing_and_is_run_again(anew: asyncpg.Pool, log: MemoryLog) -> None:
    with pytest.raises(ConnectionResetError):
        await rebuild(anew, log, Interrupted(KINDS))
    assert await anew.fetchval("SELECT count(*) FROM record") == 0
    assert (await rebuild(anew, log)).aggregates == 5
