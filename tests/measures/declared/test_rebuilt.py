"""A lost schema of measures: what coalitions declared comes back from its events, all else is reckoned again."""

from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from services.measures.app import SERVICE
from services.measures.domain.declared.kinds import DECLARED_MEASURE, KINDS
from services.measures.domain.revisions import following
from services.measures.handlers import communities, declared
from shared.contracts.declared import COMMANDS, DECLARED, DeclareMeasure
from shared.messaging.handling import Emit
from shared.messaging.rebuild.reading import Unfit
from shared.messaging.rebuild.rebuilding import Rebuild, Rebuilt
from shared.records.book import Records
from tests.measures.declared.commands import NOW, Desk, declaration
from tests.measures.folding import append, cell, define, fold, of, published
from tests.recruitment.rebuild.memory import MemoryLog
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

SHARE = "local-avoidable-share"
ASKED = UUID(int=5)


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as opened:
        yield opened


def desk_and_log() -> tuple[Desk, MemoryLog]:
    """A measure that was declared and revised, one that was retired, and the first command."""
    desk, log = Desk(), MemoryLog()
    desk.declare()
    desk.revise(1, scale="1000")
    desk.declare(measure="local-old")
    desk.retire(1, measure="local-old")
    command = DeclareMeasure.model_validate(declaration())
    log.hears(COMMANDS.name, ASKED, SHARE, command, NOW)
    for number, event in enumerate(desk.events):
        log.says([Emit(DECLARED.name, event.measure, event)], NOW, ASKED if number == 0 else None)
    return desk, log


async def rebuild(pool: asyncpg.Pool, log: MemoryLog) -> Rebuilt:
    subscriptions = (communities.subscription(), declared.subscription())
    return await Rebuild("measures", subscriptions, Records(KINDS), lambda _: None).run(pool, log, NOW.date())


async def test_declared_measures_are_as_they_were_and_their_commands_are_not_decided_again(pool: asyncpg.Pool) -> None:
    desk, log = desk_and_log()
    assert (await rebuild(pool, log)).aggregates == 2
    rows = await pool.fetch("SELECT kind, id, state FROM record ORDER BY id")
    found = {f"{row['kind']}:{row['id']}": DECLARED_MEASURE.state.model_validate_json(row["state"]) for row in rows}
    assert found == {key: one for key, one in desk.records.items() if not key.startswith("community:")}
    assert await pool.fetchval("SELECT outcome FROM inbox WHERE event_id = $1", ASKED) == "handled"


async def test_their_results_are_published_again_above_all_revisions_there_were(pool: asyncpg.Pool) -> None:
    await rebuild(pool, desk_and_log()[1])
    async with pool.acquire() as conn:
        await define(conn, "river", 1, "zip:15001")
        await append(conn, cell("zip:15001", 201801, days=900, hospitalizations=30, avoidable_acute=3))
        await fold(conn)
        (found,) = of(await published(conn), SHARE, "river", "2018Q1")
        assert (found.specification, found.numerator, found.denominator, found.value) == (2, 3, 30, "100.0000")
        assert found.revision == 1_000_001


async def test_a_history_that_misses_a_declaration_is_not_taken_for_whole(pool: asyncpg.Pool) -> None:
    _, log = desk_and_log()
    for partition in log.topics[DECLARED.name].values():
        del partition[0]
    with pytest.raises(Unfit, match=f"history is not whole; missing is {DECLARED.name}: number 1"):
        await rebuild(pool, log)
    assert await pool.fetchval("SELECT count(*) FROM record") == 0


def test_the_service_can_be_rebuilt() -> None:
    assert SERVICE.book is not None


@pytest.mark.parametrize(
    ("before", "epoch", "after"),
    [(0, 1, 1), (7, 1, 8), (7, 2, 1_000_001), (1_000_001, 2, 1_000_002), (0, 3, 2_000_001)],
)
def test_a_revision_is_above_all_that_an_earlier_schema_published(before: int, epoch: int, after: int) -> None:
    assert following(before, epoch) == after
