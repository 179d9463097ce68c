"""Keeps notices, with everything that identifies people sealed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

import asyncpg
import orjson

from services.notifications.domain.notice import Channel, Notice, State
from shared.contracts.notifications import Recipient
from shared.messaging.keyring import Keyring

_LOAD: Final = """
    SELECT id, type, subject, channel, state, reason, letter, citation, due_at, queued_at, recipient, facts, content
    FROM notice WHERE id = ANY($1::uuid[])
"""
_INSERT: Final = """
    INSERT INTO notice (id, type, subject, recipient_role, channel, state, reason, letter, citation, due_at,
                        queued_at, available_at, recipient, facts, content)
    SELECT id, type, subject, role, channel, state, reason, letter, citation, due_at, $11, $11, recipient, facts,
           content
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                $9::text[], $10::timestamptz[], $12::bytea[], $13::bytea[], $14::bytea[])
         AS n (id, type, subject, role, channel, state, reason, letter, citation, due_at, recipient, facts, content)
"""


class Notices:
    """The store of the message path; a notice is inserted once and from then on changed by the sender only."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Notice]:
        """The notices there are, unsealed. Raises SealBroken when a row was altered or its key is gone."""
        rows = await conn.fetch(_LOAD, [UUID(key) for key in keys])
        return {str(row["id"]): self._notice(row) for row in rows}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Notice], now: dt.datetime) -> None:
        """Insert new notices."""
        notices = [changed[key] for key in sorted(changed)]
        await conn.execute(
            _INSERT,
            [notice.id for notice in notices],
            [notice.type for notice in notices],
            [notice.subject for notice in notices],
            [notice.recipient.role for notice in notices],
            [notice.channel for notice in notices],
            [notice.state for notice in notices],
            [notice.reason for notice in notices],
            [notice.letter for notice in notices],
            [notice.citation for notice in notices],
            [notice.due_at for notice in notices],
            now,
            [self._seal(notice.id, "recipient", notice.recipient.model_dump_json().encode()) for notice in notices],
            [self._seal(notice.id, "facts", orjson.dumps(notice.facts)) for notice in notices],
            [notice.content and self._seal(notice.id, "content", notice.content) for notice in notices],
        )

    def recipient(self, notice_id: UUID, sealed: bytes) -> Recipient:
        """Who it is for; raises SealBroken."""
        return Recipient.model_validate_json(self._keyring.decrypt(sealed, _place(notice_id, "recipient")))

    def content(self, notice_id: UUID, sealed: bytes) -> bytes:
        """The mail as it is sent; raises SealBroken."""
        return self._keyring.decrypt(sealed, _place(notice_id, "content"))

    def _seal(self, notice_id: UUID, column: str, plain: bytes) -> bytes:
        return self._keyring.encrypt(plain, _place(notice_id, column))

    def _notice(self, row: asyncpg.Record) -> Notice:
        notice_id = row["id"]
        facts = self._keyring.decrypt(row["facts"], _place(notice_id, "facts"))
        return Notice(
            id=notice_id,
            type=row["type"],
            subject=row["subject"],
            recipient=self.recipient(notice_id, row["recipient"]),
            facts=orjson.loads(facts),
            channel=Channel(row["channel"]),
            state=State(row["state"]),
            reason=row["reason"],
            letter=row["letter"],
            citation=row["citation"],
            due_at=row["due_at"],
            queued_at=row["queued_at"],
            content=None if row["content"] is None else self.content(notice_id, row["content"]),
        )


def _place(notice_id: UUID, column: str) -> str:
    return f"notice.{column}:{notice_id}"
