"""Requests to make, a mail server that answers as told, and the service's parts wired to a test database."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from uuid import UUID, uuid5

import asyncpg
from aiosmtpd.smtp import SMTP

from services.notifications.domain.addresses.ids import AddressIds
from services.notifications.domain.catalogue import CATALOGUE, samples
from services.notifications.domain.knowing import Knowing
from services.notifications.domain.mail import Sender as From
from services.notifications.domain.planning import Desk
from services.notifications.domain.registry import KINDS
from services.notifications.domain.route import NOTHING, Known
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
from shared.records.store import RecordStore
from tests.support.service import KEYRING

SPACE = UUID("5b0e3f1c-0000-5000-8000-000000000000")
NOW = dt.datetime(2014, 8, 6, 14, 0, tzinfo=dt.UTC)
LETTERS = load_letters()
FROM = From("Quality Improvement Organization", "notices@qio.example")
LINKS = links(KEYRING, ListSettings())
SURVEYS = survey_links(KEYRING, ListSettings(public_url="https://notices.example"))
WRITING = Writing(LETTERS, FROM, LINKS, SURVEYS, Knowing(AddressIds(KEYRING.reference)))
RECORDS = RecordStore(KINDS, VIEWS)
STORES = stores(Notices(KEYRING), RECORDS, KINDS, WRITING)

SAMPLE = samples.SAMPLE
FACTS = {kind: samples.sample(kind) for kind in CATALOGUE}


def request(
    number: int = 1,
    kind: str = "WELCOME",
    role: str = "facility",
    *,
    email: str | None = "recipient@facility.example",
    due: dt.datetime = NOW,
    name: str = "María Example",
    language: str = "en",
    facts: dict[str, str] | None = None,
) -> NoticeRequested:
    """A request; ``number`` tells notices apart."""
    return NoticeRequested(
        notice_id=uuid5(SPACE, str(number)),
        notice_type=kind,
        subject=f"subject-{number}",
        recipient=Recipient.model_validate(
            {"role": role, "name": name, "email": email, "language": language, "time_zone": "America/New_York"}
        ),
        facts=FACTS[kind] if facts is None else facts,
        due_at=due,
    )


def received(message: NoticeRequested, offset: int = 0) -> Received[NoticeRequested]:
    """The request as it comes from the topic; another offset is another event."""
    event = uuid5(message.notice_id, str(offset))
    envelope = Envelope(event, message.wire_type(), "test", NOW, str(message.notice_id), event)
    return Received(envelope, message, str(message.notice_id), REQUESTS.name, 0, offset)


async def take_in(pool: asyncpg.Pool, requests: Sequence[NoticeRequested], offset: int = 0) -> None:
    """Let the service handle requests as one batch of the message path."""
    decisions = Decisions(subscription(STORES, WRITING))
    async with pool.acquire() as conn, conn.transaction():
        effects = await decisions.run(conn, [received(message, offset) for message in requests], NOW)
        await outbox.append_pending(conn, effects.events, now=NOW)


def desk(now: dt.datetime = NOW, known: Known = NOTHING) -> Desk:
    """What a notice is written with."""
    return Desk(LETTERS, FROM, LINKS, now, known)


class Clock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += dt.timedelta(seconds=seconds)


@dataclass
class MailServer:
    """Keeps what it accepts. ``answer`` may give a reply for a recipient instead; None accepts."""

    port: int = 0
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    answer: Callable[[str], str | None] = lambda _: None
    at_rcpt: Callable[[str], str | None] = lambda _: None
    connections: int = 0

    def mails(self) -> list[EmailMessage]:
        """The accepted mails, parsed."""
        return [message_from_bytes(content, policy=default) for _, content in self.taken]

    def ids(self) -> list[str]:
        """Their Message-IDs."""
        return [str(mail["Message-ID"]) for mail in self.mails()]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Accept a recipient or answer as told."""
        refusal = self.at_rcpt(address)
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep a mail or answer as told."""
        refusal = self.answer(envelope.rcpt_tos[0])
        if refusal is None:
            self.taken.append((envelope.rcpt_tos[0], envelope.content))
        return refusal or "250 OK"


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    """A real SMTP server on this host."""
    mailbox = MailServer()
    loop = asyncio.get_running_loop()

    def connected() -> SMTP:
        mailbox.connections += 1
        return SMTP(mailbox, hostname="localhost", loop=loop)

    server = await loop.create_server(connected, "127.0.0.1", 0)
    mailbox.port = server.sockets[0].getsockname()[1]
    try:
        yield mailbox
    finally:
        server.close()
        await server.wait_closed()


def sender(pool: asyncpg.Pool, port: int, clock: Callable[[], dt.datetime], **changed: Any) -> Sender:
    """A sender that talks to a test server."""
    settings = MailSettings(smtp_port=port, smtp_timeout=5, lease=60).model_copy(update=changed)
    return Sender(pool, follows(), settings, clock, asyncio.Event())


def follows() -> Follows:
    """What a worker goes on with by another way."""
    return Follows(Notices(KEYRING), RECORDS, WRITING)


async def outbox_events(pool: asyncpg.Pool) -> list[tuple[str, str]]:
    """Type and notice of every event waiting to be published, in order."""
    rows = await pool.fetch("SELECT type, aggregateid FROM outbox ORDER BY position")
    return [(row["type"].split(".")[1], row["aggregateid"]) for row in rows]
