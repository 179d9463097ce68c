"""Pauses a Kafka consumer for as long as there is any reason to."""

from collections.abc import Callable

from aiokafka import AIOKafkaConsumer


class Valve:
    """Closed while at least one reason holds; a paused consumer keeps its heartbeat and its partitions."""

    def __init__(self) -> None:
        self._reasons: set[str] = set()
        self._kafka: Callable[[], AIOKafkaConsumer | None] = lambda: None

    def attach(self, kafka: Callable[[], AIOKafkaConsumer | None]) -> None:
        """Tell where the Kafka client is found."""
        self._kafka = kafka

    def close(self, reason: str) -> None:
        """Pause all assigned partitions; repeat after every assignment, which resumes them."""
        self._reasons.add(reason)
        kafka = self._kafka()
        if kafka is not None and kafka.assignment():
            kafka.pause(*kafka.assignment())

    def open(self, reason: str) -> None:
        """Take one reason away and resume when none is left."""
        self._reasons.discard(reason)
        kafka = self._kafka()
        if kafka is None or not kafka.assignment():
            return
        if self._reasons:
            kafka.pause(*kafka.assignment())
        else:
            kafka.resume(*kafka.assignment())
