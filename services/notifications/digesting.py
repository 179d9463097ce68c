"""Makes digests as they fall due: the notices that wait for one become a single request, in one transaction."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg

from services.notifications.domain.contacts.kinds import CONTACT, Contact
from services.notifications.domain.digests.composing import Digest, digest
from services.notifications.domain.knowing import About, Knowing
from services.notifications.domain.notice import Notice, notice_key
from services.notifications.repository import Notices
from services.notifications.repository.acquaintances import acquainted
from shared.contracts.notifications import REQUESTS
from shared.messaging import locks, outbox
from shared.messaging.handling import Emit, Store

# In seconds.
EVERY: Final = 5.0
_CONTACTS: Final = 200
# Lines of one digest; what is more makes the next one.
_LINES: Final = 60

_DUE: Final = """
    SELECT contact, (array_agg(id ORDER BY due_at, id))[1:$3] AS notices
    FROM notice WHERE state = 'GATHERED' AND available_at <= $1 AND contact IS NOT NULL
    GROUP BY contact ORDER BY min(available_at), contact LIMIT $2
"""


class Digesting:
    """Called now and then; each call makes the digests of up to 200 contacts. ``clock`` gives the time in UTC.

    ``records`` holds what ``knowing`` knows of recipients by; ``writer`` is the organization that digests are from
    where their notices name none. Any number may run: who comes second finds nothing that waits any more.
    """

    def __init__(
        self,
        pool: asyncpg.Pool,
        notices: Notices,
        records: Store[Any],
        knowing: Knowing,
        writer: str,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._pool = pool
        self._notices = notices
        self._records = records
        self._knowing = knowing
        self._writer = writer
        self._clock = clock

    async def __call__(self) -> None:
        """Make the digests that are due; the rest is for the next call."""
        for row in await self._pool.fetch(_DUE, self._clock(), _CONTACTS, _LINES):
            await self._make(row["contact"], row["notices"])

    async def _make(self, contact: UUID, ids: Sequence[UUID]) -> None:
        now = self._clock()
        async with self._pool.acquire() as conn, conn.transaction():
            keys = sorted(map(notice_key, ids))
            await locks.lock(conn, keys)
            # Loaded after the lock: what became of them meanwhile is seen.
            gathered: Mapping[str, Notice] = await self._notices.load(conn, keys)
            notices = [gathered[key] for key in keys]
            made = await self._digest(conn, contact, notices, now)
            await self._keep(conn, made, now)

    async def _digest(
        self, conn: asyncpg.Connection, contact: UUID, notices: Sequence[Notice], now: dt.datetime
    ) -> Digest:
        of = {one.id: About.of(one) for one in notices}
        records = await acquainted(conn, self._records, self._knowing, of.values())
        held = records.get(CONTACT.key(str(contact)))
        facts = held.facts if isinstance(held, Contact) else None
        known = {one: self._knowing.known(records.get, about, now) for one, about in of.items()}
        against = {one: why for one, found in known.items() if (why := found.against)}
        return digest(contact, facts, notices, against, self._writer, now)

    async def _keep(self, conn: asyncpg.Connection, made: Digest, now: dt.datetime) -> None:
        ended = {notice_key(one.id): one for one in (*made.told, *made.stopped)}
        if not ended:
            return
        await self._notices.save(conn, ended, now)
        await locks.raise_versions(conn, ended)
        emits = list(made.events)
        if made.request is not None:
            emits.append(Emit(REQUESTS.name, str(made.request.notice_id), made.request))
        await outbox.append(conn, emits, now=now)
