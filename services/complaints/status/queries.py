"""The look-up of a case by its status id: stage and next date, and nothing else; what is not found looks alike."""

from typing import Annotated, Any, Final

import orjson
from fastapi import APIRouter, Depends, Response

from services.complaints.auditing import chain as audit
from services.complaints.domain import clock
from services.complaints.status.ids import ID_CHARACTERS, digest_of
from services.complaints.status.stages import LOOKED_UP, Stage
from shared.runtime.access import Access, reader
from shared.runtime.service import Context

ANSWER_BYTES: Final = 96  # found or not, the answer has this length
_LONGEST_ID: Final = 4 * ID_CHARACTERS  # more than an id with all its dashes

# The last issue of a case counts: an id that was replaced or ended finds nothing.
_FIND = """
    SELECT c.case_id, c.stage, c.region, next.due_at, next.zone
    FROM status_id AS s
    JOIN case_file AS c USING (case_id)
    LEFT JOIN LATERAL (
        SELECT d.due_at, d.zone FROM deadline AS d
        WHERE d.case_id = c.case_id AND d.status = 'PENDING' AND d.obligor = 'QIO' AND NOT d.is_window AND d.announced
        ORDER BY d.due_at, d.ordinal LIMIT 1
    ) AS next ON true
    WHERE s.digest = $1
      AND c.case_type = ANY($2::text[]) AND ($3::text IS NULL OR c.region = $3)
      AND NOT EXISTS (SELECT 1 FROM status_id AS later WHERE later.case_id = s.case_id AND later.issue > s.issue)
"""


def router(context: Context) -> APIRouter:
    """The one route. It does the same work whether there is such a case or not: a look, an audit line, an answer."""
    routes = APIRouter()
    types = sorted(LOOKED_UP)

    @routes.get("/status/{status_id}")
    async def look_up(status_id: str, access: Annotated[Access, Depends(reader)]) -> Response:
        """Stage and the local date of what the QIO owes next; 404 of the same length for whatever is not found."""
        digest = digest_of(status_id[:_LONGEST_ID])
        async with context.pool.acquire() as conn, conn.transaction():
            row = await conn.fetchrow(_FIND, digest, types, access.region)
            case_id = row["case_id"] if row is not None else audit.REGISTER
            line = audit.Line(case_id, context.clock(), access.actor, "status looked up", access.purpose.value)
            await audit.append(conn, [line])
        return _answer(row)

    return routes


def _answer(row: Any) -> Response:
    stage, next_date = None, None
    if row is not None:
        stage = Stage(row["stage"])
        next_date = clock.local_date(row["due_at"], row["zone"]).isoformat() if row["due_at"] is not None else None
    body = orjson.dumps({"stage": stage, "next_date": next_date}).ljust(ANSWER_BYTES)
    status = 200 if row is not None else 404
    return Response(body, status, media_type="application/json", headers={"cache-control": "no-store"})
