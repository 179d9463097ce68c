"""An audit of a few cases, and a hand that may change everything in the database."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from services.complaints.auditing import anchors as audit_anchors
from services.complaints.auditing import chain as audit
from services.complaints.auditing import check as audit_check
from services.complaints.auditing.anchors import Receipt
from services.complaints.auditing.findings import Finding
from shared.runtime.purpose import Purpose
from tests.complaints.disclosure.conftest import module_database, schema
from tests.complaints.disclosure.support import KEYRING, NOW, emptied, put_case
from tests.support.service import app_pool
from tests.support.stack import Database

__all__ = ["MINUTE", "Ledger", "module_database", "schema"]
MINUTE = dt.timedelta(minutes=1)


@dataclass
class Ledger:
    """Three cases of six lines each (every third a read), the register's chain, and who may tamper."""

    pool: asyncpg.Pool
    superuser: asyncpg.Connection
    cases: list[UUID]
    receipts: list[Receipt]

    async def grow(self, case_id: UUID, lines: int) -> None:
        """Write lines as the service does, each in a transaction of its own."""
        for number in range(lines):
            purpose = Purpose.OVERSIGHT.value if number % 3 == 2 else None
            line = audit.Line(case_id, NOW + number * MINUTE, "ann@example.org", f"step {number}", purpose)
            async with self.pool.acquire() as conn, conn.transaction():
                await audit.append(conn, [line])

    async def anchor(self, now: dt.datetime = NOW) -> Receipt | None:
        """Anchor, and keep the receipt outside."""
        async with self.pool.acquire() as conn:
            receipt = await audit_anchors.take(conn, KEYRING, now)
        self.receipts += [receipt] if receipt is not None else []
        return receipt

    async def findings(self, case_id: UUID | None = None) -> list[Finding]:
        """What verification finds."""
        async with self.pool.acquire() as conn:
            return (await audit_check.verify(conn, KEYRING, case_id, self.receipts)).findings

    async def tamper(self, statement: str, *values: object) -> None:
        """Change something with all triggers off, as a superuser can."""
        async with self.superuser.transaction():
            await self.superuser.execute("SET LOCAL session_replication_role = replica")
            assert (await self.superuser.execute(statement, *values)).rsplit(" ", 1)[1] != "0", "nothing was changed"


@pytest.fixture
async def ledger(schema: Database) -> AsyncIterator[Ledger]:
    """A whole audit, not anchored yet."""
    await emptied(schema)
    async with app_pool(schema, "complaints") as pool:
        superuser = await asyncpg.connect(schema.dsn(), server_settings={"search_path": "complaints"})
        try:
            async with pool.acquire() as conn:
                cases = sorted([await put_case(conn) for _ in range(3)])
            made = Ledger(pool, superuser, cases, [])
            for case_id in (*cases, audit.REGISTER):
                await made.grow(case_id, 6)
            yield made
        finally:
            superuser.terminate()


@pytest.fixture
def receipts(tmp_path: Path) -> Path:
    """Where receipts are kept."""
    return tmp_path / "audit" / "receipts.jsonl"
