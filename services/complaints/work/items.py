"""Keeps the work items of cases: one row for each open case, written in the transaction that saves the case."""

from collections.abc import Sequence
from typing import Any

import asyncpg

from services.complaints.domain import procedures
from services.complaints.domain.case import Case
from services.complaints.domain.reckoned import Desk
from services.complaints.domain.work.turn import turn

# What did not change is not written; a claim stays only while it is the same role's turn.
_FOLLOW = """
    INSERT INTO work_item AS w (case_id, role, region, state, steps, deadline_id, due_at)
    SELECT case_id, role, region, state, string_to_array(steps, ','), deadline_id, due_at
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::timestamptz[])
         AS n (case_id, role, region, state, steps, deadline_id, due_at)
    ON CONFLICT (case_id) DO UPDATE
    SET role = excluded.role, region = excluded.region, state = excluded.state, steps = excluded.steps,
        deadline_id = excluded.deadline_id, due_at = excluded.due_at,
        claimed_by = CASE WHEN w.role = excluded.role THEN w.claimed_by END,
        claimed_at = CASE WHEN w.role = excluded.role THEN w.claimed_at END
    WHERE (w.role, w.region, w.state, w.steps, w.deadline_id) IS DISTINCT FROM
          (excluded.role, excluded.region, excluded.state, excluded.steps, excluded.deadline_id)
"""
_END = "DELETE FROM work_item WHERE case_id = ANY($1::uuid[])"


async def follow(conn: asyncpg.Connection, cases: Sequence[Case], desk: Desk) -> None:
    """Bring the work items of cases just saved up to date; the caller holds their heads. Ended cases have none."""
    ended = [case.id for case in cases if procedures.of(case.type).terminal(case.state)]
    rows = [_row(case, desk) for case in cases if not procedures.of(case.type).terminal(case.state)]
    if rows:
        await conn.execute(_FOLLOW, *map(list, zip(*rows, strict=True)))
    if ended:
        await conn.execute(_END, ended)


def _row(case: Case, desk: Desk) -> tuple[Any, ...]:
    role, steps, due = turn(case, desk)
    return (
        case.id,
        None if role is None else role.value,
        case.facility.region,
        case.state,
        ",".join(steps),
        None if due is None else due.id,
        None if due is None else due.due_at,
    )
