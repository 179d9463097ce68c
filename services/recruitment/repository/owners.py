"""Owners and chains in PostgreSQL, as questions need them; every answer is of a day."""

import datetime as dt
from typing import Any, Final

import asyncpg
import orjson

# Whom an owner (o) belongs to and whose a participant (p) is on the day $1.
PARENT: Final = """(
    SELECT step.value FROM jsonb_each_text(o.state -> 'parents') AS step
    WHERE step.key <= $1 ORDER BY step.key DESC LIMIT 1
)"""
OWNED: Final = """(
    SELECT step.value FROM jsonb_each_text(p.state -> 'owners') AS step
    WHERE step.key <= $1 ORDER BY step.key DESC LIMIT 1
)"""
# Every owner with the one at the top of its chain, found from the top down: a chain has no circles.
_TOPS: Final = f"""
    WITH RECURSIVE owner_on AS (
        SELECT o.id, o.state ->> 'name' AS name, {PARENT} AS parent FROM record o WHERE o.kind = 'owner'
    ), placed AS (
        SELECT id, name, parent, id AS top, 0 AS depth FROM owner_on WHERE parent IS NULL
        UNION ALL
        SELECT o.id, o.name, o.parent, p.top, p.depth + 1 FROM owner_on o JOIN placed p ON o.parent = p.id
    ), owned AS (
        SELECT {OWNED} AS owner, p.state ->> 'state' AS state FROM record p
        WHERE p.kind = 'participant' AND p.state -> 'owners' <> '{{}}' AND p.state ->> 'merged_into' IS NULL
          AND coalesce(p.state ->> 'closed_on' > $1, true)
    )
"""  # noqa: S608 - made of constants of this module
_OWNERS: Final = f"""{_TOPS}
    SELECT id AS owner, name, parent, top, depth, (SELECT count(*) FROM owned WHERE owner = placed.id) AS participants
    FROM placed WHERE $2::text IS NULL OR id > $2 ORDER BY id LIMIT $3
"""  # noqa: S608 - made of constants of this module
_CHAINS: Final = f"""{_TOPS}, chains AS (
    SELECT t.id AS chain, t.name, count(DISTINCT p.id) AS owners, count(w.owner) AS participants,
           count(DISTINCT w.state) AS states
    FROM placed t JOIN placed p ON p.top = t.id LEFT JOIN owned w ON w.owner = p.id
    WHERE t.depth = 0
    GROUP BY t.id, t.name HAVING count(w.owner) >= $2
    )
    SELECT chain, name, owners, participants, states FROM chains
    WHERE $3::text IS NULL OR (-participants, chain) > (SELECT -participants, chain FROM chains WHERE chain = $3)
    ORDER BY -participants, chain LIMIT $4
"""  # noqa: S608 - made of constants of this module
_ABOVE: Final = f"""
    WITH RECURSIVE chain AS (
        SELECT o.id, o.state ->> 'name' AS name, {PARENT} AS parent, 0 AS depth
        FROM record o WHERE o.kind = 'owner' AND o.id = $2
        UNION ALL
        SELECT o.id, o.state ->> 'name', {PARENT}, c.depth + 1
        FROM chain c JOIN record o ON o.kind = 'owner' AND o.id = c.parent
    )
    SELECT id AS owner, name FROM chain ORDER BY depth
"""  # noqa: S608 - made of constants of this module
_HISTORY: Final = "SELECT state -> 'owners' FROM record WHERE kind = 'participant' AND id = $1"


async def owners(pool: asyncpg.Pool, on: dt.date, after: str | None, limit: int) -> list[dict[str, Any]]:
    """Owners by id, each with whom it belongs to, the top of its chain and how many participants are its own."""
    return [dict(row) for row in await pool.fetch(_OWNERS, on.isoformat(), after, limit)]


async def chains(pool: asyncpg.Pool, on: dt.date, least: int, after: str | None, limit: int) -> list[dict[str, Any]]:
    """Owners that belong to nobody, with what is theirs through others too; the largest first."""
    return [dict(row) for row in await pool.fetch(_CHAINS, on.isoformat(), least, after, limit)]


async def owned_by(pool: asyncpg.Pool, participant: str, on: dt.date) -> dict[str, Any] | None:
    """Who owned a participant from when on (the earliest first), and the chain of its owner on a day.

    None when there is no such participant.
    """
    history = await pool.fetchval(_HISTORY, participant)
    if history is None:
        return None
    steps: dict[str, str | None] = orjson.loads(history)
    holding = [owner for since, owner in sorted(steps.items()) if since <= on.isoformat()]
    chain = await pool.fetch(_ABOVE, on.isoformat(), holding[-1]) if holding and holding[-1] else []
    return {
        "participant": participant,
        "history": [{"since": since, "owner": owner} for since, owner in sorted(steps.items())],
        "on": on.isoformat(),
        "chain": [dict(row) for row in chain],
    }
