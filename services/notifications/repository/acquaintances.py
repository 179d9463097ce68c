"""Loads, for notices, the records that tell something of their recipients."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg

from services.notifications.domain.contacts.kinds import CONTACT
from services.notifications.domain.knowing import About, Knowing
from services.notifications.repository.notices import Notices
from shared.messaging.handling import Store
from shared.messaging.keyring import SealBroken

PREFIX: Final = "known:"
FURTHER: Final = "addresses-of:"
_LOAD: Final = """
    SELECT id, type, subject, recipient, list_id, campaign FROM notice
    WHERE id = ANY($1::uuid[]) AND recipient IS NOT NULL
"""


def known_key(notice_id: UUID) -> str:
    """The key of what is known of the recipient of a notice."""
    return f"{PREFIX}{notice_id}"


def further_keys(about: About) -> tuple[str, ...]:
    """The key of the records of the contact's own addresses; none where there is no contact."""
    contact = about.recipient.contact if about.recipient is not None else None
    return () if contact is None else (f"{FURTHER}{contact}",)


async def acquainted(
    conn: asyncpg.Connection, records: Store[Any], knowing: Knowing, of: Iterable[About]
) -> Mapping[str, Any]:
    """The records that tell something of these recipients, by their own keys."""
    keys = sorted({key for one in of for key in knowing.keys(one)})
    found = dict(await records.load(conn, keys)) if keys else {}
    contacts = [one for key, one in found.items() if key.startswith(f"{CONTACT.name}:")]
    more = sorted({key for one in contacts for key in knowing.further(one)} - found.keys())
    return found | dict(await records.load(conn, more)) if more else found


class Acquaintances:
    """A store that is only read: under ``known:<notice id>`` the records by their own keys."""

    def __init__(self, notices: Notices, records: Store[Any], knowing: Knowing) -> None:
        self._notices = notices
        self._records = records
        self._knowing = knowing

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Of a notice whose recipient is not known, or cannot be unsealed, nothing is."""
        wanted = await abouts(conn, self._notices, [UUID(key.removeprefix(PREFIX)) for key in keys])
        records = await acquainted(conn, self._records, self._knowing, wanted.values())
        return {known_key(notice_id): records for notice_id in wanted}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Any], now: dt.datetime) -> None:
        """Nothing here is changed."""
        del conn, changed, now
        raise AssertionError("what is known of recipients is changed by their own records")


class FurtherAddresses:
    """A store that is only read: under ``addresses-of:<contact id>`` the records of the contact's own addresses."""

    def __init__(self, records: Store[Any], knowing: Knowing) -> None:
        self._records = records
        self._knowing = knowing

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Of a contact who was forgotten, or that there is not, nothing is known."""
        named = {CONTACT.key(key.removeprefix(FURTHER)): key for key in keys}
        contacts = await self._records.load(conn, sorted(named)) if named else {}
        wanted = {named[key]: self._knowing.further(one) for key, one in contacts.items()}
        every = sorted({key for own in wanted.values() for key in own})
        records = await self._records.load(conn, every) if every else {}
        return {key: {one: records[one] for one in own if one in records} for key, own in wanted.items()}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Any], now: dt.datetime) -> None:
        """Nothing here is changed."""
        del conn, changed, now
        raise AssertionError("addresses are changed by their own records")


async def abouts(conn: asyncpg.Connection, notices: Notices, ids: Sequence[UUID]) -> Mapping[UUID, About]:
    """Whom these notices are for and why; those that are not known or cannot be unsealed are left out."""
    found = {}
    for row in await conn.fetch(_LOAD, ids) if ids else ():
        try:
            recipient = notices.recipient(row["id"], row["recipient"])
        except (SealBroken, ValueError):
            continue
        found[row["id"]] = About(row["type"], recipient, row["list_id"], row["campaign"], row["subject"])
    return found
