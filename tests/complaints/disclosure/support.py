"""Cases as rows, without the service's own way of filing them, for tests of what only reads the tables."""

import datetime as dt
from uuid import UUID, uuid4

import asyncpg

from shared.messaging.keyring import Keyring
from tests.support.stack import Database

KEYRING = Keyring({1: bytes(range(32))})
NOW = dt.datetime(2026, 6, 14, 12, 0, tzinfo=dt.UTC)
_COLUMNS = """
    SELECT column_name AS name, data_type AS type, is_nullable = 'YES' OR column_default IS NOT NULL AS optional
    FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1
"""
_EMPTY = """
    SET session_replication_role = replica;
    TRUNCATE case_file, disclosure, status_id, audit, audit_head, audit_anchor, audit_anchor_head, heads CASCADE
"""
_FILLERS = {
    "text": "X",
    "uuid": UUID(int=7),
    "jsonb": "{}",
    "bigint": 1,
    "integer": 1,
    "smallint": 0,
    "boolean": False,
    "date": NOW.date(),
    "timestamp with time zone": NOW,
    "bytea": b"x",
    "ARRAY": [],
}


async def emptied(database: Database) -> None:
    """Take everything these tests write out of the database again, guards and all."""
    superuser = await asyncpg.connect(database.dsn(), server_settings={"search_path": "complaints"})
    try:
        await superuser.execute(_EMPTY)
    finally:
        await superuser.close()


async def put(conn: asyncpg.Connection, table: str, **values: object) -> None:
    """Insert a row; columns that must be filled and are not given get something of their type."""
    row = dict(values)
    for column in await conn.fetch(_COLUMNS, table):
        if not column["optional"] and column["name"] not in row:
            row[column["name"]] = _FILLERS[column["type"]]
    names = ", ".join(row)
    places = ", ".join(f"${number}" for number in range(1, len(row) + 1))
    await conn.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", *row.values())


async def put_case(
    conn: asyncpg.Connection, case_type: str = "BENE_COMPLAINT", stage: str = "RECEIVED", region: str = "Region 5"
) -> UUID:
    """A case of a type at a stage, in Chicago."""
    case_id = uuid4()
    await put(
        conn,
        "case_file",
        case_id=case_id,
        case_type=case_type,
        stage=stage,
        region=region,
        zone="America/Chicago",
        received_at=NOW,
        opened_at=NOW,
    )
    return case_id


async def put_deadline(conn: asyncpg.Connection, case_id: UUID, due_at: str, **changes: object) -> None:
    """A clock of a case that is running for the QIO."""
    due = dt.datetime.fromisoformat(due_at)
    values: dict[str, object] = {
        "deadline_id": uuid4(),
        "case_id": case_id,
        "ordinal": uuid4().int % 1_000_000,
        "obligor": "QIO",
        "due_at": due,
        "zone": "America/Chicago",
        "status": "PENDING",
        "announced": True,
        "next_fire_at": due,
    }
    await put(conn, "deadline", **values | changes)
