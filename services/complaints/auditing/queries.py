"""The read API of the audit: who did and read what of a case; that somebody looked is a line of it too."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from services.complaints.auditing import chain as audit
from shared.contracts.envelope import format_instant
from shared.runtime.access import Access, Problem, reader
from shared.runtime.service import Context

_CASE = "SELECT region FROM case_file WHERE case_id = $1"
_LINES = """
    SELECT number, at, actor, action, purpose FROM audit WHERE case_id = $1 AND number > $2 ORDER BY number LIMIT $3
"""


def router(context: Context) -> APIRouter:
    """The one route; a reader who belongs to a region sees that region alone."""
    routes = APIRouter()

    @routes.get("/cases/{case_id}/audit")
    async def show_audit(
        case_id: UUID,
        access: Annotated[Access, Depends(reader)],
        after: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=1, le=5000)] = 1000,
    ) -> list[dict[str, Any]]:
        """Lines of a case's audit in order, those after number ``after``; instants in UTC."""
        async with context.pool.acquire() as conn, conn.transaction():
            case = await conn.fetchrow(_CASE, case_id)
            if case is None or (access.region is not None and access.region != case["region"]):
                raise Problem(404, "not-found", "There is no such case.")
            rows = await conn.fetch(_LINES, case_id, after, limit)
            line = audit.Line(case_id, context.clock(), access.actor, "audit read", access.purpose.value)
            await audit.append(conn, [line])
        return [{**dict(row), "at": format_instant(row["at"])} for row in rows]

    return routes
