"""Questions about what coalitions do: interventions, pledges, mentoring, organising, funding, alignment."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final

import asyncpg
import orjson
from fastapi import APIRouter, Query

from services.recruitment.domain.communities.days import today_everywhere
from services.recruitment.domain.interventions.alignment_kinds import AlignmentStatus
from services.recruitment.domain.interventions.mentoring_kind import Status as MentoringStatus
from services.recruitment.domain.interventions.models import MODELS
from services.recruitment.domain.interventions.organising_kinds import AssetStatus
from services.recruitment.domain.interventions.state import Phase
from services.recruitment.queries.parameters import Limit
from services.recruitment.repository import effects
from services.recruitment.repository.interventions import overdue as reading_overdue
from shared.contracts.recruitment.alignment import AgreementStatus
from shared.contracts.recruitment.funding import FundingStatus, Program
from shared.contracts.recruitment.intervention_terms import InterventionType
from shared.contracts.recruitment.organising import AssetKind, CommitmentStatus, MetRole
from shared.contracts.recruitment.pledges import PledgeKind, PledgeStatus
from shared.records import store as records
from shared.runtime.access import Problem
from shared.runtime.clock import utc_now

_ID: Final = r"^[a-z0-9][a-z0-9-]{1,59}\.[0-9a-f]{12}$"
_ONE: Final = re.compile(_ID)
Coalition = Annotated[
    str | None, Query(pattern=r"^[a-z0-9][a-z0-9-]{1,59}$", description="The community whose coalition it is")
]
Participant = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z:-]{6,70}$", description="A participant's id")]
After = Annotated[str | None, Query(pattern=_ID, description="The last id of the page before")]
Overdue = Annotated[bool, Query(description="Only those whose day is over, the longest overdue first")]

# Each by the name of its path and its kind of record.
_SHOWN: Final = {
    "interventions": "intervention",
    "pledges": "pledge",
    "mentoring": "mentoring",
    "one-to-ones": "one-to-one",
    "assets": "asset",
    "commitments": "commitment",
    "funding": "funding",
    "alignments": "alignment",
    "agreements": "agreement",
}


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter()
    _interventions(api, pool)
    _promises(api, pool)
    _organising(api, pool)
    _resources(api, pool)
    for path, kind in _SHOWN.items():
        _one(api, pool, path, kind)
    return api


def _one(api: APIRouter, pool: asyncpg.Pool, path: str, kind: str) -> None:
    @api.get(f"/{path}/{{identifier}}", name=kind)
    async def one(identifier: str) -> dict[str, Any]:
        """One of them with its whole history."""
        found = await records.one(pool, kind, identifier) if _ONE.fullmatch(identifier) else None
        if found is None:
            raise Problem(404, f"{kind}-unknown", f"There is no such {kind}.")
        state: dict[str, Any] = orjson.loads(found)
        return (await effects.beside(pool, [state]))[0] if kind == "intervention" else state


async def _some(
    pool: asyncpg.Pool, kind: str, like: Mapping[str, object], after: str | None, limit: int
) -> list[dict[str, Any]]:
    return [orjson.loads(one) for one in await records.some(pool, kind, _like(like), after, limit)]


async def _overdue(
    pool: asyncpg.Pool,
    kind: str,
    statuses: list[str],
    field: str,
    like: Mapping[str, object],
    after: str | None,
    limit: int,
) -> list[dict[str, Any]]:
    today = today_everywhere(utc_now())
    found = await reading_overdue(pool, kind, statuses, field, today, _like(like), after, limit)
    return [orjson.loads(one) for one in found]


def _like(like: Mapping[str, object]) -> str:
    return orjson.dumps({field: value for field, value in like.items() if value is not None}).decode()


def _interventions(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/intervention-types")
    async def types() -> list[dict[str, str]]:
        """The types of intervention with their sources; OTHER says in words what it is."""
        return [{"type": row.type, "name": row.name, "source": row.source} for row in MODELS.values()]

    @api.get("/interventions")
    async def interventions(
        coalition: Coalition = None,
        phase: Phase | None = None,
        kind: InterventionType | None = None,
        measure: Annotated[str | None, Query(pattern=r"^[a-z0-9-]{1,60}$")] = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Interventions by id, with dose and reach by month, and how their measures changed with them.

        None beneficiaries reached: from 1 to 10. ``wording`` is the only word a change may be called by.
        """
        like = {"coalition": coalition, "phase": phase, "kind": kind, "measures": [measure] if measure else None}
        return await effects.beside(pool, await _some(pool, "intervention", like, after, limit))


