"""Questions about the campaign: who takes part, LANEs, materials, awareness, help with accounts."""

import re
from typing import Annotated, Any, Final

import asyncpg
from fastapi import APIRouter, Query

from services.recruitment.domain.campaign.account_kind import AccountStage
from services.recruitment.domain.campaign.lane_kind import LanePhase
from services.recruitment.domain.campaign.material_kind import MaterialStatus
from services.recruitment.domain.campaign.registration_kind import Taking
from services.recruitment.queries.network_work import one
from services.recruitment.queries.parameters import Limit, State
from services.recruitment.queries.who import inside
from services.recruitment.repository import campaign as reading
from services.recruitment.repository.networks import some
from shared.contracts.recruitment.account_requests import AccountTrouble
from shared.contracts.recruitment.campaign_materials import Channel, MaterialKind
from shared.contracts.recruitment.campaign_terms import Audience, CampaignGoal, Registrant

_ID: Final = r"^ae\.[0-9a-f]{12}$"
_REGISTRATION: Final = r"^(ae\.[0-9a-f]{12}|[0-9A-Z]{6}|npi:[0-9]{10}|own:[a-z0-9][a-z0-9-]{1,59})$"
After = Annotated[str | None, Query(pattern=_ID, description="The last id of the page before")]
AfterRegistration = Annotated[str | None, Query(pattern=_REGISTRATION, description="The last id of the page before")]
Home = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z:-]{6,70}$", description="A home's id")]
Member = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z:-]{3,80}$", description="A member of a LANE")]


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool; who takes part, is reached how and needs help is for staff."""
    api, staff = APIRouter(), inside()
    _materials(api, pool)
    _sums(api, pool)
    _registrations(staff, pool)
    _lanes(staff, pool)
    _accounts(staff, pool)
    api.include_router(staff)
    return api


def _registrations(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/campaign-registrations")
    async def registrations(
        state: State = None,
        registrant: Registrant | None = None,
        goal: CampaignGoal | None = None,
        taking: Taking | None = None,
        after: AfterRegistration = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Who takes or took part, by id; ``goal``: homes that ever chose it."""
        like: dict[str, object] = {"state": state, "registrant": registrant, "taking": taking}
        like["goals"] = {goal.value: {}} if goal else None
        return await some(pool, "campaign-registration", like, after, limit)

    @api.get("/campaign-registrations/{registration}")
    async def registration(registration: str) -> dict[str, Any]:
        """One registration with its goals and their figures by month."""
        return await one(pool, "campaign-registration", registration, re.compile(_REGISTRATION))


def _lanes(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/lanes")
    async def lanes(
        phase: LanePhase | None = None, member: Member = None, after: State = None, limit: Limit = 100
    ) -> list[dict[str, Any]]:
        """LANEs by state; ``member``: those it is or was in."""
        like: dict[str, object] = {"phase": phase, "members": {member: []} if member else None}
        return await some(pool, "lane", like, after, limit)

    @api.get("/lanes/{state}")
    async def lane(state: str) -> dict[str, Any]:
        """The LANE of a state with all who are or were in it."""
        return await one(pool, "lane", state, re.compile("^[A-Z]{2}$"))

    @api.get("/lane-contacts")
    async def contacts(state: State = None) -> list[dict[str, Any]]:
        """Addresses of offices by state, of LANEs at work; who convenes first."""
        return await reading.contacts(pool, state)


def _materials(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/campaign-materials")
    async def materials(
        kind: MaterialKind | None = None,
        audience: Audience | None = None,
        goal: CampaignGoal | None = None,
        status: MaterialStatus | None = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Materials and key messages by id."""
        like = {"kind": kind, "audience": audience, "goal": goal, "status": status}
        return await some(pool, "campaign-material", like, after, limit)

    @api.get("/campaign-materials/{material}")
    async def material(material: str) -> dict[str, Any]:
        """One material with all its versions."""
        return await one(pool, "campaign-material", material, re.compile(_ID))

    @api.get("/awareness")
    async def activities(
        state: State = None,
        channel: Channel | None = None,
        audience: Audience | None = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Awareness activities by id."""
        like = {"state": state, "channel": channel, "audience": audience}
        return await some(pool, "awareness-activity", like, after, limit)


def _sums(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/campaign-participation")
    async def participation() -> dict[str, Any]:
        """How many take part by state, and homes by goal."""
        return {"states": await reading.participation(pool), "goals": await reading.pursued(pool)}

    @api.get("/awareness-reach")
    async def reach() -> list[dict[str, Any]]:
        """Activities and people reached by state and channel; who was reached twice counts twice."""
        return await reading.reach(pool)


def _accounts(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/account-requests")
    async def requests(
        home: Home = None,
        state: State = None,
        stage: AccountStage | None = None,
        trouble: AccountTrouble | None = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Requests for help with accounts by id."""
        like = {"home": home, "state": state, "stage": stage, "trouble": trouble}
        return await some(pool, "account-request", like, after, limit)

    @api.get("/account-requests/{request}")
    async def request(request: str) -> dict[str, Any]:
        """One request with its whole way."""
        return await one(pool, "account-request", request, re.compile(_ID))
