"""Loads where notices went, as ids of addresses."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

import asyncpg

from services.notifications.domain.addresses.ids import AddressIds
from services.notifications.domain.addresses.kinds import SentTo
from services.notifications.repository.notices import Notices
from shared.messaging.keyring import Keyring, SealBroken
from shared.records.kinds import Record
from shared.records.store import ViewLoader

_LOAD: Final = "SELECT id, recipient FROM notice WHERE id = ANY($1::uuid[]) AND recipient IS NOT NULL"


def sent_to(keyring: Keyring) -> ViewLoader:
    """The loader of the view SENT_TO; a notice whose recipient cannot be unsealed went nowhere."""
    notices, ids = Notices(keyring), AddressIds(keyring.reference)

    async def load(conn: asyncpg.Connection, wanted: Sequence[str]) -> Mapping[str, Record]:
        found: dict[str, Record] = {}
        for row in await conn.fetch(_LOAD, [UUID(one) for one in wanted]):
            try:
                recipient = notices.recipient(row["id"], row["recipient"])
            except (SealBroken, ValueError):
                continue
            found[str(row["id"])] = SentTo(notice=row["id"], addresses=ids.of_recipient(recipient))
        return found

    return load
