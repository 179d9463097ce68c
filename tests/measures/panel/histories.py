"""A random history of facts of a toy kind, corrections, passing days, new rules and transactions that fail."""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import Final

import asyncpg

from services.measures.charting import Baseline
from services.measures.domain.panel.counted import Counted
from services.measures.handlers.panels import subscription
from services.measures.panel_reviser import revise_once
from shared.messaging import outbox
from shared.messaging.handling import FeedItem
from tests.measures.panel.toy import TOY, Ward

BASELINE: Final = Baseline("2016Q1", "2017Q4")
BEGIN, END = dt.datetime(2018, 6, 1, 12, tzinfo=dt.UTC), dt.datetime(2021, 1, 1, 0, 5, tzinfo=dt.UTC)
HOSPITALS: Final = ("390001", "390002")
MONTHS: Final = [f"{year}-{month:02d}" for year in (2016, 2017) for month in (1, 3, 4, 7, 12)]
LATER: Final = ["2018-01", "2018-03", "2018-04", "2018-07", "2018-12", "2019-11"]
STEPS: Final = 60


def doubled(facts: Collection[Ward], today: dt.date) -> Counted:
    counted = TOY.count(facts, today)
    return replace(
        counted, amounts={at: {name: 2 * n for name, n in own.items()} for at, own in counted.amounts.items()}
    )


NEW_RULES: Final = replace(TOY, rules=2, count=doubled)


class History:
    """What was told, in the order in which it came; the first of a version holds until a higher one comes."""

    def __init__(self, conn: asyncpg.Connection, seed: int) -> None:
        self.conn, self.rng, self.now, self.kind = conn, random.Random(seed), BEGIN, TOY
        self.told: list[Ward] = []
        self.held: dict[tuple[str, str, str], Ward] = {}

    async def go_on(self) -> None:
        draw = self.rng.random()
        if draw < 0.6:
            await self.tell([self.fact() for _ in range(self.rng.choice((1, 1, 2, 8)))])
        elif draw < 0.7:
            self.now += dt.timedelta(days=self.rng.choice((1, 29, 30, 31, 90)))
        elif draw < 0.9:
            await self.revise()
        elif draw < 0.93:
            self.kind = NEW_RULES

    def fact(self) -> Ward:
        rng = self.rng
        if self.told and rng.random() < 0.25:
            return rng.choice(self.told)
        return Ward(
            rng.choice(HOSPITALS),
            rng.choice("AB"),
            rng.choice(LATER if rng.random() < 0.7 else MONTHS),
            rng.randrange(1, 6),
            rng.choice((0, 1, 2, 3, 25)),
            rng.randrange(200, 900),
            rng.choice((0, 0, 0, 2)),
            rng.choice(("original", "original", "adjust", "cancel")),
        )

    async def tell(self, wards: list[Ward]) -> None:
        """In one transaction, by a process of the present rules or, as while one is replaced, of those before."""
        kind = self.rng.choice((TOY, self.kind))
        items = [FeedItem(ward.hospital, "feeds.Ward.v1", ward) for ward in wards]
        for fails in (True, False) if self.rng.random() < 0.2 else (False,):
            transaction = self.conn.transaction()
            await transaction.start()
            emits = await subscription(kind, "toy", {}, BASELINE).handle(self.conn, items, self.now)
            await outbox.append(self.conn, emits, now=self.now)
            await (transaction.rollback() if fails else transaction.commit())
        for ward in wards:
            self.told.append(ward)
            before = self.held.get((ward.hospital, ward.ward, ward.month))
            if before is None or before.version < ward.version:
                self.held[ward.hospital, ward.ward, ward.month] = ward

    async def revise(self) -> None:
        while await revise_once(self.conn, self.kind, BASELINE, self.now):
            pass

    def sums(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Falls and days of each hospital by month and quarter, once all unsure falls count."""
        times = 2 if self.kind is NEW_RULES else 1
        found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        for one in self.held.values():
            if one.action != "cancel":
                for period in (one.month, quarter_of(one.month)):
                    found[one.hospital, period][0] += times * (one.falls + one.unsure)
                    found[one.hospital, period][1] += times * one.days
        return {where: (falls, days) for where, (falls, days) in found.items()}


def quarter_of(month: str) -> str:
    return f"{month[:4]}Q{(int(month[5:]) + 2) // 3}"


async def lived(conn: asyncpg.Connection, seed: int) -> History:
    """A history to its end, with everything settled; it begins with two years of which nothing is to be said."""
    history = History(conn, seed)
    await history.tell([Ward(unit, "A", month, 1, 3, 600) for unit in HOSPITALS for month in MONTHS])
    for _ in range(STEPS):
        await history.go_on()
    history.now = END
    await history.revise()
    return history
