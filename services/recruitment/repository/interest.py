"""Reads interests: lists without how to reach anyone, one with everything."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

import asyncpg
import orjson

from services.recruitment.domain.interest.enquirers import WHO_ASKS, WhoAsks
from services.recruitment.domain.interest.kinds import OF_INTEREST
from shared.records import store as records

_LIST: Final = """
    SELECT id AS interest, state ->> 'interest_state' AS interest_state, state ->> 'direction' AS direction,
           state ->> 'enquirer' AS enquirer, state ->> 'zip_code' AS zip_code, state ->> 'state' AS state,
           state ->> 'qin_qio' AS qin_qio, state ->> 'received_on' AS received_on,
           state ->> 'answer_due_on' AS answer_due_on, state #>> '{answers,0,answered_on}' AS answered_on,
           state ->> 'participant' AS participant, state ->> 'collaborative' AS collaborative
    FROM record
    WHERE kind = 'interest' AND state @> $1::jsonb
      AND ($2::date IS NULL OR (state ->> 'answer_due_on')::date < $2
           AND state ->> 'interest_state' IN ('RECEIVED', 'ROUTED'))
      AND ($3::text IS NULL OR (state ->> 'answer_due_on', id) >
           (SELECT state ->> 'answer_due_on', id FROM record WHERE kind = 'interest' AND id = $3))
    ORDER BY state ->> 'answer_due_on', id LIMIT $4
"""


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list; ``after`` is the last id of the page before."""

    after: str | None
    limit: int


async def interests(
    pool: asyncpg.Pool, like: dict[str, Any], due_before: dt.date | None, page: Page
) -> list[dict[str, Any]]:
    """Interests whose record contains ``like``, the most urgent first; ``due_before``: only unanswered ones."""
    rows = await pool.fetch(_LIST, orjson.dumps(like).decode(), due_before, page.after, page.limit)
    return [dict(row) for row in rows]


async def interest(pool: asyncpg.Pool, identifier: str) -> dict[str, Any] | None:
    """One interest with who asks; None when there is none.

    ``name_is`` says why there is no name: ERASED when it was closed, or NOT_HELD here.
    """
    found = await records.one(pool, OF_INTEREST.name, identifier)
    if found is None:
        return None
    told = dict(orjson.loads(found))
    who = WhoAsks.model_validate_json(await records.one(pool, WHO_ASKS.name, identifier) or f'{{"id": "{told["id"]}"}}')
    without = "NOT_HELD" if told["closed_on"] is None else "ERASED"
    return {**told, **who.model_dump(exclude={"id"}), "name_is": "GIVEN" if who.name else without}
