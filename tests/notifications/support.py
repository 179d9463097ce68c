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

from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.mail import Sender as From
from services.notifications.handlers import subscription
from services.notifications.letters import load_letters
from services.notifications.repository import Notices
from services.notifications.sender import Sender
from services.notifications.settings import MailSettings
from shared.contracts.envelope import Envelope
from shared.contracts.notifications import REQUESTS, NoticeRequested, Recipient
from shared.messaging import outbox
from shared.messaging.decisions import Decisions
from shared.messaging.handling import Received
from tests.support.service import KEYRING

SPACE = UUID("5b0e3f1c-0000-5000-8000-000000000000")
NOW = dt.datetime(2014, 8, 6, 14, 0, tzinfo=dt.UTC)
LETTERS = load_letters()
FROM = From("Quality Improvement Organization", "notices@qio.example")

CASE = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
# A value for every element a notice may have.
SAMPLE = {
    "facility_name": "Sunny Meadows Nursing Home",
    "collaborative_name": "National Nursing Home Quality Care Collaborative",
    "qin_qio": "Great Plains QIN",
    "recruited_on": "2014-08-01",
    "invited_on": "2014-08-01",
    "interest_id": "3d0e3f1c-0000-5000-8000-000000000000",
    "interest_kind": "Offer",
    "interest_subject": "We hold talks for families on safe use of medicines.\nMay we join?",
    "received_on": "2014-08-01",
    "answers": "Great Plains QIN",
    "answer_due_on": "2014-08-08",
    "answer": "Yes, with pleasure. The next session is in September.",
    "case_id": CASE,
    "qio_name": "BFCC-QIO Area 1",
    "qio_phone": "1-866-555-0100",
    "provider_name": "Mercy Hospital",
    "beneficiary_name": "M. E.",
    "plan_name": "Harbor Health Plan",
    "service_name": "inpatient hospital care",
    "review_name": "hospital discharge appeal",
    "citation": "42 CFR 405.1206",
    "service_dates": "July 1 to July 5, 2014",
    "request_received": "2014-08-05T19:12:00Z",
    "next_step": "A nurse calls you within two days.",
    "detailed_notice_name": "Detailed Notice of Discharge",
    "detailed_notice_due": "2014-08-06T16:00:00Z",
    "records_wanted": "the complete medical record of this stay",
    "records_requested": "2014-07-20",
    "records_due": "2014-08-06T16:00:00Z",
    "late_consequence": "We may decide on what we have, and you may have to bear the cost of the longer stay.",
    "patient_protection": "The patient does not pay for the stay while the review is open.",
    "outcome": "UPHELD_PROVIDER",
    "decided_on": "2014-08-07T15:00:00Z",
    "rationale": "Your records show that your condition is stable.\nThe care you need can be given at home.",
    "payment_consequence": "Medicare pays for your stay until the time below. After it you may have to pay.",
    "liability_date": "2014-08-08T16:00:00Z",
    "liability_determination": "You did not know and could not know that the care is not covered.",
    "reconsideration_right": "You can ask the Qualified Independent Contractor for a fast reconsideration.",
    "reconsideration_deadline": "2014-08-08T16:00:00Z",
    "appeal_right": "You can ask an administrative law judge for a hearing.",
    "appeal_deadline": "2014-10-07",
    "claim_reference": "claim 4711",
    "drg_billed": "291",
    "drg_determined": "292",
    "findings": "Pain was not treated: standard not met. Pain is asked for each shift. It was not on July 3.\n"
    "Fall on July 4: standard met. A risk score is kept each day. It was.",
    "discussion_right": "You can discuss the concerns not met with our physician by telephone, or send a statement.",
    "discussion_deadline": "2014-08-13",
    "discussion_summary": "The nurse manager said that the shift was short of staff.",
    "if_no_response": "The first findings become final.",
    "reason": "One side did not wish to go on.",
    "written_complaint_right": "Write to us at any time, on paper or online.",
    "written_complaint_deadline": "2017-07-03",
    "resubmit_right": "Send us the complaint again with the day of the care.",
    "qic_notified": "2014-08-08T13:00:00Z",
    "file_contents": "the notice, the medical record and our decision",
    "file_due": "2014-08-08T21:00:00Z",
    "notice_delivered": "2014-08-04T14:00:00Z",
    "notice_defect": "It was given one day before the end of the care.",
    "disclosed_to": "State Board of Medicine",
    "disclosed_information": "our findings about one stay",
    "disclose_from": "2014-09-05",
    "referred_to": "State Survey Agency",
    "referred_information": "The patient said that the hall was not clean.",
    "individual_name": "J. Doe",
    "event_date": "2014-06-01",
    "case_received": "2014-08-01T13:00:00Z",
    "mailed_on": "2014-08-11",
    "response_deadline": "2014-09-15",
    "practitioner_names": "A. Smith, MD",
    "arrival_time": "2014-06-01T03:10:00Z",
    "transfer_time": "2014-06-01T05:40:00Z",
    "medical_answers": "Was there an emergency medical condition? Yes.\nWas the individual stabilized? Undetermined.",
    "medical_opinion": "The individual came with chest pain and was examined after ten minutes.",
    "response_summary": "The hospital sent its log. No meeting was asked for.",
    "report_due": "2014-09-30T03:59:59Z",
    "practitioner_name": "A. Smith, MD",
    "obligation": "Services must be of a quality that meets professionally recognized standards.",
    "circumstances": "In five of six stays no discharge plan was made.",
    "corrective_action": "A course on discharge planning within 90 days.",
    "possible_sanction": "Exclusion from Medicare for one year.",
    "enclosures": "copies of six medical records",
    "finding": "The finding is affirmed.",
    "recommendation": "Exclusion for one year.",
    "submitted_on": "2014-09-01",
}
# Where another review than a hospital discharge appeal is more like what is sent.
_OWN = {
    "DENIAL_NOTICE": {
        "citation": "42 CFR 476.94",
        "outcome": "DENIED_DAYS",
        "mailed_on": "2014-08-04",
        "payment_consequence": "Medicare does not pay for July 4 and 5.",
        "reconsideration_right": "You can ask us for a reconsideration, in writing.",
        "reconsideration_deadline": "2014-10-08",
    },
    "C_FID_LETTER": {
        "citation": "42 CFR 476.130(d)",
        "reconsideration_right": "You can ask us, by telephone or in writing, to look again.",
    },
    "C_RECON_LETTER": {
        "citation": "42 CFR 476.140",
        "review_name": "reconsideration of a complaint",
        "outcome": "CONFIRMED",
        "rationale": "The record of July 3 shows no entry about pain.",
    },
    "EMTALA_NOTICE_CERTIFIED": {"citation": "42 CFR 489.24(h)"},
    "SANCTION_N1": {"citation": "42 CFR 1004.40"},
}
FACTS = {
    kind: {name: SAMPLE[name] for name in described.mandatory} | _OWN.get(kind, {})
    for kind, described in CATALOGUE.items()
}


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
    decisions = Decisions(subscription(Notices(KEYRING), LETTERS, FROM))
    async with pool.acquire() as conn, conn.transaction():
        effects = await decisions.run(conn, [received(message, offset) for message in requests], NOW)
        await outbox.append_pending(conn, effects.events, now=NOW)


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
    return Sender(pool, Notices(KEYRING), settings, clock, asyncio.Event())


async def outbox_events(pool: asyncpg.Pool) -> list[tuple[str, str]]:
    """Type and notice of every event waiting to be published, in order."""
    rows = await pool.fetch("SELECT type, aggregateid FROM outbox ORDER BY position")
    return [(row["type"].split(".")[1], row["aggregateid"]) for row in rows]
