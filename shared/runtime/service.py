"""What a service hands over to be run, and what it gets."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import asyncpg
from fastapi import APIRouter

from shared.messaging.handling import AnySubscription
from shared.messaging.keyring import Keyring
from shared.messaging.rebuild.reading import Book
from shared.runtime.settings import Settings

Worker = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Context:
    """The running process as a service sees it.

    ``pool`` connects as the application role with the service's schema as search path; ``dsn`` is the same,
    direct, for leaders; ``clock`` gives the time in UTC; ``stop`` is set when the process shall end.
    """

    settings: Settings
    pool: asyncpg.Pool
    clock: Callable[[], dt.datetime]
    dsn: str
    keyring: Keyring
    stop: asyncio.Event


@dataclass(frozen=True, slots=True)
class Service:
    """One service. Workers are endless and return soon after ``stop``; one that fails is started again.

    ``pages`` are for whoever holds a link: at the root, without a token. ``kept`` counts, per topic read, the distinct
    natural keys whose effect the service holds: what the loss audit compares with the topic. ``backlog`` counts work
    that no topic shows, such as notices to be sent. ``book`` makes the state again from what the service has said;
    without one the schema can only be restored from a backup.
    """

    name: str
    subscriptions: Callable[[Context], Sequence[AnySubscription]]
    workers: Callable[[Context], Mapping[str, Worker]]
    router: Callable[[Context], APIRouter] | None = None
    pages: Callable[[Context], APIRouter] | None = None
    kept: Callable[[Context], Awaitable[Mapping[str, int]]] | None = None
    backlog: Callable[[Context], Awaitable[int]] | None = None
    book: Callable[[Context], Book] | None = None
