"""The carrier: hands messages to the site's gateway, goes on where it stays silent, and says what is overdue."""

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Final
from uuid import UUID

import asyncpg

from services.notifications.domain.answers import NO_ANSWER, handed_over
from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.catalogue.kind import Category
from services.notifications.domain.letters import NotSendable
from services.notifications.domain.notice import GATEWAYS, Notice, State, notice_key
from services.notifications.domain.pace import Pace
from services.notifications.repository import handing
from services.notifications.repository.following import Follows
from services.notifications.repository.lastlook import held_back
from services.notifications.settings import MailSettings
from shared.messaging import locks
from shared.messaging.leader import wait
from shared.runtime import metrics

_AT_ONCE: Final = 100
_SECONDS: Final = 1.0
_OVERDUE_SECONDS: Final = 5.0


class Carrier:
    """Any number may run at once. Handing over is a row of the outbox in the transaction that records it, so nothing
    is handed over twice and nothing is lost; each channel of the gateway has its own pace.
    """

    def __init__(
        self,
        pool: asyncpg.Pool,
        follows: Follows,
        settings: MailSettings,
        clock: Callable[[], dt.datetime],
        stop: asyncio.Event,
    ) -> None:
        self._pool = pool
        self._follows = follows
        self._clock = clock
        self._stop = stop
        self._answer_within = dt.timedelta(hours=settings.answer_hours)
        self._paces = {channel: Pace.of(settings.per_second.get(channel)) for channel in sorted(GATEWAYS)}

    async def run(self) -> None:
        """Carry until told to stop."""
        while not self._stop.is_set():
            if not await self.round():
                await wait(self._stop, _SECONDS)

    async def watch(self) -> None:
        """Say what is overdue until told to stop."""
        while not self._stop.is_set():
            if not await self.say_overdue():
                await wait(self._stop, _OVERDUE_SECONDS)

    async def round(self) -> int:
        """Hand over what is due on each channel, and go on with what was not answered; how many notices changed."""
        changed = 0
        now = self._clock()
        for channel, pace in self._paces.items():
            limit = pace.allowed(now, _AT_ONCE)
            async with self._pool.acquire() as conn:
                found = await handing.for_gateway(conn, channel, now, limit) if limit else ()
            done = [await self._hand_over(*one) for one in found]
            pace.took(sum(done))
            changed += sum(done)
        async with self._pool.acquire() as conn:
            unanswered = await handing.silent(conn, now, _AT_ONCE)
        return changed + sum([await self._go_on(one) for one in unanswered])

    async def say_overdue(self) -> int:
        """Say of notices, once of each, that their due time has passed; how many there were."""
        async with self._pool.acquire() as conn:
            late = await handing.say_overdue(conn, self._clock(), _AT_ONCE)
        for row in late:
            metrics.NOTICES_MISSED.labels(row["type"], _category(row["type"])).inc()
        return len(late)

    async def _hand_over(self, notice_id: UUID, claim: int) -> bool:
        now = self._clock()
        async with self._pool.acquire() as conn:
            if await held_back(conn, self._follows, {notice_id: claim}, now):
                return True
        async with self._pool.acquire() as conn, conn.transaction():
            await locks.lock(conn, [notice_key(notice_id)])
            notice = await handing.loaded(conn, self._follows.notices, notice_id)
            if notice is None:
                await self._follows.begin(conn, {notice_id: "unreadable"}, now)
                return True
            if notice.state is not State.QUEUED or notice.channel not in GATEWAYS or notice.available_at > now:
                return False
            waiting, emit = handed_over(notice, self._title(notice), now + self._answer_within)
            await handing.keep(conn, self._follows.notices, waiting, (emit,), now)
        return True

    async def _go_on(self, notice_id: UUID) -> bool:
        now = self._clock()
        async with self._pool.acquire() as conn, conn.transaction():
            await locks.lock(conn, [notice_key(notice_id)])
            notice = await handing.loaded(conn, self._follows.notices, notice_id)
            waits = notice is None or (
                notice.state is State.AWAITING and notice.channel in GATEWAYS and notice.available_at <= now
            )
            if waits:
                await self._follows.begin(conn, {notice_id: NO_ANSWER}, now)
        return waits

    def _title(self, notice: Notice) -> str:
        """Free of personal data, as every title of the catalogue."""
        recipient = notice.recipient
        if notice.type not in CATALOGUE or recipient is None:
            return ""
        try:
            return self._follows.writing.letters.write(notice.type, recipient, notice.facts or {}).title
        except NotSendable:
            return ""


def _category(notice_type: str) -> str:
    """Of a type that there is not any more a rule may want the notice."""
    described = CATALOGUE.get(notice_type)
    return Category.LEGAL if described is None else described.category
