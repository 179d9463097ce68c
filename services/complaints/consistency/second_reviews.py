"""Second reviews in the database: which cases were drawn, what both reviewers decided without seeing each other."""

import datetime as dt
from collections.abc import Mapping
from typing import Final, NamedTuple
from uuid import UUID

import asyncpg

from services.complaints.domain.consistency.second_review import Decided, Why

_DRAW: Final = """
    INSERT INTO second_review
        (case_id, case_type, reviewer_group, month, why, drawn_at, first_reviewer, first_outcome)
    SELECT case_id, case_type, reviewer_group, month, why, $8, first_reviewer, first_outcome
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::date[], $5::text[], $6::uuid[], $7::text[])
        AS s (case_id, case_type, reviewer_group, month, why, first_reviewer, first_outcome)
    ORDER BY case_id
    ON CONFLICT (case_id) DO NOTHING
"""
_ANSWER: Final = """
    UPDATE second_review SET (second_reviewer, second_outcome, reviewed_at) = ($2, $3, $4)
    WHERE case_id = $1 AND second_outcome IS NULL AND first_reviewer <> $2
"""
_PAIRS: Final = """
    SELECT r.first_outcome, r.second_outcome, count(*) AS cases
    FROM second_review AS r JOIN case_file AS f USING (case_id)
    WHERE r.second_outcome IS NOT NULL AND r.case_type = $1 AND r.month BETWEEN $2 AND $3
      AND ($4::text IS NULL OR r.reviewer_group = $4) AND ($5::text IS NULL OR f.region = $5)
      AND (r.why = 'SHARE' OR NOT $6)
    GROUP BY 1, 2 ORDER BY 1, 2
"""


class FirstDecision(NamedTuple):
    """A drawn case with the decision to be repeated."""

    decided: Decided
    why: Why
    reviewer: UUID
    outcome: str


async def keep_drawn(conn: asyncpg.Connection, drawn: list[FirstDecision], now: dt.datetime) -> None:
    """Keep what was drawn; a case drawn before stays as it was."""
    if not drawn:
        return
    rows = [(d.decided.case_id, *d.decided.stratum, d.why, d.reviewer, d.outcome) for d in drawn]
    await conn.execute(_DRAW, *map(list, zip(*rows, strict=True)), now)


async def answer(conn: asyncpg.Connection, case_id: UUID, reviewer: UUID, outcome: str, at: dt.datetime) -> bool:
    """Keep the second decision; False if the case was not drawn, has one, or this reviewer made the first."""
    status: str = await conn.execute(_ANSWER, case_id, reviewer, outcome, at)
    return status == "UPDATE 1"


async def pairs(
    conn: asyncpg.Connection,
    case_type: str,
    months: tuple[dt.date, dt.date],
    *,
    reviewer_group: str | None = None,
    region: str | None = None,
    share_only: bool = False,
) -> Mapping[tuple[str, str], int]:
    """How often which first outcome met which second one; ``share_only`` leaves out cases drawn for the minimum."""
    rows = await conn.fetch(_PAIRS, case_type, *months, reviewer_group, region, share_only)
    return {(first, second): cases for first, second, cases in rows}
