"""Reads what reports for CMS sum up: coalitions with their communities, deliverables with their contracts."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

import asyncpg

from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.coalitions.state import Coalition
from services.recruitment.domain.communities.kinds import COMMUNITY
from services.recruitment.domain.communities.state import Community
from services.recruitment.domain.program.kinds import DELIVERABLE, QIO_CONTRACT
from services.recruitment.domain.program.state import Deliverable, QioContract
from shared.records.kinds import Kind, Record

S = TypeVar("S", bound=Record)

_OF_TASK: Final = """
    SELECT state FROM record WHERE kind = $1 AND state @> jsonb_build_object('task', $2::text) ORDER BY id
"""
_EVER_OF_TASK: Final = """
    SELECT state FROM record
    WHERE kind = $1 AND (state @> jsonb_build_object('task', $2::text)
        OR state @> jsonb_build_object('former', jsonb_build_array(jsonb_build_object('task', $2::text))))
    ORDER BY id
"""
_THESE: Final = "SELECT state FROM record WHERE kind = $1 AND id = ANY ($2)"


async def coalitions(pool: asyncpg.Pool, task: str) -> tuple[Sequence[Coalition], Mapping[str, Community]]:
    """The coalitions that are or were for a task, and the communities they are over, by id."""
    rows = await pool.fetch(_EVER_OF_TASK, COALITION.name, task)
    found = [COALITION.state.model_validate_json(row["state"]) for row in rows]
    communities = await _these(pool, COMMUNITY, [one.id for one in found])
    return found, {one.id: one for one in communities}


async def deliverables(pool: asyncpg.Pool, task: str) -> tuple[Sequence[Deliverable], Mapping[str, QioContract]]:
    """The deliverables for a task, and the contracts that ask for them, by id."""
    found = await _of_task(pool, DELIVERABLE, task)
    contracts = await _these(pool, QIO_CONTRACT, sorted({one.contract for one in found}))
    return found, {one.id: one for one in contracts}


async def _of_task(pool: asyncpg.Pool, kind: Kind[S], task: str) -> list[S]:
    rows = await pool.fetch(_OF_TASK, kind.name, task)
    return [kind.state.model_validate_json(row["state"]) for row in rows]


async def _these(pool: asyncpg.Pool, kind: Kind[S], ids: Sequence[str]) -> list[S]:
    rows = await pool.fetch(_THESE, kind.name, ids)
    return [kind.state.model_validate_json(row["state"]) for row in rows]
