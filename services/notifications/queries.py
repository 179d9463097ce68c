"""The read API: what became of notices, without their recipients and words."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from services.notifications import contact_queries, list_queries, webhook_queries
from services.notifications.domain.notice import Channel, State
from services.notifications.repository import reading
from shared.runtime.access import Problem, reader
from shared.runtime.service import Context


class NoticeView(BaseModel):
    """A notice; times are UTC. ``reason`` is a code: why staff must act, or why it is tried again."""

    id: UUID
    type: str
    subject: str
    recipient_role: str
    channel: Channel
    state: State
    reason: str | None
    letter: str | None
    citation: str | None
    due_at: dt.datetime
    queued_at: dt.datetime
    available_at: dt.datetime
    finished_at: dt.datetime | None
    attempts: int


class Counts(BaseModel):
    """Notices by what became of them; ``attempts`` counts mails that may have reached the server."""

    queued: int
    delivered: int
    failed: int
    tasks: int
    attempts: int


class Summary(Counts):
    """All notices, each type, and how long the oldest that still waits has been queued."""

    oldest_queued_seconds: float | None
    by_type: dict[str, Counts]


def router(context: Context) -> APIRouter:
    """Routes under ``/api``; each needs a token and a purpose."""
    routes = APIRouter(dependencies=[Depends(reader)])
    routes.include_router(webhook_queries.routes(context))

    @routes.get("/notices")
    async def notices(
        state: State | None = None,
        after_due_at: dt.datetime | None = None,
        after_id: UUID | None = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> list[NoticeView]:
        """Notices in order of due time; go on behind the last one with ``after_due_at`` and ``after_id``."""
        if (after_due_at is None) != (after_id is None) or (after_due_at is not None and after_due_at.tzinfo is None):
            raise Problem(422, "invalid-request", "after_due_at (with its zone) and after_id belong together.")
        after = None if after_due_at is None or after_id is None else (after_due_at, after_id)
        async with context.pool.acquire() as conn:
            rows = await reading.page(conn, state, after, limit)
        return [NoticeView.model_validate(row) for row in rows]

    @routes.get("/notices/{notice_id}")
    async def notice(notice_id: UUID) -> NoticeView:
        """One notice."""
        async with context.pool.acquire() as conn:
            row = await reading.one(conn, notice_id)
        if row is None:
            raise Problem(404, "notice-unknown", "There is no such notice.")
        return NoticeView.model_validate(row)

    @routes.get("/summary")
    async def summary() -> Summary:
        """How many were queued, delivered, failed or became tasks, by type."""
        async with context.pool.acquire() as conn:
            return Summary.model_validate(await reading.summary(conn, context.clock()))

    routes.include_router(contact_queries.routes(context.pool))
    routes.include_router(list_queries.routes(context))
    return routes
