"""Questions about coalitions: who is in them and who is missing, what is built, and what they want to move."""

from typing import Annotated, Any

import asyncpg
from fastapi import APIRouter, Query

from services.recruitment.domain.coalitions import mix
from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.coalitions.state import Coalition
from services.recruitment.domain.communities.days import today_everywhere
from services.recruitment.queries.communities import AfterCommunity
from services.recruitment.queries.parameters import Limit
from services.recruitment.repository import coalitions as reading
from shared.contracts.recruitment.coalition_terms import CoalitionTask
from shared.records import store as records
from shared.runtime.access import Problem
from shared.runtime.clock import utc_now

Who = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z:-]{1,80}$", description="A participant that is a member now")]


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter()

    @api.get("/coalitions")
    async def coalitions(
        task: CoalitionTask | None = None,
        at_work: bool | None = None,
        infrastructure_done: bool | None = None,
        patient_seat_vacant: bool | None = None,
        participant: Who = None,
        after: AfterCommunity = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """The last coalition of each community, by community; every filter that is given must fit."""
        found = await reading.some(
            pool,
            task=task,
            at_work=at_work,
            equipped=infrastructure_done,
            seat_vacant=patient_seat_vacant,
            participant=participant,
            after=after,
            limit=limit,
        )
        return [in_short(Coalition.model_validate_json(state)) for state in found]

    @api.get("/coalitions/{community}")
    async def coalition(community: str) -> dict[str, Any]:
        """All that is known of the last coalition over a community."""
        state = await records.one(pool, COALITION.name, community) if "\x00" not in community else None
        if state is None:
            raise Problem(404, "coalition-unknown", "No coalition has been formed over this community.")
        found = Coalition.model_validate_json(state)
        return in_full(found, await reading.participants(pool, sorted(found.members)))

    return api


def in_short(found: Coalition) -> dict[str, Any]:
    """What a list shows of a coalition."""
    settings = [one.setting for one in found.present()]
    return {
        "community": found.id,
        "name": found.name,
        "task": found.task,
        "formed_on": found.formed_on.isoformat(),
        "ended_on": found.ended_on.isoformat() if found.ended_on else None,
        "members": len(settings),
        "missing_sectors": [sector.value for sector in mix.missing(settings)],
        "patient_partner": found.patient_seat.holder,
        "patient_seat_since": found.patient_seat.since.isoformat(),
        "infrastructure_done_on": found.equipped_on.isoformat() if found.equipped_on else None,
        "infrastructure_missing": [item.value for item in found.missing()],
        "measures": sorted(one.measure for one in found.measures.values() if one.dropped_because is None),
        "goals_reached": sorted(goal.goal for goal in found.goals.values() if goal.reached),
    }


def in_full(found: Coalition, participants: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A coalition with its members by name, the mix of their settings, and what is overdue today."""
    today = today_everywhere(utc_now())
    settings = [one.setting for one in found.present()]
    shown = found.model_dump(mode="json", exclude={"id", "members", "infrastructure"})
    return {
        "community": found.id,
        **shown,
        "members": [
            {**one.model_dump(mode="json"), **_known(participants.get(participant))}
            for participant, one in sorted(found.members.items())
        ],
        "sectors": {sector.value: number for sector, number in mix.present(settings).items()},
        "missing_sectors": [sector.value for sector in mix.missing(settings)],
        "infrastructure": {
            item.value: {**check.model_dump(mode="json"), "overdue": check.overdue(today)}
            for item, check in found.infrastructure.items()
        },
        "infrastructure_missing": [item.value for item in found.missing()],
    }


def _known(participant: dict[str, Any] | None) -> dict[str, Any]:
    known = participant or {}
    return {field: known.get(field) for field in ("name", "state", "closed_on", "merged_into")}
