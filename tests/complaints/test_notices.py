"""Notices of a case: each says what the regulation wants, in the reader's language; deliveries count as letters."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from services.complaints.domain import letters
from services.complaints.domain.letters import Desk as Qio
from services.complaints.domain.states import State
from services.complaints.handlers import delivery_handlers
from shared.contracts.complaints import CaseContact, How, Outcome, Party, RecordPartyNotified
from shared.contracts.envelope import Envelope
from shared.contracts.notifications import NOTICES, REQUESTS, NoticeDelivered, NoticeRequested
from shared.messaging import outbox
from shared.messaging.decisions import Decisions
from shared.messaging.handling import Received, Subscription
from tests.complaints.cases import decided, everyone_told, guarded, informed, notified, opened, told, utc, walk
from tests.complaints.conftest import ANNOUNCER, Desk
from tests.complaints.test_store import ACTOR, review
from tests.complaints.test_store import opened as filed

QIO = Qio("Test QIO", "1-800-000-0000")
# 42 CFR 405.1206(d)(8)(i)-(iv)
MANDATORY = ("outcome", "rationale", "payment_consequence", "reconsideration_right", "reconsideration_deadline")


def case(outcome: Outcome, **changes: Any) -> Any:
    liable_from = dt.date(2026, 7, 9) if outcome is Outcome.PARTIAL else None
    return walk(
        opened(**changes),
        notified("2026-07-04T23:50:00-05:00"),
        informed("2026-07-05T10:15:00-05:00"),
        *guarded("2026-07-05T11:00:00-05:00", valid=outcome is not Outcome.INVALID_NOTICE),
        decided("2026-07-05T12:00:00-05:00", outcome, liable_from=liable_from),
    )


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("outcome", Outcome)
def test_a_letter_has_every_element_and_a_day_of_liability_only_against_the_patient(
    outcome: Outcome, party: Party, language: Any
) -> None:
    patient = CaseContact(name="Ana Perez", language=language)
    facts = letters.decision_facts(
        walk(case(outcome, patient=patient), *everyone_told("2026-07-05T13:00:00-05:00")), party, QIO
    )
    assert all(facts[element].strip() for element in MANDATORY)
    expected = {
        Outcome.UPHELD_PROVIDER: "2026-07-06T17:00:00+00:00",  # noon of the day after the call, (f)(2)
        Outcome.PARTIAL: "2026-07-09T05:00:00+00:00",  # midnight in Chicago on the day the QIO stated
        Outcome.OVERTURNED: "",
        Outcome.INVALID_NOTICE: "",
    }
    assert facts["liability_date"] == expected[outcome]
    assert ("beneficiary_name" in facts) is (party is not Party.BENEFICIARY)


def test_the_patients_letter_is_in_the_patients_language_and_the_others_in_english() -> None:
    appeal = walk(case(Outcome.OVERTURNED), *everyone_told("2026-07-05T13:00:00-05:00"))
    patient = letters.decision_facts(appeal, Party.BENEFICIARY, QIO)
    hospital = letters.decision_facts(appeal, Party.HOSPITAL, QIO)
    assert patient["payment_consequence"].startswith("Usted")
    assert hospital["payment_consequence"].startswith("You")


def test_a_patient_who_cannot_be_reached_is_told_by_letter_how_the_day_is_counted() -> None:
    appeal = walk(
        case(Outcome.UPHELD_PROVIDER, patient=CaseContact(name="Ana Perez")),
        told(Party.BENEFICIARY, "2026-07-05T13:00:00-05:00", How.UNREACHABLE),
    )
    facts = letters.decision_facts(appeal, Party.BENEFICIARY, QIO)
    assert "you receive this letter" in facts["liability_date"]
    assert facts["reconsideration_deadline"] == "noon of the day after you are told"


def test_who_has_left_the_hospital_is_sent_to_the_general_appeal() -> None:
    """42 CFR 405.1206(g)(2)."""
    appeal = case(Outcome.UPHELD_PROVIDER, still_inpatient=False, patient=CaseContact(name="Ana Perez"))
    facts = letters.decision_facts(appeal, Party.BENEFICIARY, QIO)
    assert "general claims appeal" in facts["reconsideration_right"]


async def test_letters_are_asked_for_once_and_their_delivery_notifies_the_parties(desk: Desk) -> None:
    case_id = await filed(desk)
    await desk.ask(*review(case_id))
    at = utc("2026-07-04T23:55:00-05:00")
    base = {"actor": ACTOR, "case_id": case_id, "at": at}
    await desk.ask(RecordPartyNotified(**base, party=Party.BENEFICIARY, how=How.UNREACHABLE))
    await desk.ask(*(RecordPartyNotified(**base, party=party, how=How.PHONE) for party in Party))
    requested = [NoticeRequested.model_validate_json(row["payload"]) for row in await desk.events(REQUESTS.name)]
    decisions = [notice for notice in requested if notice.notice_type == "DECISION_LETTER"]
    assert [notice.recipient.role for notice in decisions] == ["beneficiary", "hospital", "physician"]
    assert len({notice.notice_id for notice in requested}) == len(requested)
    await deliver(desk, *decisions, *decisions, requested[0])
    assert (await desk.case(case_id)).state is State.NOTIFIED


async def deliver(desk: Desk, *notices: NoticeRequested) -> None:
    """Notifications says that these left, twice for some and one of another kind among them."""
    subscription = Subscription(NOTICES.name, delivery_handlers(ANNOUNCER), desk.store)
    batch: list[Received[Any]] = []
    for notice in notices:
        event_id = uuid4()
        event = NoticeDelivered(
            notice_id=notice.notice_id,
            notice_type=notice.notice_type,
            subject=notice.subject,
            recipient_role=notice.recipient.role,
            channel="email",
            delivered_at=desk.now,
            on_time=True,
            attempts=1,
        )
        key = str(notice.notice_id)
        envelope = Envelope(event_id, event.wire_type(), "qio-notifications", desk.now, key, event_id)
        batch.append(Received(envelope, event, key, NOTICES.name, 0, 0))
    async with desk.pool.acquire() as conn, conn.transaction():
        effects = await Decisions(subscription).run(conn, batch, desk.now)
        await outbox.append_pending(conn, effects.events, now=desk.now)


async def test_a_delivery_about_something_else_touches_no_case(desk: Desk) -> None:
    case_id = await filed(desk)
    requested = [NoticeRequested.model_validate_json(row["payload"]) for row in await desk.events(REQUESTS.name)]
    strange = requested[0].model_copy(update={"notice_type": "DECISION_LETTER", "subject": "140001"})
    unknown = requested[0].model_copy(update={"notice_type": "DECISION_LETTER", "subject": str(uuid4())})
    await deliver(desk, requested[0], strange, unknown)
    assert (await desk.case(case_id)).version == 1
