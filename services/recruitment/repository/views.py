"""Loads the views: what is made of many records at once."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

import asyncpg

from services.recruitment.domain.communities.kinds import AREA_MAP, THE_MAP
from services.recruitment.domain.communities.state import AreaMap
from services.recruitment.domain.kernel.records import Record
from services.recruitment.repository.records import ViewLoader

_HOLDERS: Final = """
    SELECT area, id FROM record, jsonb_array_elements_text(state -> 'areas') AS area WHERE kind = 'community'
"""
_LEFT: Final = """
    SELECT area.key, id, area.value::date FROM record, jsonb_each_text(state -> 'given_up') AS area
    WHERE kind = 'community'
"""


async def _area_map(conn: asyncpg.Connection, ids: Sequence[str]) -> Mapping[str, Record]:
    del ids  # there is one map
    left: dict[str, dict[str, dt.date]] = {}
    for area, community, on in await conn.fetch(_LEFT):
        left.setdefault(area, {})[community] = on
    return {THE_MAP: AreaMap(holders=dict(tuple(row) for row in await conn.fetch(_HOLDERS)), left=left)}


VIEWS: Final[Mapping[str, ViewLoader]] = {AREA_MAP.name: _area_map}
