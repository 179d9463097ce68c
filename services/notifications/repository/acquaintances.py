"""Loads, for notices, the records that tell something of their recipients."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg

from services.notifications.domain.knowing import Knowing
from services.notifications.repository.notices import Notices
from shared.messaging.handling import Store
from shared.messaging.keyring import SealBroken

PREFIX: Final = "known:"
_LOAD: Final = "SELECT id, recipient, list_id FROM notice WHERE id = ANY($1::uuid[]) AND recipient IS NOT NULL"


def known_key(notice_id: UUID) -> str:
    """The key of what is known of the recipient of a notice."""
    return f"{PREFIX}{notice_id}"


class Acquaintances:
    """A store that is only read: under ``known:<notice id>`` the records by their own keys."""

    def __init__(self, notices: Notices, records: Store[Any], knowing: Knowing) -> None:
        self._notices = notices
        self._records = records
        self._knowing = knowing

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Of a notice whose recipient is not known, or cannot be unsealed, nothing is."""
        wanted: dict[UUID, tuple[str, ...]] = {}
        for row in await conn.fetch(_LOAD, [UUID(key.removeprefix(PREFIX)) for key in keys]):
            try:
                recipient = self._notices.recipient(row["id"], row["recipient"])
            except (SealBroken, ValueError):
                continue
            wanted[row["id"]] = self._knowing.keys(recipient, row["list_id"])
        every = sorted({key for own in wanted.values() for key in own})
        records = await self._records.load(conn, every) if every else {}
        return {
            known_key(notice_id): {key: records[key] for key in own if key in records}
            for notice_id, own in wanted.items()
        }

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Any], now: dt.datetime) -> None:
        """Nothing here is changed."""
        del conn, changed, now
        raise AssertionError("what is known of recipients is changed by their own records")
