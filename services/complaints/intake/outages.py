"""Keeps the outages that were declared; each declaration is a line of the audit."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import asyncpg

from services.complaints.auditing import chain as audit
from services.complaints.domain.outages import Outage

PREFIX = "outage:"
_SAVE = """
    INSERT INTO intake_outage (since, until, declared_by, declared_at)
    SELECT * FROM unnest($1::timestamptz[], $2::timestamptz[], $3::text[], $4::timestamptz[])
    ON CONFLICT (since) DO UPDATE
    SET until = excluded.until, declared_by = excluded.declared_by, declared_at = excluded.declared_at
"""


@dataclass(frozen=True, slots=True)
class Declared:
    """An outage and who declared it."""

    outage: Outage
    actor: str


def outage_key(since: dt.datetime) -> str:
    """The aggregate key of the outage that began in that second, whatever its zone."""
    return f"{PREFIX}{since.timestamp():.0f}"


class OutageStore:
    """The pipeline's store of outages: written only, since what is declared does not depend on what was."""

    async def load(self, _conn: asyncpg.Connection, _keys: Sequence[str]) -> Mapping[str, Declared]:
        """None: the last declaration holds."""
        return {}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Declared], now: dt.datetime) -> None:
        """Set the end of each outage, and say in the audit who did."""
        rows = [changed[key] for key in sorted(changed)]
        await conn.execute(
            _SAVE,
            [row.outage.since for row in rows],
            [row.outage.until for row in rows],
            [row.actor for row in rows],
            [now] * len(rows),
        )
        await audit.append(conn, [audit.Line(audit.REGISTER, now, row.actor, _action(row.outage)) for row in rows])


def _action(outage: Outage) -> str:
    return f"outage declared {outage.since:%Y-%m-%dT%H:%M:%SZ} to {outage.until:%Y-%m-%dT%H:%M:%SZ}"
