"""Questions about peers: what facilities consent to, whom one could learn from, who learns from whom."""

import re
from typing import Annotated, Any, Final

import asyncpg
from fastapi import APIRouter, Query

from services.recruitment.domain.communities.days import today_anywhere
from services.recruitment.domain.networks.topics import TOPICS
from services.recruitment.domain.peers.figures import higher_is_better
from services.recruitment.domain.peers.matching import Match, match
from services.recruitment.domain.peers.pairing_kind import PairingStatus
from services.recruitment.queries import network_work
from services.recruitment.queries.parameters import After, Limit
from services.recruitment.queries.who import inside
from services.recruitment.repository import networks as reading
from services.recruitment.repository import peers
from shared.contracts.recruitment.ids import PARTICIPANT_PATTERN
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.recruitment.peer_terms import PAIRING_PATTERN, PeerScope
from shared.runtime.access import Problem
from shared.runtime.clock import utc_now

_PARTICIPANT: Final = re.compile(PARTICIPANT_PATTERN)
_PAIRING: Final = re.compile(PAIRING_PATTERN)
Participant = Annotated[str | None, Query(pattern=PARTICIPANT_PATTERN, description="A participant's id")]
AfterPairing = Annotated[str | None, Query(pattern=PAIRING_PATTERN, description="The last id of the page before")]


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool, for staff: they tell what single facilities do."""
    api = inside()
    _consents(api, pool)
    _pairings(api, pool)
    _matches(api, pool)
    return api


def _consents(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/peer-consents")
    async def consents(scope: PeerScope | None = None, after: After = None, limit: Limit = 100) -> list[dict[str, Any]]:
        """Consent by participant; ``scope``: of those who ever consented to it."""
        return await reading.some(pool, "peer-consent", {"scopes": {scope.value: []} if scope else None}, after, limit)

    @api.get("/peer-consents/{participant}")
    async def consent(participant: str) -> dict[str, Any]:
        """All consent of one participant by scope; ``until`` is the first day without it."""
        return await network_work.one(pool, "peer-consent", participant, _PARTICIPANT)


def _pairings(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/pairings")
    async def pairings(
        network: network_work.Network = None,
        participant: Participant = None,
        topic: Topic | None = None,
        status: PairingStatus | None = None,
        after: AfterPairing = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Pairings by id; ``participant``: those in which it learns or teaches this time."""
        like: dict[str, object] = {"network": network, "topic": topic, "status": status}
        return await peers.pairings(pool, like, participant, after, limit)

    @api.get("/pairings/{pairing}")
    async def pairing(pairing: str) -> dict[str, Any]:
        """One pairing with its meetings, what came of it, and the times before."""
        return await network_work.one(pool, "pairing", pairing, _PAIRING)


def _matches(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/peer-matches")
    async def matches(
        participant: Annotated[str, Query(pattern=PARTICIPANT_PATTERN, description="Who wants to learn")],
        topic: Topic,
        measure: Annotated[str | None, Query(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 10,
    ) -> dict[str, Any]:
        """Whom a participant could learn from today, the best first, by figures of a measure of the topic.

        Without ``measure``: the topic's first that it has a figure of, or anybody. ``consent`` tells whether it has
        consented to learn; without that, and without the consent of who would teach, nobody is matched.
        """
        measures = TOPICS[topic].facility
        if measure is not None and measure not in measures:
            raise Problem(422, "measure-unknown", f"Measures of the topic: {', '.join(measures) or 'none'}.")
        chosen = measure or await peers.measured(pool, measures, participant)
        chosen = chosen or await peers.measured(pool, measures, None)
        told = {"participant": participant, "topic": topic, "measure": chosen}
        today = today_anywhere(utc_now())
        learners = await peers.peers(pool, chosen or "", today, [participant])
        consent = any(PeerScope.LEARN_FROM_PEERS in one.scopes for one in learners)
        if not consent or chosen is None:
            return {**told, "consent": consent, "teachers": []}
        others = await peers.peers(pool, chosen, today)
        found = match(learners[0], others, higher_is_better=higher_is_better(chosen), limit=limit)
        return {**told, "consent": True, "teachers": [_shown(one) for one in found]}


def _shown(one: Match) -> dict[str, Any]:
    return {
        "participant": one.participant,
        "state": one.state,
        "points": one.points,
        "reasons": [reason.model_dump(mode="json", exclude_none=True) for reason in one.reasons],
        "figures": [figure.model_dump(mode="json") for figure in one.figures],
    }
