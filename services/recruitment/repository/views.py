"""Loads the views: what is made of many records at once."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

import asyncpg
import orjson

from services.recruitment.domain.communities.kinds import AREA_MAP, THE_MAP
from services.recruitment.domain.communities.state import AreaMap
from services.recruitment.domain.networks.kinds import COURSES, SEATS
from services.recruitment.domain.networks.state import Courses, Seats
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
_SEATS: Final = """
    SELECT wanted.id AS seats, r.id AS cohort, r.state -> 'members' -> split_part(wanted.id, '|', 2) AS spells,
           (r.state ->> 'exclusive')::boolean AS exclusive
    FROM unnest($1::text[]) AS wanted (id)
    JOIN record r ON r.kind = 'cohort' AND r.state @> jsonb_build_object(
        'network', split_part(wanted.id, '|', 1),
        'members', jsonb_build_object(split_part(wanted.id, '|', 2), '[]'::jsonb))
"""
_COURSES: Final = """
    SELECT state ->> 'network' AS network, id,
           jsonb_build_object('focus', state -> 'focus' -> -1 -> 'topic', 'opened_on', state -> 'opened_on',
                              'closed_on', state -> 'closed_on') AS course
    FROM record WHERE kind = 'cohort' AND state ->> 'network' = ANY ($1::text[])
"""


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


async def _seats(conn: asyncpg.Connection, ids: Sequence[str]) -> Mapping[str, Record]:
    held: dict[str, dict[str, object]] = {}
    exclusive: dict[str, set[str]] = {}
    for seats, cohort, spells, alone in await conn.fetch(_SEATS, ids):
        held.setdefault(seats, {})[cohort] = orjson.loads(spells)
        exclusive.setdefault(seats, set()).update((cohort,) if alone else ())
    return {
        seats: Seats.model_validate({"spells": spells, "exclusive": exclusive[seats]}) for seats, spells in held.items()
    }


async def _courses(conn: asyncpg.Connection, ids: Sequence[str]) -> Mapping[str, Record]:
    held: dict[str, dict[str, object]] = {}
    for network, cohort, course in await conn.fetch(_COURSES, ids):
        held.setdefault(network, {})[cohort] = orjson.loads(course)
    return {network: Courses.model_validate({"cohorts": cohorts}) for network, cohorts in held.items()}


VIEWS: Final[Mapping[str, ViewLoader]] = {
    AREA_MAP.name: _area_map,
    IDENTIFIER.name: _identifiers,
    OWNER_TREE.name: _owner_tree,
    NETWORKS.name: _networks,
    SEATS.name: _seats,
    COURSES.name: _courses,
}
