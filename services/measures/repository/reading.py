"""Questions of the read API; each one statement, so that its numbers belong together."""

from collections.abc import Sequence

import asyncpg

_RESULTS = """
    SELECT measure, specification, unit, unit_version, period, stratum, numerator, eligible_days, days_in_period,
           value, status, revision, as_of
    FROM cell
    WHERE ($1::text IS NULL OR measure = $1) AND ($2::text IS NULL OR unit = $2) AND ($3::text IS NULL OR period = $3)
    ORDER BY measure, unit, period, stratum
    LIMIT $4 OFFSET $5
"""
_TOTALS = """
    SELECT measure, period, sum(numerator)::bigint AS numerator, sum(eligible_days)::bigint AS eligible_days,
           max(days_in_period) AS days_in_period
    FROM cell WHERE stratum = 'all'
    GROUP BY measure, period
    ORDER BY measure, period
"""
_AUDIT = """
    SELECT (SELECT count(*) FROM beneficiary) AS beneficiaries,
           (SELECT coalesce(sum(claims), 0) FROM beneficiary)::bigint AS claims,
           (SELECT coalesce(sum(enrolments), 0) FROM beneficiary)::bigint AS enrolment_years,
           (SELECT count(*) FROM delta) AS deltas_waiting,
           (SELECT count(*) FROM community) AS communities,
           (SELECT count(*) FROM community WHERE published < version) AS communities_waiting,
           (SELECT count(*) FROM cell) AS cells,
           (SELECT coalesce(sum(revision), 0) FROM cell)::bigint AS results_published,
           (SELECT coalesce(sum(hospitalizations), 0) FROM rollup)::bigint AS hospitalizations,
           (SELECT coalesce(sum(rehospitalizations), 0) FROM rollup)::bigint AS rehospitalizations,
           (SELECT coalesce(sum(impossible_stays), 0) FROM rollup)::bigint AS impossible_stays,
           (SELECT coalesce(sum(eligible_days), 0) FROM rollup)::bigint AS eligible_days
"""


async def results(
    conn: asyncpg.Connection, measure: str | None, unit: str | None, period: str | None, limit: int, offset: int
) -> Sequence[asyncpg.Record]:
    """Published results in the order of measure, unit, period."""
    return await conn.fetch(_RESULTS, measure, unit, period, limit, offset)  # type: ignore[no-any-return]


async def totals(conn: asyncpg.Connection) -> Sequence[asyncpg.Record]:
    """Sums over all communities by measure and quarter."""
    return await conn.fetch(_TOTALS)  # type: ignore[no-any-return]


async def audit(conn: asyncpg.Connection) -> asyncpg.Record:
    """What is stored, counted."""
    return await conn.fetchrow(_AUDIT)
