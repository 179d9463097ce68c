"""Counts of appeals and confirmed concerns per facility and month, told whenever they change."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import asyncpg

from services.complaints.followups.pending import DISCHARGES, REVIEWS, TERMINATIONS
from shared.contracts.complaints import ACTIVITY, FacilityActivity
from shared.messaging import crash, locks, outbox
from shared.messaging.handling import Emit

crash.declare("activity-counted")

BATCH: Final = 500
_TAKE: Final = """
    DELETE FROM activity_due WHERE (ccn, month) IN (
        SELECT ccn, month FROM activity_due ORDER BY ccn, month LIMIT $1 FOR UPDATE SKIP LOCKED)
    RETURNING ccn, month
"""
# Withdrawn requests count too: that somebody asked is the sign. Months are those of the facility's calendar.
_COUNT: Final = """
    SELECT w.ccn, w.month, max(c.facility_state) AS state, max(c.facility_zip) AS zip_code,
           count(*) FILTER (WHERE c.case_type = ANY($3) AND received = w.month) AS discharge_appeals,
           count(*) FILTER (WHERE c.case_type = ANY($4) AND received = w.month) AS termination_appeals,
           coalesce(sum(c.concerns_confirmed) FILTER (WHERE c.case_type = ANY($5) AND decided = w.month), 0)
               AS concerns_confirmed
    FROM unnest($1::text[], $2::date[]) AS w (ccn, month)
    JOIN case_file AS c ON c.facility_ccn = w.ccn
    CROSS JOIN LATERAL (
        SELECT date_trunc('month', c.received_at AT TIME ZONE c.zone)::date AS received,
               date_trunc('month', c.decided_at AT TIME ZONE c.zone)::date AS decided
    ) AS months
    GROUP BY w.ccn, w.month
    ORDER BY w.ccn, w.month
"""
# Only what differs from what was told is told again.
_KEEP: Final = """
    INSERT INTO activity AS a (ccn, month, state, zip_code, discharge_appeals, termination_appeals, concerns_confirmed)
    SELECT * FROM unnest($1::text[], $2::date[], $3::text[], $4::text[], $5::int[], $6::int[], $7::int[])
    ON CONFLICT (ccn, month) DO UPDATE
    SET state = excluded.state, zip_code = excluded.zip_code, discharge_appeals = excluded.discharge_appeals,
        termination_appeals = excluded.termination_appeals, concerns_confirmed = excluded.concerns_confirmed
    WHERE (a.discharge_appeals, a.termination_appeals, a.concerns_confirmed)
       <> (excluded.discharge_appeals, excluded.termination_appeals, excluded.concerns_confirmed)
    RETURNING ccn, month, state, zip_code, discharge_appeals, termination_appeals, concerns_confirmed
"""


async def tell(conn: asyncpg.Connection, now: dt.datetime) -> int:
    """Count what is due and tell what changed, in one transaction; how many months were counted."""
    async with conn.transaction():
        due = await conn.fetch(_TAKE, BATCH)
        if not due:
            return 0
        # The later of two counts must be the one that stays, whichever process makes it.
        keys = sorted(_key(row["ccn"], row["month"]) for row in due)
        await locks.lock(conn, keys)
        types = [[kind.value for kind in kinds] for kinds in (DISCHARGES, TERMINATIONS, REVIEWS)]
        counted = await conn.fetch(_COUNT, [row["ccn"] for row in due], [row["month"] for row in due], *types)
        changed = await conn.fetch(_KEEP, *_columns(counted)) if counted else []
        await locks.raise_versions(conn, sorted(_key(row["ccn"], row["month"]) for row in changed))
        await outbox.append(conn, [_emit(row) for row in changed], now=now)
        crash.point("activity-counted")
        return len(due)


def _key(ccn: str, month: dt.date) -> str:
    return f"activity:{ccn}:{month:%Y-%m}"


def _emit(row: Any) -> Emit:
    event = FacilityActivity(
        ccn=row["ccn"],
        state=row["state"],
        zip_code=row["zip_code"],
        month=f"{row['month']:%Y-%m}",
        discharge_appeals=row["discharge_appeals"],
        termination_appeals=row["termination_appeals"],
        concerns_confirmed=row["concerns_confirmed"],
    )
    return Emit(ACTIVITY.name, f"{row['ccn']}:{row['month']:%Y-%m}", event)


def _columns(rows: Sequence[Any]) -> list[list[Any]]:
    return [list(column) for column in zip(*(tuple(row) for row in rows), strict=True)]
