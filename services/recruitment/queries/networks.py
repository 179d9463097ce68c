"""Questions about learning networks: what they are, their cohorts, packages, partners, care teams, programs."""

import datetime as dt
import re
from typing import Annotated, Any, Final

import asyncpg
from fastapi import APIRouter, Query

from services.recruitment.domain.networks.contributing import ContributionStatus
from services.recruitment.domain.networks.known import KNOWN
from services.recruitment.domain.networks.partners import PARTNERS
from services.recruitment.domain.networks.state import Cohort, Phase
from services.recruitment.domain.networks.topics import TOPICS
from services.recruitment.queries import network_work
from services.recruitment.queries.parameters import Limit
from services.recruitment.queries.who import inside
from services.recruitment.repository import networks as reading
from shared.contracts.recruitment.contributions import ContributionKind
from shared.contracts.recruitment.learning_networks import NetworkKind
from shared.contracts.recruitment.learning_terms import Topic
from shared.runtime.access import Problem
from shared.runtime.clock import utc_now

_NAME: Final = r"^[a-z0-9][a-z0-9-]{1,59}$"
_COHORT: Final = r"^[a-z0-9][a-z0-9-]{1,59}\.c[1-9][0-9]{0,2}$"
Network = Annotated[str | None, Query(pattern=_NAME, description="The network's id")]
Participant = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z:-]{6,70}$", description="A participant's id")]
AfterCohort = Annotated[str | None, Query(pattern=_COHORT, description="The last id of the page before")]


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool; who is in what, and contributed what, is for staff."""
    api, staff = APIRouter(), inside()
    _published(api)
    _networks(api, pool)
    _packages(api, pool)
    _cohorts(staff, pool)
    _contributions(staff, pool)
    network_work.add_to(staff, pool)
    api.include_router(staff)
    return api


def _published(api: APIRouter) -> None:
    @api.get("/known-networks")
    async def known_networks() -> list[dict[str, Any]]:
        """The networks that the program names, with their sources."""
        return [
            {
                "id": one.id,
                "name": one.name,
                "kind": one.kind,
                "collaborative": one.collaborative,
                "tasks": list(one.tasks),
                "topics": list(one.topics),
                "settings": list(one.settings),
                "conditions": list(one.conditions),
                "source": one.source,
            }
            for one in KNOWN.values()
        ]

    @api.get("/learning-topics")
    async def learning_topics() -> list[dict[str, Any]]:
        """What networks work on, and the measures that show it; ``missing`` says why there are none."""
        return [
            {
                "topic": one.topic,
                "words": one.words,
                "facility_measures": list(one.facility),
                "community_measures": list(one.community),
                "missing": one.missing or None,
                "source": one.source,
            }
            for one in TOPICS.values()
        ]

    @api.get("/national-partners")
    async def national_partners() -> list[dict[str, Any]]:
        """The national partners, and what each is known to contribute."""
        return [
            {"id": one.id, "name": one.name, "offers": list(one.offers), "about": one.about, "source": one.source}
            for one in PARTNERS.values()
        ]


def _networks(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/learning-networks")
    async def learning_networks(
        kind: NetworkKind | None = None,
        phase: Phase | None = None,
        topic: Topic | None = None,
        collaborative: Annotated[str | None, Query(pattern=r"^[A-Z][A-Z0-9-]{1,39}$")] = None,
        after: Network = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Networks by id; no states: all of them, no settings: every one, or those of the collaborative."""
        like = {"kind": kind, "phase": phase, "collaborative": collaborative, "topics": [topic] if topic else None}
        return await reading.some(pool, "network", like, after, limit)

    @api.get("/learning-networks/{network}")
    async def learning_network(network: str) -> dict[str, Any]:
        """One network with its cohorts and the measures that show its topics."""
        found = await _one(pool, "network", network, _NAME)
        today = utc_now().date()
        cohorts = [_short(one, today) for one in await reading.some(pool, "cohort", {"network": network}, None, 1_000)]
        shown = [TOPICS[Topic(one)] for one in found["topics"]]
        measures = {one.topic.value: [*one.facility, *one.community] for one in shown}
        return {**found, "cohorts": cohorts, "measures": measures}


def _cohorts(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/cohorts")
    async def cohorts(
        network: Network = None,
        phase: Phase | None = None,
        participant: Participant = None,
        after: AfterCohort = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Cohorts by id with how many are in them today (UTC); ``participant``: those it is or was in."""
        like: dict[str, object] = {"network": network, "phase": phase}
        like["members"] = {participant: []} if participant else None
        today = utc_now().date()
        return [_short(one, today) for one in await reading.some(pool, "cohort", like, after, limit)]

    @api.get("/cohorts/{cohort}")
    async def cohort(cohort: str) -> dict[str, Any]:
        """One cohort with all who are or were in it, and by name and state who is in it today (UTC)."""
        found = await _one(pool, "cohort", cohort, _COHORT)
        held, today = Cohort.model_validate(found), utc_now().date()
        names = await reading.named(pool, list(held.present(today)))
        roster = [{**one, "role": held.role_of(one["participant"], today)} for one in names]
        return {**found, "roster": roster}


def _packages(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/change-packages/{network}")
    async def change_package(
        network: str, version: Annotated[int | None, Query(ge=1, description="The latest when left out")] = None
    ) -> dict[str, Any]:
        """A version of a network's change package, and the days of all versions."""
        found = await _one(pool, "change-package", network, _NAME)
        versions = found["versions"]
        if version is not None and version > len(versions):
            raise Problem(404, "version-unknown", f"There are {len(versions)} versions.")
        days = {str(one["version"]): one["published_on"] for one in versions}
        return {"network": network, **versions[(version or len(versions)) - 1], "versions": days}


def _contributions(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/contributions")
    async def contributions(
        network: Network = None,
        contributor: Annotated[str | None, Query(pattern=r"^[0-9A-Za-z:-]{8,80}$")] = None,
        kind: ContributionKind | None = None,
        status: ContributionStatus | None = None,
        after: network_work.After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """What was contributed, by id."""
        like = {"network": network, "contributor": contributor, "kind": kind, "status": status}
        return await reading.some(pool, "contribution", like, after, limit)


async def _one(pool: asyncpg.Pool, kind: str, identifier: str, pattern: str) -> dict[str, Any]:
    return await network_work.one(pool, kind, identifier, re.compile(pattern))


def _short(state: dict[str, Any], today: dt.date) -> dict[str, Any]:
    held = Cohort.model_validate(state)
    short = {name: value for name, value in state.items() if name != "members"}
    return {**short, "works_on": held.works_on(today), "present": sum(1 for _ in held.present(today))}
