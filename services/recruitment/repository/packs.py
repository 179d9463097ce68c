"""Reads all that a session's pack tells, for every participant at once."""

from collections.abc import Sequence
from typing import Final, TypeVar

import asyncpg

from services.recruitment.domain.networks.kinds import COHORT
from services.recruitment.domain.packs.gathered import Place
from services.recruitment.domain.packs.recorded import Records
from services.recruitment.domain.peers.consent_kind import PEER_CONSENT
from services.recruitment.domain.peers.pairing_kind import PAIRING, RUNNING
from services.recruitment.domain.practices.practice_kind import PRACTICE
from services.recruitment.domain.practices.spread_kind import ADOPTION
from services.recruitment.domain.practices.testing_kind import CHANGE_TEST
from services.recruitment.domain.sessions.period_kind import ACTION_PERIOD
from services.recruitment.domain.sessions.state import Session
from shared.contracts.recruitment.ids import Setting
from shared.records.kinds import Kind, Record

S = TypeVar("S", bound=Record)

_THESE: Final = "SELECT state FROM record WHERE kind = $1 AND id = ANY ($2) ORDER BY id"
_OF_COHORTS: Final = "SELECT state FROM record WHERE kind = $1 AND state ->> 'cohort' = ANY ($2) ORDER BY id"
_OF_PARTICIPANTS: Final = "SELECT state FROM record WHERE kind = $1 AND state ->> 'participant' = ANY ($2) ORDER BY id"
_RUNNING: Final = """
    SELECT state FROM record
    WHERE kind = $1 AND state ->> 'status' = ANY ($3)
      AND (state ->> 'learner' = ANY ($2) OR state ->> 'teacher' = ANY ($2))
    ORDER BY id
"""
_TAKEN_UP: Final = "SELECT state FROM record WHERE kind = $1 AND state -> 'by' ?| $2 ORDER BY id"
_PLACES: Final = """
    SELECT id, state ->> 'name' AS name, state ->> 'city' AS city, state ->> 'state' AS state,
           state ->> 'setting' AS setting
    FROM record WHERE kind = 'participant' AND id = ANY ($1)
"""


async def records_of(conn: asyncpg.Connection, session: Session) -> Records:
    """What a pack of a session is gathered from; ``conn`` sees one state of the database throughout."""
    own = sorted(session.registrations)
    pairings = await _states(conn, PAIRING, _RUNNING, own, list(RUNNING))
    peers = {one for pairing in pairings for one in (pairing.learner, pairing.teacher)}
    adoptions = await _states(conn, ADOPTION, _TAKEN_UP, own)
    practices = await _states(conn, PRACTICE, _THESE, [one.id for one in adoptions])
    consents = await _states(conn, PEER_CONSENT, _THESE, sorted(peers))
    rows = await conn.fetch(_PLACES, sorted({*own, *session.attendance, *peers}))
    return Records(
        session=session,
        cohorts=await _states(conn, COHORT, _THESE, session.cohorts),
        periods=await _states(conn, ACTION_PERIOD, _OF_COHORTS, session.cohorts),
        places={row["id"]: _place(row) for row in rows},
        tests=await _states(conn, CHANGE_TEST, _OF_PARTICIPANTS, own),
        pairings=pairings,
        consents={one.id: one for one in consents},
        practices={one.id: one for one in practices},
        adoptions=adoptions,
    )


async def _states(conn: asyncpg.Connection, kind: Kind[S], query: str, *given: Sequence[str]) -> list[S]:
    rows = await conn.fetch(query, kind.name, *given)
    return [kind.state.model_validate_json(row["state"]) for row in rows]


def _place(row: asyncpg.Record) -> Place:
    return Place(
        participant=row["id"],
        name=row["name"],
        city=row["city"],
        state=row["state"],
        setting=Setting(row["setting"]),
    )
