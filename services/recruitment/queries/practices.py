"""Questions about tests of change, practices and how they spread."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final

import asyncpg
from fastapi import APIRouter, Query

from services.recruitment.domain.practices.practice_kind import PracticePhase
from services.recruitment.domain.practices.spreading import Link, Place, Spread, lessons, spread
from services.recruitment.domain.practices.testing_state import TestPhase
from services.recruitment.queries.network_work import After, Network, Participant, one
from services.recruitment.queries.parameters import Limit
from services.recruitment.queries.who import inside
from services.recruitment.repository import networks as reading
from services.recruitment.repository import practices as repository
from shared.contracts.recruitment.learning_terms import Topic
from shared.runtime.access import Problem

_ID: Final = re.compile(r"^[a-z0-9][a-z0-9-]{1,59}\.[0-9a-f]{12}$")
_NETWORK: Final = re.compile(r"^[a-z0-9][a-z0-9-]{1,59}$")
# How long it took to so many adopters is told.
MILESTONES: Final = (2, 5, 10, 25, 50, 100, 250)


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool, for staff: they tell what single facilities do."""
    api = inside()
    _tests(api, pool)
    _practices(api, pool)
    _spread(api, pool)
    return api


def _tests(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/change-tests")
    async def change_tests(
        network: Network = None,
        cohort: Annotated[str | None, Query(pattern=r"^[a-z0-9][a-z0-9-]{1,59}\.c[1-9][0-9]{0,2}$")] = None,
        participant: Participant = None,
        topic: Topic | None = None,
        phase: TestPhase | None = None,
        shared: bool | None = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Tests of change by id; ``shared``: those their participants want, or do not want, told in the network."""
        like = {"network": network, "cohort": cohort, "participant": participant, "topic": topic}
        return await reading.some(pool, "change-test", {**like, "phase": phase, "shared": shared}, after, limit)

    @api.get("/change-tests/{test}")
    async def change_test(test: str) -> dict[str, Any]:
        """One test of change with its cycles and corrections."""
        return await one(pool, "change-test", test, _ID)


def _practices(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/practices")
    async def practices(
        network: Network = None,
        phase: PracticePhase | None = None,
        origin: Participant = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Practices by id, with what is being written and the version that holds."""
        like: dict[str, object] = {"network": network, "phase": phase}
        like["origin"] = {"participant": origin} if origin else None
        return [short(found) for found in await reading.some(pool, "practice", like, after, limit)]

    @api.get("/practices/{practice}")
    async def practice(practice: str) -> dict[str, Any]:
        """One practice with all its versions, and who was written to about it."""
        return await one(pool, "practice", practice, _ID)


def short(found: dict[str, Any]) -> dict[str, Any]:
    """A practice (its state as JSON) as lists show it."""
    kept = {name: value for name, value in found.items() if name not in ("versions", "draft", "told")}
    latest = found["versions"][-1] if found["versions"] else None
    content = (latest or found["draft"])["content"]
    return {**kept, "version": latest and latest["version"], "told": len(found["told"]), **content}


def _spread(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/practices/{practice}/spread")
    async def practice_spread(practice: str) -> dict[str, Any]:
        """How a practice spread: who took it up after hearing from whom, generations, time, states and regions.

        ``days_to`` has the days from the first adopter to so many, where there are so many.
        """
        found = await repository.spreads(pool, practice=practice) if _ID.fullmatch(practice) else []
        if not found:
            raise Problem(404, "practice-unknown", "There is no such practice, or it was never published.")
        ((held, adoptions),) = found
        bare = spread(held, adoptions, {})
        places, names = await repository.places(pool, (link.participant for link in bare.links))
        return {"title": held.content().title, **told(spread(held, adoptions, places), places, names)}

    @api.get("/learning-networks/{network}/lessons")
    async def network_lessons(network: str) -> dict[str, Any]:
        """Who learned from whom in a network: by its practices, and in pairings that both agreed to."""
        found = await repository.spreads(pool, network=network) if _NETWORK.fullmatch(network) else []
        pairings = await repository.pairings(pool, network) if _NETWORK.fullmatch(network) else []
        taught = lessons(spread(practice, adoptions, {}) for practice, adoptions in found)
        both = [(one.teacher, one.learner) for one in taught] + [(one.teacher, one.learner) for one in pairings]
        places, names = await repository.places(pool, (name for pair in both for name in pair))
        return {
            "network": network,
            "lessons": [
                {"teacher": one.teacher, "learner": one.learner, "practices": list(one.practices), "since": one.since}
                for one in taught
            ],
            "pairings": [
                {"teacher": one.teacher, "learner": one.learner, "pairing": one.id, "agreed_on": one.agreed_on}
                for one in pairings
            ],
            "participants": _where(places, names),
        }


def told(found: Spread, places: Mapping[str, Place], names: Mapping[str, str]) -> dict[str, Any]:
    """How a practice spread, as it is answered."""
    adopters = found.adopters()
    days = {str(many): taken for many in MILESTONES if (taken := found.days_to(many)) is not None}
    return {
        "practice": found.practice,
        "first": {"participant": adopters[0][1], "on": adopters[0][0]} if adopters else None,
        "adopters": len(adopters),
        "now": dict(found.now()),
        "generations": [len(one) for one in found.generations()],
        "days_to": days,
        "states": dict(found.states),
        "regions": dict(found.regions),
        "links": [_link(one) for one in found.links],
        "participants": _where(places, names),
    }


def _link(link: Link) -> dict[str, Any]:
    return {name: getattr(link, name) for name in Link.__slots__}


def _where(places: Mapping[str, Place], names: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {one: {"name": names[one], "state": place.state, "region": place.region} for one, place in places.items()}
