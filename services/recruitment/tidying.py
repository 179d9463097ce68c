"""Lets the broker clean away names that were erased: a record a day, because it cleans behind later ones only."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import asyncpg

from services.recruitment.domain.interest.enquirers import ENQUIRERS_TIDIED, WHO_ASKS
from services.recruitment.domain.participants.kinds import NAMES_TIDIED, PARTNER_NAME, TIDIED
from services.recruitment.domain.participants.state import NamesTidied
from shared.contracts.message import Event
from shared.contracts.recruitment.enquirers import EnquirersTidied
from shared.contracts.recruitment.family_partners import PartnerNamesTidied
from shared.messaging import locks, outbox
from shared.messaging.handling import Work
from shared.records.commands import happen
from shared.records.kinds import Kind, Kinds, Record
from shared.records.store import RecordStore, count

HOUR: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Erasable:
    """A kind whose records are erased, the JSON of one that was, and what a day's record behind it is."""

    kind: Kind[Any]
    erased: str
    tidied: Kind[NamesTidied]
    event: Callable[[dt.date], Event]


ERASABLE: Final = (
    Erasable(PARTNER_NAME, '{"display_name": null}', NAMES_TIDIED, lambda day: PartnerNamesTidied(on=day)),
    Erasable(WHO_ASKS, '{"name": null}', ENQUIRERS_TIDIED, lambda day: EnquirersTidied(on=day)),
)


class Tidying:
    """Called now and then; says once a day (UTC) that names are tidied, from the first that was erased on.

    ``clock`` gives the time in UTC. What was erased in the day before is behind the record from then on.
    """

    def __init__(self, pool: asyncpg.Pool, kinds: Kinds, store: RecordStore, clock: Callable[[], dt.datetime]) -> None:
        self._pool = pool
        self._kinds = kinds
        self._store = store
        self._clock = clock

    async def __call__(self) -> None:
        """Say it of each kind, unless it was said today or there is nothing to clean away."""
        for one in ERASABLE:
            if await count(self._pool, one.kind.name, one.erased):
                async with self._pool.acquire() as conn, conn.transaction():
                    await self._tidy(conn, one, self._clock())

    async def _tidy(self, conn: asyncpg.Connection, one: Erasable, now: dt.datetime) -> None:
        key = one.tidied.key(TIDIED)
        await locks.lock(conn, [key])
        work: Work[Record] = Work(now, await self._store.load(conn, [key]))
        work.begin((key,))
        last = work.get(key)
        assert last is None or isinstance(last, NamesTidied)
        if last is not None and last.on >= now.date():
            return
        emits = happen([one.event(now.date())], work, self._kinds)
        work.keep()
        await self._store.save(conn, work.changes(), now)
        await locks.raise_versions(conn, work.changes())
        await outbox.append(conn, emits, now=now)
