"""Opens a service's database from the command line, for the operator's commands."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.metadata import entry_points
from typing import Any, TypeVar

import asyncpg

from shared.cli.output import fail
from shared.messaging.keyring import Keyring
from shared.postgres.pool import open_pool
from shared.runtime.clock import utc_now
from shared.runtime.service import Context, Service
from shared.runtime.settings import Settings
from shared.stack.errors import StackError
from shared.stack.plan import SERVICES

GROUP = "qio.services"
T = TypeVar("T")


def load(name: str) -> Service:
    """A service by name, found by entry point; exits with a sentence when there is none."""
    points = list(entry_points(group=GROUP, name=name))
    if not points:
        fail(f"There is no service {name!r}; there are {', '.join(SERVICES)}.", 2)
    service: Service = points[0].load()
    return service


@asynccontextmanager
async def opened(service: str, given: Settings | None = None) -> AsyncIterator[Context]:
    """The service's database as its application role; without settings, those of the environment."""
    settings = given or Settings().with_stack()
    dsn = settings.dsn(f"qio_{service}_app")
    pool = await open_pool(dsn, 2)
    try:
        yield Context(
            settings=settings,
            pool=pool,
            clock=utc_now,
            dsn=dsn,
            keyring=Keyring.from_file(settings.secret_file(f"keyring-{service}")),
            stop=asyncio.Event(),
        )
    finally:
        await pool.close()


def with_database(service: str, work: Callable[[Context], Awaitable[T]]) -> T:
    """Run work on a service's database; a plain sentence and exit status 2 when it cannot be reached."""

    async def run() -> T:
        async with opened(service) as context:
            return await work(context)

    try:
        return asyncio.run(run())
    except (StackError, ValueError) as error:
        fail(str(error), 2)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        fail(f"The database of {service} cannot be used ({type(error).__name__}). Is the platform running?", 2)


def service_of(consumer: str) -> str:
    """The service a consumer belongs to: ``qio-complaints.…``; exits with a sentence for another form."""
    service = consumer.removeprefix("qio-").partition(".")[0]
    if service not in SERVICES or not consumer.startswith("qio-"):
        fail(f"{consumer!r} is no consumer; `qio consumer list` shows them.", 2)
    return service


def rows(records: list[asyncpg.Record]) -> list[dict[str, Any]]:
    """Rows as plain dictionaries."""
    return [dict(record) for record in records]
