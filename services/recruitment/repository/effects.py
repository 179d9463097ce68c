"""Keeps how measures changed with interventions, and reads it beside them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import asyncpg
import orjson

from shared.contracts.effects import EffectEstimated

_SAVE: Final = """
    INSERT INTO intervention_effect AS held (intervention, measure, revision, said)
    SELECT * FROM unnest($1::text[], $2::text[], $3::integer[], $4::jsonb[])
    ON CONFLICT (intervention, measure) DO UPDATE SET revision = excluded.revision, said = excluded.said
    WHERE held.revision < excluded.revision
"""
_OF: Final = """
    SELECT intervention, said FROM intervention_effect WHERE intervention = ANY ($1::text[])
    ORDER BY intervention, measure
"""
# Whose it is stands with the intervention.
_KNOWN: Final = {"intervention", "community"}


async def save(conn: asyncpg.Connection, estimates: Iterable[EffectEstimated]) -> None:
    """Take over the highest revisions; locks the rows in order of their keys in the caller's transaction."""
    newest: dict[tuple[str, str], EffectEstimated] = {}
    for one in estimates:
        known = newest.get((one.intervention, one.measure))
        if known is None or known.revision < one.revision:
            newest[one.intervention, one.measure] = one
    rows = [(*key, one.revision, one.model_dump_json(exclude=_KNOWN)) for key, one in sorted(newest.items())]
    if rows:
        await conn.execute(_SAVE, *map(list, zip(*rows, strict=True)))


async def beside(pool: asyncpg.Pool, interventions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Interventions with the ``effects`` that are said of each, measure by measure; none where nothing is said yet."""
    found: dict[str, list[Any]] = {}
    for row in await pool.fetch(_OF, [one["id"] for one in interventions]):
        found.setdefault(row["intervention"], []).append(orjson.loads(row["said"]))
    return [{**one, "effects": found.get(one["id"], [])} for one in interventions]
