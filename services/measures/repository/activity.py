"""Counts of appeals and confirmed concerns by facility and month, and their sums by community."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import asyncpg

from services.measures.repository import activity_due
from services.measures.repository.activity_due import Due, What
from shared.contracts.complaints import FacilityActivity

PREFIX: Final = "activity:"
_SAVE: Final = """
    INSERT INTO facility_activity
        (ccn, month, state, zip_code, discharge_appeals, termination_appeals, concerns_confirmed)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::int[], $7::int[])
    ON CONFLICT (ccn, month) DO UPDATE
    SET state = excluded.state, zip_code = excluded.zip_code, discharge_appeals = excluded.discharge_appeals,
        termination_appeals = excluded.termination_appeals, concerns_confirmed = excluded.concerns_confirmed
"""
_ZIPS: Final = """
    SELECT DISTINCT f.zip_code FROM unnest($1::text[], $2::text[]) AS w (ccn, month)
    JOIN facility_activity AS f ON f.ccn = w.ccn AND f.month = w.month WHERE f.zip_code IS NOT NULL
"""
_FACILITIES: Final = """
    SELECT ccn AS unit, month, discharge_appeals, termination_appeals, concerns_confirmed FROM facility_activity
    WHERE ($1::text IS NULL OR ccn = $1) AND ($2::text IS NULL OR month >= $2) AND ($3::text IS NULL OR month <= $3)
    ORDER BY ccn, month LIMIT $4
"""
_COMMUNITIES: Final = """
    SELECT a.community AS unit, f.month, sum(f.discharge_appeals)::int AS discharge_appeals,
           sum(f.termination_appeals)::int AS termination_appeals, sum(f.concerns_confirmed)::int AS concerns_confirmed
    FROM facility_activity AS f JOIN community_area AS a ON a.area = 'zip:' || f.zip_code
    WHERE ($1::text IS NULL OR a.community = $1) AND ($2::text IS NULL OR f.month >= $2)
      AND ($3::text IS NULL OR f.month <= $3)
    GROUP BY a.community, f.month ORDER BY a.community, f.month LIMIT $4
"""


class ActivityStore:
    """Saves counts for the message path, keyed ``activity:<ccn>:<month>``; nothing is decided from what was there."""

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, FacilityActivity]:
        """Nothing: each message is complete."""
        del conn, keys
        return {}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, FacilityActivity], now: dt.datetime) -> None:
        """Replace the counts of these facilities and months, whose figures are due then; ``now`` is not kept."""
        del now
        rows = [
            (
                told.ccn,
                told.month,
                told.state,
                told.zip_code,
                told.discharge_appeals,
                told.termination_appeals,
                told.concerns_confirmed,
            )
            for _, told in sorted(changed.items())
        ]
        if not rows:
            return
        columns = list(map(list, zip(*rows, strict=True)))
        left = {row["zip_code"] for row in await conn.fetch(_ZIPS, columns[0], columns[1])}
        await conn.execute(_SAVE, *columns)
        zips = left | {told.zip_code for told in changed.values() if told.zip_code is not None}
        facilities = {Due(What.FACILITY, told.ccn) for told in changed.values()}
        await activity_due.put(conn, facilities | {Due(What.ZIP, code) for code in zips})


async def of_facilities(
    conn: asyncpg.Connection, ccn: str | None, first: str | None, last: str | None, limit: int
) -> Sequence[Any]:
    """Counts by facility and month, months included."""
    rows: Sequence[Any] = await conn.fetch(_FACILITIES, ccn, first, last, limit)
    return rows


async def of_communities(
    conn: asyncpg.Connection, community: str | None, first: str | None, last: str | None, limit: int
) -> Sequence[Any]:
    """Sums over the facilities whose ZIP code belongs to a community."""
    rows: Sequence[Any] = await conn.fetch(_COMMUNITIES, community, first, last, limit)
    return rows


def key_of(ccn: str, month: str) -> str:
    """The aggregate key of a facility's month."""
    return f"{PREFIX}{ccn}:{month}"