def _promises(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/pledges")
    async def pledges(
        coalition: Coalition = None,
        participant: Participant = None,
        kind: PledgeKind | None = None,
        status: PledgeStatus | None = None,
        overdue: Overdue = False,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Pledges by id; amounts of MONEY are US cents."""
        like = {"coalition": coalition, "participant": participant, "kind": kind, "status": status}
        if overdue:
            return await _overdue(
                pool, "pledge", [PledgeStatus.OPEN, PledgeStatus.PARTLY_KEPT], "due_on", like, after, limit
            )
        return await _some(pool, "pledge", like, after, limit)

    @api.get("/mentoring")
    async def mentoring(
        coalition: Coalition = None,
        status: MentoringStatus | None = None,
        mentor: Annotated[str | None, Query(pattern=r"^[0-9A-Za-z:-]{8,80}$")] = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Mentoring of community leaders by id."""
        return await _some(
            pool, "mentoring", {"coalition": coalition, "status": status, "mentor": mentor}, after, limit
        )


def _organising(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/one-to-ones")
    async def one_to_ones(
        coalition: Coalition = None, met_role: MetRole | None = None, after: After = None, limit: Limit = 100
    ) -> list[dict[str, Any]]:
        """One-to-one meetings by id."""
        return await _some(pool, "one-to-one", {"coalition": coalition, "met_role": met_role}, after, limit)

    @api.get("/assets")
    async def assets(
        coalition: Coalition = None,
        kind: AssetKind | None = None,
        status: AssetStatus | None = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """The asset map by id."""
        return await _some(pool, "asset", {"coalition": coalition, "kind": kind, "status": status}, after, limit)

    @api.get("/commitments")
    async def commitments(
        coalition: Coalition = None,
        status: CommitmentStatus | None = None,
        overdue: Overdue = False,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Commitments of teams by id."""
        like = {"coalition": coalition, "status": status}
        if overdue:
            return await _overdue(pool, "commitment", [CommitmentStatus.OPEN], "due_on", like, after, limit)
        return await _some(pool, "commitment", like, after, limit)


def _resources(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/funding")
    async def funding(
        coalition: Coalition = None,
        program: Program | None = None,
        status: FundingStatus | None = None,
        overdue: Annotated[bool, Query(description="Only grants whose report is overdue, the longest first")] = False,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Applications and grants by id; amounts in US cents."""
        like = {"coalition": coalition, "program": program, "status": status}
        if overdue:
            return await _overdue(pool, "funding", [FundingStatus.REPORTING_DUE], "report_due_on", like, after, limit)
        return await _some(pool, "funding", like, after, limit)

    @api.get("/alignments")
    async def alignments(
        coalition: Coalition = None,
        organisation: Participant = None,
        status: AlignmentStatus | None = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Programs of community-based organisations that overlap goals, by id."""
        like = {"coalition": coalition, "organisation": organisation, "status": status}
        return await _some(pool, "alignment", like, after, limit)

    @api.get("/agreements")
    async def agreements(
        coalition: Coalition = None,
        organisation: Participant = None,
        status: AgreementStatus | None = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Agreements with community-based organisations by id; amounts in US cents."""
        like = {"coalition": coalition, "organisation": organisation, "status": status}
        return await _some(pool, "agreement", like, after, limit)
