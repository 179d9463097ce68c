"""Publishing from the command line: feed records in bulk and single commands."""

import asyncio
import datetime as dt
from types import TracebackType
from typing import Final, Self
from uuid import UUID

from aiokafka import AIOKafkaProducer

from shared.contracts.envelope import CONTENT_TYPE, SPEC_VERSION, Headers
from shared.messaging.producer import build_producer
from shared.runtime.settings import Settings

IN_FLIGHT: Final = 20_000  # records waiting for an acknowledgement before the reader is held back


class FeedPublisher:
    """Sends feed records keyed and in order; leaving the block waits until every one is acknowledged.

    Identity is the record's natural key and version, so sending a file twice has no second effect. Any failed send
    raises when the block is left: an unacknowledged record is never counted as sent.
    """

    def __init__(self, settings: Settings, principal: str = "qio-feeds") -> None:
        self._producer: AIOKafkaProducer = build_producer(settings, principal)
        self._headers: dict[str, Headers] = {}
        self._pending: set[asyncio.Future[object]] = set()
        self._failure: BaseException | None = None
        self.sent = 0

    async def __aenter__(self) -> Self:
        await self._producer.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                await self.flush()
        finally:
            await self._producer.stop()

    async def send(self, topic: str, key: str, wire_type: str, value: bytes) -> None:
        """Queue one record; waits when too many are unacknowledged."""
        if self._failure is not None:
            raise self._failure
        headers = self._headers.get(wire_type) or self._headers.setdefault(wire_type, feed_headers(wire_type))
        future = await self._producer.send(topic, value=value, key=key.encode(), headers=headers)
        self._pending.add(future)
        future.add_done_callback(self._settle)
        if len(self._pending) >= IN_FLIGHT:
            await asyncio.wait(self._pending, return_when=asyncio.FIRST_COMPLETED)

    async def flush(self) -> None:
        """Wait for every acknowledgement; raises the first failure."""
        while self._pending:
            await asyncio.wait(self._pending)
        if self._failure is not None:
            raise self._failure

    def _settle(self, future: asyncio.Future[object]) -> None:
        self._pending.discard(future)
        if future.cancelled():
            self._failure = self._failure or asyncio.CancelledError()
        elif future.exception() is not None:
            self._failure = self._failure or future.exception()
        else:
            self.sent += 1


def feed_headers(wire_type: str) -> Headers:
    """Feed records carry their type and nothing else: identity is in the record."""
    pairs = (("ce_specversion", SPEC_VERSION), ("ce_type", wire_type), ("content-type", CONTENT_TYPE))
    return [(name, value.encode()) for name, value in pairs]


def uuid7(milliseconds: int, random_bits: int) -> UUID:
    """RFC 9562 version 7: 48 bits of Unix milliseconds, then 74 random bits."""
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | (random_bits >> 62 & 0xFFF) << 64
    value |= 0b10 << 62 | random_bits & (1 << 62) - 1
    return UUID(int=value)


def milliseconds(moment: dt.datetime) -> int:
    """Unix milliseconds of an instant."""
    return int(moment.timestamp() * 1000)
