"""The read API of partners' webhooks, and the one route that makes a secret; for the program's own staff."""

import datetime as dt
from typing import Annotated, Any, Final
from uuid import UUID, uuid4

import orjson
from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import BaseModel

from services.notifications.domain.webhooks.delivering import State
from services.notifications.domain.webhooks.signing import written
from services.notifications.webhooks import shelf
from services.notifications.webhooks.names import Names
from shared.records import store as records
from shared.runtime.access import Access, Problem, reader
from shared.runtime.service import Context

STAFF: Final = frozenset(("operator", "analyst"))
OPERATORS: Final = frozenset(("operator",))
_SLUG: Final = r"^[a-z0-9][a-z0-9-]{1,59}$"
Partner = Annotated[str, Path(pattern=_SLUG)]


class Delivery(BaseModel):
    """An event for a partner as the partner knows it; times in UTC. ``reason`` is a code. Never its body."""

    webhook_id: UUID
    topic: str
    type: str
    subject: str
    state: State
    reason: str | None
    attempts: int
    queued_at: dt.datetime
    available_at: dt.datetime
    finished_at: dt.datetime | None
    number: int


class Made(BaseModel):
    """A secret and the name that commands call it by; this answer is the only time it is shown."""

    secret: UUID
    shown_once: str


async def _staff(access: Annotated[Access, Depends(reader)]) -> None:
    if not access.roles & STAFF:
        raise Problem(403, "staff-only", "Partners and their contacts are for the program's own staff.")


async def _operator(access: Annotated[Access, Depends(reader)]) -> None:
    if not access.roles & OPERATORS:
        raise Problem(403, "operators-only", "Only operators hand out secrets.")


def routes(context: Context) -> APIRouter:
    """Routes under ``/api/webhooks``."""
    api = APIRouter(prefix="/webhooks", dependencies=[Depends(_staff)], tags=["webhooks"])
    _partners(api, context)
    _deliveries(api, context)
    _secrets(api, context)
    return api


def _partners(api: APIRouter, context: Context) -> None:
    @api.get("")
    async def partners(
        after: Annotated[str | None, Query(pattern=_SLUG)] = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> list[dict[str, Any]]:
        """Partners by id, with how many of their events wait."""
        async with context.pool.acquire() as conn:
            return await shelf.partners(conn, after, limit)

    @api.get("/{partner}")
    async def partner(partner: Partner) -> dict[str, Any]:
        """One partner, and how its server has answered lately."""
        found = await records.one(context.pool, "hook", partner)
        state: dict[str, Any] = {} if found is None else orjson.loads(found)
        if not state.get("facts"):
            raise Problem(404, "partner-unknown", "There is no such partner.")
        async with context.pool.acquire() as conn:
            return {"partner": partner, **state["facts"], "lane": await shelf.lane(conn, state["facts"]["hook"])}


def _deliveries(api: APIRouter, context: Context) -> None:
    @api.get("/{partner}/deliveries")
    async def deliveries(
        partner: Partner,
        state: State | None = None,
        after: Annotated[int, Query(ge=0, description="The last number of the page before")] = 0,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> list[Delivery]:
        """What was queued for a partner in the last 30 days, in order."""
        async with context.pool.acquire() as conn:
            rows = await shelf.deliveries(conn, partner, state, after, limit)
        return [Delivery.model_validate(row) for row in rows]


def _secrets(api: APIRouter, context: Context) -> None:
    names = Names(context.keyring)

    @api.post("/{partner}/secrets", status_code=201, dependencies=[Depends(_operator)])
    async def make_secret(partner: Partner, response: Response) -> Made:
        """Make a secret for a partner. It signs nothing until a command names it, and is never shown again."""
        response.headers["cache-control"] = "no-store"
        name = uuid4()
        return Made(secret=name, shown_once=written(names.secret(partner, name)))
