"""Questions to the work items and deadlines: queues, what is missed, what falls due, what others owe. Opens no seal."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import asyncpg

# Two regions: the reader's own, which nobody gets around, and the one asked for.
_QUEUE = """
    SELECT w.case_id, c.case_type, w.state, w.region, c.zone, w.role, w.steps, w.due_at, w.claimed_by, w.claimed_at,
           d.rule_id, d.rule_version, d.citation, d.trigger_at
    FROM work_item AS w JOIN case_file AS c USING (case_id) LEFT JOIN deadline AS d ON d.deadline_id = w.deadline_id
    WHERE w.role IS NOT NULL
      AND ($1::text IS NULL OR w.region = $1) AND ($2::text IS NULL OR w.region = $2)
      AND ($3::text IS NULL OR w.role = $3)
      AND ($4::text IS NULL OR w.claimed_by = $4)
      AND ($5::boolean IS NULL OR (w.claimed_by IS NOT NULL) = $5)
      AND ($6::timestamptz IS NULL OR w.due_at < $6)
    ORDER BY w.due_at NULLS LAST, c.received_at, w.case_id
    LIMIT $7
"""
_COUNTS = """
    SELECT w.role, count(*) AS items, count(*) FILTER (WHERE w.claimed_by IS NULL) AS unclaimed,
           count(*) FILTER (WHERE w.due_at < $1) AS overdue
    FROM work_item AS w WHERE $2::text IS NULL OR w.region = $2 GROUP BY w.role ORDER BY w.role NULLS LAST
"""
_WAITING = """
    SELECT case_id, obligor, is_window, rule_id, rule_version, citation, due_at, zone FROM deadline
    WHERE case_id = ANY($1::uuid[]) AND status = 'PENDING' AND (obligor <> 'QIO' OR is_window)
    ORDER BY case_id, due_at, ordinal
"""
# Acts of the QIO that are due between two instants; what was missed stays missed when the case has ended since.
_OWED = """
    SELECT d.deadline_id, d.case_id, c.case_type, c.state, c.region, c.zone, c.facility_state, d.rule_id,
           d.rule_version, d.citation, d.trigger_at, d.due_at, d.status, d.met_at,
           w.role, w.steps, w.claimed_by, w.claimed_at
    FROM deadline AS d JOIN case_file AS c USING (case_id) LEFT JOIN work_item AS w USING (case_id)
    WHERE d.obligor = 'QIO' AND NOT d.is_window AND d.due_at >= $1 AND d.due_at < $2 AND d.status = ANY($3::text[])
      AND ($4::text IS NULL OR c.region = $4)
    ORDER BY d.due_at, d.case_id, d.ordinal
    LIMIT $5
"""


async def queue(
    conn: asyncpg.Connection,
    *,
    own: str | None,
    region: str | None = None,
    role: str | None = None,
    holder: str | None = None,
    claimed: bool | None = None,
    due_before: dt.datetime | None = None,
    limit: int,
) -> Sequence[Any]:
    """Work items in which it is somebody's turn, soonest due first, those without a time last."""
    rows: Sequence[Any] = await conn.fetch(_QUEUE, own, region, role, holder, claimed, due_before, limit)
    return rows


async def counts(conn: asyncpg.Connection, now: dt.datetime, own: str | None) -> Sequence[Any]:
    """Open cases by role; of role None those that wait for others."""
    rows: Sequence[Any] = await conn.fetch(_COUNTS, now, own)
    return rows


async def waiting_on(conn: asyncpg.Connection, cases: Sequence[UUID]) -> Mapping[UUID, Sequence[Any]]:
    """What others owe in these cases, and which rights are still open, soonest first."""
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in await conn.fetch(_WAITING, cases):
        found[row["case_id"]].append(row)
    return found


async def owed(
    conn: asyncpg.Connection,
    since: dt.datetime,
    until: dt.datetime,
    statuses: Sequence[str],
    own: str | None,
    limit: int,
) -> Sequence[Any]:
    """Acts of the QIO due from ``since`` until just before ``until`` (UTC), soonest first."""
    rows: Sequence[Any] = await conn.fetch(_OWED, since, until, statuses, own, limit)
    return rows
