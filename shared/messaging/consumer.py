"""One subscription at work: batches in, one transaction each, retries, fencing, breaker, pauses."""

import asyncio
import datetime as dt
import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import asyncpg
import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.abc import ConsumerRebalanceListener
from aiokafka.errors import KafkaError

from shared.messaging import breaker, crash, inbox
from shared.messaging.batch import Tally, batch_for, beginnings, consumer_name, spans
from shared.messaging.breaker import Breaker, Tripped
from shared.messaging.failures import DATABASE, is_content
from shared.messaging.handling import AnySubscription
from shared.messaging.inbox import Fenced
from shared.messaging.keyring import Keyring
from shared.messaging.valve import Valve
from shared.runtime import metrics

crash.declare("batch-polled", "batch-opened", "batch-committed")
log = structlog.get_logger()

RETRY_SECONDS: Final = 45.0  # below the 60 s after which a sleeping consumer risks its partitions
FIRST_DELAY: Final = 0.05
LONGEST_DELAY: Final = 5.0
PROBE_SECONDS: Final = 1.0
OVERTAKEN: Final = "offset-below-log-start"


class Unavailable(Exception):  # noqa: N818 - the fact is the name
    """The batch could not be committed in time; it is given back to Kafka and the consumer pauses."""


class Consumer(ConsumerRebalanceListener):  # type: ignore[misc]
    """Takes raw batches of one topic for one service. Restart, repetition and rebalance are safe.

    The stored offset, not Kafka's, says where it is: on assignment it seeks there, and every batch moves it by
    compare-and-set, so a process that slept through a rebalance cannot write anything. Lanes are members of the
    same group in one process, each with partitions of its own.
    """

    def __init__(
        self,
        service: str,
        subscription: AnySubscription,
        pool: asyncpg.Pool,
        clock: Callable[[], dt.datetime],
        keyring: Keyring,
        lane: int = 0,
    ) -> None:
        self.topic = subscription.topic
        self.lane = lane
        self.name = consumer_name(service, subscription.topic)
        self.max_records = subscription.max_records
        self.progress = time.monotonic()
        self.synced = False
        self.stopped: str | None = None
        self._pool = pool
        self._clock = clock
        self._batch = batch_for(self.name, subscription, keyring)
        self._breaker = Breaker()
        self._expected: dict[TopicPartition, int | None] = {}
        self._valve = Valve()
        self.sync: asyncio.Task[None] | None = None
        self.kafka: Callable[[], AIOKafkaConsumer | None] = lambda: None

    # --- assignment ---------------------------------------------------------------------------------------------

    def attach(self, kafka: Callable[[], AIOKafkaConsumer | None]) -> None:
        """Tell where the Kafka client is found once it runs."""
        self.kafka = kafka
        self._valve.attach(kafka)

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:  # noqa: ARG002
        """Forget what was expected; the fence makes a late commit harmless."""
        self._expected = {}
        self.synced = False

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:  # noqa: ARG002
        """Hold the new partitions until the stored offsets are known."""
        self.resync()

    def resync(self) -> None:
        """Read the stored offsets again and seek to them, in the background, until it works."""
        self.synced = False
        self._expected = {}
        self._valve.close("sync")
        if self.sync is not None:
            self.sync.cancel()
        self.sync = asyncio.create_task(self._synchronise(), name=f"sync {self.name}")

    async def _synchronise(self) -> None:
        delay = FIRST_DELAY
        while True:
            try:
                await self._seek_to_stored()
            except (KafkaError, *DATABASE, OSError, TimeoutError) as error:
                if self._pool.is_closing():
                    return  # the service is ending: no later try can find the offsets
                log.warning("offsets unavailable", consumer=self.name, error=type(error).__name__)
                await asyncio.sleep(delay)
                delay = min(delay * 2, LONGEST_DELAY)
            else:
                return

    async def _seek_to_stored(self) -> None:
        kafka = self.kafka()
        if kafka is None:
            return
        async with self._pool.acquire() as conn:
            stored = await inbox.stored_offsets(conn, self.name)
            state = await breaker.state(conn, self.name)
        assigned = kafka.assignment()
        first = await kafka.beginning_offsets(list(assigned)) if assigned else {}
        for tp in assigned:
            position = stored.get(tp)
            if position is not None and position < first[tp]:
                await self._stop(OVERTAKEN)
                return
            kafka.seek(tp, first[tp] if position is None else position)
            self._expected[tp] = position
        self._apply(state)
        self.synced = True
        self._valve.open("sync")

    # --- batches ------------------------------------------------------------------------------------------------

    async def handle(self, records: Sequence[ConsumerRecord]) -> None:
        """Handle one raw batch; raises Unavailable when it must be given back."""
        crash.point("batch-polled")
        first, reached = beginnings(records), spans(records)
        if self._stale(first):
            self.resync()
            return
        started = time.monotonic()
        expected = {tp: self._expected[tp] for tp in reached}
        if await self._overtaken(first, expected):
            return
        try:
            tally = await self._commit(records, expected, reached)
        except Fenced:
            metrics.BATCH_FENCED.labels(self.name).inc()
            log.warning("fenced", consumer=self.name)
            self.resync()
            return
        except Tripped as tripped:
            log.error("breaker tripped", consumer=self.name, reason=tripped.reason)  # noqa: TRY400 - a verdict, no defect
            await self._stop(tripped.reason)
            return
        crash.point("batch-committed")
        self._expected.update(reached)
        self._count(tally, time.monotonic() - started)

    def _stale(self, first: Mapping[TopicPartition, int]) -> bool:
        """True for records fetched before a seek, a stop or a rebalance; they come again."""
        if not self.synced or self.stopped:
            return True
        return any(tp not in self._expected or offset < (self._expected[tp] or 0) for tp, offset in first.items())

    async def _overtaken(
        self, first: Mapping[TopicPartition, int], expected: Mapping[TopicPartition, int | None]
    ) -> bool:
        """Stop, or read again, where records were removed before they were taken; a gap of another kind is legal.

        The client goes to the log's start without a word when retention has overtaken it.
        """
        kafka = self.kafka()
        gaps = {tp: before for tp, before in expected.items() if before is not None and first[tp] > before}
        if not gaps or kafka is None:
            return False
        try:
            starts = await kafka.beginning_offsets(list(gaps))
        except KafkaError as error:
            log.warning("log start unknown", consumer=self.name, error=type(error).__name__)
            self.resync()
            return True
        if all(starts[tp] <= before for tp, before in gaps.items()):
            return False
        log.error("records removed before they were taken", consumer=self.name)
        await self._stop(OVERTAKEN)
        return True

    async def _commit(
        self,
        records: Sequence[ConsumerRecord],
        expected: dict[TopicPartition, int | None],
        reached: dict[TopicPartition, int],
    ) -> Tally:
        """Repeat the batch's transaction until it commits or time is up."""
        give_up = time.monotonic() + RETRY_SECONDS
        delay = FIRST_DELAY
        singly = False
        while True:
            try:
                return await self._transaction(records, expected, reached, singly=singly)
            except (Fenced, Tripped):
                raise
            except Exception as error:  # noqa: BLE001 - sorted into its kind, never swallowed
                if is_content(error) and not singly:
                    singly = True
                    continue
                metrics.BATCH_RETRIES.labels(self.name).inc()
                log.warning("batch failed, will be repeated", consumer=self.name, error=type(error).__name__)
                if time.monotonic() + delay > give_up:
                    self._valve.close("database")
                    asyncio.get_running_loop().create_task(self._probe())
                    raise Unavailable(self.name) from None
                await asyncio.sleep(delay * random.uniform(0.5, 1))  # noqa: S311 - jitter
                delay = min(delay * 2, LONGEST_DELAY)

    async def _transaction(
        self,
        records: Sequence[ConsumerRecord],
        expected: dict[TopicPartition, int | None],
        reached: dict[TopicPartition, int],
        *,
        singly: bool,
    ) -> Tally:
        now = self._clock()
        async with self._pool.acquire() as conn, conn.transaction():
            await inbox.move_offsets(conn, self.name, expected, reached)
            crash.point("batch-opened")
            tally = await self._batch.run(conn, records, now, singly=singly)
            used = 0
            if any(tally.outcomes):
                state = await breaker.state(conn, self.name)
                used = self._breaker.judge(tally.outcomes, state.allowance)
                if used:
                    await breaker.spend(conn, self.name, used)
        self._breaker.record(tally.outcomes, used)
        return tally

    async def _probe(self) -> None:
        """Open the valve again once the database answers."""
        while True:
            await asyncio.sleep(PROBE_SECONDS)
            try:
                async with self._pool.acquire(timeout=5) as conn:
                    await conn.fetchval("SELECT 1")
            except (*DATABASE, OSError, TimeoutError):
                continue
            self.resync()
            self._valve.open("database")
            return

    # --- operators ----------------------------------------------------------------------------------------------

    async def _stop(self, reason: str) -> None:
        """Stop for good: remembered in the database, undone only by an operator."""
        self.stopped = reason
        self._valve.close("stopped")
        metrics.CONSUMER_STOPPED.labels(self.name).set(1)
        async with self._pool.acquire() as conn:
            await breaker.stop(conn, self.name, reason, self._clock())

    async def watch(self) -> None:
        """Look once at what operators decided and measure the lag; called about every second."""
        async with self._pool.acquire() as conn:
            state = await breaker.state(conn, self.name)
        was = self.stopped
        self._apply(state)
        if was and not self.stopped:
            self._breaker.reset()
            self.resync()
        metrics.CONSUMER_LAG.labels(self.name, str(self.lane)).set(self.lag() or 0)

    def _apply(self, state: breaker.State) -> None:
        self.stopped = (state.reason or "operator") if state.stopped else None
        metrics.CONSUMER_STOPPED.labels(self.name).set(1 if self.stopped else 0)
        if self.stopped:
            self._valve.close("stopped")
        else:
            self._valve.open("stopped")

    def lag(self) -> int | None:
        """Records not yet handled, as far as the client knows; None without an assignment."""
        kafka = self.kafka()
        if kafka is None or not kafka.assignment():
            return None
        total = 0
        for tp in kafka.assignment():
            end = kafka.highwater(tp)
            if end is not None:
                total += max(0, end - (self._expected.get(tp) or 0))
        return total

    def _count(self, tally: Tally, seconds: float) -> None:
        self.progress = time.monotonic()
        metrics.CONSUMER_PROGRESS.labels(self.name).set_to_current_time()
        metrics.BATCH_SECONDS.labels(self.name).observe(seconds)
        for outcome in ("handled", "repeated", "ignored", "refused"):
            metrics.RECORDS.labels(self.name, outcome).inc(getattr(tally, outcome))
        metrics.RECORDS.labels(self.name, "dead").inc(len(tally.letters))
        for letter in tally.letters:
            metrics.DEAD_LETTERS.labels(self.name, letter.reason).inc()


def consumers(
    service: str,
    subscriptions: Iterable[AnySubscription],
    pool: asyncpg.Pool,
    clock: Callable[[], dt.datetime],
    keyring: Keyring,
) -> list[Consumer]:
    """Every consumer of a service, one for each lane of each subscription."""
    return [
        Consumer(service, subscription, pool, clock, keyring, lane)
        for subscription in subscriptions
        for lane in range(subscription.lanes)
    ]
