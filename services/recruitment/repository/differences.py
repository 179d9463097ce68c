"""Where provider lists and what staff recorded differ: for people to look at, never acted on."""

from typing import Any, Final

import asyncpg

_DIFFERENCES: Final = """
    WITH listed AS (
        SELECT id, state, state ->> 'as_of' AS as_of FROM record
        WHERE kind = 'participant' AND state ->> 'as_of' IS NOT NULL
    ), newest AS (
        SELECT state ->> 'setting' AS setting, max(as_of) AS as_of FROM listed GROUP BY 1
    ), found AS (
        SELECT l.id, l.state, 'MISSING' AS what, NULL AS field, l.as_of, n.as_of AS newest
        FROM listed l JOIN newest n ON n.setting = l.state ->> 'setting'
        WHERE l.as_of < n.as_of AND l.state ->> 'closed_on' IS NULL AND l.state ->> 'merged_into' IS NULL
        UNION ALL
        SELECT l.id, l.state, 'CLOSED_BUT_LISTED', NULL, l.as_of, NULL
        FROM listed l WHERE l.state ->> 'merged_into' IS NULL AND l.state ->> 'closed_on' <= l.as_of
        UNION ALL
        SELECT l.id, l.state, 'MERGED_BUT_LISTED', NULL, l.as_of, NULL
        FROM listed l WHERE l.state ->> 'merged_on' <= l.as_of
        UNION ALL
        SELECT l.id, l.state, 'RECORDED_DIFFERENTLY', a.key, l.as_of, NULL
        FROM listed l, jsonb_each_text(l.state -> 'amended') AS a
        WHERE a.value IS NOT NULL AND a.value IS DISTINCT FROM l.state ->> a.key
    )
    SELECT participant, name, state, what, field, as_of, newest FROM (
        SELECT id AS participant, state ->> 'name' AS name, state ->> 'state' AS state, what, field, as_of, newest,
               dense_rank() OVER (ORDER BY id) AS place
        FROM found
        WHERE ($1::text IS NULL OR what = $1) AND ($2::text IS NULL OR state ->> 'state' = $2)
          AND ($3::text IS NULL OR id > $3)
    ) AS placed
    WHERE place <= $4 ORDER BY participant, what, field
"""


async def differences(
    pool: asyncpg.Pool, what: str | None, state: str | None, after: str | None, limit: int
) -> list[dict[str, Any]]:
    """Differences by participant: ``MISSING`` from the newest list of its setting though open, ``CLOSED_BUT_LISTED``
    and ``MERGED_BUT_LISTED`` by a list of that day or later, ``RECORDED_DIFFERENTLY`` for a ``field``.

    ``limit`` counts participants, so that none is cut in two.
    """
    return [dict(row) for row in await pool.fetch(_DIFFERENCES, what, state, after, limit)]
