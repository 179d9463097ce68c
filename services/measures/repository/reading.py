"""Questions of the read API; each one statement, so that its numbers belong together."""

from collections.abc import Mapping, Sequence
from typing import Final

import asyncpg
import msgspec

from services.measures.domain.components import named
from services.measures.domain.revisions import APART
from services.measures.domain.spread import Amounts, add_amounts

_RESULTS: Final = """
    SELECT measure, specification, unit_type, unit, unit_version, period, 'all' AS stratum, numerator, denominator,
           days_in_period, value, low, high, status, reason, cause, revision, as_of
    FROM cell
    WHERE ($1::text IS NULL OR measure = $1) AND ($2::text IS NULL OR unit_type = $2)
          AND ($3::text IS NULL OR unit = $3) AND ($4::text IS NULL OR period = $4)
    ORDER BY measure, unit_type, unit, period
    LIMIT $5 OFFSET $6
"""
_NATION: Final = """
    SELECT measure, period, value FROM cell
    WHERE unit_type = 'nation' AND value IS NOT NULL AND length(period) = 6
    ORDER BY measure, period
"""
_AUDIT: Final = """
    SELECT (SELECT count(*) FROM beneficiary) AS beneficiaries,
           (SELECT coalesce(sum(claims), 0) FROM beneficiary)::bigint AS claims,
           (SELECT coalesce(sum(care), 0) FROM beneficiary)::bigint AS care,
           (SELECT coalesce(sum(enrolments), 0) FROM beneficiary)::bigint AS enrolment_years,
           (SELECT count(*) FROM delta) AS deltas_waiting,
           (SELECT count(*) FROM community) AS communities,
           (SELECT count(*) FROM community WHERE published < version) AS communities_waiting,
           (SELECT count(*) FROM due) AS quarters_waiting,
           (SELECT count(*) FROM beneficiary
            WHERE release < (SELECT release FROM value_set_release)) AS beneficiaries_waiting,
           (SELECT count(*) FROM cell) AS cells,
           (SELECT coalesce(sum(revision % $1::bigint), 0) FROM cell)::bigint AS results_published,
           (SELECT array_agg(total) FROM rollup WHERE unit_type = 'nation') AS totals
"""
_SUMMED: Final = ("hospitalizations", "rehospitalizations", "impossible_stays")
_total: Final = msgspec.msgpack.Decoder(Amounts).decode


async def results(
    conn: asyncpg.Connection,
    measure: str | None,
    unit_type: str | None,
    unit: str | None,
    period: str | None,
    limit: int,
    offset: int,
) -> Sequence[asyncpg.Record]:
    """Published results in the order of measure, unit, period."""
    return await conn.fetch(_RESULTS, measure, unit_type, unit, period, limit, offset)  # type: ignore[no-any-return]


async def nation(conn: asyncpg.Connection) -> Sequence[asyncpg.Record]:
    """The values of the nation by measure and quarter, in this order."""
    return await conn.fetch(_NATION)  # type: ignore[no-any-return]


async def audit(conn: asyncpg.Connection) -> Mapping[str, int]:
    """What is stored, counted, and the sums over all areas."""
    row = dict(await conn.fetchrow(_AUDIT, APART))
    amounts: Amounts = {}
    for body in row.pop("totals") or ():
        add_amounts(amounts, _total(body).items())
    sums = named(amounts)
    return {**row, **{name: sums.get(name, 0) for name in _SUMMED}, "eligible_days": sums.get("days", 0)}
