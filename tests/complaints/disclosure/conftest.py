"""A migrated complaints schema, one database for all tests of a module, emptied before each."""

from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from shared.stack.endpoints import Endpoints
from tests.complaints.disclosure.support import emptied
from tests.support.service import app_pool, migrated
from tests.support.stack import Database, fresh_database


@pytest.fixture(scope="module")
def module_database(stack: Endpoints) -> Iterator[Database]:
    """A database of the module."""
    with fresh_database(stack) as made:
        yield made


@pytest.fixture(scope="module")
async def schema(module_database: Database) -> Database:
    """The same, migrated."""
    await migrated(module_database, "complaints")
    return module_database


@pytest.fixture
async def pool(schema: Database) -> AsyncIterator[asyncpg.Pool]:
    """The application role."""
    await emptied(schema)
    async with app_pool(schema, "complaints") as opened:
        yield opened
