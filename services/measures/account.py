"""What the service holds of what it was told, and what it has still to do: for the loss audit and whoever waits."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

import asyncpg

from services.measures import activity_publisher
from services.measures.domain.kinds import KINDS
from services.measures.handlers.panels import FEEDS
from services.measures.repository import declared, effects, figures, panels, reading
from shared.contracts.feeds import CARE, CLAIMS, ENROLMENT

_WAITING: Final = ("deltas", "communities", "quarters", "beneficiaries")
_SOME: Final = 1000


async def kept(conn: asyncpg.Connection) -> Mapping[str, int]:
    """Distinct natural keys held, by topic; cancelled ones included."""
    counted = await reading.audit(conn)
    facts = await panels.facts(conn)
    people = {ENROLMENT.name: "enrolment_years", CLAIMS.name: "claims", CARE.name: "care"}
    of_people = {topic: counted[what] for topic, what in people.items()}
    return of_people | {topic.name: facts.get(kind.name, 0) for kind, topic, _ in FEEDS}


async def backlog(conn: asyncpg.Connection, today: dt.date) -> int:
    """What is to be folded, counted anew, published, settled or estimated; 0 when nothing follows by itself today."""
    counted = await reading.audit(conn)
    return (
        sum(counted[f"{what}_waiting"] for what in _WAITING)
        + len(await declared.unpublished(conn, _SOME))
        + await panels.waiting(conn, {kind.name: kind.rules for kind in KINDS}, today)
        + await figures.to_settle(conn, today)
        + await activity_publisher.left(conn)
        + await effects.left(conn)
    )
