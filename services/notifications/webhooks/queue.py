"""The worker's side of the delivery table: claims with a lease, results that only the latest claim may record."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import asyncpg

from services.notifications.domain.webhooks.delivering import Circuit, Outcome, Patience, State, next_try
from services.notifications.domain.webhooks.kinds import Hook
from services.notifications.domain.webhooks.rules import KEPT
from shared.contracts.notifications.webhooks import HookFacts, HookStanding

# Partners as their records say now, each with its lane.
_DUE: Final = """
    SELECT r.id FROM record r JOIN webhook_lane l ON l.hook = (r.state #>> '{facts,hook}')::uuid
    WHERE r.kind = 'hook' AND r.state #>> '{facts,standing}' = 'ACTIVE'
      AND (l.open_until IS NULL OR l.open_until <= $1)
      AND EXISTS (SELECT FROM webhook_delivery d
                  WHERE d.hook = l.hook AND d.state IN ('WAITING', 'SENDING') AND d.available_at <= $1)
"""
_ASKING: Final = """
    SELECT r.id FROM record r JOIN webhook_lane l ON l.hook = (r.state #>> '{facts,hook}')::uuid
    WHERE r.kind = 'hook'
      AND ((r.state #>> '{facts,anew_at}')::timestamptz > l.heeded_at
           OR (r.state #>> '{facts,replays,-1,asked_at}')::timestamptz > l.replayed_at)
"""
_LANE: Final = """
    SELECT r.state, l.hook, l.heeded_at, l.replayed_at, l.failures, l.failing_since, l.last_failed, l.open_until
    FROM record r JOIN webhook_lane l ON l.hook = (r.state #>> '{facts,hook}')::uuid
    WHERE r.kind = 'hook' AND r.id = $1 FOR UPDATE OF l
"""
# Of one subject only the earliest that is open is taken, so that a partner gets them in order.
_CLAIM: Final = """
    WITH due AS (
        SELECT d.hook, d.event_id FROM webhook_delivery d
        WHERE d.hook = $1 AND d.state IN ('WAITING', 'SENDING') AND d.available_at <= $2
          AND NOT EXISTS (SELECT FROM webhook_delivery e
                          WHERE e.hook = d.hook AND e.topic = d.topic AND e.subject = d.subject
                            AND e.sequence < d.sequence AND e.state IN ('WAITING', 'SENDING'))
        ORDER BY d.sequence LIMIT 1 FOR UPDATE
    )
    UPDATE webhook_delivery d
    SET state = 'SENDING', available_at = $3, claims = d.claims + 1, attempts = d.attempts + 1,
        first_tried_at = coalesce(d.first_tried_at, $2)
    FROM due WHERE d.hook = due.hook AND d.event_id = due.event_id
    RETURNING d.event_id, d.webhook_id, d.topic, d.type, d.subject, d.position, d.body, d.claims, d.attempts,
              d.first_tried_at
"""
_RECORD: Final = """
    UPDATE webhook_delivery SET state = $4, reason = $5, available_at = $6, finished_at = $7
    WHERE hook = $1 AND event_id = $2 AND claims = $3 AND state = 'SENDING' RETURNING event_id
"""
_CIRCUIT: Final = """
    UPDATE webhook_lane SET failures = $2, failing_since = $3, last_failed = $4, open_until = $5 WHERE hook = $1
"""
_AT_ONCE: Final = "UPDATE webhook_delivery SET available_at = $2 WHERE hook = $1 AND state = 'WAITING'"
_AGAIN: Final = """
    UPDATE webhook_delivery
    SET state = 'WAITING', reason = NULL, attempts = 0, first_tried_at = NULL, finished_at = NULL, available_at = $4
    WHERE hook = $1 AND queued_at >= $2 AND queued_at < $3 AND state IN ('DELIVERED', 'DEAD', 'HELD')
"""
_HEEDED: Final = "UPDATE webhook_lane SET heeded_at = $2, replayed_at = $3 WHERE hook = $1"
_SWEEP: Final = """
    DELETE FROM webhook_delivery WHERE ctid = ANY (ARRAY(
        SELECT d.ctid FROM webhook_delivery d
        WHERE d.queued_at < $1
           OR d.hook NOT IN (SELECT (r.state #>> '{facts,hook}')::uuid FROM record r
                             WHERE r.kind = 'hook' AND r.state #>> '{facts,hook}' IS NOT NULL)
        LIMIT 5000))
"""
_FORGET: Final = """
    DELETE FROM webhook_lane WHERE hook NOT IN (SELECT (r.state #>> '{facts,hook}')::uuid FROM record r
                                                WHERE r.kind = 'hook' AND r.state #>> '{facts,hook}' IS NOT NULL)
"""
_BEGIN_AGAIN: Final = """
    INSERT INTO webhook_lane (hook, begun_at, heeded_at, replayed_at)
    SELECT (state #>> '{facts,hook}')::uuid, $1, $1, $1 FROM record
    WHERE kind = 'hook' AND state #>> '{facts,hook}' IS NOT NULL
"""
_WAITING: Final = """
    SELECT count(*) AS waiting, min(queued_at) AS oldest FROM webhook_delivery WHERE state IN ('WAITING', 'SENDING')
"""


@dataclass(frozen=True, slots=True)
class Attempt:
    """An event on its way to one partner; ``number`` counts its tries from 1, ``claim`` tells this one from others."""

    partner: str
    facts: HookFacts
    event_id: UUID
    webhook_id: UUID
    topic: str
    type: str
    subject: str
    position: str | None
    body: bytes
    claim: int
    number: int
    first_tried_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an attempt led to; ``worn_out``: the partner has failed for days."""

    state: State
    worn_out: bool


async def due(conn: asyncpg.Connection, now: dt.datetime) -> Sequence[str]:
    """Partners for whom something may be tried now."""
    return [row["id"] for row in await conn.fetch(_DUE, now)]


async def asking(conn: asyncpg.Connection) -> Sequence[str]:
    """Partners for whom a replay was asked, or who are to be tried anew."""
    return [row["id"] for row in await conn.fetch(_ASKING)]


async def heed(conn: asyncpg.Connection, partner: str, now: dt.datetime) -> int:
    """Do what staff asked since the last time; returns how many events are sent again."""
    async with conn.transaction():
        row = await conn.fetchrow(_LANE, partner)
        facts = _facts(row)
        if facts is None:
            return 0
        if facts.anew_at > row["heeded_at"]:
            await _keep(conn, row["hook"], Circuit())
            await conn.execute(_AT_ONCE, row["hook"], now)
        again = 0
        wanted = [one for one in facts.replays if one.asked_at > row["replayed_at"]]
        for one in wanted:
            status = await conn.execute(_AGAIN, row["hook"], one.since, one.until, now)
            again += int(status.rpartition(" ")[2])
        replayed = wanted[-1].asked_at if wanted else row["replayed_at"]
        await conn.execute(_HEEDED, row["hook"], facts.anew_at, replayed)
        return again


async def claim(conn: asyncpg.Connection, partner: str, now: dt.datetime, lease: dt.timedelta) -> Attempt | None:
    """The next event for a partner, None when there is none to be tried now.

    After ``lease`` without a record it may be claimed again: the worker died, and it may have been sent.
    """
    async with conn.transaction():
        lane = await conn.fetchrow(_LANE, partner)
        facts = _facts(lane)
        if facts is None or facts.standing is not HookStanding.ACTIVE:
            return None
        circuit = _circuit(lane)
        if facts.anew_at > lane["heeded_at"] or not circuit.may_try(now):
            return None  # what staff asked comes first
        row = await conn.fetchrow(_CLAIM, lane["hook"], now, now + lease)
        if row is None:
            return None
        await _keep(conn, lane["hook"], circuit.probing(now + lease))
    return Attempt(
        partner=partner,
        facts=facts,
        event_id=row["event_id"],
        webhook_id=row["webhook_id"],
        topic=row["topic"],
        type=row["type"],
        subject=row["subject"],
        position=row["position"],
        body=row["body"],
        claim=row["claims"],
        number=row["attempts"],
        first_tried_at=row["first_tried_at"],
    )


async def record(
    conn: asyncpg.Connection, attempt: Attempt, outcome: Outcome, patience: Patience, now: dt.datetime, jitter: float
) -> Recorded | None:
    """Keep what became of an attempt; None when its claim is no longer the latest, and then nothing is kept."""
    patient_from = max(attempt.first_tried_at, attempt.facts.anew_at)
    again = next_try(patience, attempt.number, patient_from, now, outcome.retry_after, jitter)
    state = State.DELIVERED if outcome.taken else State.DEAD if again is None else State.WAITING
    hook = attempt.facts.hook
    async with conn.transaction():
        lane = await conn.fetchrow(_LANE, attempt.partner)
        reason = None if outcome.taken else outcome.code
        finished = None if state is State.WAITING else now
        kept = await conn.fetchval(
            _RECORD, hook, attempt.event_id, attempt.claim, state, reason, again or now, finished
        )
        if kept is None:
            return None
        if lane is None or lane["hook"] != hook:
            return Recorded(state, worn_out=False)
        circuit = _circuit(lane).after(outcome, patience, now)
        await _keep(conn, hook, circuit)
    return Recorded(state, circuit.worn_out(patience, now))


async def sweep(conn: asyncpg.Connection, now: dt.datetime) -> int:
    """Delete some of what is no longer kept, and what was queued for partners who were removed; returns how many."""
    status = await conn.execute(_SWEEP, now - KEPT)
    await conn.execute(_FORGET)
    return int(status.rpartition(" ")[2])


async def begin_again(conn: asyncpg.Connection, now: dt.datetime) -> None:
    """After the records were made again in an empty schema: events from before ``now`` are held and not sent."""
    await conn.execute(_BEGIN_AGAIN, now)


async def waiting(conn: asyncpg.Connection) -> tuple[int, dt.datetime | None]:
    """How many events wait, and since when the oldest does (UTC)."""
    row = await conn.fetchrow(_WAITING)
    return row["waiting"], row["oldest"]


def _facts(row: asyncpg.Record | None) -> HookFacts | None:
    return None if row is None else Hook.model_validate_json(row["state"]).facts


def _circuit(row: asyncpg.Record) -> Circuit:
    return Circuit(row["failures"], row["failing_since"], row["last_failed"], row["open_until"])


async def _keep(conn: asyncpg.Connection, hook: UUID, circuit: Circuit) -> None:
    await conn.execute(_CIRCUIT, hook, circuit.failures, circuit.failing_since, circuit.last_failed, circuit.open_until)
