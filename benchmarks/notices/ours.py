"""The project: requests planned in batches of the message path, then mailed by the service's own sender."""

import asyncio
import datetime as dt
from collections.abc import Sequence
from typing import Final
from uuid import UUID, uuid5

import asyncpg

from benchmarks.notices.bare import Mail
from services.notifications.domain.addresses.ids import AddressIds
from services.notifications.domain.catalogue import samples
from services.notifications.domain.knowing import Knowing
from services.notifications.domain.mail import Sender as From
from services.notifications.domain.registry import KINDS
from services.notifications.domain.writing import Writing
from services.notifications.handlers import stores, subscription
from services.notifications.letters import load_letters
from services.notifications.list_settings import ListSettings, links
from services.notifications.repository import Notices
from services.notifications.repository.following import Follows
from services.notifications.repository.views import VIEWS
from services.notifications.sender import Sender
from services.notifications.settings import MailSettings
from services.notifications.survey_codes import survey_links
from shared.contracts.envelope import Envelope
from shared.contracts.notifications import REQUESTS, NoticeRequested, Recipient
from shared.messaging import outbox
from shared.messaging.decisions import Decisions
from shared.messaging.handling import Received
from shared.messaging.keyring import Keyring
from shared.messaging.stores import Stores
from shared.records.store import RecordStore

KEYRING: Final = Keyring({1: bytes(32)})
BATCH: Final = 100
_SPACE: Final = UUID("2f3f5d0a-0000-5000-8000-000000000000")
_TYPE: Final = "DECISION_LETTER"
_SENT: Final = "SELECT id, recipient, content FROM notice ORDER BY due_at, id"
_OUTBOX: Final = "DELETE FROM outbox"


def requests(count: int, now: dt.datetime) -> list[NoticeRequested]:
    """Decision letters to beneficiaries, due in the reverse of the order they are asked for."""
    facts = samples.sample(_TYPE)
    return [
        NoticeRequested(
            notice_id=notice_id(number),
            notice_type=_TYPE,
            subject=f"case-{number}",
            recipient=Recipient(
                role="beneficiary",
                name=f"Person {number}",
                email=f"person-{number}@mail.example",
                language="es" if number % 4 == 0 else "en",
                time_zone="America/Chicago",
            ),
            facts=facts,
            due_at=now + dt.timedelta(hours=4) + dt.timedelta(seconds=count - number),
        )
        for number in range(count)
    ]


def notice_id(number: int) -> UUID:
    """The id of a notice by its place among those asked for."""
    return uuid5(_SPACE, str(number))


async def planned(pool: asyncpg.Pool, asked: Sequence[NoticeRequested], now: dt.datetime) -> float:
    """Take in all requests; the seconds it took."""
    decisions = Decisions(subscription(_stores(), _writing()))
    began = asyncio.get_running_loop().time()
    for start in range(0, len(asked), BATCH):
        batch = [_received(one, now) for one in asked[start : start + BATCH]]
        async with pool.acquire() as conn, conn.transaction():
            effects = await decisions.run(conn, batch, now)
            await outbox.append_pending(conn, effects.events, now=now)
    took = asyncio.get_running_loop().time() - began
    await pool.execute(_OUTBOX)  # no relay runs here, and none of it is what is measured
    return took


async def mails(pool: asyncpg.Pool) -> list[Mail]:
    """What is to be sent, in order of due time."""
    notices = Notices(KEYRING)
    rows = await pool.fetch(_SENT)
    return [
        (notices.recipient(row["id"], row["recipient"]).email or "", notices.content(row["id"], row["content"]))
        for row in rows
    ]


async def sent(pool: asyncpg.Pool, port: int, connections: int, clock: type[dt.datetime]) -> float:
    """Mail everything that waits; the seconds it took."""
    follows = Follows(Notices(KEYRING), RecordStore(KINDS, VIEWS), _writing())
    settings = MailSettings(smtp_port=port, connections=connections)
    stop = asyncio.Event()
    sender = Sender(pool, follows, settings, lambda: clock.now(dt.UTC), stop)
    began = asyncio.get_running_loop().time()
    while await sender.round():
        pass
    took = asyncio.get_running_loop().time() - began
    stop.set()
    await sender.run()  # says goodbye to the server
    return took


def _stores() -> Stores:
    return stores(Notices(KEYRING), RecordStore(KINDS, VIEWS), KINDS, _writing())


def _writing() -> Writing:
    settings = MailSettings()
    sender = From(settings.sender_name, settings.sender)
    lists = ListSettings()
    knowing = Knowing(AddressIds(KEYRING.reference))
    return Writing(load_letters(), sender, links(KEYRING, lists), survey_links(KEYRING, lists), knowing)


def _received(message: NoticeRequested, now: dt.datetime) -> Received[NoticeRequested]:
    event = uuid5(message.notice_id, "asked")
    envelope = Envelope(event, message.wire_type(), "bench", now, str(message.notice_id), event)
    return Received(envelope, message, str(message.notice_id), REQUESTS.name, 0, 0)
