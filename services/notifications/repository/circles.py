"""Loads circles: contacts by the part they hold and where."""

from collections.abc import Mapping, Sequence
from typing import Final

import asyncpg
import orjson

from services.notifications.domain.circles import Circle, Member, circle_of
from services.notifications.domain.contacts.kinds import CONTACT
from services.notifications.domain.contacts.parts import ANYWHERE
from shared.records.kinds import Record

# Holds that ended are found as well: who holds a part on a day, the rules ask (domain/circles.py).
_HOLDERS: Final = """
    SELECT wanted.id, r.state FROM unnest($2::text[], $3::jsonb[]) AS wanted (id, hold)
    JOIN record r ON r.kind = $1 AND r.state @> wanted.hold
    ORDER BY wanted.id, r.id
"""


async def load(conn: asyncpg.Connection, ids: Sequence[str]) -> Mapping[str, Record]:
    """Each circle that is asked for, empty ones too; raises ValueError for an id that names no part."""
    rows = await conn.fetch(_HOLDERS, CONTACT.name, list(ids), [_hold(one) for one in ids])
    members: dict[str, list[Member]] = {one: [] for one in ids}
    known: dict[str, Member | None] = {}
    for row in rows:
        text = row["state"]
        if text not in known:  # who holds several parts is read once
            contact = CONTACT.state.model_validate_json(text)
            known[text] = Member(id=contact.id, facts=contact.facts) if contact.facts else None
        if member := known[text]:
            members[row["id"]].append(member)
    return {one: Circle(members=tuple(found)) for one, found in members.items()}


def _hold(identifier: str) -> str:
    part, place = circle_of(identifier)
    hold = {"part": part} if place == ANYWHERE else {"part": part, "place": place}
    return orjson.dumps({"facts": {"holds": [hold]}}).decode()
