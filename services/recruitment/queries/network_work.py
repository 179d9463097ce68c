"""Questions about what networks do in parts of their own: care teams and chronic care improvement programs."""

import re
from typing import Annotated, Any, Final

import asyncpg
import orjson
from fastapi import APIRouter, Query

from services.recruitment.domain.networks.chronic_kind import ProgramStatus
from services.recruitment.domain.networks.team_kind import TeamPhase
from services.recruitment.queries.parameters import Limit
from services.recruitment.repository import networks as reading
from shared.records import store
from shared.runtime.access import Problem

_ID: Final = r"^[a-z0-9][a-z0-9-]{1,59}\.[0-9a-f]{12}$"
_ONE: Final = re.compile(_ID)
Network = Annotated[str | None, Query(pattern=r"^[a-z0-9][a-z0-9-]{1,59}$", description="The network's id")]
Participant = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z:-]{6,70}$", description="A participant's id")]
After = Annotated[str | None, Query(pattern=_ID, description="The last id of the page before")]


def add_to(api: APIRouter, pool: asyncpg.Pool) -> None:
    """Add the routes over this pool to ``api``."""

    @api.get("/care-teams")
    async def care_teams(
        network: Network = None,
        phase: TeamPhase | None = None,
        participant: Participant = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Care teams by id; ``participant``: those it is or was in."""
        like: dict[str, object] = {"network": network, "phase": phase}
        like["members"] = {participant: []} if participant else None
        return await reading.some(pool, "care-team", like, after, limit)

    @api.get("/care-teams/{team}")
    async def care_team(team: str) -> dict[str, Any]:
        """One care team with all who are or were in it."""
        return await one(pool, "care-team", team, _ONE)

    @api.get("/chronic-care")
    async def programs(
        network: Network = None,
        sponsor: Participant = None,
        status: ProgramStatus | None = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Chronic care improvement programs by id; a count that is None: from 1 to 10 beneficiaries."""
        like = {"network": network, "sponsor": sponsor, "status": status}
        return await reading.some(pool, "chronic-care", like, after, limit)

    @api.get("/chronic-care/{program}")
    async def program(program: str) -> dict[str, Any]:
        """One program with its figures by month."""
        return await one(pool, "chronic-care", program, _ONE)


async def one(pool: asyncpg.Pool, kind: str, identifier: str, known: re.Pattern[str]) -> dict[str, Any]:
    """The state of one record; raises Problem 404, also for what is no id of that kind."""
    found = await store.one(pool, kind, identifier) if known.fullmatch(identifier) else None
    if found is None:
        raise Problem(404, f"{kind}-unknown", f"There is no such {kind.replace('-', ' ')}.")
    state: dict[str, Any] = orjson.loads(found)
    return state
