"""Reads who could take part and who takes part on a day, as maps and reports sum it up."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

import asyncpg

from services.recruitment.domain.pipeline.collaboratives import Collaborative
from services.recruitment.domain.pipeline.stages import MEMBER
from services.recruitment.domain.program.answering import Answer, answer, roles_on
from services.recruitment.domain.program.kinds import NETWORK
from services.recruitment.domain.program.state import QioNetwork
from services.recruitment.domain.reports.participation import Members
from shared.program.states import STATES

_OPEN: Final = """
    coalesce((p.state ->> 'closed_on')::date > $2, true)
    AND (p.state ->> 'merged_into' IS NULL OR coalesce((p.state ->> 'merged_on')::date > $2, false))
"""
_ELIGIBLE: Final = f"""
    SELECT p.state ->> 'state' AS state, count(*) AS number FROM record p
    WHERE p.kind = 'participant' AND p.state ->> 'setting' = ANY ($1) AND {_OPEN}
    GROUP BY 1
"""  # noqa: S608 - a constant within a constant
# As the steps that stand tell it for the day: later steps have not happened yet, struck ones never did.
_MEMBERS: Final = f"""
    SELECT p.state ->> 'state' AS state, joined.since AS recruited_on, {_OPEN} AS open, count(*) AS number
    FROM record e
    JOIN record p ON p.kind = 'participant' AND p.id = e.state ->> 'participant'
    CROSS JOIN LATERAL (
        SELECT step ->> 'stage' AS stage
        FROM jsonb_array_elements(e.state -> 'steps') WITH ORDINALITY AS s (step, place)
        WHERE NOT coalesce((step ->> 'struck')::boolean, false) AND (step ->> 'since')::date <= $2
        ORDER BY place DESC LIMIT 1
    ) AS last
    CROSS JOIN LATERAL (
        SELECT max((step ->> 'since')::date) AS since FROM jsonb_array_elements(e.state -> 'steps') AS step
        WHERE NOT coalesce((step ->> 'struck')::boolean, false) AND (step ->> 'since')::date <= $2
          AND step ->> 'stage' = 'RECRUITED'
    ) AS joined
    WHERE e.kind = 'engagement' AND e.state ->> 'collaborative' = $1 AND last.stage = ANY ($3)
      AND joined.since IS NOT NULL
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""  # noqa: S608
_NETWORKS: Final = "SELECT state FROM record WHERE kind = $1 AND state @> jsonb_build_object('role', $2::text)"


async def eligible(pool: asyncpg.Pool, collaborative: Collaborative, day: dt.date) -> dict[str, int]:
    """How many participants of each state, of those known now, could be members on a day."""
    rows = await pool.fetch(_ELIGIBLE, sorted(collaborative.settings), day)
    return {row["state"]: row["number"] for row in rows}


async def members(pool: asyncpg.Pool, collaborative: str, day: dt.date) -> list[Members]:
    """Who was a member on a day, by state and the day of being recruited."""
    return [Members(*row) for row in await pool.fetch(_MEMBERS, collaborative, day, list(MEMBER))]


async def answers(pool: asyncpg.Pool, day: dt.date) -> Mapping[str, Answer]:
    """The QIO that answers for each state on a day: the network, before August 2014 the state's one contractor."""
    role = roles_on(day)[0]
    rows = await pool.fetch(_NETWORKS, NETWORK.name, role.value)
    networks = [QioNetwork.model_validate_json(row["state"]) for row in rows]
    entered = {one.state: one for one in networks}
    return {code: answer(code, role, day, entered.get(code)) for code in STATES}
