"""What an empty PostgreSQL and Kafka need before services can start: database, schemas, roles and users."""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import asyncpg

from shared.stack.errors import StackError
from shared.stack.scram import matches, verifier

T = TypeVar("T")

DATABASE = "qio"
SERVICES = ("recruitment", "measures", "complaints", "notifications")
PRINCIPALS = (*(f"qio-{service}" for service in SERVICES), "qio-feeds", "qio-cli", "qio-gateway")
ROLE_KINDS = ("owner", "app", "staff")

# Several stacks may be provisioned in one database cluster; roles are shared by all its databases.
_LOCK = 7_203_118

_STORED_PASSWORDS = "SELECT rolname, rolpassword FROM pg_authid WHERE rolname = ANY($1)"

# Templates of PostgreSQL's format(): 1 database, 2 schema, 3 owner, 4 app, 5 staff.
_DATABASE_RIGHTS = (
    "REVOKE ALL ON DATABASE %1$I FROM PUBLIC",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
)
_SERVICE_RIGHTS = (
    "GRANT CONNECT ON DATABASE %1$I TO %3$I, %4$I, %5$I",
    "CREATE SCHEMA IF NOT EXISTS %2$I AUTHORIZATION %3$I",
    "REVOKE ALL ON SCHEMA %2$I FROM PUBLIC",
    "GRANT USAGE ON SCHEMA %2$I TO %4$I, %5$I",
    "ALTER DEFAULT PRIVILEGES FOR ROLE %3$I REVOKE ALL ON FUNCTIONS FROM PUBLIC",
    "ALTER DEFAULT PRIVILEGES FOR ROLE %3$I REVOKE ALL ON TYPES FROM PUBLIC",
    "ALTER DEFAULT PRIVILEGES FOR ROLE %3$I IN SCHEMA %2$I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %4$I",
    "ALTER DEFAULT PRIVILEGES FOR ROLE %3$I IN SCHEMA %2$I GRANT USAGE, SELECT ON SEQUENCES TO %4$I",
    "ALTER DEFAULT PRIVILEGES FOR ROLE %3$I IN SCHEMA %2$I GRANT EXECUTE ON FUNCTIONS TO %4$I",
    "ALTER DEFAULT PRIVILEGES FOR ROLE %3$I IN SCHEMA %2$I GRANT USAGE ON TYPES TO %4$I, %5$I",
    "ALTER DEFAULT PRIVILEGES FOR ROLE %3$I IN SCHEMA %2$I GRANT SELECT ON TABLES TO %5$I",
)
_ROLE_SETTINGS = (
    "ALTER ROLE %3$I SET search_path = %2$I",
    "ALTER ROLE %4$I SET search_path = %2$I",
    "ALTER ROLE %5$I SET search_path = %2$I",
    "ALTER ROLE %4$I SET idle_in_transaction_session_timeout = '60s'",
    "ALTER ROLE %5$I SET idle_in_transaction_session_timeout = '30s'",
    "ALTER ROLE %5$I SET statement_timeout = '30s'",
    "ALTER ROLE %5$I SET default_transaction_read_only = on",
)


def roles() -> tuple[str, ...]:
    """The three database roles of every service."""
    return tuple(f"qio_{service}_{kind}" for service in SERVICES for kind in ROLE_KINDS)


def ensure_database(admin_dsn: str, passwords: Mapping[str, str], database: str = DATABASE) -> None:
    """Create roles, database, schemas and rights that are missing; repeating it changes nothing.

    `admin_dsn` names a superuser and the database `postgres`. Safe to call from any thread, also beside a running
    event loop.

    Raises:
        StackError: the server refused or did not answer.
    """
    _blocking(_ensure_database(admin_dsn, passwords, database))


def drop_database(admin_dsn: str, database: str) -> None:
    """Remove a database that `ensure_database` made, closing its connections; the shared roles stay."""
    _blocking(_execute(admin_dsn, ["DROP DATABASE IF EXISTS %1$I WITH (FORCE)"], [database]))


async def _ensure_database(admin_dsn: str, passwords: Mapping[str, str], database: str) -> None:
    connection = await asyncpg.connect(admin_dsn, timeout=30)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        await _ensure_roles(connection, passwords)
        if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", database):
            await _run(connection, ["CREATE DATABASE %1$I"], [database])
        inside = await asyncpg.connect(admin_dsn, database=database, timeout=30)
        try:
            async with inside.transaction():
                await _ensure_rights(inside, database)
        finally:
            await inside.close()
    finally:
        await connection.close()


async def _ensure_roles(connection: asyncpg.Connection, passwords: Mapping[str, str]) -> None:
    rows = await connection.fetch(_STORED_PASSWORDS, list(roles()))
    held = {row["rolname"]: row["rolpassword"] for row in rows}
    for role in roles():
        if role not in held:
            await _run(connection, ["CREATE ROLE %1$I LOGIN NOINHERIT"], [role])
        if not matches(held.get(role), passwords[role]):
            # The server gets the verifier; the password itself never appears in a statement.
            await _run(connection, ["ALTER ROLE %1$I PASSWORD %2$L"], [role, verifier(passwords[role])])
    for service in SERVICES:
        await _run(connection, _ROLE_SETTINGS, _names("", service))


async def _ensure_rights(connection: asyncpg.Connection, database: str) -> None:
    await _run(connection, _DATABASE_RIGHTS, [database])
    for service in SERVICES:
        await _run(connection, _SERVICE_RIGHTS, _names(database, service))


def _names(database: str, service: str) -> list[str]:
    return [database, service, *(f"qio_{service}_{kind}" for kind in ROLE_KINDS)]


async def _execute(dsn: str, templates: Sequence[str], names: Sequence[str]) -> None:
    connection = await asyncpg.connect(dsn, timeout=30)
    try:
        await _run(connection, templates, names)
    finally:
        await connection.close()


async def _run(connection: asyncpg.Connection, templates: Sequence[str], names: Sequence[str]) -> None:
    """Execute statements whose identifiers and literals the server itself has quoted."""
    statements = await connection.fetch(
        "SELECT format(template, VARIADIC $2::text[]) AS statement FROM unnest($1::text[]) AS template",
        list(templates),
        list(names),
    )
    for row in statements:
        await connection.execute(row["statement"])


def _blocking(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end on a loop of its own thread, so that callers may have a running loop."""
    with ThreadPoolExecutor(1, thread_name_prefix="provision") as pool:
        try:
            return pool.submit(asyncio.run, work).result()
        except (OSError, asyncpg.PostgresError) as error:
            raise StackError(f"PostgreSQL could not be prepared: {_reason(error)}.") from error


def _reason(error: BaseException) -> str:
    if isinstance(error, asyncpg.InvalidPasswordError):
        return "it refused the administrator's password, so the secrets folder and the data do not belong together"
    return f"{type(error).__name__}: {error}"
