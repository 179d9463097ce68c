"""The read API: what became of notices, without their recipients and words."""

import datetime as dt
from base64 import b64encode
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from services.notifications import campaign_queries, contact_queries, engagement_queries, list_queries, webhook_queries
from services.notifications.contact_queries import staff
from services.notifications.domain.notice import Channel, State, Step, notice_key
from services.notifications.repository import Notices, reading
from shared.runtime.access import Access, Problem, reader
from shared.runtime.service import Context


class NoticeView(BaseModel):
    """A notice; times are UTC. ``reason`` is a code: why staff must act, or why it is tried again.

    ``step`` counts the ways it has gone, ``route`` are those that follow. ``overdue_at`` is when it was said that its
    due time had passed.
    """

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
    step: int
    route: tuple[Channel, ...]
    overdue_at: dt.datetime | None


class ProofView(BaseModel):
    """One thing that is known of a step, and who says so. Confidential."""

    what: str
    at: dt.datetime
    by: str
    details: dict[str, str]


class StepView(BaseModel):
    """One way a notice went or goes: what was given that way, byte for byte, in base64. Confidential."""

    step: int
    channel: Channel
    state: State
    reason: str | None
    letter: str | None
    begun_at: dt.datetime
    proof: tuple[ProofView, ...]
    content: str | None


class Counts(BaseModel):
    """Notices by where they are; ``attempts`` counts how often one may have been handed to its channel.

    ``awaiting`` are with staff or a gateway, ``tasks`` have no way but staff's own.
    """

    total: int
    queued: int
    awaiting: int
    delivered: int
    returned: int
    failed: int
    tasks: int
    stopped: int
    gathered: int
    held: int
    attempts: int


class Summary(Counts):
    """All notices, each type, and how long the oldest that still waits has been queued."""

    oldest_queued_seconds: float | None
    by_type: dict[str, Counts]


def router(context: Context) -> APIRouter:
    """Routes under ``/api``; each needs a token and a purpose."""
    routes = APIRouter(dependencies=[Depends(reader)])
    kept = Notices(context.keyring)
    routes.include_router(webhook_queries.routes(context))

    @routes.get("/notices")
    async def notices(
        state: Annotated[list[State], Query(default_factory=list, description="any of these; all without one")],
        channel: Channel | None = None,
        after_due_at: dt.datetime | None = None,
        after_id: UUID | None = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> list[NoticeView]:
        """Notices in order of due time; go on behind the last one with ``after_due_at`` and ``after_id``."""
        if (after_due_at is None) != (after_id is None) or (after_due_at is not None and after_due_at.tzinfo is None):
            raise Problem(422, "invalid-request", "after_due_at (with its zone) and after_id belong together.")
        after = None if after_due_at is None or after_id is None else (after_due_at, after_id)
        async with context.pool.acquire() as conn:
            rows = await reading.page(conn, state, channel, after, limit)
        return [NoticeView.model_validate(row) for row in rows]

    @routes.get("/notices/{notice_id}")
    async def notice(notice_id: UUID) -> NoticeView:
        """One notice."""
        async with context.pool.acquire() as conn:
            row = await reading.one(conn, notice_id)
        if row is None:
            raise Problem(404, "notice-unknown", "There is no such notice.")
        return NoticeView.model_validate(row)

    @routes.get("/notices/{notice_id}/steps")
    async def steps(notice_id: UUID, access: Annotated[Access, Depends(staff)]) -> list[StepView]:
        """Every way a notice went, with what was given and what is known of it. For staff; each look is kept."""
        key = notice_key(notice_id)
        async with context.pool.acquire() as conn, conn.transaction():
            found = (await kept.load(conn, [key])).get(key)
            if found is None:
                raise Problem(404, "notice-unknown", "There is no such notice.")
            await reading.note_shown(conn, notice_id, context.clock(), access.actor, access.purpose)
            gone = await kept.steps(conn, found)
        return [_step(one) for one in gone]

    @routes.get("/summary")
    async def summary() -> Summary:
        """How many were queued, delivered, failed or became tasks, by type."""
        async with context.pool.acquire() as conn:
            return Summary.model_validate(await reading.summary(conn, context.clock()))

    routes.include_router(contact_queries.routes(context.pool))
    routes.include_router(campaign_queries.routes(context))
    routes.include_router(list_queries.routes(context))
    routes.include_router(engagement_queries.routes(context.pool))
    return routes


def _step(step: Step) -> StepView:
    return StepView(
        step=step.number,
        channel=step.channel,
        state=step.state,
        reason=step.reason,
        letter=step.letter,
        begun_at=step.begun_at,
        proof=tuple(ProofView(what=one.what, at=one.at, by=one.by, details=dict(one.details)) for one in step.proof),
        content=None if step.content is None else b64encode(step.content).decode(),
    )
