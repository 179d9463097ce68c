"""The read API of work: queues, what is or will be missed today, what falls due unstaffed, the handover sheet."""

import datetime as dt
from itertools import groupby
from typing import Annotated, Any

import asyncpg
from fastapi import APIRouter, Depends, Query

from services.complaints.auditing import chain as audit
from services.complaints.reviewers.store import ReviewerStore
from services.complaints.settings import ComplaintsSettings
from services.complaints.work import board, views
from services.complaints.work.forecast import Forecaster
from shared.contracts.envelope import format_instant
from shared.contracts.work import WorkRole
from shared.runtime.access import Access, reader
from shared.runtime.service import Context

_MOST = 5_000
_BEYOND = 90  # percent of the time allowed, from which even work that somebody has is at risk

Reader = Annotated[Access, Depends(reader)]


class Reading:
    """What every route needs: the rules, the office's hours, a connection and the audit."""

    def __init__(self, context: Context) -> None:
        settings = ComplaintsSettings()
        self.context = context
        self.desk = settings.desk()
        self.office = settings.office()

    @property
    def now(self) -> dt.datetime:
        """The time of one answer."""
        return self.context.clock()

    async def items(self, conn: asyncpg.Connection, rows: Any, now: dt.datetime) -> list[dict[str, Any]]:
        """Rows of a queue with what others owe in their cases."""
        waiting = await board.waiting_on(conn, [row["case_id"] for row in rows])
        return [views.item(row, waiting.get(row["case_id"], ()), self.desk, now) for row in rows]

    async def audited(self, conn: asyncpg.Connection, access: Access, action: str, now: dt.datetime) -> None:
        """A look at many cases is a line in the register's chain."""
        await audit.append(conn, [audit.Line(audit.REGISTER, now, access.actor, action, access.purpose.value)])


def router(context: Context) -> APIRouter:
    """The routes; a reader who belongs to a region sees the work of that region alone, whatever is asked for."""
    routes = APIRouter(prefix="/queues")
    at = Reading(context)
    _queues(routes, at)
    _supervision(routes, at)
    _forecast(routes, at)
    _handover(routes, at)
    return routes


def _queues(routes: APIRouter, at: Reading) -> None:
    @routes.get("")
    async def list_work(
        access: Reader,
        role: WorkRole | None = None,
        region: Annotated[str | None, Query(max_length=60)] = None,
        mine: bool = False,
        unclaimed: bool = False,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> list[dict[str, Any]]:
        """Open work, soonest due first; ``mine``: what the reader has taken up."""
        now = at.now
        async with at.context.pool.acquire() as conn, conn.transaction():
            rows = await board.queue(
                conn,
                own=access.region,
                region=region,
                role=role,
                holder=access.actor if mine else None,
                claimed=False if unclaimed else None,
                limit=limit,
            )
            found = await at.items(conn, rows, now)
            await at.audited(conn, access, "list-work", now)
        return found


def _supervision(routes: APIRouter, at: Reading) -> None:
    @routes.get("/supervision")
    async def supervise(access: Reader) -> dict[str, Any]:
        """What was missed today, and what will be: due today and taken up by nobody, or almost out of time.

        Today is the office's day. An act done late counts as missed all the same.
        """
        now = at.now
        start, end = at.office.day(now)
        async with at.context.pool.acquire() as conn, conn.transaction():
            today = await board.owed(conn, start, end, ("PENDING", "MISSED"), access.region, _MOST)
            counts = await board.counts(conn, now, access.region)
            await at.audited(conn, access, "supervise-work", now)
        acts = [views.act(row, at.desk, now) for row in today]
        return {
            "office_day": at.office.today(now).isoformat(),
            "queues": [views.count(row) for row in counts],
            "missed_today": [act for act in acts if _missed(act)],
            "will_be_missed_today": [act for act in acts if not _missed(act) and _at_risk(act)],
            "due_today": sum(not _missed(act) for act in acts),
        }


def _missed(act: dict[str, Any]) -> bool:
    """Also where the ticker has not said so yet."""
    return act["status"] == "MISSED" or bool(act["escalation"] == 100)


def _at_risk(act: dict[str, Any]) -> bool:
    return act["claimed_by"] is None or bool(act["escalation"] >= _BEYOND)


def _forecast(routes: APIRouter, at: Reading) -> None:
    forecaster = Forecaster(at.desk, ReviewerStore(at.context.keyring))

    @routes.get("/forecast")
    async def forecast(access: Reader) -> dict[str, Any]:
        """Everything the QIO owes before the next staffed shift begins, with who is on call for decisions."""
        now = at.now
        until = at.office.next_start(now)
        async with at.context.pool.acquire() as conn, conn.transaction():
            acts = await forecaster.between(conn, now, until, access.region, _MOST)
            await at.audited(conn, access, "forecast-work", now)
        return {
            "staffed_now": at.office.staffed(now),
            "next_shift_at": format_instant(until),
            "acts": acts,
            "decisions_without_reviewer": sum(act["decision"] and not act["on_call"] for act in acts),
        }


def _handover(routes: APIRouter, at: Reading) -> None:
    @routes.get("/handover")
    async def hand_over(access: Reader) -> dict[str, Any]:
        """Open work by who has it, and what nobody has that is due before the next staffed shift begins."""
        now = at.now
        until = at.office.next_start(now)
        async with at.context.pool.acquire() as conn, conn.transaction():
            held = await board.queue(conn, own=access.region, claimed=True, limit=_MOST)
            left = await board.queue(conn, own=access.region, claimed=False, due_before=until, limit=_MOST)
            sheets = await at.items(conn, held, now)
            unclaimed = await at.items(conn, left, now)
            await at.audited(conn, access, "hand-over-work", now)
        sheets.sort(key=lambda one: str(one["claimed_by"]))
        return {
            "at": format_instant(now),
            "next_shift_at": format_instant(until),
            "people": {who: list(work) for who, work in groupby(sheets, key=lambda one: str(one["claimed_by"]))},
            "unclaimed": unclaimed,
        }
