"""Questions about sessions of learning networks and the action periods between them."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final

import asyncpg
import orjson
from fastapi import APIRouter, Query

from services.recruitment.domain.communities.days import today_anywhere
from services.recruitment.domain.networks.kinds import COHORT
from services.recruitment.domain.networks.state import Cohort
from services.recruitment.domain.sessions.machine import PeriodPhase, Phase
from services.recruitment.domain.sessions.materials import summary
from services.recruitment.domain.sessions.period_kind import ACTION_PERIOD, ActionPeriod
from services.recruitment.domain.sessions.reporting import owing
from services.recruitment.domain.sessions.session_kind import SESSION
from services.recruitment.domain.sessions.state import Session
from services.recruitment.queries.parameters import Limit
from services.recruitment.queries.who import inside
from shared.contracts.recruitment.session_terms import SessionKind
from shared.records import store as records
from shared.runtime.access import Problem
from shared.runtime.clock import utc_now

_ID: Final = r"^[a-z0-9][a-z0-9-]{1,59}\.[0-9a-f]{12}$"
_ONE: Final = re.compile(_ID)
Network = Annotated[str | None, Query(pattern=r"^[a-z0-9][a-z0-9-]{1,59}$", description="Only of this network")]
CohortIs = Annotated[
    str | None, Query(pattern=r"^[a-z0-9][a-z0-9-]{1,59}\.c[1-9][0-9]{0,2}$", description="Only of this cohort")
]
After = Annotated[str | None, Query(pattern=_ID, description="The last id of the page before")]
# What the clock needs, and who evaluated how.
_KEPT_BACK: Final = frozenset({"evaluations", "tell_next", "cancellation_told", "invited_for", "invited_whom"})


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool, for staff: they tell what single facilities do."""
    api = inside()
    _sessions(api, pool)
    _periods(api, pool)
    return api


def _sessions(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/learning-sessions")
    async def sessions(
        network: Network = None,
        cohort: CohortIs = None,
        kind: SessionKind | None = None,
        phase: Phase | None = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Sessions by id, with how many registered and came; instants in UTC."""
        like = {"network": network, "cohorts": [cohort] if cohort else None, "kind": kind, "phase": phase}
        found = await records.some(pool, SESSION.name, _like(like), after, limit)
        return [_brief(Session.model_validate_json(one)) for one in found]

    @api.get("/learning-sessions/{identifier}")
    async def session(identifier: str) -> dict[str, Any]:
        """One session; evaluations are summed up, and of fewer than three answers only their number is told."""
        found = Session.model_validate_json(await _one(pool, SESSION.name, "session", identifier))
        waiting = sorted(found.registrations.keys() - found.seated())
        shown = found.model_dump(mode="json", exclude=set(_KEPT_BACK))
        return {**shown, "waiting": waiting, "evaluation": summary(found.evaluations)}


def _brief(session: Session) -> dict[str, Any]:
    shown = session.model_dump(
        mode="json",
        include={
            "id",
            "network",
            "cohorts",
            "kind",
            "title",
            "mode",
            "starts_at",
            "ends_at",
            "zone",
            "phase",
            "revision",
        },
    )
    came = [one for modes in session.attendance.values() for one in modes.values()]
    counts = {
        "participants_registered": len(session.registrations),
        "people_with_a_place": session.people_seated(),
        "participants_attended": len(session.attendance),
        "people_attended": sum(one.people for one in came),
        "guests_attended": sum(any(one.guest for one in modes.values()) for modes in session.attendance.values()),
        "evaluations": len(session.evaluations),
    }
    return {**shown, **counts}


def _periods(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/action-periods")
    async def periods(
        cohort: CohortIs = None, phase: PeriodPhase | None = None, after: After = None, limit: Limit = 100
    ) -> list[dict[str, Any]]:
        """Action periods by id, with their assignments and reports."""
        like = {"cohort": cohort, "phase": phase}
        found = await records.some(pool, ACTION_PERIOD.name, _like(like), after, limit)
        return [_shown(ActionPeriod.model_validate_json(one)) for one in found]

    @api.get("/action-periods/{identifier}")
    async def period(identifier: str) -> dict[str, Any]:
        """One action period with what was reported."""
        return _shown(
            ActionPeriod.model_validate_json(await _one(pool, ACTION_PERIOD.name, "action-period", identifier))
        )

    @api.get("/action-periods/{identifier}/owing")
    async def missing(identifier: str) -> list[dict[str, Any]]:
        """For each assignment who of the cohort, as it is today, has neither reported nor been excused."""
        found = ActionPeriod.model_validate_json(await _one(pool, ACTION_PERIOD.name, "action-period", identifier))
        cohort = Cohort.model_validate_json(await records.one(pool, COHORT.name, found.cohort) or "")
        today = today_anywhere(utc_now())
        present = list(cohort.present(today))
        return [
            {
                "assignment": number,
                "title": task.title,
                "due_on": task.due_on.isoformat(),
                "overdue": task.due_on < today,
                "reported": len(task.reports),
                "excused": len(task.excused),
                "owing": owing(task, present),
            }
            for number, task in enumerate(found.assignments, start=1)
        ]


def _shown(period: ActionPeriod) -> dict[str, Any]:
    return period.model_dump(mode="json", exclude={"remind_next": True, "assignments": {"__all__": {"settled"}}})


async def _one(pool: asyncpg.Pool, kind: str, what: str, identifier: str) -> str:
    found = await records.one(pool, kind, identifier) if _ONE.fullmatch(identifier) else None
    if found is None:
        raise Problem(404, f"{what}-unknown", f"There is no such {what.replace('-', ' ')}.")
    return found


def _like(like: Mapping[str, object]) -> str:
    return orjson.dumps({field: value for field, value in like.items() if value is not None}).decode()
