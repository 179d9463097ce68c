"""The sender: claims due notices, mails them over a few connections, records what became of them."""

import asyncio
import datetime as dt
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

import asyncpg
import structlog

from services.notifications.domain.delivery import Attempt, Impossible, NotTried, Outcome, Result, Retries, result
from services.notifications.domain.notice import Channel, State
from services.notifications.domain.pace import Pace
from services.notifications.gateway import Gateway, GatewayDown
from services.notifications.repository.deliveries import Waiting, claim, record, waiting
from services.notifications.repository.following import Follows
from services.notifications.repository.lastlook import held_back
from services.notifications.settings import MailSettings
from shared.messaging import crash
from shared.messaging.leader import wait
from shared.runtime import metrics

log = structlog.get_logger()
crash.declare("sender-claimed", "sender-sent", "sender-recorded")

LONGEST_PAUSE: Final = 30.0  # seconds between tries while the mail server is away
_FIRST_PAUSE: Final = 1.0
_WATCH_SECONDS: Final = 5.0
_RECORD_AGAIN: Final = 0.5


class Sender:
    """One sender; any number may run at once. A mail is repeated, with the same Message-ID, only when a sender died
    or the server's answer was lost between sending and recording; ``attempts`` counts it.
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
        self._settings = settings
        self._clock = clock
        self._stop = stop
        self._lease = dt.timedelta(seconds=settings.lease)
        self._retries = Retries(
            first=dt.timedelta(seconds=settings.first_retry),
            longest=dt.timedelta(seconds=settings.longest_retry),
            attempts=settings.attempts,
        )
        self._pace = Pace.of(settings.per_second.get(Channel.EMAIL))
        self._gateways = [Gateway(settings, clock) for _ in range(settings.connections)]
        self._down: str | None = None

    async def run(self) -> None:
        """Send until told to stop; what is claimed and not yet handed over then goes back into the queue."""
        pause = _FIRST_PAUSE
        try:
            while not self._stop.is_set():
                taken = await self.round()
                if self._down is not None:
                    log.warning("mail server cannot be used", reason=self._down, pause=pause)
                    await wait(self._stop, pause)
                    pause = min(pause * 2, LONGEST_PAUSE)
                    continue
                pause = _FIRST_PAUSE
                if not taken:
                    await wait(self._stop, self._settings.poll)
        finally:
            await asyncio.gather(*(gateway.quit() for gateway in self._gateways))

    async def round(self) -> int:
        """Claim, send and record one batch, no more than the pace allows; returns how many were claimed."""
        now = self._clock()
        limit = self._pace.allowed(now, self._settings.batch)
        if not limit:
            return 0
        async with self._pool.acquire() as conn:
            taken = await claim(conn, self._follows.notices, now=now, lease=self._lease, limit=limit)
            if not taken.attempts and not taken.unreadable:
                return 0
            crash.point("sender-claimed")
            claims = {one.notice_id: one.claim for one in taken.attempts}
            held = await held_back(conn, self._follows, claims, now, counted=1)
        attempts = [one for one in taken.attempts if one.notice_id not in held]
        self._pace.took(len(attempts))
        outcomes = await self._send_all(attempts)
        outcomes += [(attempt, Impossible("unreadable")) for attempt in taken.unreadable]
        now = self._clock()
        results = [result(attempt, outcome, self._retries, now) for attempt, outcome in outcomes]
        kept = await self._record(results)
        crash.point("sender-recorded")
        _count([end for end in results if end.attempt.notice_id in kept])
        return len(results) + len(held)

    async def _record(self, results: Sequence[Result]) -> frozenset[UUID]:
        """Record, and hold on while the database is away: giving up would send these mails again."""
        until = asyncio.get_running_loop().time() + self._settings.lease
        while True:
            try:
                async with self._pool.acquire() as conn:
                    return await record(conn, results, self._follows, self._clock())
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
                if asyncio.get_running_loop().time() > until:
                    raise
                log.warning("sent notices cannot be recorded yet", notices=len(results), error=type(error).__name__)
                await asyncio.sleep(_RECORD_AGAIN)

    async def watch(self) -> None:
        """Keep the gauges of the queue true until told to stop."""
        while not self._stop.is_set():
            async with self._pool.acquire() as conn:
                _show(await waiting(conn, self._clock()), self._clock())
            await wait(self._stop, _WATCH_SECONDS)

    async def _send_all(self, attempts: Sequence[Attempt]) -> list[tuple[Attempt, Outcome]]:
        """Outcomes of all attempts, begun in order of due time over all connections."""
        self._down = None
        line = deque(attempts)
        done: list[tuple[Attempt, Outcome]] = []
        # Later than half of the lease nothing is begun, so that nobody else sends the same meanwhile.
        until = asyncio.get_running_loop().time() + self._settings.lease / 2
        async with asyncio.TaskGroup() as group:
            for gateway in self._gateways[: len(line)]:
                group.create_task(self._drain(gateway, line, done, until))
        return done + [(attempt, NotTried()) for attempt in line]

    async def _drain(
        self, gateway: Gateway, line: deque[Attempt], done: list[tuple[Attempt, Outcome]], until: float
    ) -> None:
        loop = asyncio.get_running_loop()
        while line and self._down is None and not self._stop.is_set() and loop.time() < until:
            attempt = line.popleft()
            try:
                with metrics.NOTICE_SEND_SECONDS.time():
                    done.append((attempt, await gateway.send(attempt)))
            except GatewayDown as down:
                self._down = down.code
                done.append((attempt, NotTried()))
                return
            crash.point("sender-sent")


def _count(results: Sequence[Result]) -> None:
    names = {State.SENT: "delivered", State.FAILED: "failed", State.QUEUED: "deferred"}
    for end in results:
        if end.counted:
            metrics.NOTICES.labels(end.attempt.type, names[end.state]).inc()
        if end.state is State.SENT and end.attempt.number > 1:
            metrics.NOTICES_REPEATED.inc()


def _show(queue: Waiting, now: dt.datetime) -> None:
    metrics.NOTICES_WAITING.set(queue.count)
    metrics.NOTICES_OVERDUE.set(queue.overdue)
    metrics.NOTICES_OLDEST.set((now - queue.oldest).total_seconds() if queue.oldest else 0)
