"""Loads the views: what is made of many records at once."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

import asyncpg
import orjson

from services.recruitment.domain.communities.kinds import AREA_MAP, THE_MAP
from services.recruitment.domain.communities.state import AreaMap
from services.recruitment.domain.participants.kinds import IDENTIFIER, OWNER_TREE, THE_TREE
from services.recruitment.domain.participants.state import Identifier, OwnerTree
from services.recruitment.domain.program.kinds import NETWORKS
from services.recruitment.domain.program.state import Networks, QioNetwork
from shared.records.kinds import Record
from shared.records.store import ViewLoader

_HOLDERS: Final = """
    SELECT area, id FROM record, jsonb_array_elements_text(state -> 'areas') AS area WHERE kind = 'community'
"""
_LEFT: Final = """
    SELECT area.key, id, area.value::date FROM record, jsonb_each_text(state -> 'given_up') AS area
    WHERE kind = 'community'
"""

_IDENTIFIERS: Final = """
    SELECT wanted.identifier, r.id FROM unnest($1::text[]) AS wanted (identifier)
    JOIN record r ON r.kind = 'participant'
     AND r.state @> jsonb_build_object('identifiers', jsonb_build_array(wanted.identifier))
"""
_PARENTS: Final = "SELECT id, state -> 'parents' FROM record WHERE kind = 'owner' AND state -> 'parents' <> '{}'"
_NETWORKS: Final = "SELECT state FROM record WHERE kind = 'qio-network'"


async def _area_map(conn: asyncpg.Connection, ids: Sequence[str]) -> Mapping[str, Record]:
    del ids  # there is one map
    left: dict[str, dict[str, dt.date]] = {}
    for area, community, on in await conn.fetch(_LEFT):
        left.setdefault(area, {})[community] = on
    return {THE_MAP: AreaMap(holders=dict(tuple(row) for row in await conn.fetch(_HOLDERS)), left=left)}


async def _identifiers(conn: asyncpg.Connection, ids: Sequence[str]) -> Mapping[str, Record]:
    return {identifier: Identifier(participant=one) for identifier, one in await conn.fetch(_IDENTIFIERS, ids)}


async def _owner_tree(conn: asyncpg.Connection, ids: Sequence[str]) -> Mapping[str, Record]:
    del ids  # there is one tree
    parents = {owner: orjson.loads(steps) for owner, steps in await conn.fetch(_PARENTS)}
    return {THE_TREE: OwnerTree(parents=parents)}


async def networks(conn: asyncpg.Connection) -> Networks:
    """Every network that staff entered: at most one for each state and role."""
    found = [QioNetwork.model_validate_json(row["state"]) for row in await conn.fetch(_NETWORKS)]
    return Networks(by_place={one.id: one for one in found})


async def _networks(conn: asyncpg.Connection, ids: Sequence[str]) -> Mapping[str, Record]:
    return dict.fromkeys(ids, await networks(conn))


VIEWS: Final[Mapping[str, ViewLoader]] = {
    AREA_MAP.name: _area_map,
    IDENTIFIER.name: _identifiers,
    OWNER_TREE.name: _owner_tree,
    NETWORKS.name: _networks,
}
