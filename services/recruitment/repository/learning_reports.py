"""Reads what reports tell of networks' work: sessions, practices, who takes part, settled figures of facilities."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import asyncpg

from services.recruitment.domain.assistance.request_kind import REQUEST, Request
from services.recruitment.domain.networks.kinds import COHORT, NETWORK
from services.recruitment.domain.networks.state import Cohort, Network
from services.recruitment.domain.practices.practice_kind import PRACTICE, Practice
from services.recruitment.domain.practices.spread_kind import ADOPTION, Adoptions
from services.recruitment.domain.reports.movement import RECENT, Figure
from services.recruitment.domain.reports.tasks import Scope
from services.recruitment.domain.sessions.session_kind import SESSION
from services.recruitment.domain.sessions.state import Session
from shared.contracts.recruitment.ids import Setting
from shared.records.kinds import Kind, Record

S = TypeVar("S", bound=Record)

_OF_TASK: Final = "SELECT state FROM record WHERE kind = $1 AND state ->> 'task' = $2 ORDER BY id"
_OF_NETWORKS: Final = "SELECT state FROM record WHERE kind = $1 AND state ->> 'network' = ANY ($2) ORDER BY id"
_ALL: Final = "SELECT state FROM record WHERE kind = $1 ORDER BY id"
_STATES: Final = "SELECT id, state ->> 'state' AS state FROM record WHERE kind = 'participant' AND id = ANY ($1)"
# Of each facility and length of period the last value before the first day and the last up to the last day.
_FIGURES: Final = """
    SELECT DISTINCT ON (f.unit, length(f.period), f.ends_on < $3)
           f.unit, p.state ->> 'setting' AS setting, p.state ->> 'state' AS state, f.period, f.ends_on,
           f.value::float8 AS value
    FROM facility_figure f JOIN record p ON p.kind = 'participant' AND p.id = f.unit
    WHERE f.measure = $1 AND f.value IS NOT NULL AND p.state ->> 'state' = ANY ($2)
      AND f.ends_on >= $5 AND f.ends_on <= $4
    ORDER BY f.unit, length(f.period), f.ends_on < $3, f.ends_on DESC, f.period DESC
"""


@dataclass(frozen=True, slots=True)
class Work:
    """The networks for a task and what is recorded of them; ``every`` are the cohorts of all networks."""

    networks: Sequence[Network]
    sessions: Sequence[Session]
    practices: Sequence[Practice]
    taken_up: Mapping[str, Adoptions]
    every: Sequence[Cohort]
    requests: Sequence[Request]
    states: Mapping[str, str]


async def work(conn: asyncpg.Connection, task: str) -> Work:
    """What networks for a task did; ``conn`` sees one state of the database throughout."""
    networks = await _states(conn, NETWORK, _OF_TASK, task)
    ids = [one.id for one in networks]
    sessions = await _states(conn, SESSION, _OF_NETWORKS, ids)
    adoptions = await _states(conn, ADOPTION, _OF_NETWORKS, ids)
    who = {participant for one in sessions for participant in one.attendance}
    who |= {participant for one in adoptions for participant in one.by}
    every = await _states(conn, COHORT, _ALL) if ids else []
    who |= {participant for one in every if one.network in ids for participant in one.members}
    return Work(
        networks=networks,
        sessions=sessions,
        practices=await _states(conn, PRACTICE, _OF_NETWORKS, ids),
        taken_up={one.id: one for one in adoptions},
        every=every,
        requests=await _states(conn, REQUEST, _ALL),
        states={row["id"]: row["state"] for row in await conn.fetch(_STATES, sorted(who))},
    )


async def figures(conn: asyncpg.Connection, measure: str, scope: Scope) -> list[Figure]:
    """What a movement of a measure in the states of a report is made of."""
    since: dt.date = scope.first - RECENT
    rows = await conn.fetch(_FIGURES, measure, sorted(scope.states), scope.first, scope.last, since)
    return [Figure(one, Setting(setting), *rest) for one, setting, *rest in map(tuple, rows)]


async def _states(conn: asyncpg.Connection, kind: Kind[S], query: str, *given: str | Iterable[str]) -> list[S]:
    rows = await conn.fetch(query, kind.name, *given)
    return [kind.state.model_validate_json(row["state"]) for row in rows]
