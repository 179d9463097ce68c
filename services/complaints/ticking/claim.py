"""Finds cases of which a clock has something to say, and takes them for this transaction."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from services.complaints.domain.deadlines import Deadline, Status
from shared.contracts.complaints import Obligor

# The case before its deadlines, as handlers do. Nothing is waited for, so the order of taking cannot close a circle,
# and a second ticker goes on to what the first has left. ``$3`` parts the two kinds of work so that the slow does not
# hold up the quick; what is really to be done with a clock, only the domain says.
_CLAIM = """
    SELECT d.case_id FROM deadline AS d JOIN heads AS h ON h.key = 'case:' || d.case_id::text
    WHERE d.status = 'PENDING' AND d.next_fire_at <= $1 AND (d.wakes AND d.due_at < $1) = $3
    ORDER BY d.next_fire_at, d.case_id LIMIT $2 FOR UPDATE OF h SKIP LOCKED
"""
# Read after the claim: what another ticker or a handler did before it let go of the case is seen.
_DUE = """
    SELECT deadline_id, rule_id, rule_version, citation, obligor, is_window, trigger, trigger_at, due_at, zone,
           warned, wakes, announced, case_id, next_fire_at
    FROM deadline WHERE case_id = ANY($1::uuid[]) AND status = 'PENDING' AND next_fire_at <= $2
    ORDER BY case_id, ordinal
"""


class Due(NamedTuple):
    """A clock with something to say, its case, and since when it has (UTC)."""

    case_id: UUID
    deadline: Deadline
    since: dt.datetime


async def claim(conn: asyncpg.Connection, now: dt.datetime, limit: int, *, wakes: bool) -> list[Due]:
    """What is due at ``now`` of up to ``limit`` cases nobody holds, oldest first; their heads are locked until commit.

    ``wakes``: cases with a clock whose end they decide themselves, or all others. Within a case the clocks come in
    the order they were set.
    """
    cases = {row["case_id"] for row in await conn.fetch(_CLAIM, now, limit, wakes)}
    return await due(conn, sorted(cases), now) if cases else []


async def due(conn: asyncpg.Connection, cases: Sequence[UUID], now: dt.datetime) -> list[Due]:
    """The clocks of these cases that have something to say at ``now``."""
    return [_due(row) for row in await conn.fetch(_DUE, cases, now)]


def _due(row: Any) -> Due:
    (
        deadline_id, rule_id, rule_version, citation, obligor, window, trigger, trigger_at, due_at, zone,
        warned, wakes, announced, case_id, since,
    ) = row  # fmt: skip
    deadline = Deadline(
        id=deadline_id,
        rule_id=rule_id,
        rule_version=rule_version,
        citation=citation,
        obligor=Obligor(obligor),
        window=window,
        trigger=trigger,
        trigger_at=trigger_at,
        due_at=due_at,
        zone=zone,
        status=Status.PENDING,
        warned=warned,
        wakes=wakes,
        announced=announced,
    )
    return Due(case_id, deadline, since)
