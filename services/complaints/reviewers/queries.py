"""The read API of reviewers: who there is, who is on call, when nobody is, whom a case may be given to."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict

from services.complaints.auditing import chain as audit
from services.complaints.domain.reviewers.area import area_name, area_states
from services.complaints.domain.reviewers.assignment import rank
from services.complaints.domain.reviewers.request import AssignmentRequest, Matter
from services.complaints.domain.reviewers.reviewer import Level, Role
from services.complaints.domain.reviewers.roster import Need, gaps, on_call
from services.complaints.reviewers import pool as reviewer_pool
from services.complaints.reviewers.store import ReviewerStore, reviewer_key
from services.complaints.reviewers.views import card, gap, person_on_call, sheet, suggestion
from shared.contracts.feeds import Ccn
from shared.contracts.reviewers import Profession, Specialty, StateCode
from shared.program.states import STATES
from shared.runtime.access import Access, Problem, reader
from shared.runtime.service import Context

LONGEST = dt.timedelta(days=92)
_INSTANT = dt.timedelta(microseconds=1)

Reader = Annotated[Access, Depends(reader)]
At = Annotated[dt.datetime | None, Query(description="With a time zone; now unless given.")]


class Asked(BaseModel):
    """What a case asks of a reviewer, as AssignmentRequest; ``state``: of service; ``barred``: cases of the event."""

    model_config = ConfigDict(hide_input_in_errors=True, extra="forbid")

    case_id: UUID
    family_id: UUID
    state: StateCode
    subject: Profession
    level: Level = Level.INITIAL
    role: Role = Role.PEER_REVIEWER
    specialty: Specialty | None = None
    ccn: Ccn | None = None
    matter: Matter = Matter.CLINICAL
    denial: bool = False
    emtala: bool = False
    barred: frozenset[UUID] = frozenset()
    due_at: dt.datetime | None = None

    def request(self, area: frozenset[str], day: dt.date) -> AssignmentRequest:
        """The question to the guards, without waivers."""
        return AssignmentRequest(
            case_id=self.case_id,
            family_id=self.family_id,
            level=self.level,
            role=self.role,
            on=day,
            area=area,
            subject=self.subject,
            specialty=self.specialty,
            facility_ccn=self.ccn,
            matter=self.matter,
            denial=self.denial,
            emtala=self.emtala,
            barred_cases=self.barred,
        )


def router(context: Context) -> APIRouter:
    """The routes. Who reviewers are is confidential: every look is audited, and no route is for other services.

    A reader who belongs to a region sees the reviewers licensed and rosters kept for that region alone.
    """
    routes = APIRouter()
    store = ReviewerStore(context.keyring)
    _register(routes, context, store)
    _roster(routes, context, store)
    _suggestions(routes, context, store)
    return routes


def _register(routes: APIRouter, context: Context, store: ReviewerStore) -> None:
    @routes.get("/reviewers")
    async def list_reviewers(access: Reader, state: StateCode | None = None) -> list[dict[str, Any]]:
        """Reviewers in service, of a State's area or all, with the work they carry."""
        today = context.clock().date()
        states = _region(access, today) if state is None else _area(access, state, today)
        async with context.pool.acquire() as conn, conn.transaction():
            found = await reviewer_pool.in_area(conn, states, today)
            ids = [each.id for each in found]
            loads = await reviewer_pool.workload(conn, ids)
            names = await store.identities(conn, ids)
            await _audit(conn, context, access, audit.REGISTER, "list-reviewers")
        return [card(each, names[each.id], loads[each.id]) for each in found]

    @routes.get("/reviewers/{reviewer_id}")
    async def show_reviewer(reviewer_id: UUID, access: Reader) -> dict[str, Any]:
        """One reviewer with licences, specialties, interests, ties, shifts and open cases."""
        states = _region(access, context.clock().date())
        async with context.pool.acquire() as conn, conn.transaction():
            record = (await store.load(conn, [reviewer_key(reviewer_id)])).get(reviewer_key(reviewer_id))
            if record is None or not (states is None or any(each.state in states for each in record.reviewer.licences)):
                raise Problem(404, "not-found", "There is no such reviewer.")
            load = (await reviewer_pool.workload(conn, [reviewer_id]))[reviewer_id]
            await _audit(conn, context, access, reviewer_id, "read")
        return sheet(record, load)


