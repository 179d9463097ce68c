"""The slow path of the ticker: clocks whose end is for the case to decide, by loading the case."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Final

import asyncpg

from services.complaints.announcements import Announcer
from services.complaints.domain import engine
from services.complaints.domain.case import Case, Entry
from services.complaints.repository import CaseStore
from shared.contracts.complaints import DeadlineApproaching, DeadlineMissed, WindowLapsed
from shared.messaging import locks, outbox
from shared.messaging.handling import Emit

_FIRED: Final = (DeadlineApproaching, DeadlineMissed, WindowLapsed)


class CaseWaker:
    """Loads the cases, lets the domain say what time did, and saves those that changed."""

    def __init__(self, store: CaseStore, announcer: Announcer) -> None:
        self._store = store
        self._announcer = announcer

    async def __call__(self, conn: asyncpg.Connection, keys: Sequence[str], now: dt.datetime) -> Counter[str]:
        """See ``Wake``."""
        changed: dict[str, Case] = {}
        emits: list[Emit] = []
        for key, before in (await self._store.load(conn, keys)).items():
            taken = engine.time_passed(before, self._store.desk, now)
            if taken.case == before:
                continue
            changed[key] = taken.case.noted(Entry(now, "clock", "time passed"))
            emits += self._announcer.changes(before, taken, self._store.desk, now)
        if changed:
            await self._store.save(conn, changed, now)
            await locks.raise_versions(conn, changed)
            await outbox.append(conn, emits, now=now)
        return Counter(type(emit.event).__name__ for emit in emits if isinstance(emit.event, _FIRED))
