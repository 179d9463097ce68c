"""The webhooks' parts wired to a test database: partners registered, events heard, couriers."""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid5

import asyncpg

from services.notifications.domain.webhooks.kinds import HOOK, KINDS, Hook
from services.notifications.domain.webhooks.rules import made
from services.notifications.webhooks.client import Client, SystemResolver
from services.notifications.webhooks.courier import Courier
from services.notifications.webhooks.hearing import subscriptions
from services.notifications.webhooks.names import Names
from services.notifications.webhooks.settings import WebhookSettings
from shared.contracts.complaints import PUBLIC_CASES, PublicCaseMilestone
from shared.contracts.message import Command, PublicEvent
from shared.contracts.notifications.webhooks import HookFacts, RegisterPartnerHook
from shared.messaging import outbox
from shared.messaging.decisions import Decisions
from shared.messaging.handling import Received
from shared.records.kinds import Kinds
from shared.records.store import RecordStore
from tests.notifications.support import NOW, Clock
from tests.notifications.webhooks.events import SPACE, received
from tests.notifications.webhooks.receiver import Receiver
from tests.records.desk import RecordDesk
from tests.support.service import KEYRING

NAMES = Names(KEYRING)
STORE = RecordStore(Kinds(KINDS), {})
TESTED = frozenset(f"127.0.0.1:{port}" for port in range(1, 65536))


class Partners:
    """The partners of one database, as commands make them."""

    def __init__(self, pool: asyncpg.Pool, clock: Clock) -> None:
        self._pool = pool
        self._clock = clock
        self._desk = RecordDesk(Kinds(KINDS), made(TESTED), clock.now)

    async def add(self, partner: str, receiver: Receiver, topics: Sequence[str] = (PUBLIC_CASES.name,)) -> str:
        """Register one; its secret as it is shown."""
        values = {
            "actor": "cli:pat",
            "partner": partner,
            "name": partner.title(),
            "url": receiver.url,
            "topics": topics,
            "contact": {"name": "Pat Example", "email": "pat@partner.example"},
            "secret": uuid5(SPACE, partner),
        }
        await self.ask(RegisterPartnerHook.model_validate(values))
        return self.secret(partner)

    def secret(self, partner: str, name: UUID | None = None) -> str:
        """A secret as it is shown."""
        from services.notifications.domain.webhooks.signing import written  # noqa: PLC0415

        return written(NAMES.secret(partner, name or uuid5(SPACE, partner)))

    async def ask(self, command: Command) -> None:
        """Have a command carried out, and what it changes kept."""
        self._desk.now = self._clock.now
        async with self._pool.acquire() as conn:
            self._desk.records = dict(await STORE.load(conn, [HOOK.key(command.partner)]))  # type: ignore[attr-defined]
            self._desk.done(command)
            await STORE.save(conn, self._desk.records, self._clock.now)

    async def facts(self, partner: str) -> HookFacts:
        """What is kept of one."""
        async with self._pool.acquire() as conn:
            record = (await STORE.load(conn, [HOOK.key(partner)]))[HOOK.key(partner)]
        assert isinstance(record, Hook)
        assert record.facts is not None
        return record.facts


def milestone(case: int, stage: str = "OPENED", region: str = "1") -> PublicCaseMilestone:
    """A public fact."""
    return PublicCaseMilestone.model_validate(
        {"case": UUID(int=case), "case_type": "APPEAL", "milestone": stage, "region": region, "month": "2014-08"}
    )


def milestones(count: int, first: int = 0, at: dt.datetime = NOW) -> list[Received[PublicEvent]]:
    """Facts of as many cases."""
    cases = range(first, first + count)
    return [received(milestone(n), PUBLIC_CASES.name, str(UUID(int=n)), n, at) for n in cases]


async def hear(pool: asyncpg.Pool, events: Sequence[Received[PublicEvent]], now: dt.datetime = NOW) -> None:
    """Let the service handle events of one topic as one batch of the message path."""
    [subscription] = [one for one in subscriptions(NAMES) if one.topic == events[0].topic]
    async with pool.acquire() as conn, conn.transaction():
        effects = await Decisions(subscription).run(conn, events, now)
        await outbox.append_pending(conn, effects.events, now=now)


def courier(pool: asyncpg.Pool, clock: Callable[[], dt.datetime], *receivers: Receiver, **changed: Any) -> Courier:
    """A courier that may call these."""
    places = ",".join(receiver.place for receiver in receivers)
    settings = WebhookSettings(test_receivers=places).model_copy(update=changed)
    client = Client(settings, SystemResolver(4), clock)
    return Courier(pool, client, NAMES, settings, clock, lambda: 0.5, asyncio.Event())


async def carry(*couriers: Courier) -> None:
    """Look once, and finish what was found."""
    await asyncio.gather(*(one.look() for one in couriers))
    await asyncio.gather(*(one.settle() for one in couriers))


async def states(pool: asyncpg.Pool) -> dict[str, int]:
    """Deliveries by state."""
    rows = await pool.fetch("SELECT state, count(*) AS n FROM webhook_delivery GROUP BY state")
    return {row["state"]: row["n"] for row in rows}
