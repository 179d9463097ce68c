"""What the figures of appeals and concerns are made of: counts of months, and hospitals' live discharges."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final

import asyncpg

from services.measures.domain import spread
from services.measures.domain.activity.definitions import COUNTS
from services.measures.domain.components import named
from services.measures.repository import rollups

_FACILITIES: Final = """
    SELECT ccn AS unit, month, discharge_appeals, termination_appeals, concerns_confirmed FROM facility_activity
    WHERE ccn = ANY($1::text[])
"""
_COMMUNITIES: Final = """
    SELECT a.community AS unit, f.month, sum(f.discharge_appeals)::bigint AS discharge_appeals,
           sum(f.termination_appeals)::bigint AS termination_appeals,
           sum(f.concerns_confirmed)::bigint AS concerns_confirmed
    FROM facility_activity AS f JOIN community_area AS a ON a.area = 'zip:' || f.zip_code
    WHERE a.community = ANY($1::text[])
    GROUP BY a.community, f.month
"""
_OF_ZIPS: Final = "SELECT DISTINCT community FROM community_area WHERE area = ANY($1::text[])"
# A hospital that is not listed is not known to lie anywhere.
_OF_HOSPITALS: Final = """
    SELECT DISTINCT a.community FROM hospital AS h JOIN community_area AS a ON a.area = 'zip:' || h.zip_code
    WHERE h.ccn = ANY($1::text[])
"""
_HOSPITALS: Final = """
    SELECT a.community, h.ccn FROM hospital AS h JOIN community_area AS a ON a.area = 'zip:' || h.zip_code
    WHERE a.community = ANY($1::text[])
"""
_TELLING: Final = "SELECT DISTINCT ccn FROM facility_activity WHERE ccn = ANY($1::text[])"
_ZONED: Final = "SELECT DISTINCT community FROM community_area WHERE community = ANY($1::text[])"

Told = Mapping[str, Mapping[str, int]]
"""Counts by name, by month ``2018-03``."""
Discharges = Mapping[int, int]
"""Live discharges by month ``YYYYMM``."""


async def telling(conn: asyncpg.Connection, ccns: Collection[str]) -> set[str]:
    """Those facilities of which something was told."""
    return {row["ccn"] for row in await conn.fetch(_TELLING, list(ccns))}


async def near(conn: asyncpg.Connection, ccns: Collection[str], zips: Collection[str]) -> set[str]:
    """The communities these hospitals lie in, and those of these ZIP codes."""
    found = [*await conn.fetch(_OF_HOSPITALS, list(ccns)), *await conn.fetch(_OF_ZIPS, [f"zip:{one}" for one in zips])]
    return {row["community"] for row in found}


async def having_areas(conn: asyncpg.Connection, communities: Collection[str]) -> set[str]:
    """Those communities that have areas, which a dissolved one has not."""
    return {row["community"] for row in await conn.fetch(_ZONED, list(communities))}


async def of_facilities(conn: asyncpg.Connection, ccns: Collection[str]) -> Mapping[str, Told]:
    """Counts by facility."""
    return _told(await conn.fetch(_FACILITIES, list(ccns)))


async def of_communities(conn: asyncpg.Connection, communities: Collection[str]) -> Mapping[str, Told]:
    """Sums over the facilities whose ZIP code belongs to a community, by community."""
    return _told(await conn.fetch(_COMMUNITIES, list(communities)))


async def hospitals_of(conn: asyncpg.Connection, communities: Collection[str]) -> Mapping[str, set[str]]:
    """The listed hospitals that lie in communities, by community."""
    found: dict[str, set[str]] = defaultdict(set)
    for community, ccn in await conn.fetch(_HOSPITALS, list(communities)):
        found[community].add(ccn)
    return found


async def discharges(
    conn: asyncpg.Connection, ccns: Collection[str], first: int, last: int
) -> Mapping[str, Discharges]:
    """Live discharges of hospitals from the first month to the last."""
    units = {(spread.HOSPITAL, ccn) for ccn in ccns}
    return {
        ccn: {month: named(amounts).get("live_discharges", 0) for month, amounts in months.items()}
        for (_, ccn), months in (await rollups.totals(conn, units, first, last)).items()
    }


def _told(rows: Collection[asyncpg.Record]) -> Mapping[str, Told]:
    found: dict[str, dict[str, Mapping[str, int]]] = defaultdict(dict)
    for unit, month, *counts in map(tuple, rows):
        found[unit][month] = dict(zip(COUNTS, counts, strict=True))
    return found
