"""Reads what a participant that closed or goes on in another is still in, for staff to put in order."""

from typing import Any, Final

import asyncpg

_STILL_IN: Final = """
    SELECT 'COALITION' AS what, id, state ->> 'name' AS name FROM record
    WHERE kind = 'coalition' AND state -> 'ended_on' = 'null'::jsonb
      AND state -> 'members' -> $1 -> 'left_on' = 'null'::jsonb
    UNION ALL
    SELECT 'CASELOAD', charge ->> 'person', charge ->> 'part'
    FROM record, jsonb_array_elements(state -> 'charges') AS charge
    WHERE kind = 'caseload' AND id = 'participant:' || $1 AND charge -> 'until' = 'null'::jsonb
    UNION ALL
    SELECT 'LANE', id, id FROM record
    WHERE kind = 'lane' AND state ->> 'phase' = 'AT_WORK'
      AND state -> 'conveners' -> -1 ->> 'member' = 'participant:' || $1
    ORDER BY 1, 2
"""


async def still_in(pool: asyncpg.Pool, participant: str) -> list[dict[str, Any]]:
    """Coalitions (``id`` of the community, ``name``) it is a member of, LANEs (``id``: the state) that it convenes, and
    who (``id``) looks after it as what.
    """
    return [dict(row) for row in await pool.fetch(_STILL_IN, participant)]
