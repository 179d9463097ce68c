"""Questions about technical assistance: requests, resources, hospitals' reporting to CMS."""

import datetime as dt
import re
from typing import Annotated, Any, Final

import asyncpg
import orjson
from fastapi import APIRouter, Query

from services.recruitment.domain.assistance.request_kind import OPEN, Status
from services.recruitment.domain.assistance.resource_kind import ResourceStatus
from services.recruitment.domain.communities.days import today_everywhere
from services.recruitment.queries.network_work import one
from services.recruitment.queries.parameters import Limit, State
from services.recruitment.queries.who import inside
from services.recruitment.repository import quality_reporting as reading
from services.recruitment.repository.interventions import overdue as reading_overdue
from services.recruitment.repository.networks import some
from shared.contracts.recruitment.assistance_terms import AssistanceKind
from shared.contracts.recruitment.quality_reporting import ReportingProgram
from shared.contracts.recruitment.resources import ResourceKind
from shared.runtime.clock import utc_now

_REQUEST: Final = r"^ta\.[0-9a-f]{12}$"
_RESOURCE: Final = r"^res\.[0-9a-f]{12}$"
_DUE: Final = r"^(inpatient|outpatient)\.[0-9]{4}(-q[1-4])?\.[a-z0-9][a-z0-9-]{1,59}$"
_SUBMISSION: Final = rf"{_DUE[:-1]}\|[0-9A-Za-z:-]{{6,70}}$"
After = Annotated[str | None, Query(pattern=_REQUEST, description="The last id of the page before")]
AfterResource = Annotated[str | None, Query(pattern=_RESOURCE, description="The last id of the page before")]
AfterDue = Annotated[str | None, Query(pattern=_DUE, description="The last id of the page before")]
AfterSubmission = Annotated[
    str | None, Query(pattern=_SUBMISSION, description="Due and hospital of the last of the page before, with a bar")
]
Asking = Annotated[str | None, Query(pattern=r"^[a-z]+:[0-9A-Za-z:-]{2,70}$", description="Who asks, with its kind")]
Hospital = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z:-]{6,70}$", description="A hospital's id")]
Staff = Annotated[str | None, Query(pattern=r"^person:[a-z0-9-]{2,60}$", description="Who helps")]
Task = Annotated[str | None, Query(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$", description="Which task it is for")]


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool; who was helped with what, and who is behind, is for staff."""
    api, staff = APIRouter(), inside()
    _set(api, pool)
    _resources(api, pool)
    _requests(staff, pool)
    _reporting(staff, pool)
    api.include_router(staff)
    return api


def _requests(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/assistance-requests")
    async def requests(
        asked_by: Asking = None,
        kind: AssistanceKind | None = None,
        status: Status | None = None,
        assigned_to: Staff = None,
        overdue: Annotated[bool, Query(description="Only open ones whose day is over, the longest first")] = False,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Requests by id; without a target for its kind, a request has no day and is never overdue."""
        like = {"asked_by": asked_by, "kind": kind, "status": status, "assigned_to": assigned_to}
        if not overdue:
            return await some(pool, "assistance-request", like, after, limit)
        given = orjson.dumps({field: value for field, value in like.items() if value is not None}).decode()
        today = today_everywhere(utc_now())
        found = await reading_overdue(pool, "assistance-request", OPEN, "due_on", today, given, after, limit)
        return [orjson.loads(row) for row in found]

    @api.get("/assistance-requests/{request}")
    async def request(request: str) -> dict[str, Any]:
        """One request with its whole way and the help given."""
        return await one(pool, "assistance-request", request, re.compile(_REQUEST))


def _set(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/assistance-targets")
    async def targets() -> list[dict[str, Any]]:
        """Within how many days requests of each kind are to be over, for the kinds that have a target."""
        return await some(pool, "assistance-target", {}, None, len(AssistanceKind))

    @api.get("/reporting-calendar")
    async def calendar(
        program: ReportingProgram | None = None, after: AfterDue = None, limit: Limit = 100
    ) -> list[dict[str, Any]]:
        """What is due when, by id; nothing is due that nobody entered."""
        return await some(pool, "reporting-due", {"program": program}, after, limit)


def _resources(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/resources")
    async def resources(
        kind: ResourceKind | None = None,
        status: ResourceStatus | None = None,
        task: Task = None,
        after: AfterResource = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Resources by id."""
        like = {"kind": kind, "status": status, "tasks": [task] if task else None}
        return await some(pool, "resource", like, after, limit)

    @api.get("/resources/{resource}")
    async def resource(resource: str) -> dict[str, Any]:
        """One resource with its versions and their evidence."""
        return await one(pool, "resource", resource, re.compile(_RESOURCE))

    @api.get("/resource-uses")
    async def uses(after: AfterResource = None, limit: Limit = 100) -> list[dict[str, Any]]:
        """Resources by id with how many requests and sessions used them."""
        return await reading.uses(pool, after, limit)


def _reporting(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/submissions")
    async def submissions(
        due: AfterDue = None, hospital: Hospital = None, after: AfterSubmission = None, limit: Limit = 100
    ) -> list[dict[str, Any]]:
        """What hospitals have sent, as it was known from day to day."""
        return await some(pool, "submission", {"due": due, "hospital": hospital}, after, limit)

    @api.get("/reporting-behind")
    async def behind(
        by: dt.date | None = None,
        program: ReportingProgram | None = None,
        state: State = None,
        after: AfterSubmission = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Hospitals that had not sent all by a day (today) of what was due before it, with the help given for it."""
        return await reading.behind(pool, by or today_everywhere(utc_now()), program, state, after, limit)