def _roster(routes: APIRouter, context: Context, store: ReviewerStore) -> None:
    @routes.get("/roster/on-call")
    async def who_is_on_call(
        access: Reader, state: StateCode, profession: Profession, specialty: Specialty | None = None, at: At = None
    ) -> list[dict[str, Any]]:
        """Who answers at an instant, with name and telephone, longest left first."""
        when = _instant("at", at, context.clock())
        _area(access, state, when.date())
        async with context.pool.acquire() as conn, conn.transaction():
            shifts = await reviewer_pool.roster(conn, state, when, when + _INSTANT)
            found = on_call(shifts, Need(state, profession, specialty), when)
            names = await store.identities(conn, [each.reviewer_id for each in found])
            await _audit(conn, context, access, audit.REGISTER, "on-call")
        return [person_on_call(each, names[each.reviewer_id], STATES[state].zone) for each in found]

    @routes.get("/roster/gaps")
    async def when_nobody_is_on_call(
        access: Reader,
        state: StateCode,
        profession: Profession,
        specialty: Specialty | None = None,
        start: At = None,
        end: At = None,
    ) -> list[dict[str, Any]]:
        """The times of a period (a week from now, at most 92 days) when nobody answers; no person is shown."""
        first = _instant("start", start, context.clock())
        last = _instant("end", end, first + dt.timedelta(days=7))
        if not first < last <= first + LONGEST:
            raise Problem(422, "period", f"The period must be up to {LONGEST.days} days.", paths=("query.end",))
        _area(access, state, first.date())
        async with context.pool.acquire() as conn:
            shifts = await reviewer_pool.roster(conn, state, first, last)
        need = Need(state, profession, specialty)
        return [gap(each, STATES[state].zone) for each in gaps(shifts, need, first, last)]


def _suggestions(routes: APIRouter, context: Context, store: ReviewerStore) -> None:
    @routes.get("/reviewer-suggestions")
    async def suggest(access: Reader, asked: Annotated[Asked, Query()]) -> list[dict[str, Any]]:
        """Everyone of the area in the order of choice: who may, who might with a waiver, and why the others may not."""
        now, state = context.clock(), asked.state
        today = now.astimezone(ZoneInfo(_zone(state))).date()
        request = asked.request(_area(access, state, today), today)
        due = None if asked.due_at is None else _instant("due_at", asked.due_at, now)
        async with context.pool.acquire() as conn, conn.transaction():
            pool = await reviewer_pool.candidates(conn, request)
            shifts = await reviewer_pool.roster(conn, state, now, now + _INSTANT)
            names = await store.identities(conn, [each.reviewer.id for each in pool])
            await _audit(conn, context, access, asked.case_id, "suggest-reviewer")
        answering = {each.reviewer_id for each in on_call(shifts, Need(state, asked.subject), now)}
        by_id = {each.reviewer.id: each for each in pool}
        return [
            suggestion(each, by_id[each.reviewer_id], names[each.reviewer_id], each.reviewer_id in answering)
            for each in rank(pool, request, due_at=due, seed=str(asked.case_id))
        ]


def _zone(state: str) -> str:
    if state not in STATES:
        raise Problem(422, "no-such-state", "There is no such State or territory.", paths=("query.state",))
    return STATES[state].zone


def _area(access: Access, state: str, day: dt.date) -> frozenset[str]:
    """The States of a State's area; Problem 422 for none, 404 for another region than the reader's."""
    _zone(state)
    if access.region is not None and access.region != area_name(state, day):
        raise Problem(404, "not-found", "There is no such State in this region.")
    return area_states(state, day)


def _region(access: Access, day: dt.date) -> frozenset[str] | None:
    """The States of the reader's region; None for a reader of all regions."""
    if access.region is None:
        return None
    return frozenset(code for code in STATES if area_name(code, day) == access.region)


def _instant(field: str, given: dt.datetime | None, usual: dt.datetime) -> dt.datetime:
    if given is None:
        return usual
    if given.tzinfo is None:
        raise Problem(422, "time-without-zone", f"{field} needs a time zone.", paths=(f"query.{field}",))
    return given.astimezone(dt.UTC)


async def _audit(conn: Any, context: Context, access: Access, chain: UUID, action: str) -> None:
    await audit.append(conn, [audit.Line(chain, context.clock(), access.actor, action, access.purpose.value)])
