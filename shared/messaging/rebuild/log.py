"""Reads topics from their beginning to the ends they had when it began, as often as is asked."""

from collections.abc import AsyncIterator, Iterable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Final, Protocol, Self

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from shared.contracts.catalog import topic_named

if TYPE_CHECKING:
    from shared.runtime.settings import Settings

_WAIT_MS: Final = 500
_MOST_RECORDS: Final = 5_000


class Log(Protocol):
    """What topics hold: records of each partition in their order."""

    def read(self, topics: Iterable[str]) -> AsyncIterator[Sequence[ConsumerRecord]]:
        """All records of these topics, some at a time; reading again gives the same."""
        ...


class KafkaLog:
    """The log as a principal may read it. Joins no group and moves no offset.

    What is written after it was opened is not read, so that two readings see the same.
    """

    def __init__(self, settings: "Settings", principal: str, topics: Iterable[str]) -> None:
        self._kafka = AIOKafkaConsumer(**settings.kafka(principal), enable_auto_commit=False)
        self._topics = sorted(topics)
        self._spans: dict[TopicPartition, tuple[int, int]] = {}

    async def __aenter__(self) -> Self:
        await self._kafka.start()
        try:
            partitions = [
                TopicPartition(name, number) for name in self._topics for number in range(topic_named(name).partitions)
            ]
            first = await self._kafka.beginning_offsets(partitions)
            ends = await self._kafka.end_offsets(partitions)
            self._spans = {tp: (first[tp], ends[tp]) for tp in partitions}
        except BaseException:
            await self._kafka.stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._kafka.stop()

    async def read(self, topics: Iterable[str]) -> AsyncIterator[Sequence[ConsumerRecord]]:
        """All records of these topics, which were named at the beginning."""
        wanted = frozenset(topics)
        ends = {tp: end for tp, (first, end) in self._spans.items() if tp.topic in wanted and first < end}
        if not ends:
            return
        self._kafka.assign(list(ends))
        for tp in ends:
            self._kafka.seek(tp, self._spans[tp][0])
        while any([await self._kafka.position(tp) < end for tp, end in ends.items()]):
            for tp, records in (await self._kafka.getmany(timeout_ms=_WAIT_MS, max_records=_MOST_RECORDS)).items():
                yield [record for record in records if record.offset < ends[tp]]
