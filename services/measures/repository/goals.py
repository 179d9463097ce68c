"""Which goals communities were said to have reached, and how their measures stand."""

from collections.abc import Collection, Sequence
from typing import Final

import asyncpg

from services.measures.domain import evaluation
from services.measures.domain.attainment import Standing
from services.measures.domain.catalogue import BY_ID
from services.measures.domain.evaluation import Counted
from services.measures.domain.statuses import Status

_STANDINGS: Final = """
    SELECT unit, measure, period, specification, unit_version, numerator, denominator, person_time, status, reason
    FROM cell
    WHERE unit_type = 'community' AND unit = ANY($1::text[]) AND measure = ANY($2::text[]) AND length(period) = 8
"""
_SAID: Final = "SELECT goal, community, period FROM goal_reached WHERE community = ANY($1::text[])"
_SAVE: Final = """
    INSERT INTO goal_reached (goal, community, period) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])
    ON CONFLICT (goal, community) DO UPDATE SET period = excluded.period
"""
_REMOVE: Final = """
    DELETE FROM goal_reached g USING unnest($1::text[], $2::text[]) AS w (goal, community)
    WHERE g.goal = w.goal AND g.community = w.community
"""


async def standings(
    conn: asyncpg.Connection, communities: Collection[str], measures: Collection[str]
) -> dict[tuple[str, str], list[Standing]]:
    """Four-quarter results by (community, measure), with exact values."""
    found: dict[tuple[str, str], list[Standing]] = {}
    for row in await conn.fetch(_STANDINGS, list(communities), list(measures)):
        counted = Counted(row["numerator"], row["denominator"], row["person_time"], row["reason"])
        standing = Standing(
            row["period"],
            f"{row['unit']}@{row['unit_version']}/{row['specification']}",
            Status(row["status"]),
            evaluation.value(BY_ID[row["measure"]], counted),
        )
        found.setdefault((row["unit"], row["measure"]), []).append(standing)
    return found


async def said(conn: asyncpg.Connection, communities: Collection[str]) -> dict[tuple[str, str], str]:
    """The period in which a goal was said to be reached, by (goal, community)."""
    rows = await conn.fetch(_SAID, list(communities))
    return {(goal, community): period for goal, community, period in rows}


async def save(
    conn: asyncpg.Connection, reached: Sequence[tuple[str, str, str]], withdrawn: Sequence[tuple[str, str]]
) -> None:
    """Keep what is said: (goal, community, period) reached, (goal, community) withdrawn and not reached again."""
    if reached:
        await conn.execute(_SAVE, *map(list, zip(*reached, strict=True)))
    if withdrawn:
        await conn.execute(_REMOVE, *map(list, zip(*withdrawn, strict=True)))
