"""Read API of payment reviews: dollars and settings of care as sums; months drawn."""

import datetime as dt
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends

from services.complaints.auditing.looks import looks
from services.complaints.payments import accounts as payment_accounts
from services.complaints.payments import draws
from shared.runtime.access import Access, Problem, reader
from shared.runtime.service import Context

Reader = Annotated[Access, Depends(reader)]
_OF_MONTH: Final = """
    SELECT review, count(*) AS selected, count(case_id) AS opened
    FROM selection WHERE (period_first, period_last) = ($1, $2) GROUP BY review ORDER BY review
"""


def router(context: Context) -> APIRouter:
    """The routes; days are those on which the service ended, first and last included."""
    routes = APIRouter(prefix="/payments", dependencies=[Depends(looks(context))])

    @routes.get("/totals")
    async def totals(access: Reader, first: dt.date, last: dt.date) -> dict[str, Any]:
        """Dollars by finding, and which setting was found appropriate; a reader of a region gets that region's."""
        if last < first:
            raise Problem(422, "days-out-of-order", "The last day is before the first.", paths=("query.last",))
        async with context.pool.acquire() as conn, conn.transaction(isolation="repeatable_read", readonly=True):
            sums = await payment_accounts.totals(conn, first, last, access.region)
            settings = await payment_accounts.settings_of_care(conn, first, last, access.region)
        return {
            "findings": [
                {"finding": finding.value, **{name: _plain(value) for name, value in found.items()}}
                for finding, found in sums.items()
            ],
            "settings": [
                {
                    "billed": found.billed.value,
                    "appropriate": found.appropriate.value,
                    "basis": found.basis.value,
                    "cases": cases,
                }
                for found, cases in settings.items()
            ],
        }

    @routes.get("/draws/{month}")
    async def drawn(_: Reader, month: dt.date) -> dict[str, Any]:
        """What was selected of a month (its first day), and for how much of it there is a case."""
        if month.day != 1:
            raise Problem(422, "no-month", "A month is named by its first day.", paths=("path.month",))
        async with context.pool.acquire() as conn:
            at = await draws.drawn_at(conn, draws.PAYMENT, month)
            rows = await conn.fetch(_OF_MONTH, *draws.month_of(month))
        return {"drawn_at": at, "reviews": [dict(row) for row in rows]}

    return routes


def _plain(value: Any) -> Any:
    """Dollars as text, so that no cent is lost."""
    return value if isinstance(value, int) else str(value)
