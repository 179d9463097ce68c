"""Questions about interest, for staff: lists leave out who asks, a reader of a region sees its own."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

import asyncpg
from fastapi import APIRouter, Query

from services.recruitment.queries.parameters import Limit, State
from services.recruitment.queries.who import Staff
from services.recruitment.repository import interest
from services.recruitment.repository.interest import Page
from shared.contracts.recruitment.interest import Direction, InterestState
from shared.runtime.access import Problem

DueBefore = Annotated[dt.date | None, Query(description="Only those not answered that were due before this day")]


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool; the region of a QIN-QIO's reader is its name."""
    api = APIRouter()

    @api.get("/interests")
    async def interests(
        access: Staff,
        interest_state: InterestState | None = None,
        direction: Direction | None = None,
        state: State = None,
        qin_qio: Annotated[str | None, Query(max_length=120, pattern=r"^[^\x00]+$")] = None,
        due_before: DueBefore = None,
        after: UUID | None = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Interests, the first due first, a page at a time; nothing that says who asks."""
        if access.region is not None and qin_qio not in (None, access.region):
            return []
        wanted = {
            "interest_state": interest_state,
            "direction": direction,
            "state": state,
            "qin_qio": access.region or qin_qio,
        }
        like = {name: value for name, value in wanted.items() if value is not None}
        return await interest.interests(pool, like, due_before, Page(str(after) if after else None, limit))

    @api.get("/interests/{identifier}")
    async def one(identifier: UUID, access: Staff) -> dict[str, Any]:
        """One interest with who asks and how to reach them, until it is closed. Confidential."""
        found = await interest.interest(pool, str(identifier))
        if found is None or (access.region is not None and access.region != found["qin_qio"]):
            raise Problem(404, "interest-unknown", "There is no such interest.")
        return found

    return api
