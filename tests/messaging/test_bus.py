"""What FastStream gives out is handled only while the client stands where the batch ended."""

from collections.abc import Mapping
from typing import Any

import pytest
from aiokafka import ConsumerRecord, TopicPartition
from aiokafka.errors import IllegalStateError

from shared.messaging.bus import delivery
from tests.messaging.toy import TOPIC, record

BATCH = [record(4), record(5), record(9, partition=1)]


class Client:
    """Knows its positions; a partition without one is not assigned."""

    def __init__(self, positions: Mapping[int, int]) -> None:
        self._positions = {TopicPartition(TOPIC, number): offset for number, offset in positions.items()}

    async def position(self, partition: TopicPartition) -> int:
        if partition not in self._positions:
            raise IllegalStateError
        return self._positions[partition]


class Taker:
    """Keeps what it is given."""

    name = "toy"

    def __init__(self, positions: Mapping[int, int], *, synced: bool = True) -> None:
        self.synced = synced
        self.taken: list[ConsumerRecord] = []
        self._client = Client(positions)

    def kafka(self) -> Client:
        return self._client

    async def handle(self, records: list[ConsumerRecord]) -> None:
        self.taken += records


async def taken(consumer: Any) -> list[ConsumerRecord]:
    await delivery(consumer)(BATCH)
    kept: list[ConsumerRecord] = consumer.taken
    return kept


@pytest.mark.parametrize(
    "positions",
    [
        pytest.param({0: 2, 1: 10}, id="before the batch: taking it would pass over what lies between"),
        pytest.param({0: 6, 1: 9}, id="one of its partitions, inside the batch"),
        pytest.param({0: 6}, id="not assigned any more"),
    ],
)
async def test_a_batch_from_before_a_seek_is_dropped_whole(positions: Mapping[int, int]) -> None:
    assert await taken(Taker(positions)) == []


@pytest.mark.parametrize(
    "positions",
    [
        pytest.param({0: 6, 1: 10}, id="the end of the batch"),
        pytest.param({0: 6, 1: 12}, id="beyond it, where no record is left"),
    ],
)
async def test_a_batch_that_the_client_stands_behind_is_handled(positions: Mapping[int, int]) -> None:
    assert await taken(Taker(positions)) == BATCH


async def test_before_positions_are_known_the_consumer_judges_itself() -> None:
    assert await taken(Taker({}, synced=False)) == BATCH
