"""Reads practices with their adoptions, and where those who took them up are; nothing here locks or changes."""

from collections.abc import Iterable, Mapping
from typing import Final

import asyncpg

from services.recruitment.domain.peers.pairing_kind import Pairing
from services.recruitment.domain.practices.practice_kind import Practice
from services.recruitment.domain.practices.spread_kind import Adoptions
from services.recruitment.domain.practices.spreading import Place

_SPREADS: Final = """
    SELECT p.state AS practice, a.state AS adoptions FROM record p
    LEFT JOIN record a ON a.kind = 'practice-spread' AND a.id = p.id
    WHERE p.kind = 'practice' AND p.state ->> 'phase' <> 'DRAFT'
      AND (p.state ->> 'network' = $1 OR p.id = $2) ORDER BY p.id
"""
_PLACES: Final = """
    SELECT id, state ->> 'name' AS name, state ->> 'state' AS state, state ->> 'qin_qio' AS region
    FROM record WHERE kind = 'participant' AND id = ANY ($1::text[]) ORDER BY id
"""
_AGREED: Final = """
    SELECT state FROM record WHERE kind = 'pairing' AND state ->> 'network' = $1 AND state ->> 'agreed_on' IS NOT NULL
    ORDER BY id
"""


async def spreads(
    pool: asyncpg.Pool, *, network: str | None = None, practice: str | None = None
) -> list[tuple[Practice, Adoptions | None]]:
    """Practices that were published or retired, of a network or one by id, with who took them up."""
    return [
        (
            Practice.model_validate_json(row["practice"]),
            None if row["adoptions"] is None else Adoptions.model_validate_json(row["adoptions"]),
        )
        for row in await pool.fetch(_SPREADS, network, practice)
    ]


async def places(pool: asyncpg.Pool, participants: Iterable[str]) -> tuple[Mapping[str, Place], Mapping[str, str]]:
    """Where participants are, and what they are called, by id."""
    rows = await pool.fetch(_PLACES, sorted(set(participants)))
    return (
        {row["id"]: Place(state=row["state"], region=row["region"]) for row in rows},
        {row["id"]: row["name"] for row in rows},
    )


async def pairings(pool: asyncpg.Pool, network: str) -> list[Pairing]:
    """The pairings of a network that both agreed to, also those that are over."""
    return [Pairing.model_validate_json(row["state"]) for row in await pool.fetch(_AGREED, network)]
