"""The ticker: says what time did to the cases, once, never early, through the outbox."""

import datetime as dt
from collections.abc import Callable

import asyncpg

from services.complaints.announcements import Announcer
from services.complaints.repository import CaseStore
from services.complaints.ticking.cases import CaseWaker
from services.complaints.ticking.lanes import Lanes


class Ticker(Lanes):
    """The lanes over the cases as they are stored; ``batch`` is cases per transaction."""

    def __init__(
        self,
        pool: asyncpg.Pool,
        store: CaseStore,
        announcer: Announcer,
        clock: Callable[[], dt.datetime],
        batch: int,
    ) -> None:
        super().__init__(pool, CaseWaker(store, announcer), clock, cases=batch)
