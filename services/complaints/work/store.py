"""Loads and saves who has the work of a case; every change is a line of the case's audit."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg

from services.complaints.auditing import chain as audit
from services.complaints.domain.work.claim import Claim
from shared.contracts.work import WorkRole

PREFIX: Final = "work:"

_CLAIMS = """
    SELECT case_id, role, claimed_by, claimed_at FROM work_item WHERE case_id = ANY($1::uuid[]) AND role IS NOT NULL
"""
# Where the same batch led the case on to another role, the claim has lapsed before it was written.
_SAVE = """
    UPDATE work_item AS w SET claimed_by = n.holder, claimed_at = n.since
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[]) AS n (case_id, role, holder, since)
    WHERE w.case_id = n.case_id AND w.role = n.role
"""


def work_key(case_id: UUID) -> str:
    """The aggregate key of who has the work of a case."""
    return f"{PREFIX}{case_id}"


class WorkStore:
    """The pipeline's store of claims, by ``work:<case id>``; saved after the cases, whose heads are held too."""

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Claim]:
        """The claims of cases in which it is somebody's turn, taken up or not."""
        ids = [UUID(key.removeprefix(PREFIX)) for key in keys]
        if not ids:
            return {}
        return {work_key(row["case_id"]): _claim(row) for row in await conn.fetch(_CLAIMS, ids)}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Claim], now: dt.datetime) -> None:  # noqa: ARG002
        """Write who has it now, and the audit lines."""
        claims = [changed[key] for key in sorted(changed)]
        rows = [(claim.case_id, claim.role.value, claim.holder, claim.since) for claim in claims]
        await conn.execute(_SAVE, *map(list, zip(*rows, strict=True)))
        await audit.append(conn, [audit.Line(claim.case_id, *entry) for claim in claims for entry in claim.unsaved])


def _claim(row: Any) -> Claim:
    return Claim(case_id=row["case_id"], role=WorkRole(row["role"]), holder=row["claimed_by"], since=row["claimed_at"])
