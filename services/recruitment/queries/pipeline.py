"""Questions about the pipeline: who has come how far, and how invitations were answered."""

from typing import Annotated, Any
from uuid import UUID

import asyncpg
from fastapi import APIRouter, Path, Query

from services.recruitment.domain.pipeline.collaboratives import COLLABORATIVES
from services.recruitment.domain.pipeline.state import engagement_id
from services.recruitment.queries.parameters import Limit, State
from services.recruitment.repository import pipeline
from shared.contracts.recruitment.steps import Stage
from shared.runtime.access import Problem

Collaborative = Annotated[str | None, Query(pattern=r"^[A-Z][A-Z0-9-]{1,39}$")]
Code = Annotated[str, Path(pattern=r"^[A-Z][A-Z0-9-]{1,39}$")]
Participant = Annotated[str, Path(pattern=r"^[A-Za-z0-9:-]{1,64}$")]
After = Annotated[str | None, Query(pattern=r"^[A-Za-z0-9:|-]{1,110}$", description="The last id of the page before")]


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter()

    @api.get("/collaboratives")
    async def collaboratives() -> list[dict[str, Any]]:
        """The collaboratives there are, for whom, since when, and where that is written."""
        return [
            {
                "code": row.code,
                "name": row.name,
                "opens": row.opens.isoformat(),
                "closes": row.closes and row.closes.isoformat(),
                "settings": sorted(row.settings),
                "tasks": row.tasks,
                "source": row.source,
            }
            for row in COLLABORATIVES.values()
        ]

    @api.get("/engagements")
    async def engagements(
        stage: Stage | None = None,
        collaborative: Collaborative = None,
        state: State = None,
        campaign: UUID | None = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Who has come how far with which collaborative, a page at a time."""
        like = _like(stage, collaborative)
        if campaign is not None:
            like["steps"] = [{"campaign": str(campaign), "struck": False}]
        return await pipeline.engagements(pool, like, state, after, limit)

    @api.get("/engagements/stages")
    async def stages(collaborative: Collaborative = None, state: State = None) -> dict[str, int]:
        """How many are at each stage, in the order of the stages."""
        found = await pipeline.stages(pool, _like(None, collaborative), state)
        return {stage.value: found.get(stage.value, 0) for stage in Stage}

    @api.get("/engagements/{participant}/{collaborative}")
    async def engagement(participant: Participant, collaborative: Code) -> dict[str, Any]:
        """One participant and one collaborative, with every step and correction."""
        found = await pipeline.engagement(pool, engagement_id(participant, collaborative))
        if found is None:
            raise Problem(404, "engagement-unknown", "The participant has no engagement with this collaborative.")
        return found

    @api.get("/invitations")
    async def campaigns(
        collaborative: Collaborative = None, after: UUID | None = None, limit: Limit = 100
    ) -> list[dict[str, Any]]:
        """Campaigns of invitations, the latest first."""
        return await pipeline.campaigns(pool, collaborative, after, limit)

    @api.get("/invitations/{campaign}")
    async def one_campaign(campaign: UUID) -> dict[str, Any]:
        """One campaign with how each wave was answered."""
        found = await pipeline.campaign(pool, campaign)
        if found is None:
            raise Problem(404, "campaign-unknown", "There is no such campaign.")
        return found

    return api


def _like(stage: Stage | None, collaborative: str | None) -> dict[str, Any]:
    wanted = {"stage": stage, "collaborative": collaborative}
    return {name: value for name, value in wanted.items() if value is not None}
