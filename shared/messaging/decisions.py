"""Runs handlers over a batch: lock, load, decide in memory, save, and hand back what to publish."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg

from shared.contracts.catalog import topic_named
from shared.contracts.envelope import Envelope
from shared.contracts.message import Event, Message
from shared.contracts.replies import CommandAccepted, CommandRejected, Reason
from shared.messaging import crash, locks
from shared.messaging.handling import Accepted, Decision, Emit, On, Received, Refused, Subscription, Work
from shared.messaging.outbox import Pending, pending

crash.declare("batch-locked", "batch-decided", "batch-saved")

_KEEP_REPLY = """
    INSERT INTO command_reply (command_id, type, payload, decided_at)
    SELECT *, $4 FROM unnest($1::uuid[], $2::text[], $3::bytea[]) ON CONFLICT DO NOTHING
"""
_REPLIES = "SELECT command_id, type, payload FROM command_reply WHERE command_id = ANY($1::uuid[])"


@dataclass(slots=True)
class Effects:
    """What a batch wants published, in order, and the answers to keep."""

    events: list[Pending] = field(default_factory=list)
    replies: list[tuple[UUID, str, bytes]] = field(default_factory=list)

    def extend(self, other: "Effects") -> None:
        """Add another message's effects after these."""
        self.events += other.events
        self.replies += other.replies


class Decisions:
    """The handlers of one subscription."""

    def __init__(self, subscription: Subscription) -> None:
        self._store = subscription.store
        self._on: Mapping[type[Message], On[Any, Any]] = {on.message: on for on in subscription.handlers}
        self.models = {on.message.wire_type(): on.message for on in subscription.handlers}
        topic = topic_named(subscription.topic)
        commands = topic.name.endswith(".commands.v1")
        self.reply_topic = f"qio.{topic.owner}.replies.v1" if commands else None

    async def run(self, conn: asyncpg.Connection, messages: Sequence[Received[Any]], now: dt.datetime) -> Effects:
        """Decide all messages in order. Any exception leaves the caller's transaction to be rolled back."""
        keyed = [(message, frozenset(self._on[type(message.message)].keys(message))) for message in messages]
        keys = sorted(frozenset[str]().union(*(touched for _, touched in keyed)))
        await locks.lock(conn, keys)
        crash.point("batch-locked")
        work: Work[Any] = Work(now, await self._store.load(conn, keys))
        effects = Effects()
        for message, touched in keyed:
            work.begin(touched)
            decision = self._on[type(message.message)].handle(message, work)
            if not isinstance(decision, Refused):
                work.keep()
            effects.extend(self._effects(message, decision))
        crash.point("batch-decided")
        changes = work.changes()
        if changes:
            await self._store.save(conn, changes, now)
            await locks.raise_versions(conn, changes)
        crash.point("batch-saved")
        return effects

    def _effects(self, message: Received[Any], decision: Decision) -> Effects:
        cause = message.envelope
        if isinstance(decision, Accepted):
            effects = self._events(decision.events, cause)
            return self._answer(effects, cause, accepted(cause, decision.made))
        if isinstance(decision, Refused):
            return self._answer(Effects(), cause, rejected(cause, decision.reasons))
        return self._events(decision, cause)

    @staticmethod
    def _events(emits: Iterable[Emit], cause: Envelope) -> Effects:
        return Effects([pending(emit, cause) for emit in emits])

    def _answer(self, effects: Effects, cause: Envelope, reply: Event) -> Effects:
        if self.reply_topic is None:
            raise TypeError("an event handler returned an answer to a command")
        answer = pending(Emit(self.reply_topic, str(cause.id), reply), cause)
        effects.events.append(answer)
        effects.replies.append((cause.id, answer.type, answer.payload))
        return effects

    def refuse(self, cause: Envelope, reasons: tuple[Reason, ...]) -> Effects:
        """The answer to a command that did not pass the gate."""
        return self._answer(Effects(), cause, rejected(cause, reasons))

    async def repeat(self, conn: asyncpg.Connection, repeated: Sequence[Envelope]) -> list[Pending]:
        """The stored answers of commands that came again."""
        if self.reply_topic is None or not repeated:
            return []
        causes = {cause.id: cause for cause in repeated}
        rows = await conn.fetch(_REPLIES, list(causes))
        return [
            Pending(self.reply_topic, str(row["command_id"]), row["type"], row["payload"], causes[row["command_id"]])
            for row in rows
        ]


async def keep_replies(conn: asyncpg.Connection, replies: Sequence[tuple[UUID, str, bytes]], now: dt.datetime) -> None:
    """Store the answers, so that a repeated command is answered the same."""
    if replies:
        await conn.execute(_KEEP_REPLY, *map(list, zip(*replies, strict=True)), now)


def accepted(cause: Envelope, made: Mapping[str, object]) -> CommandAccepted:
    """The answer to a command that was carried out."""
    return CommandAccepted(command_id=cause.id, command_type=cause.type, made=dict(made))


def rejected(cause: Envelope, reasons: tuple[Reason, ...]) -> CommandRejected:
    """The answer to a command that was refused."""
    return CommandRejected(command_id=cause.id, command_type=cause.type, reasons=reasons)
