"""What might work when tried again is never set aside, and never ends a leader."""

import asyncio

import asyncpg
import pytest

from shared.messaging.failures import is_content
from shared.messaging.handling import Reject
from shared.messaging.leader import lead
from tests.support.stack import Database

LOST = [
    asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation"),
    asyncpg.InterfaceError("connection is closed"),
    asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress"),
    ConnectionResetError(),
    TimeoutError(),
]


@pytest.mark.parametrize("error", LOST, ids=lambda error: type(error).__name__)
def test_a_lost_connection_says_nothing_about_the_message(error: Exception) -> None:
    assert not is_content(error)


@pytest.mark.parametrize("error", [Reject("toy.refused"), ValueError(), asyncpg.CheckViolationError("")])
def test_a_verdict_a_bug_and_a_refusal_by_the_database_do(error: Exception) -> None:
    assert is_content(error)


@pytest.mark.parametrize("error", LOST, ids=lambda error: type(error).__name__)
async def test_a_leader_that_lost_its_connection_tries_again(
    database: Database, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.messaging.leader.RETRY_SECONDS", 0.01)
    stop = asyncio.Event()
    terms = 0

    async def body(conn: asyncpg.Connection) -> None:
        nonlocal terms
        terms += 1
        if terms == 1:
            raise error
        stop.set()

    async with asyncio.timeout(20):
        await lead(database.dsn("qio_measures_app"), "task", body, stop=stop)
    assert terms == 2
