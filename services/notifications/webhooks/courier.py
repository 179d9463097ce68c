"""The courier: carries queued events to partners, each in a lane of its own."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final, TypeVar

import asyncpg
import structlog

from services.notifications.domain.webhooks.delivering import NoAnswer, Outcome, State
from services.notifications.domain.webhooks.signing import signed
from services.notifications.webhooks import queue
from services.notifications.webhooks.client import Client
from services.notifications.webhooks.names import Names
from services.notifications.webhooks.pausing import pause
from services.notifications.webhooks.queue import Attempt, Recorded
from services.notifications.webhooks.settings import WebhookSettings
from shared.contracts.notifications.webhooks import WhyPaused
from shared.messaging import crash
from shared.messaging.leader import wait
from shared.runtime import metrics

log = structlog.get_logger()
crash.declare("webhook-claimed", "webhook-sent", "webhook-recorded")

T = TypeVar("T")

_WATCH_SECONDS: Final = 15.0
_RECORD_AGAIN: Final = 0.5


class Courier:
    """One courier; any number may run at once. An event is repeated, with the same id, only when a courier died or
    the partner's answer was lost between sending and recording, or when a replay was asked.

    A lane is opened for each partner for whom something is due, and closed when nothing is: it sends up to
    ``per_partner`` events at once, of one subject one after another. All lanes share ``slots``.
    """

    def __init__(
        self,
        pool: asyncpg.Pool,
        client: Client,
        names: Names,
        settings: WebhookSettings,
        clock: Callable[[], dt.datetime],
        jitter: Callable[[], float],
        stop: asyncio.Event,
    ) -> None:
        self._pool = pool
        self._client = client
        self._names = names
        self._settings = settings
        self._patience = settings.patience()
        self._lease = dt.timedelta(seconds=settings.lease)
        self._clock = clock
        self._jitter = jitter
        self._stop = stop
        self._slots = asyncio.Semaphore(settings.slots)
        self._lanes: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Carry until told to stop; what is on its way then is recorded first."""
        try:
            while not self._stop.is_set():
                await self.look()
                await wait(self._stop, self._settings.poll)
            await asyncio.gather(*self._lanes.values(), return_exceptions=True)
        finally:
            for lane in self._lanes.values():
                lane.cancel()

    async def look(self) -> None:
        """Do what staff asked, and open a lane for each partner who has none and for whom something is due."""
        async with self._pool.acquire() as conn:
            for partner in await queue.asking(conn):
                await queue.heed(conn, partner, self._clock())
            partners = await queue.due(conn, self._clock())
        for partner in partners:
            if partner not in self._lanes:
                lane = asyncio.create_task(self._lane(partner), name=f"webhooks {partner}")
                lane.add_done_callback(partial(self._closed, partner))
                self._lanes[partner] = lane

    async def settle(self) -> None:
        """Wait until every open lane is closed."""
        while self._lanes:
            await asyncio.gather(*self._lanes.values(), return_exceptions=True)

    async def watch(self) -> None:
        """Keep the gauges true and delete what is no longer kept, until told to stop."""
        while not self._stop.is_set():
            async with self._pool.acquire() as conn:
                count, oldest = await queue.waiting(conn)
                await queue.sweep(conn, self._clock())
            metrics.WEBHOOKS_WAITING.set(count)
            metrics.WEBHOOKS_OLDEST.set((self._clock() - oldest).total_seconds() if oldest else 0)
            await wait(self._stop, _WATCH_SECONDS)

    async def _lane(self, partner: str) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(self._settings.per_partner):
                group.create_task(self._carry(partner))

    async def _carry(self, partner: str) -> None:
        while not self._stop.is_set():
            async with self._slots:
                async with self._pool.acquire() as conn:
                    attempt = await queue.claim(conn, partner, self._clock(), self._lease)
                if attempt is None:
                    return
                crash.point("webhook-claimed")
                outcome = await self._send(attempt)
                crash.point("webhook-sent")
                recorded = await self._held_on(partial(self._record, attempt, outcome))
                crash.point("webhook-recorded")
            if recorded is not None:
                _count(attempt, recorded)
                await self._pause(attempt, outcome, recorded)

    async def _send(self, attempt: Attempt) -> Outcome:
        headers = self._headers(attempt, self._clock())
        with metrics.WEBHOOK_SECONDS.time():
            outcome = await self._client.send(attempt.facts.url, headers, attempt.body)
        if isinstance(outcome, NoAnswer) or not outcome.taken:
            log.info("webhook not taken", partner=attempt.partner, reason=outcome.code, attempt=attempt.number)
        return outcome

    def _headers(self, attempt: Attempt, now: dt.datetime) -> Mapping[str, str]:
        """CloudEvents 1.0 in HTTP binary mode, and the signature; no time of the event, which would join partners."""
        secrets = [
            self._names.secret(attempt.partner, one.secret)
            for one in attempt.facts.secrets
            if one.until is None or one.until > now
        ]
        position = {"ce-sequence": attempt.position} if attempt.position else {}
        return {
            "content-type": "application/json",
            "user-agent": "qio-webhooks/1",
            "ce-specversion": "1.0",
            "ce-id": str(attempt.webhook_id),
            "ce-type": attempt.type,
            "ce-source": attempt.topic,
            "ce-subject": attempt.subject,
            "ce-dataschema": f"qio:schemas/{attempt.type}.json",
            **position,
            **signed(str(attempt.webhook_id), now, attempt.body, secrets),
        }

    async def _record(self, attempt: Attempt, outcome: Outcome) -> Recorded | None:
        async with self._pool.acquire() as conn:
            return await queue.record(conn, attempt, outcome, self._patience, self._clock(), self._jitter())

    async def _held_on(self, task: Callable[[], Awaitable[T]]) -> T:
        """Record, and hold on while the database is away: giving up would send this again."""
        until = asyncio.get_running_loop().time() + self._settings.lease
        while True:
            try:
                return await task()
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
                if asyncio.get_running_loop().time() > until:
                    raise
                log.warning("a webhook cannot be recorded yet", error=type(error).__name__)
                await asyncio.sleep(_RECORD_AGAIN)

    async def _pause(self, attempt: Attempt, outcome: Outcome, recorded: Recorded) -> None:
        why = WhyPaused.GONE if outcome.gone else WhyPaused.FAILING if recorded.worn_out else None
        if why is not None:
            async with self._pool.acquire() as conn:
                await pause(conn, attempt.partner, attempt.facts.hook, why, self._settings, self._clock())
            log.warning("webhooks of a partner paused", partner=attempt.partner, reason=why)

    def _closed(self, partner: str, lane: asyncio.Task[None]) -> None:
        self._lanes.pop(partner, None)
        if not lane.cancelled() and lane.exception() is not None:
            log.error("lane failed", partner=partner, error=type(lane.exception()).__name__)


def _count(attempt: Attempt, recorded: Recorded) -> None:
    names = {State.DELIVERED: "delivered", State.DEAD: "given-up", State.WAITING: "deferred"}
    metrics.WEBHOOKS.labels(names[recorded.state]).inc()
    if recorded.state is State.DELIVERED and attempt.number > 1:
        metrics.WEBHOOKS_REPEATED.inc()
