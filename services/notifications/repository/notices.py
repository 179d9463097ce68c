"""Keeps notices, with everything that identifies people sealed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg
import orjson

from services.notifications.domain.notice import Channel, Notice, Proof, State, Step
from shared.contracts.notifications import Recipient
from shared.messaging.keyring import Keyring

# Locked, so that no worker claims what a command is about to change.
_LOAD: Final = """
    SELECT id, type, subject, recipient_role, channel, state, reason, letter, citation, due_at, queued_at, available_at,
           begun_at, finished_at, step, route, attempts, list_id, campaign, recipient, facts, content, proof
    FROM notice WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE
"""
# A worker that claimed it before records nothing any more: the claim is not the latest.
_SAVE: Final = """
    INSERT INTO notice AS n (id, type, subject, recipient_role, channel, state, reason, letter, citation, due_at,
                             queued_at, available_at, begun_at, finished_at, step, route, attempts, list_id, campaign,
                             contact, recipient, facts, content, proof)
    SELECT r.id, r.type, r.subject, r.role, r.channel, r.state, r.reason, r.letter, r.citation, r.due_at,
           r.queued_at, r.available_at, r.begun_at, r.finished_at, r.step, string_to_array(r.route, ' '), r.attempts,
           r.list_id, r.campaign, r.contact, r.recipient, r.facts, r.content, r.proof
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                $9::text[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[],
                $14::timestamptz[], $15::integer[], $16::text[], $17::integer[], $18::text[], $19::uuid[],
                $20::uuid[], $21::bytea[], $22::bytea[], $23::bytea[], $24::bytea[])
         AS r (id, type, subject, role, channel, state, reason, letter, citation, due_at, queued_at, available_at,
               begun_at, finished_at, step, route, attempts, list_id, campaign, contact, recipient, facts, content,
               proof)
    ON CONFLICT (id) DO UPDATE SET
        channel = excluded.channel, state = excluded.state, reason = excluded.reason, letter = excluded.letter,
        citation = excluded.citation, due_at = excluded.due_at, available_at = excluded.available_at,
        begun_at = excluded.begun_at,
        finished_at = excluded.finished_at, step = excluded.step, route = excluded.route,
        attempts = excluded.attempts, list_id = excluded.list_id, campaign = excluded.campaign,
        contact = excluded.contact, recipient = excluded.recipient, facts = excluded.facts,
        content = excluded.content, proof = excluded.proof, claims = n.claims + 1
"""
_STEPS: Final = """
    INSERT INTO notice_step (notice_id, step, channel, state, reason, letter, content, proof, begun_at, over_at)
    SELECT * FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[],
                         $8::bytea[], $9::timestamptz[], $10::timestamptz[])
    ON CONFLICT (notice_id, step) DO NOTHING
"""
_OVER: Final = """
    SELECT step, channel, state, reason, letter, content, proof, begun_at, over_at
    FROM notice_step WHERE notice_id = $1 ORDER BY step
