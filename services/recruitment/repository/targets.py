"""Reads who may still be recruited, with the signals of each, and what was recruited against the targets."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import asyncpg

from services.recruitment.domain.pipeline.collaboratives import Collaborative
from services.recruitment.domain.pipeline.stages import MEMBER
from services.recruitment.domain.targets.changes import COUNTS
from services.recruitment.domain.targets.places import Around, Places
from services.recruitment.domain.targets.ranking import Candidate
from services.recruitment.domain.targets.state import RecruitmentTarget
from services.recruitment.repository import changes, signals
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.steps import Stage

# Who has not answered for good. Whoever declined or left is asked again when it says so itself.
OPEN_STAGES: Final = (Stage.IDENTIFIED, Stage.INVITED, Stage.INTERESTED, Stage.COMMITTED)
# For how long a confirmed concern moves a rank: our own choice, no source sets a time.
CONCERN_COUNTS: Final = dt.timedelta(days=365)

# Read apart from the engagements: how many rows conditions on JSON leave cannot be estimated, and a wrong guess makes
# the join of the two a loop over loops.
_PARTICIPANTS: Final = """
    SELECT id, state ->> 'name', state ->> 'state', (state ->> 'overall_rating')::smallint,
           (state ->> 'special_focus')::boolean, state ->> 'setting', state ->> 'zip_code'
    FROM record
    WHERE kind = 'participant' AND state ->> 'setting' = ANY ($1) AND state ->> 'merged_into' IS NULL
      AND coalesce((state ->> 'closed_on')::date > $2, true) AND ($3::text[] IS NULL OR state ->> 'state' = ANY ($3))
"""
_ENGAGED: Final = """
    SELECT state ->> 'participant',
           array_agg(state ->> 'collaborative' ORDER BY state ->> 'collaborative')
               FILTER (WHERE state ->> 'membership_id' IS NOT NULL AND state ->> 'collaborative' <> $1),
           max(state ->> 'stage') FILTER (WHERE state ->> 'collaborative' = $1)
    FROM record WHERE kind = 'engagement' GROUP BY 1
"""
_AROUND: Final = """
    SELECT id, (state ->> 'version')::integer AS version,
           ARRAY(SELECT substr(area, 5) FROM jsonb_array_elements_text(state -> 'areas') AS area
                 WHERE area LIKE 'zip:%') AS zips
    FROM record WHERE kind = 'community' AND id = ANY ($1)
"""
_CONCERNS: Final = (
    "SELECT ccn, array_agg(DISTINCT topic) AS topics FROM assistance_request WHERE confirmed_on > $1 GROUP BY 1"
)
_RECRUITED: Final = """
    SELECT p.state ->> 'state' AS state, (e.state ->> 'recruited_on')::date AS recruited_on, count(*) AS number
    FROM record e JOIN record p ON p.kind = 'participant' AND p.id = e.state ->> 'participant'
    WHERE e.kind = 'engagement' AND e.state ->> 'collaborative' = $1 AND e.state ->> 'stage' = ANY ($2)
      AND e.state ->> 'recruited_on' IS NOT NULL
    GROUP BY 1, 2
"""
_TARGETS: Final = """
    SELECT state FROM record WHERE kind = 'recruitment-target' AND state @> $1::jsonb ORDER BY id
"""
_STANDING: Final = """
    SELECT p.state AS participant, e.state ->> 'stage' AS stage
    FROM record p LEFT JOIN record e ON e.kind = 'engagement' AND e.id = p.id || '|' || $2
    WHERE p.kind = 'participant' AND p.id = $1
"""
_NEVER_ENGAGED: Final[tuple[tuple[str, ...], str | None]] = ((), None)
_SETTING: Final = {setting.value: setting for setting in Setting}


class Joined(NamedTuple):
    """How many participants of a state were recruited on a day and still take part, or completed it."""

    state: str
    recruited_on: dt.date
    number: int


async def candidates(
    pool: asyncpg.Pool, collaborative: Collaborative, states: Iterable[str] | None, today: dt.date
) -> list[Candidate]:
    """Every eligible participant (of these states) that has not joined, declined or left, with its signals.

    One snapshot of everything; a result of a measure that is committed before counts.
    """
    chosen = None if states is None else sorted(states)
    async with pool.acquire() as conn, conn.transaction(isolation="repeatable_read", readonly=True):
        rows = await conn.fetch(_PARTICIPANTS, sorted(collaborative.settings), today, chosen)
        engaged = {row[0]: (tuple(row[1] or ()), row[2]) for row in await conn.fetch(_ENGAGED, collaborative.code)}
        places = await _places(conn, today, of_hospitals=Setting.HOSPITAL in collaborative.settings)
    found = []
    for ccn, name, state, rating, focus, setting, zip_code in rows:
        experience, stage = engaged.get(ccn, _NEVER_ENGAGED)
        if stage is None or stage in OPEN_STAGES:
            signals_of = places.of(ccn, zip_code, state)
            found.append(
                Candidate(ccn, name, state, rating, bool(focus), experience, _SETTING[setting], signals_of, stage)
            )
    return found


async def _places(conn: asyncpg.Connection, today: dt.date, *, of_hospitals: bool) -> Places:
    results = await signals.worse(conn, ("community", "hospital") if of_hospitals else ("community",))
    charts = await changes.changed(conn, today - COUNTS)
    infections = await changes.infected(conn, today - COUNTS) if of_hospitals else ()
    named = {one.unit for one in results if one.unit_type == "community"}
    named |= {unit for around, unit in charts if around}
    around = [Around(row["id"], row["version"], tuple(row["zips"])) for row in await conn.fetch(_AROUND, sorted(named))]
    concerns = {row["ccn"]: row["topics"] for row in await conn.fetch(_CONCERNS, today - CONCERN_COUNTS)}
    return Places(results, around, concerns, charts, infections)


async def recruited(pool: asyncpg.Pool, collaborative: str) -> list[Joined]:
    """Who was recruited where and when, and has not left."""
    return [Joined(*row) for row in await pool.fetch(_RECRUITED, collaborative, list(MEMBER))]


async def targets(pool: asyncpg.Pool, like: str) -> list[RecruitmentTarget]:
    """The targets that contain the JSON ``like``, by id."""
    return [RecruitmentTarget.model_validate_json(row["state"]) for row in await pool.fetch(_TARGETS, like)]


async def standing(pool: asyncpg.Pool, participant: str, collaborative: str) -> dict[str, Any] | None:
    """A participant's record (JSON text) and its stage with a collaborative; None where it is not known."""
    row = await pool.fetchrow(_STANDING, participant, collaborative)
    return dict(row) if row is not None else None
