"""Questions about contacts. All of it is for the program's own staff: it names people (42 CFR 480.101)."""

import datetime as dt
from typing import Annotated, Any, Final
from uuid import UUID

import asyncpg
import orjson
from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from services.notifications.repository import contacts as reading
from shared.contracts.notifications.terms import Part, Place
from shared.records import store as records
from shared.runtime.access import Access, Problem, reader
from shared.runtime.clock import utc_now

_STAFF: Final = frozenset(("operator", "analyst"))
_NO_NUL: Final = r"^[^\x00]*$"
Limit = Annotated[int, Query(ge=1, le=1_000)]
After = Annotated[UUID | None, Query(description="The last contact of the page before")]


class Sought(BaseModel):
    """Whom to look for: an e-mail address, words of a name, or both."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    email: str | None = Field(default=None, min_length=1, max_length=254, pattern=_NO_NUL)
    name: str | None = Field(default=None, min_length=1, max_length=300, pattern=_NO_NUL)
    after: UUID | None = None
    limit: int = Field(default=100, ge=1, le=1_000)


async def staff(access: Annotated[Access, Depends(reader)]) -> Access:
    """Access of staff; Problem 403 for everybody else (42 CFR 480.101)."""
    if not access.roles & _STAFF:
        raise Problem(403, "staff-only", "What names people is for the program's own staff.")
    return access


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter(dependencies=[Depends(staff)])

    @api.get("/contacts")
    async def contacts(
        part: Part | None = None,
        place: Annotated[Place | None, Query(description="Needs part; any:any when left out")] = None,
        on: Annotated[dt.date | None, Query(description="Needs part; today (UTC) when left out")] = None,
        organisation: bool | None = None,
        stopped: bool | None = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Contacts by id; with a part those who hold it at a place on a day."""
        if part is None and (place is not None or on is not None):
            raise Problem(422, "part-missing", "Say which part; place and day are where and when it is held.")
        circle = None if part is None else (part, place or "any:any", on or utc_now().date())
        like = {"organisation": organisation, "stopped": stopped}
        given = {name: value for name, value in like.items() if value is not None}
        return await reading.page(pool, given, circle, after, limit)

    @api.post("/contacts/search")
    async def find(sought: Sought) -> list[dict[str, Any]]:
        """Contacts of an e-mail address or name, by id. In the body, because addresses of requests are logged."""
        if not (sought.email or (sought.name and sought.name.strip())):
            raise Problem(422, "nothing-sought", "Say an e-mail address or words of a name.")
        return await reading.found(pool, sought.email, sought.name or "", sought.after, sought.limit)

    @api.get("/contacts/{contact}")
    async def contact(contact: UUID) -> dict[str, Any]:
        """One contact; of one that was forgotten, that it was, and which contact it was merged into."""
        kept = await records.one(pool, "contact", str(contact))
        if kept is None:
            raise Problem(404, "contact-unknown", "There is no such contact.")
        state = orjson.loads(kept)
        told = {"contact": state["id"], "forgotten": state["facts"] is None, "merged_into": state["merged_into"]}
        return {**told, **(state["facts"] or {})}

    return api