"""


class Notices:
    """The store of the message path; keys are ``notice:<id>``."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Notice]:
        """The notices there are, unsealed and locked. Raises SealBroken when a row was altered or its key is gone."""
        rows = await conn.fetch(_LOAD, [UUID(key.removeprefix("notice:")) for key in keys])
        return {f"notice:{row['id']}": self._notice(row) for row in rows}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Notice], now: dt.datetime) -> None:
        """Insert or replace notices, and keep their steps that are over."""
        del now  # a notice knows its own times
        rows = [self._row(changed[key]) for key in sorted(changed)]
        if rows:
            await conn.execute(_SAVE, *map(list, zip(*rows, strict=True)))
        over = [self._step(notice.id, step) for notice in changed.values() for step in notice.over]
        if over:
            await conn.execute(_STEPS, *map(list, zip(*over, strict=True)))

    async def steps(self, conn: asyncpg.Connection, notice: Notice) -> tuple[Step, ...]:
        """All steps of a notice, the one it is on last; raises SealBroken."""
        rows = await conn.fetch(_OVER, notice.id)
        current = Step(
            number=notice.step,
            channel=notice.channel,
            state=notice.state,
            reason=notice.reason,
            letter=notice.letter,
            content=notice.content,
            proof=notice.proof,
            begun_at=notice.begun_at,
            over_at=notice.finished_at or notice.available_at,
        )
        return (*(self._past(notice.id, row) for row in rows), current)

    def recipient(self, notice_id: UUID, sealed: bytes) -> Recipient:
        """Who it is for; raises SealBroken."""
        return Recipient.model_validate_json(self._keyring.decrypt(sealed, _place(notice_id, "recipient")))

    def facts(self, notice_id: UUID, sealed: bytes | None) -> dict[str, str] | None:
        """What the letter is written from; raises SealBroken."""
        return None if sealed is None else orjson.loads(self._keyring.decrypt(sealed, _place(notice_id, "facts")))

    def content(self, notice_id: UUID, sealed: bytes) -> bytes:
        """What is given on the step it is on; raises SealBroken."""
        return self._keyring.decrypt(sealed, _place(notice_id, "content"))

    def seal_content(self, notice_id: UUID, plain: bytes) -> bytes:
        """The content as it is kept."""
        return self._seal(_place(notice_id, "content"), plain)

    def _seal(self, place: str, plain: bytes) -> bytes:
        return self._keyring.encrypt(plain, place)

    def _row(self, notice: Notice) -> tuple[Any, ...]:
        recipient, facts = notice.recipient, notice.facts
        return (
            notice.id,
            notice.type,
            notice.subject,
            notice.role,
            notice.channel,
            notice.state,
            notice.reason,
            notice.letter,
            notice.citation,
            notice.due_at,
            notice.queued_at,
            notice.available_at,
            notice.begun_at,
            notice.finished_at,
            notice.step,
            " ".join(notice.route),
            notice.attempts,
            notice.list_id,
            notice.campaign,
            recipient and recipient.contact,
            recipient and self._seal(_place(notice.id, "recipient"), recipient.model_dump_json().encode()),
            None if facts is None else self._seal(_place(notice.id, "facts"), orjson.dumps(dict(facts))),
            None if notice.content is None else self.seal_content(notice.id, notice.content),
            self._proof(_place(notice.id, "proof"), notice.proof),
        )

    def _step(self, notice_id: UUID, step: Step) -> tuple[Any, ...]:
        place = f"{notice_id}/{step.number}"
        return (
            notice_id,
            step.number,
            step.channel,
            step.state,
            step.reason,
            step.letter,
            None if step.content is None else self._seal(f"notice_step.content:{place}", step.content),
            self._proof(f"notice_step.proof:{place}", step.proof),
            step.begun_at,
            step.over_at,
        )

    def _past(self, notice_id: UUID, row: asyncpg.Record) -> Step:
        place = f"{notice_id}/{row['step']}"
        content = row["content"]
        return Step(
            number=row["step"],
            channel=Channel(row["channel"]),
            state=State(row["state"]),
            reason=row["reason"],
            letter=row["letter"],
            content=None if content is None else self._keyring.decrypt(content, f"notice_step.content:{place}"),
            proof=self._proven(f"notice_step.proof:{place}", row["proof"]),
            begun_at=row["begun_at"],
            over_at=row["over_at"],
        )

    def _proof(self, place: str, proof: Sequence[Proof]) -> bytes | None:
        known = [{"what": one.what, "at": one.at, "by": one.by, "details": dict(one.details)} for one in proof]
        return self._seal(place, orjson.dumps(known)) if known else None

    def _proven(self, place: str, sealed: bytes | None) -> tuple[Proof, ...]:
        if sealed is None:
            return ()
        known = orjson.loads(self._keyring.decrypt(sealed, place))
        return tuple(
            Proof(one["what"], dt.datetime.fromisoformat(one["at"]), one["by"], one["details"]) for one in known
        )

    def _notice(self, row: asyncpg.Record) -> Notice:
        notice_id, facts = row["id"], row["facts"]
        return Notice(
            id=notice_id,
            type=row["type"],
            subject=row["subject"],
            role=row["recipient_role"],
            recipient=row["recipient"] and self.recipient(notice_id, row["recipient"]),
            facts=self.facts(notice_id, facts),
            channel=Channel(row["channel"]),
            state=State(row["state"]),
            reason=row["reason"],
            letter=row["letter"],
            citation=row["citation"],
            due_at=row["due_at"],
            queued_at=row["queued_at"],
            available_at=row["available_at"],
            begun_at=row["begun_at"],
            content=None if row["content"] is None else self.content(notice_id, row["content"]),
            route=tuple(Channel(one) for one in row["route"]),
            list_id=row["list_id"],
            campaign=row["campaign"],
            step=row["step"],
            attempts=row["attempts"],
            finished_at=row["finished_at"],
            proof=self._proven(_place(notice_id, "proof"), row["proof"]),
        )


def _place(notice_id: UUID, column: str) -> str:
    return f"notice.{column}:{notice_id}"
