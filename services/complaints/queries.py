"""The read API: cases with their clocks, and counts for the board; every look at a case is audited."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from services.complaints.auditing import chain as audit
from services.complaints.domain import clock
from services.complaints.outline import outline
from services.complaints.repository import CaseStore
from services.complaints.settings import ComplaintsSettings
from shared.contracts.complaints import CaseType
from shared.contracts.envelope import format_instant
from shared.runtime.access import Access, Problem, reader
from shared.runtime.service import Context

_LIST = """
    SELECT c.case_id, c.case_type, c.state, c.region, c.zone, c.received_at, next.due_at, next.rule_id
    FROM case_file AS c
    LEFT JOIN LATERAL (
        SELECT d.due_at, d.rule_id FROM deadline AS d
        WHERE d.case_id = c.case_id AND d.status = 'PENDING' ORDER BY d.due_at, d.ordinal LIMIT 1
    ) AS next ON true
    WHERE ($1::text IS NULL OR c.state = $1)
      AND ($2::timestamptz IS NULL OR next.due_at <= $2)
      AND ($3::text IS NULL OR c.region = $3)
      AND ($5::text IS NULL OR c.case_type = $5)
    ORDER BY next.due_at NULLS LAST, c.received_at, c.case_id
    LIMIT $4
"""
_STATES = "SELECT state, count(*) AS cases FROM case_file WHERE $1::text IS NULL OR region = $1 GROUP BY state"
_HOURS = """
    SELECT d.obligor,
           CASE WHEN d.due_at < $1 THEN 'overdue'
                WHEN d.due_at < $1 + interval '4 hours' THEN 'under 4'
                WHEN d.due_at < $1 + interval '24 hours' THEN 'under 24'
                WHEN d.due_at < $1 + interval '72 hours' THEN 'under 72'
                ELSE '72 and more' END AS hours,
           count(*) AS deadlines
    FROM deadline AS d JOIN case_file AS c USING (case_id)
    WHERE d.status = 'PENDING' AND ($2::text IS NULL OR c.region = $2)
    GROUP BY 1, 2
"""
_MISSED = """
    SELECT d.obligor, count(*) AS deadlines FROM deadline AS d JOIN case_file AS c USING (case_id)
    WHERE d.status = 'MISSED' AND NOT d.is_window AND ($1::text IS NULL OR c.region = $1) GROUP BY 1
"""

Reader = Annotated[Access, Depends(reader)]


def router(context: Context) -> APIRouter:
    """The routes; a reader who belongs to a region sees that region alone."""
    routes = APIRouter()
    store = CaseStore(context.keyring, ComplaintsSettings().desk())

    @routes.get("/cases")
    async def list_cases(
        access: Reader,
        state: Annotated[str | None, Query(max_length=60)] = None,
        case_type: CaseType | None = None,
        due_before: dt.datetime | None = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> list[dict[str, Any]]:
        """Cases by what is due next, without persons; ``due_before`` needs a zone."""
        if due_before is not None and due_before.tzinfo is None:
            raise Problem(422, "time-without-zone", "due_before needs a time zone.", paths=("query.due_before",))
        async with context.pool.acquire() as conn, conn.transaction():
            rows = await conn.fetch(_LIST, state, due_before, access.region, limit, case_type)
            await _audit(conn, context, access, audit.REGISTER, "list")
        return [_row(row) for row in rows]

    @routes.get("/cases/{case_id}")
    async def show_case(case_id: UUID, access: Reader) -> dict[str, Any]:
        """One case with its deadlines, in UTC and on the facility's clock."""
        async with context.pool.acquire() as conn, conn.transaction():
            found = await store.load(conn, [f"case:{case_id}"])
            case = next(iter(found.values()), None)
            if case is None or (access.region is not None and access.region != case.facility.region):
                raise Problem(404, "not-found", "There is no such case.")
            await _audit(conn, context, access, case_id, "read")
        return outline(case, store.desk)

    @routes.get("/summary")
    async def summarise(access: Reader) -> dict[str, Any]:
        """Counts by state, and open deadlines by obligor and hours left; no case is shown."""
        async with context.pool.acquire() as conn:
            states = await conn.fetch(_STATES, access.region)
            hours = await conn.fetch(_HOURS, context.clock(), access.region)
            missed = await conn.fetch(_MISSED, access.region)
        return {
            "cases": {row["state"]: row["cases"] for row in states},
            "open_deadlines": [dict(row) for row in hours],
            "missed_deadlines": {row["obligor"]: row["deadlines"] for row in missed},
        }

    return routes


async def _audit(conn: Any, context: Context, access: Access, case_id: UUID, action: str) -> None:
    await audit.append(conn, [audit.Line(case_id, context.clock(), access.actor, action, access.purpose.value)])


def _row(row: Any) -> dict[str, Any]:
    due_at = row["due_at"]
    return {
        "case_id": str(row["case_id"]),
        "case_type": row["case_type"],
        "state": row["state"],
        "region": row["region"],
        "received_at": format_instant(row["received_at"]),
        "received_local": clock.in_words(row["received_at"], row["zone"]),
        "next_rule": row["rule_id"],
        "due_at": format_instant(due_at) if due_at is not None else None,
        "due_local": clock.in_words(due_at, row["zone"]) if due_at is not None else None,
    }
