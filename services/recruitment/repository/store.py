"""Loads and saves what commands decide over: facilities with their memberships, and the map of communities."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import asyncpg

from services.recruitment.domain.communities import Community, CommunityMap
from services.recruitment.domain.facility import Facility, Membership

COMMUNITY_MAP: Final = "community-map"
_FACILITY: Final = "facility:"

Aggregate = Facility | CommunityMap

_FACILITIES = "SELECT ccn, name, state, zip_code FROM facility WHERE ccn = ANY($1::text[])"
_MEMBERSHIPS = """
    SELECT membership_id, ccn, collaborative, recruited_on, qin_qio FROM membership
    WHERE ccn = ANY($1::text[]) ORDER BY recruited_on, membership_id
"""
_COMMUNITIES = "SELECT community, name, version FROM community"
_AREAS = "SELECT area, community FROM community_area"
_JOIN = """
    INSERT INTO membership (membership_id, ccn, collaborative, recruited_on, qin_qio, recorded_at)
    SELECT *, $6 FROM unnest($1::uuid[], $2::text[], $3::text[], $4::date[], $5::text[])
    ON CONFLICT (membership_id) DO NOTHING
"""
_DEFINE = """
    INSERT INTO community (community, name, version, defined_at)
    SELECT *, $4 FROM unnest($1::text[], $2::text[], $3::integer[])
    ON CONFLICT (community) DO UPDATE
    SET name = excluded.name, version = excluded.version, defined_at = excluded.defined_at
"""
_GIVE_UP = "DELETE FROM community_area WHERE community = ANY($1::text[])"
_TAKE = "INSERT INTO community_area (area, community) SELECT * FROM unnest($1::text[], $2::text[])"


def facility_key(ccn: str) -> str:
    """The lock of a facility, shared by commands and the provider feed."""
    return f"{_FACILITY}{ccn}"


class RecruitmentStore:
    """The store of the command subscription."""

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Aggregate]:
        """Facilities that are listed, and the map of communities when it is asked for."""
        found: dict[str, Aggregate] = {}
        ccns = [key.removeprefix(_FACILITY) for key in keys if key.startswith(_FACILITY)]
        if ccns:
            found.update(await _facilities(conn, ccns))
        if COMMUNITY_MAP in keys:
            found[COMMUNITY_MAP] = await _community_map(conn)
        return found

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Aggregate], now: dt.datetime) -> None:
        """Keep new memberships and changed communities."""
        facilities = [aggregate for aggregate in changed.values() if isinstance(aggregate, Facility)]
        rows = [
            (member.id, facility.ccn, member.collaborative, member.recruited_on, member.qin_qio)
            for facility in facilities
            for member in facility.memberships
        ]
        if rows:
            await conn.execute(_JOIN, *map(list, zip(*rows, strict=True)), now)
        communities = changed.get(COMMUNITY_MAP)
        if isinstance(communities, CommunityMap):
            await _save_communities(conn, communities, now)


async def _facilities(conn: asyncpg.Connection, ccns: list[str]) -> dict[str, Aggregate]:
    members: dict[str, list[Membership]] = defaultdict(list)
    for row in await conn.fetch(_MEMBERSHIPS, ccns):
        members[row["ccn"]].append(
            Membership(row["membership_id"], row["collaborative"], row["recruited_on"], row["qin_qio"])
        )
    return {
        facility_key(row["ccn"]): Facility(
            row["ccn"], row["name"], row["state"], row["zip_code"], tuple(members[row["ccn"]])
        )
        for row in await conn.fetch(_FACILITIES, ccns)
    }


async def _community_map(conn: asyncpg.Connection) -> CommunityMap:
    areas: dict[str, set[str]] = defaultdict(set)
    for row in await conn.fetch(_AREAS):
        areas[row["community"]].add(row["area"])
    communities = {
        row["community"]: Community(row["community"], row["name"], row["version"], frozenset(areas[row["community"]]))
        for row in await conn.fetch(_COMMUNITIES)
    }
    return CommunityMap(MappingProxyType(communities))


async def _save_communities(conn: asyncpg.Connection, known: CommunityMap, now: dt.datetime) -> None:
    communities = [known.communities[name] for name in sorted(known.changed)]
    names = [community.id for community in communities]
    await conn.execute(
        _DEFINE, names, [community.name for community in communities], [item.version for item in communities], now
    )
    await conn.execute(_GIVE_UP, names)
    taken = [(area, community.id) for community in communities for area in sorted(community.areas)]
    await conn.execute(_TAKE, *map(list, zip(*taken, strict=True)))
