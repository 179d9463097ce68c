"""Hears public events and queues each for every partner who wants its topic."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import asyncpg

from services.notifications.domain.webhooks.delivering import State
from services.notifications.domain.webhooks.kinds import Hook
from services.notifications.domain.webhooks.shown import TOPICS, as_shown
from services.notifications.webhooks.names import Names
from shared.contracts.topic import Topic
from shared.messaging.handling import Emit, On, Received, Subscription, Work

# A row for each partner and event: a batch must not hold its transaction for seconds.
_MAX_RECORDS: Final = 500
_KEY: Final = "webhooks:"  # one head for each topic: what is queued for a partner has the order of the topic

_WANTING: Final = """
    SELECT r.state, l.begun_at FROM record r
    LEFT JOIN webhook_lane l ON l.hook = (r.state #>> '{facts,hook}')::uuid
    WHERE r.kind = 'hook'
      AND r.state @> jsonb_build_object('facts', jsonb_build_object('topics', jsonb_build_array($1::text)))
    ORDER BY r.id
"""
_LANES: Final = """
    INSERT INTO webhook_lane (hook, begun_at, heeded_at, replayed_at) SELECT hook, begun_at, begun_at, begun_at
    FROM unnest($1::uuid[], $2::timestamptz[]) AS n (hook, begun_at) ON CONFLICT (hook) DO NOTHING
"""
_QUEUE: Final = """
    INSERT INTO webhook_delivery (hook, event_id, webhook_id, topic, type, subject, position, body, state, queued_at,
                                  available_at)
    SELECT hook, event_id, webhook_id, topic, type, subject, position, body, state, $10, $10
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bytea[],
                $9::text[]) WITH ORDINALITY
         AS n (hook, event_id, webhook_id, topic, type, subject, position, body, state, number)
    ORDER BY number
    ON CONFLICT (hook, event_id) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Wanting:
    """A partner who wants a topic, from ``begun_at`` (UTC) on; paused ones are meant too."""

    hook: UUID
    begun_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Queued:
    """An event as one partner is sent it."""

    hook: UUID
    event_id: UUID
    webhook_id: UUID
    topic: str
    type: str
    subject: str
    position: str | None
    body: bytes
    state: State


@dataclass(frozen=True, slots=True)
class Post:
    """Who wants a topic, and what was queued for them: by the last event, and by those before it."""

    wanting: tuple[Wanting, ...]
    queued: tuple[Queued, ...] = ()
    before: "Post | None" = None

    def all(self) -> Iterator[Queued]:
        """Everything queued, in order."""
        chain: list[Post] = []
        post: Post | None = self
        while post is not None:
            chain.append(post)
            post = post.before
        for one in reversed(chain):
            yield from one.queued


class PostRoom:
    """The store: loads who wants a topic, and inserts what was queued."""

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Post]:
        """Who wants these topics."""
        found = {}
        for key in keys:
            rows = await conn.fetch(_WANTING, key.removeprefix(_KEY))
            wanting = tuple(_wanting(Hook.model_validate_json(row["state"]), row["begun_at"]) for row in rows)
            if wanting:
                found[key] = Post(wanting)
        return found

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Post], now: dt.datetime) -> None:
        """Insert; what is there already stays as it is. A partner's lane begins with its first event."""
        for post in changed.values():
            wanting = sorted(post.wanting, key=lambda one: one.hook)
            await conn.execute(_LANES, [one.hook for one in wanting], [one.begun_at for one in wanting])
            queued = list(post.all())
            columns = ([getattr(one, name) for one in queued] for name in Queued.__dataclass_fields__)
            await conn.execute(_QUEUE, *columns, now)


def subscriptions(names: Names) -> tuple[Subscription, ...]:
    """One for each public topic."""
    return tuple(_subscription(topic, names) for topic in TOPICS)


def _subscription(topic: Topic, names: Names) -> Subscription:
    key = _KEY + topic.name

    def keys(received: Received[Any]) -> Iterable[str]:
        del received
        return (key,)

    def handle(received: Received[Any], work: Work[Post]) -> tuple[Emit, ...]:
        post = work.get(key)
        if post is not None:
            queued = tuple(_queued(received, one, names) for one in post.wanting)
            work.put(key, Post(post.wanting, queued, post if post.queued else None))
        return ()

    handlers = tuple(On(message, keys=keys, handle=handle) for message in topic.messages)
    return Subscription(topic.name, handlers, PostRoom(), max_records=_MAX_RECORDS)


def _queued(received: Received[Any], one: Wanting, names: Names) -> Queued:
    envelope = received.envelope
    subject, body = as_shown(received.message, names.of(one.hook))
    return Queued(
        hook=one.hook,
        event_id=envelope.id,
        webhook_id=names.webhook_id(one.hook, envelope.id),
        topic=received.topic,
        type=envelope.type,
        subject=subject,
        position=envelope.sequence,
        body=body,
        # Of the time before a partner's lane there is only what a rebuilt service hears a second time.
        state=State.WAITING if envelope.time >= one.begun_at else State.HELD,
    )


def _wanting(hook: Hook, begun_at: dt.datetime | None) -> Wanting:
    assert hook.facts is not None
    return Wanting(hook.facts.hook, begun_at or hook.facts.registered_at)
