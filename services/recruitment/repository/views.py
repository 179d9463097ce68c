"""Loads the views: what is made of many records at once."""

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


async def _area_map(conn: asyncpg.Connection, ids: Sequence[str]) -> Mapping[str, Record]:
    del ids  # there is one map
    return {THE_MAP: AreaMap(holders=dict(tuple(row) for row in await conn.fetch(_HOLDERS)))}


VIEWS: Final[Mapping[str, ViewLoader]] = {AREA_MAP.name: _area_map}
