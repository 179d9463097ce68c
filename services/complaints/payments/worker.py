"""The worker of payment reviews: draws the last complete month, opens cases, forgets; one process leads."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import asyncpg
import structlog

from services.complaints.payments import draws, retention
from services.complaints.payments.opening import Opener
from services.complaints.payments.passes import passes
from services.complaints.payments.settings import PaymentSettings
from shared.messaging.keyring import Keyring
from shared.runtime import metrics
from shared.runtime.service import Context

log = structlog.get_logger()

LEADER: Final = "complaints-payments"
AGAIN: Final = dt.timedelta(days=1)  # claims of a month come in for weeks after it


@dataclass(slots=True)
class PaymentWorker:
    """Looks every ten minutes: draws a month that was not drawn for a day, and opens what waits for a case."""

    opener: Opener
    settings: PaymentSettings
    keyring: Keyring
    clock: Callable[[], dt.datetime]
    _forgotten: dt.date | None = None

    async def run(self, context: Context) -> None:
        """Lead until stopped."""
        await passes(context, LEADER, self.once)

    async def once(self, conn: asyncpg.Connection) -> None:
        """One pass; whatever of it was done before is not done again."""
        now = self.clock()
        month = draws.last_month(now.date())
        before = await draws.drawn_at(conn, draws.PAYMENT, month)
        if before is None or now - before >= AGAIN:
            await self.draw(conn, month)
        await self.open(conn)
        if self._forgotten != now.date():
            await retention.forget(conn, now.date())
            self._forgotten = now.date()

    async def draw(self, conn: asyncpg.Connection, month: dt.date) -> int:
        """Draw a month; the number selected now."""
        plans, weights = self.settings.plans(self.keyring), self.settings.weights
        found = await draws.draw_month(conn, month, plans, weights, self.clock())
        metrics.PAYMENT_REVIEWS.labels("selected").inc(len(found.selected))
        if found.unweighed:
            metrics.PAYMENT_REVIEWS.labels("unweighed").inc(len(found.unweighed))
            log.warning("DRGs without a weight", month=month.isoformat(), claims=len(found.unweighed))
        return len(found.selected)

    async def open(self, conn: asyncpg.Connection) -> dict[str, int]:
        """Open what was selected; how many, by what became of them."""
        found = await self.opener.open_all(conn, self.clock)
        for outcome, count in found.items():
            metrics.PAYMENT_REVIEWS.labels(outcome.partition(":")[0]).inc(count)
        refused = {outcome: count for outcome, count in found.items() if outcome.startswith("refused")}
        if refused:
            log.warning("drawn claims without a case", refusals=refused)
        return dict(found)
