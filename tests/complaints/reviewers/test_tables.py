"""Independence in the database: what no statement can write, alone or beside another transaction."""

import asyncio
import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from tests.complaints.reviewers.conftest import Office
from tests.complaints.reviewers.people import AT, CASE, FAMILY, person, registration

INSERT = """
    INSERT INTO assignment (assignment_id, case_id, family_id, level, role, reviewer_id, assigned_at, waivers)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
SHIFT = """
    INSERT INTO roster_shift (reviewer_id, number, shift_id, during, states, profession)
    SELECT $1, number, $2, tstzrange($3, $4), '{IL}', 'MD' FROM reviewer WHERE reviewer_id = $1
"""
_WAITING = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def row(level: str = "INITIAL", role: str = "PEER_REVIEWER", **more: Any) -> list[Any]:
    given = {"case": CASE, "family": FAMILY, "reviewer": person(1), "waivers": "[]", **more}
    return [uuid4(), given["case"], given["family"], level, role, given["reviewer"], AT, given["waivers"]]


@pytest.fixture
async def conn(office: Office) -> Any:
    await office.ask(registration(1), registration(2))
    async with office.pool.acquire() as conn:
        yield conn


async def test_nobody_reviews_one_family_at_two_levels(conn: asyncpg.Connection) -> None:
    await conn.execute(INSERT, *row("INITIAL"))
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="one_level_of_a_family"):
        await conn.execute(INSERT, *row("RECONSIDERATION", case=uuid4()))
    await conn.execute(INSERT, *row("INITIAL", case=uuid4()))  # a reopening at the same level
    await conn.execute(INSERT, *row("RECONSIDERATION", case=uuid4(), reviewer=person(2)))


async def test_a_review_that_was_given_back_still_bars_the_other_level(conn: asyncpg.Connection) -> None:
    await conn.execute(INSERT, *row("INITIAL"))
    await conn.execute("UPDATE assignment SET released_at = assigned_at")
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="one_level_of_a_family"):
        await conn.execute(INSERT, *row("RECONSIDERATION"))


async def test_nobody_screens_and_reviews_one_case(conn: asyncpg.Connection) -> None:
    await conn.execute(INSERT, *row(role="SCREENER"))
    for role in ("PEER_REVIEWER", "CODER", "PANEL_MEMBER", "RECOMMENDER"):
        with pytest.raises(asyncpg.ForeignKeyViolationError, match="one_side_of_a_case"):
            await conn.execute(INSERT, *row(role=role))
    await conn.execute(INSERT, *row(role="PEER_REVIEWER", case=uuid4()))


async def test_whoever_recommends_a_sanction_is_not_of_its_panel(conn: asyncpg.Connection) -> None:
    await conn.execute(INSERT, *row(role="RECOMMENDER"))
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="one_side_of_a_case"):
        await conn.execute(INSERT, *row(role="PANEL_MEMBER"))


PAIRS = (
    (("INITIAL", "PEER_REVIEWER"), ("RECONSIDERATION", "PEER_REVIEWER"), "one_level_of_a_family"),
    (("RECONSIDERATION", "PEER_REVIEWER"), ("CONSISTENCY", "CODER"), "one_level_of_a_family"),
    (("INITIAL", "SCREENER"), ("INITIAL", "PEER_REVIEWER"), "one_side_of_a_case"),
    (("INITIAL", "PANEL_MEMBER"), ("INITIAL", "RECOMMENDER"), "one_side_of_a_case"),
)


@pytest.mark.parametrize("isolation", ["read_committed", "repeatable_read", "serializable"])
async def test_two_transactions_at_once_cannot_do_it_either(
    conn: asyncpg.Connection, office: Office, isolation: Any
) -> None:
    for first, second, constraint in PAIRS:
        case, family = uuid4(), uuid4()
        async with office.pool.acquire() as other:
            begun, later = conn.transaction(isolation=isolation), other.transaction(isolation=isolation)
            await begun.start()
            await later.start()
            await other.fetch("SELECT * FROM assignment")  # its snapshot is older than the other's commit
            await conn.execute(INSERT, *row(*first, case=case, family=family))
            waiting = asyncio.create_task(other.execute(INSERT, *row(*second, case=case, family=family)))
            await until_waiting(office)
            await begun.commit()
            with pytest.raises((asyncpg.ForeignKeyViolationError, asyncpg.SerializationError)) as refused:
                await waiting
            if isolation == "read_committed":
                assert constraint in str(refused.value)
            await later.rollback()
        assert await conn.fetchval("SELECT count(*) FROM assignment WHERE family_id = $1", family) == 1


async def test_what_another_transaction_gave_up_is_free(conn: asyncpg.Connection, office: Office) -> None:
    async with office.pool.acquire() as other:
        begun = conn.transaction()
        await begun.start()
        await conn.execute(INSERT, *row("INITIAL"))
        waiting = asyncio.create_task(other.execute(INSERT, *row("RECONSIDERATION")))
        await until_waiting(office)
        await begun.rollback()
        await waiting
    assert await conn.fetchval("SELECT level FROM assignment") == "RECONSIDERATION"


async def test_who_took_part_cannot_be_rewritten(conn: asyncpg.Connection) -> None:
    await conn.execute(INSERT, *row())
    for statement in (
        "DELETE FROM assignment",
        "TRUNCATE assignment",
        "UPDATE assignment SET level = 'RECONSIDERATION'",
        "UPDATE assignment SET role = 'SCREENER'",
        "UPDATE assignment SET family_id = gen_random_uuid()",
        "UPDATE assignment SET waivers = '[]'",
        "DELETE FROM reviewer_level",
        "UPDATE reviewer_level SET level = 'RECONSIDERATION'",
        "DELETE FROM reviewer_side",
        "UPDATE reviewer_side SET side = 'SCREEN'",
    ):
        with pytest.raises((asyncpg.RaiseError, asyncpg.InsufficientPrivilegeError)):
            await conn.execute(statement)
    assert await conn.fetchval("SELECT count(*) FROM assignment WHERE level = 'INITIAL'") == 1


async def test_a_waiver_without_reason_cannot_be_stored(conn: asyncpg.Connection) -> None:
    for waivers in (
        '[{"kind": "NO_SPECIALIST"}]',
        '[{"kind": "NO_SPECIALIST", "reason": " "}]',
        '[{"kind": "NO_SPECIALIST", "reason": "None here."}, {"kind": "NO_PEER_AVAILABLE", "reason": ""}]',
        "{}",
        '[{"reason": 4}]',
    ):
        with pytest.raises(asyncpg.CheckViolationError, match="every_waiver_has_a_reason"):
            await conn.execute(INSERT, *row(waivers=waivers))
    await conn.execute(INSERT, *row(waivers='[{"kind": "NO_SPECIALIST", "reason": "None here."}]'))


async def test_one_part_is_held_once_at_a_time(conn: asyncpg.Connection) -> None:
    await conn.execute(INSERT, *row())
    with pytest.raises(asyncpg.UniqueViolationError):
        await conn.execute(INSERT, *row())
    await conn.execute("UPDATE assignment SET released_at = assigned_at")
    await conn.execute(INSERT, *row())


async def test_nobody_is_on_call_twice_at_once(conn: asyncpg.Connection, office: Office) -> None:
    hours = dt.timedelta(hours=12)
    await conn.execute(SHIFT, person(1), uuid4(), AT, AT + hours)
    await conn.execute(SHIFT, person(1), uuid4(), AT + hours, AT + 2 * hours)
    await conn.execute(SHIFT, person(2), uuid4(), AT, AT + hours)
    with pytest.raises(asyncpg.ExclusionViolationError, match="not_twice_on_call"):
        await conn.execute(SHIFT, person(1), uuid4(), AT + hours / 2, AT + hours)
    async with office.pool.acquire() as other:
        begun = conn.transaction()
        await begun.start()
        await conn.execute(SHIFT, person(1), uuid4(), AT + 4 * hours, AT + 5 * hours)
        waiting = asyncio.create_task(other.execute(SHIFT, person(1), uuid4(), AT + 3 * hours, AT + 6 * hours))
        await until_waiting(office)
        await begun.commit()
        with pytest.raises(asyncpg.ExclusionViolationError, match="not_twice_on_call"):
            await waiting


async def test_an_unknown_reviewer_takes_no_case(conn: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await conn.execute(INSERT, *row(reviewer=UUID(int=7)))


async def until_waiting(office: Office) -> None:
    """Until a session of this database waits for another's lock."""
    async with asyncio.timeout(10):
        while not await office.pool.fetchval(_WAITING):  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.01)
