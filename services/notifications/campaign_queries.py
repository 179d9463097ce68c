"""Questions about audiences and campaign messages, for the program's own staff."""

from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Query
from pydantic import ValidationError

from services.notifications.contact_queries import Limit, staff
from services.notifications.domain.audiences.estimates import Estimate
from services.notifications.domain.campaigns.kinds import CAMPAIGN
from services.notifications.domain.campaigns.reading import grade
from services.notifications.domain.campaigns.state import Campaign, State
from services.notifications.repository import audiences
from services.notifications.repository import campaigns as reading
from shared.contracts.notifications.campaigns import Audience
from shared.records import store as records
from shared.runtime.access import Problem
from shared.runtime.service import Context

_Values = Annotated[list[str] | None, Query(max_length=100)]
_ListId = Annotated[str | None, Query(pattern="^[a-z0-9][a-z0-9-]{1,59}$", description="The list it is sent for")]


def routes(context: Context) -> APIRouter:
    """The routes over this process."""
    api = APIRouter(dependencies=[Depends(staff)])
    _audiences(api, context)
    _campaigns(api, context)
    return api


def _audiences(api: APIRouter, context: Context) -> None:
    @api.get("/audience")
    async def estimate(
        *,
        part: _Values = None,
        state: _Values = None,
        setting: _Values = None,
        task: _Values = None,
        collaborative: _Values = None,
        cohort: _Values = None,
        community: _Values = None,
        coalition: _Values = None,
        measure: _Values = None,
        mailing_list: Annotated[list[str] | None, Query(alias="list", max_length=100)] = None,
        list_id: _ListId = None,
    ) -> Estimate:
        """How many are meant today (UTC), by part, channel and language, and how many are left out and why."""
        asked = {
            "parts": part,
            "states": state,
            "settings": setting,
            "tasks": task,
            "collaboratives": collaborative,
            "cohorts": cohort,
            "communities": community,
            "coalitions": coalition,
            "measures": measure,
            "lists": mailing_list,
        }
        try:
            audience = Audience.model_validate({name: values for name, values in asked.items() if values})
        except ValidationError as error:
            # Only whole clauses are named: their values are the caller's.
            paths = tuple(sorted({str(one["loc"][0]) for one in error.errors() if one["loc"]}))
            text = "The audience does not fit its description; it needs one clause at least."
            raise Problem(422, "audience-invalid", text, paths=paths) from None
        async with context.pool.acquire() as conn:
            return await audiences.size(conn, audience, list_id, context.clock().date())


def _campaigns(api: APIRouter, context: Context) -> None:
    @api.get("/messages")
    async def campaigns(
        state: State | None = None, after: UUID | None = None, limit: Limit = 100
    ) -> list[dict[str, Any]]:
        """Campaign messages by id."""
        return await reading.some(context.pool, state, None if after is None else str(after), limit)

    @api.get("/messages/{campaign}")
    async def campaign(campaign: UUID) -> dict[str, Any]:
        """One campaign: what it says to whom, how far it has come, and what became of its notices."""
        found = await records.one(context.pool, CAMPAIGN.name, str(campaign))
        if found is None:
            raise Problem(404, "campaign-unknown", "There is no such campaign.")
        held = Campaign.model_validate_json(found)
        figures = await reading.figures(context.pool, campaign, held.list_id)
        grades = {language: grade(words, language) for language, words in held.words.items()}
        return {**orjson.loads(found), "grades": grades, "figures": {"requested": held.requested, **figures}}
