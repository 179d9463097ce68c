"""Counts, requests for assistance, participation by state and region, and the reports on tasks for CMS."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

import asyncpg
import orjson
from fastapi import APIRouter, Query

from services.recruitment.domain.pipeline.collaboratives import COLLABORATIVES, Collaborative
from services.recruitment.domain.program.statements import STATEMENTS
from services.recruitment.domain.reports import tasks, telling
from services.recruitment.domain.reports.participation import Members, participation
from services.recruitment.domain.reports.tasks import Scope
from services.recruitment.domain.targets import areas
from services.recruitment.queries import learning_reports
from services.recruitment.queries.parameters import Limit
from services.recruitment.repository import maps, reading, reports
from services.recruitment.repository.assistance import requests
from services.recruitment.repository.targets import targets as targets_like
from shared.contracts.feeds import CCN_PATTERN
from shared.program.zips import zip_states
from shared.runtime.access import Problem
from shared.runtime.clock import utc_now

Day = Annotated[dt.date | None, Query(description="YYYY-MM-DD; today (UTC) when left out")]
Area = Annotated[
    str, Query(max_length=60, description="postal code, US, or a network of 2014 to 2019: qin:new-england")
]


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter()

    @api.get("/assistance")
    async def assistance(
        facility: Annotated[str | None, Query(pattern=CCN_PATTERN.pattern)] = None,
        after: UUID | None = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Requests for assistance: provider and topic of each confirmed concern."""
        return await requests(pool, facility, after, limit)

    @api.get("/summary")
    async def summary() -> reading.Summary:
        """Counts for the board and the audit."""
        return await reading.summary(pool)

    @api.get("/participation")
    async def participating(collaborative: str = "NNHQCC", as_of: Day = None) -> dict[str, Any]:
        """Who takes part in a collaborative on a day against who could, by state and network."""
        day = as_of or utc_now().date()
        chosen = COLLABORATIVES.get(collaborative)
        if chosen is None:
            raise Problem(404, "collaborative-unknown", "There is no such collaborative.")
        eligible = await maps.eligible(pool, chosen, day)
        members = await maps.members(pool, chosen.code, day)
        found = participation(chosen.code, day, eligible, members, await maps.answers(pool, day))
        return {**telling.participation(found), "name": chosen.name}

    @api.get("/task-report")
    async def task_report(
        task: Annotated[str, Query(max_length=40)],
        first: Annotated[dt.date, Query(alias="from")],
        last: Annotated[dt.date, Query(alias="to")],
        area: Area = areas.NATION,
    ) -> dict[str, Any]:
        """Recruited against target, infrastructure, deliverables as of the last day; what networks did in the time."""
        scope = _scope(area, first, last)
        return {
            **_named(task),
            "area": area,
            "area_name": areas.name_of(area),
            "from": first.isoformat(),
            "to": last.isoformat(),
            **await _sections(pool, task, scope),
        }

    return api


def _scope(area: str, first: dt.date, last: dt.date) -> Scope:
    """The states and days; raises Problem for an area there is not, or not at that time."""
    states = areas.states_of(area)
    if states is None:
        known = ", ".join(areas.known())
        raise Problem(404, "area-unknown", f"Name a state by its postal code, US, or one of: {known}.")
    if last < first:
        raise Problem(422, "days-reversed", "The last day is before the first.")
    if areas.is_network(area) and not areas.NETWORKS_FROM <= last <= areas.NETWORKS_TO:
        text = f"The networks are known from {areas.NETWORKS_FROM} to {areas.NETWORKS_TO}; for {last} name states."
        raise Problem(422, "network-unknown-then", text)
    return Scope(states, first, last)


def _named(task: str) -> dict[str, Any]:
    """The task in the words of its source; raises Problem where no statement of work has it."""
    for statement in STATEMENTS:
        for one in statement.tasks:
            if one.key == task:
                return {"task": task, "title": one.title, "statement": statement.name, "source": one.source}
    known = ", ".join(one.key for statement in STATEMENTS for one in statement.tasks)
    raise Problem(
        404, "task-unknown", f"No statement of work that we have a source for has this task; there are {known}."
    )


async def _sections(pool: asyncpg.Pool, task: str, scope: Scope) -> dict[str, Any]:
    targets = await targets_like(pool, orjson.dumps({"task": task}).decode())
    asked = {one.collaborative for one in targets}
    chosen = [one for one in COLLABORATIVES.values() if task in one.tasks or one.code in asked]
    recruited = [tasks.recruitment(scope, one.code, *await _counts(pool, one, scope.last), targets) for one in chosen]
    coalitions, communities = await reports.coalitions(pool, task)
    built = tasks.infrastructure(scope, task, coalitions, communities, zip_states())
    found, contracts = await reports.deliverables(pool, task)
    return {
        "recruitment": [telling.recruitment(one) for one in recruited],
        "infrastructure": telling.infrastructure(built),
        "deliverables": telling.deliverables(tasks.deliverables(scope, contracts, found)),
        "learning": await learning_reports.section(pool, task, scope, [one.community for one in built]),
    }


async def _counts(
    pool: asyncpg.Pool, collaborative: Collaborative, day: dt.date
) -> tuple[dict[str, int], list[Members]]:
    return await maps.eligible(pool, collaborative, day), await maps.members(pool, collaborative.code, day)
