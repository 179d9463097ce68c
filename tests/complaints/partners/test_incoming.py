"""A returned document is a step of its case at the time of arrival, acknowledged once however often it comes."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.complaints.partners import incoming
from services.complaints.stores import Stores
from shared.contracts import partners as contracts
from shared.contracts.complaints import RecordStep
from shared.contracts.envelope import Envelope
from shared.contracts.partners import DocumentReturned
from shared.contracts.replies import CommandAccepted
from shared.messaging import outbox
from shared.messaging.decisions import Decisions
from shared.messaging.handling import Received, Subscription
from shared.runtime.partners import Partner
from tests.complaints.cases import utc
from tests.complaints.conftest import Desk
from tests.complaints.partners.support import ANNOUNCER, CORRESPONDENCE, LAKE, MAC, NAMES, review
from tests.support.service import KEYRING

ARRIVED = utc("2026-07-10T08:00:00-05:00")
DOCUMENT = UUID("4e8f2c1d-9b7e-4c33-8d21-6e5f4a3b2c1d")


@pytest.fixture
async def waiting(desk: Desk) -> UUID:
    """A review whose records were requested on 2 July; the id of the case."""
    desk.now = utc("2026-07-12T12:00:00-05:00")
    (made,) = await desk.ask(review())
    assert isinstance(made, CommandAccepted)
    case_id = UUID(str(made.made["case_id"]))
    await desk.ask(
        RecordStep(
            actor="records@example.org",
            case_id=case_id,
            step="records_requested",
            at=utc("2026-07-02T09:00:00-05:00"),
            words={"records_wanted": "The whole record of the stay."},
        )
    )
    return case_id


async def give(
    desk: Desk, sender: Partner, case: UUID, *documents: UUID, arrived: dt.datetime | None = ARRIVED
) -> None:
    """Documents come in on the sender's topic as one batch, each under a message id of its own."""
    stores = Stores(desk.store, KEYRING)
    subscriptions = incoming.subscriptions(CORRESPONDENCE, ANNOUNCER, desk.store, stores)
    topic = contracts.documents(sender.id).name
    subscription: Subscription = next(one for one in subscriptions if one.topic == topic)
    batch = [_received(topic, case, document, arrived) for document in documents]
    async with desk.pool.acquire() as conn, conn.transaction():
        effects = await Decisions(subscription).run(conn, batch, desk.now)
        await outbox.append_pending(conn, effects.events, now=desk.now)


def _received(topic: str, case: UUID, document: UUID, arrived: dt.datetime | None) -> Received[Any]:
    message = DocumentReturned(document=document, case=case, kind="RECORDS", pages=212, sha256="ab" * 32)
    event_id = uuid4()
    envelope = Envelope(
        id=event_id,
        type=message.wire_type(),
        source="partner",
        time=ARRIVED - dt.timedelta(days=3),
        subject=str(case),
        correlation_id=event_id,
    )
    return Received(envelope, message, str(case), topic, 0, 0, arrived)


async def answers(desk: Desk, to: Partner) -> Sequence[Any]:
    rows = await desk.events(contracts.requests(to.id).name)
    return [json.loads(row["payload"]) for row in rows if row["type"] == contracts.DocumentAcknowledged.wire_type()]


async def test_a_document_is_a_step_at_the_time_the_broker_took_it_and_is_acknowledged(
    desk: Desk, waiting: UUID
) -> None:
    name = NAMES.name("lake", waiting)
    await give(desk, LAKE, name, DOCUMENT)
    case = await desk.case(waiting)
    last = case.course.log[-1]
    assert (last.step, last.at, last.actor) == ("information_received", ARRIVED, "partner:lake")
    (answer,) = await answers(desk, LAKE)
    assert (answer["verdict"], answer["case"], answer["document"]) == ("TAKEN", str(name), str(DOCUMENT))
    assert dt.datetime.fromisoformat(answer["received_at"]) == ARRIVED
    line = await desk.pool.fetchrow("SELECT actor, action FROM audit WHERE case_id = $1 ORDER BY number DESC", waiting)
    assert tuple(line) == ("partner:lake", "partner.DocumentReturned.v1")


async def test_the_same_document_again_is_neither_a_step_nor_acknowledged_again(desk: Desk, waiting: UUID) -> None:
    name = NAMES.name("lake", waiting)
    await give(desk, LAKE, name, DOCUMENT, DOCUMENT)
    await give(desk, LAKE, name, DOCUMENT, arrived=ARRIVED + dt.timedelta(days=1))
    assert len(await answers(desk, LAKE)) == 1
    assert (await desk.case(waiting)).course.times("information_received") == 1
    await give(desk, LAKE, name, uuid4())
    assert len(await answers(desk, LAKE)) == 2


async def test_what_the_case_does_not_wait_for_was_received_all_the_same(desk: Desk, waiting: UUID) -> None:
    done = RecordStep(
        actor="records@example.org",
        case_id=waiting,
        step="information_complete",
        at=utc("2026-07-11T09:00:00-05:00"),
    )
    await desk.ask(done)
    await give(desk, LAKE, NAMES.name("lake", waiting), DOCUMENT)
    (answer,) = await answers(desk, LAKE)
    assert answer["verdict"] == "NOT_EXPECTED"
    assert (await desk.case(waiting)).course.times("information_received") == 0
    assert (
        await desk.pool.fetchval("SELECT verdict FROM partner_document WHERE case_id = $1", waiting) == "NOT_EXPECTED"
    )
    line = await desk.pool.fetchval("SELECT action FROM audit WHERE case_id = $1 ORDER BY number DESC", waiting)
    assert line == "partner.DocumentReturned.v1"


async def test_a_partner_reaches_no_case_by_anothers_name_nor_by_the_id_itself(desk: Desk, waiting: UUID) -> None:
    for name in (NAMES.name("lake", waiting), waiting, uuid4()):
        await give(desk, MAC, name, uuid4())
    assert [answer["verdict"] for answer in await answers(desk, MAC)] == ["UNKNOWN_CASE"] * 3
    assert (await desk.case(waiting)).course.times("information_received") == 0


async def test_the_same_document_id_of_two_partners_is_two_documents(desk: Desk, waiting: UUID) -> None:
    await give(desk, LAKE, NAMES.name("lake", waiting), DOCUMENT)
    await give(desk, MAC, NAMES.name("mac", waiting), DOCUMENT)
    assert len(await answers(desk, LAKE)) == len(await answers(desk, MAC)) == 1


async def test_without_the_brokers_time_a_document_counts_when_it_is_handled_and_never_later(
    desk: Desk, waiting: UUID
) -> None:
    await give(desk, LAKE, NAMES.name("lake", waiting), DOCUMENT, arrived=None)
    await give(desk, LAKE, NAMES.name("lake", waiting), uuid4(), arrived=desk.now + dt.timedelta(hours=1))
    received = [dt.datetime.fromisoformat(answer["received_at"]) for answer in await answers(desk, LAKE)]
    assert received == [desk.now, desk.now]
