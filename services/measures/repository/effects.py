"""What is said of effects, whose are to be looked at again, and the settled figures they are estimated from."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache, partial
from typing import Final, NamedTuple

import asyncpg

from services.measures.domain import evaluation, periods, spread, strata
from services.measures.domain.catalogue import BY_ID
from services.measures.domain.components import named
from services.measures.domain.definitions import Definition
from services.measures.domain.evaluation import Counted, of_stratum
from services.measures.domain.impact_figures import Figures, fitting
from services.measures.repository import rollups

_LOOK: Final = "INSERT INTO effect_due (community) SELECT unnest($1::text[])"
_TAKE: Final = """
    DELETE FROM effect_due WHERE id IN (SELECT id FROM effect_due ORDER BY id LIMIT $1) RETURNING community
"""
_MARK: Final = """
    INSERT INTO effect (intervention, measure) SELECT * FROM unnest($1::text[], $2::text[])
    ON CONFLICT (intervention, measure) DO UPDATE SET waits = true
"""
_MARK_KNOWN: Final = "UPDATE effect SET waits = true WHERE intervention = ANY($1::text[]) AND NOT waits"
_WAITING: Final = """
    SELECT intervention, measure, revision, body FROM effect WHERE waits ORDER BY intervention, measure LIMIT $1
"""
_LEFT: Final = "SELECT (SELECT count(*) FROM effect_due) + (SELECT count(*) FROM effect WHERE waits)"
_SAID: Final = "SELECT intervention, measure, revision, body FROM effect WHERE intervention = $1 ORDER BY measure"
_SAVE: Final = """
    UPDATE effect e SET revision = n.revision, body = n.body, waits = false
    FROM unnest($1::text[], $2::text[], $3::integer[], $4::bytea[]) AS n (intervention, measure, revision, body)
    WHERE e.intervention = n.intervention AND e.measure = n.measure
"""
_SETTLED: Final = """
    SELECT unit, period, numerator, denominator, person_time FROM cell
    WHERE measure = $1 AND unit_type = 'community' AND unit = ANY($2::text[]) AND length(period) = 6
          AND status <> 'PROVISIONAL' AND reason IS NULL
"""
_QUARTERS: Final = """
    SELECT unit, period FROM cell
    WHERE measure = $1 AND unit_type = 'community' AND unit = ANY($2::text[]) AND length(period) = 6
          AND status <> 'PROVISIONAL'
"""
_GAUGE: Final = "hospitalizations"  # how settled a period is does not depend on the measure


class Said(NamedTuple):
    """What was said last of an intervention and a measure; revision 0 and no body: nothing."""

    intervention: str
    measure: str
    revision: int
    body: bytes | None


async def look_again(conn: asyncpg.Connection, communities: Collection[str]) -> None:
    """Have effects looked at that rest on these communities; waits for nobody."""
    if communities:
        await conn.execute(_LOOK, sorted(communities))


async def take(conn: asyncpg.Connection, limit: int) -> set[str]:
    """Take communities that are due out of the table; the caller is the one leader."""
    return {row["community"] for row in await conn.fetch(_TAKE, limit)}


async def mark(conn: asyncpg.Connection, ids: Collection[str], wanted: Collection[tuple[str, str]]) -> None:
    """What was ever said of these interventions is to be looked at, and these interventions and measures."""
    if ids:
        await conn.execute(_MARK_KNOWN, list(ids))
    if wanted:
        await conn.execute(_MARK, *map(list, zip(*sorted(wanted), strict=True)))


async def waiting(conn: asyncpg.Connection, limit: int) -> list[Said]:
    """What is to be looked at, in order."""
    return [Said(*row) for row in await conn.fetch(_WAITING, limit)]


async def left(conn: asyncpg.Connection) -> int:
    """How much is left to be looked at: communities that are due, and effects."""
    found: int = await conn.fetchval(_LEFT)
    return found


async def said(conn: asyncpg.Connection, intervention: str) -> dict[str, Said]:
    """What was said last of an intervention, by measure."""
    return {row["measure"]: Said(*row) for row in await conn.fetch(_SAID, intervention)}


async def save(conn: asyncpg.Connection, found: Sequence[Said]) -> None:
    """Keep what is said now; it waits no longer."""
    if found:
        await conn.execute(_SAVE, *map(list, zip(*found, strict=True)))


async def settled(
    conn: asyncpg.Connection, definition: Definition, stratum: str, units: Collection[str]
) -> dict[str, Figures]:
    """Settled quarters of communities that can be computed, as they were published; of a stratum, or of communities
    that have not declared a measure of another one, from the rollups."""
    found: dict[str, dict[str, Counted]] = {unit: {} for unit in units}
    for unit, period, *numbers in await conn.fetch(_SETTLED, definition.id, sorted(units)):
        found[unit][period] = Counted(*numbers)
    unpublished = set[str]() if definition.id in BY_ID else {unit for unit, own in found.items() if not own}
    for unit, period in await conn.fetch(_QUARTERS, _GAUGE, sorted(unpublished)) if unpublished else ():
        found[unit][period] = Counted(0, 0, 0)
    for unit in found if stratum != strata.ALL else unpublished:
        found[unit] = await _of_stratum(conn, definition, stratum, unit, found[unit])
    return {
        unit: Figures(unit, {period: one for period, one in own.items() if fitting(definition, one)})
        for unit, own in found.items()
    }


async def _of_stratum(
    conn: asyncpg.Connection, definition: Definition, stratum: str, unit: str, wanted: Iterable[str]
) -> dict[str, Counted]:
    belongs = cache(partial(strata.contains, stratum))
    quarters = list(wanted)
    keys = [(spread.COMMUNITY, unit, month) for quarter in quarters for month in periods.months_of(quarter)]
    own = {
        month: named(of_stratum(body, belongs)) for (_, _, month), body in (await rollups.bodies(conn, keys)).items()
    }
    return {
        quarter: evaluation.count(
            definition, [(quarter, own.get(month, {})) for month in periods.months_of(quarter)], lambda _: True
        )
        for quarter in quarters
    }
