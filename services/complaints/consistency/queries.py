"""Read API of second reviews: which cases wait for their second decision; never what was decided first."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends

from services.complaints.auditing.looks import looks
from shared.runtime.access import Access, reader
from shared.runtime.service import Context

Reader = Annotated[Access, Depends(reader)]
_WAITING: Final = """
    SELECT r.case_id, r.case_type, r.month, r.drawn_at, f.region
    FROM second_review AS r JOIN case_file AS f USING (case_id)
    WHERE r.second_outcome IS NULL AND ($1::text IS NULL OR f.region = $1)
    ORDER BY r.month, r.case_id LIMIT $2
"""
MOST: Final = 500


def router(context: Context) -> APIRouter:
    """The route; a reader of a region gets the cases of that region."""
    routes = APIRouter(prefix="/consistency", dependencies=[Depends(looks(context))])

    @routes.get("/second-reviews")
    async def waiting(access: Reader) -> list[dict[str, Any]]:
        """Drawn cases without a second decision, the earliest month first."""
        rows = await context.pool.fetch(_WAITING, access.region, MOST)
        return [dict(row) for row in rows]

    return routes
