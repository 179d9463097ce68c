"""Notices of a case: each says what the regulation wants, in the reader's language; deliveries count as letters."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.complaints.announcements import Announcer
from services.complaints.domain import engine, filing
from services.complaints.domain.case import Case
from services.complaints.domain.look import Act
from services.complaints.domain.notices import NOTICES
from services.complaints.domain.refusal import Refusal
from services.complaints.handlers import delivery_handlers
from services.complaints.settings import ComplaintsSettings
from shared.contracts.complaints import Authority, CaseContact, CaseParty, How, RecordStep, Role
from shared.contracts.envelope import Envelope
from shared.contracts.notifications import NOTICES as OUTCOMES_OF_NOTICES
from shared.contracts.notifications import REQUESTS, NoticeDelivered, NoticeRequested
from shared.contracts.replies import CommandAccepted
from shared.messaging import outbox
from shared.messaging.decisions import Decisions
from shared.messaging.handling import Received, Subscription
from tests.complaints.cases import (
    CASE,
    DESK,
    LATER,
    PATIENT,
    command,
    decided,
    everyone_told,
    guarded,
    informed,
    notified,
    opened,
    party,
    told,
    utc,
    walk,
)
from tests.complaints.conftest import ANNOUNCER, Desk
from tests.complaints.test_store import ACTOR, review
from tests.complaints.test_store import opened as filed
from tests.complaints.test_store import told as called

PARTIES = ("beneficiary", "provider", "practitioner")
ATTEMPTS = ComplaintsSettings().call_attempts
# 42 CFR 405.1206(d)(8)(i)-(iv)
MANDATORY = ("outcome", "rationale", "payment_consequence", "reconsideration_right", "reconsideration_deadline")


def spoken(language: str) -> tuple[CaseParty, ...]:
    """The parties of an appeal, the patient reading this language."""
    return (party(Role.BENEFICIARY, language=language), party(Role.PROVIDER), party(Role.PRACTITIONER))


def determined(outcome: str = "UPHELD_PROVIDER", **changes: Any) -> Case:
    """A determined appeal of worked example W5."""
    return walk(
        opened(**changes),
        notified("2026-07-04T23:50:00-05:00"),
        *informed("2026-07-05T10:15:00-05:00"),
        *guarded("2026-07-05T11:00:00-05:00", valid=outcome != "INVALID_NOTICE"),
        determination(outcome),
    )


def determination(outcome: str = "UPHELD_PROVIDER") -> Act:
    """The determination; a partial one states a day."""
    stated = dt.date(2026, 7, 9) if outcome == "PARTIAL" else None
    return decided("2026-07-05T12:00:00-05:00", outcome, liable_from=stated)


def asked(case: Case, *acts: Act, announcer: Announcer = ANNOUNCER) -> list[NoticeRequested]:
    """The notices that these steps give rise to."""
    notices: list[NoticeRequested] = []
    for act in acts:
        taken = engine.act(case, act, DESK, LATER)
        emits = announcer.changes(case, taken, DESK, LATER)
        notices += [emit.event for emit in emits if isinstance(emit.event, NoticeRequested)]
        case = taken.case
    return notices


def at_filing(**changes: Any) -> list[NoticeRequested]:
    """The notices of a request."""
    taken = filing.open_case(CASE, filing.read(command(**changes), DESK, LATER), DESK, LATER)
    emits = ANNOUNCER.changes(None, taken, DESK, LATER)
    return [emit.event for emit in emits if isinstance(emit.event, NoticeRequested)]


def letters(case: Case) -> dict[str, NoticeRequested]:
    """The decision letters by their reader, once the patient was called."""
    notices = asked(case, told(Role.BENEFICIARY, "2026-07-05T13:00:00-05:00"))
    assert {notice.notice_type for notice in notices} == {"DECISION_LETTER"}
    return {notice.recipient.role: notice for notice in notices}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("role", PARTIES)
@pytest.mark.parametrize("outcome", ["UPHELD_PROVIDER", "OVERTURNED", "PARTIAL", "INVALID_NOTICE"])
def test_a_letter_has_every_element_and_a_day_of_liability_only_against_the_patient(
    outcome: str, role: str, language: str
) -> None:
    facts = letters(determined(outcome, parties=spoken(language)))[role].facts
    assert all(facts[element].strip() for element in MANDATORY)
    expected = {
        "UPHELD_PROVIDER": "2026-07-06T17:00:00+00:00",  # noon of the day after the call, (f)(2)
        "PARTIAL": "2026-07-09T05:00:00+00:00",  # midnight in Chicago on the day the QIO stated
        "OVERTURNED": "",
        "INVALID_NOTICE": "",
    }
    assert facts["liability_date"] == expected[outcome]
    assert facts["beneficiary_name"] == "Ana Perez"


@pytest.mark.parametrize("outcome", ["UPHELD_PROVIDER", "OVERTURNED"])
def test_every_notice_of_an_appeal_has_all_its_elements(outcome: str) -> None:
    case = opened()
    notices = [
        *at_filing(),
        *asked(
            case,
            notified("2026-07-04T23:50:00-05:00"),
            *informed("2026-07-05T10:15:00-05:00"),
            *guarded("2026-07-05T11:00:00-05:00"),
            determination(outcome),
            *everyone_told("2026-07-05T13:00:00-05:00"),
        ),
    ]
    kinds = [notice.notice_type for notice in notices]
    expected = ["REQ_NOTIFY_PROVIDER", "REC_REQUEST", *["DECISION_CALL"] * 3, *["DECISION_LETTER"] * 3]
    assert kinds == expected
    for notice in notices:
        kind = NOTICES[notice.notice_type]
        spared = set(kind.unless_favourable) if outcome == "OVERTURNED" else set()
        empty = {element for element in kind.says if not notice.facts[element].strip()}
        assert empty <= spared, notice.notice_type


def test_the_patients_letter_is_in_the_patients_language_and_the_others_in_english() -> None:
    found = letters(determined("OVERTURNED"))
    assert found["beneficiary"].facts["payment_consequence"].startswith("Usted")
    assert found["provider"].facts["payment_consequence"].startswith("You")
    assert [found[role].recipient.language for role in PARTIES] == ["es", "en", "en"]


def test_a_patient_who_cannot_be_reached_is_called_as_often_as_needed_and_then_written_to() -> None:
    case, found = determined(parties=spoken("en")), []
    for attempt in range(ATTEMPTS):
        act = told(Role.BENEFICIARY, f"2026-07-05T1{3 + attempt}:00:00-05:00", How.UNREACHABLE)
        found.append(len(asked(case, act)))
        case = walk(case, act)
    assert found == [0] * (ATTEMPTS - 1) + [3]


def test_the_letter_to_an_unreached_patient_tells_how_the_day_is_counted() -> None:
    """42 CFR 405.1206(f)(2): noon of the day after receipt; nobody knows that day before."""
    case = determined(parties=spoken("en"))
    *tries, last = (
        told(Role.BENEFICIARY, f"2026-07-05T1{3 + n}:00:00-05:00", How.UNREACHABLE) for n in range(ATTEMPTS)
    )
    written = {notice.recipient.role: notice.facts for notice in asked(walk(case, *tries), last)}
    patient, hospital = written["beneficiary"], written["provider"]
    assert patient["liability_date"] == "noon of the day after the day on which you receive this letter"
    assert patient["reconsideration_deadline"] == "noon of the day after you are told"
    assert hospital["liability_date"] == "noon of the day after the day on which the patient is told"
    assert hospital["reconsideration_deadline"] == "noon of the day after the patient is told"


def test_of_an_unreached_patient_liability_follows_the_proven_receipt_of_the_letter() -> None:
    case = walk(
        determined(),
        *(told(Role.BENEFICIARY, f"2026-07-05T1{3 + n}:00:00-05:00", How.UNREACHABLE) for n in range(ATTEMPTS)),
    )
    received = told(Role.BENEFICIARY, "2026-07-09T10:00:00-05:00", How.LETTER)
    taken = engine.act(case, received, DESK, LATER)
    (fact,) = [fact for fact in taken.facts if fact.TYPE == "complaints.PartyNotified"]
    assert fact.liable_from == utc("2026-07-10T12:00:00-05:00")  # type: ignore[attr-defined]
    assert asked(case, received) == []  # the letters are out already


def test_a_call_says_that_the_day_counts_from_it() -> None:
    before = walk(
        opened(parties=spoken("en")),
        notified("2026-07-04T23:50:00-05:00"),
        *informed("2026-07-05T10:15:00-05:00"),
        *guarded("2026-07-05T11:00:00-05:00"),
    )
    calls = {notice.recipient.role: notice for notice in asked(before, determination())}
    assert calls["beneficiary"].facts["liability_date"] == "noon of the day after this call"
    assert calls["practitioner"].facts["liability_date"] == "noon of the day after the day on which the patient is told"


def test_whoever_calls_knows_the_number_the_interpreter_and_the_tty_and_gets_no_address_for_mail() -> None:
    reached = {"phone": "312-555-0142", "interpreter": "Vietnamese", "tty": True}
    parties = (party(Role.BENEFICIARY, **reached), party(Role.PROVIDER), party(Role.PRACTITIONER))
    before = walk(
        opened(parties=parties),
        notified("2026-07-04T23:50:00-05:00"),
        *informed("2026-07-05T10:15:00-05:00"),
        *guarded("2026-07-05T11:00:00-05:00"),
    )
    call = asked(before, determination())[0].recipient
    assert (call.phone, call.interpreter, call.tty, call.email) == ("312-555-0142", "Vietnamese", True, None)
    letter = letters(determined(parties=parties))["beneficiary"].recipient
    assert letter.email == PATIENT.email


def test_a_representative_stands_in_for_the_patient_and_the_patient_is_named() -> None:
    acting = CaseParty(
        role=Role.REPRESENTATIVE,
        contact=CaseContact(name="Luis Perez", email="luis@example.org", language="en", phone="312-555-0199"),
        authority=Authority.APPOINTED,
    )
    found = letters(determined(parties=(*spoken("es"), acting)))
    assert sorted(found) == ["practitioner", "provider", "representative"]
    letter = found["representative"]
    assert (letter.recipient.name, letter.recipient.email) == ("Luis Perez", "luis@example.org")
    assert letter.recipient.language == "en"
    assert letter.facts["payment_consequence"].startswith("You asked in time.")
    assert letter.facts["beneficiary_name"] == "Ana Perez"


def test_a_patient_known_only_through_a_representative_is_not_named_like_the_representative() -> None:
    acting = CaseParty(role=Role.REPRESENTATIVE, contact=CaseContact(name="Luis Perez"), authority=Authority.STATE_LAW)
    parties = (acting, party(Role.PROVIDER), party(Role.PRACTITIONER))
    facts = letters(determined(parties=parties))["provider"].facts
    assert facts["beneficiary_name"] == "represented by Luis Perez"


def test_who_has_left_the_hospital_is_sent_to_the_general_appeal() -> None:
    """42 CFR 405.1206(g)(2)."""
    changes: dict[str, Any] = {"circumstances": {"left"}, "parties": spoken("en")}
    facts = letters(determined(**changes))["beneficiary"].facts
    assert "general claims appeal" in facts["reconsideration_right"]


def test_who_asked_too_late_is_told_so_and_the_hospital_that_nothing_protects_the_patient() -> None:
    """42 CFR 405.1206(b)(6), (f)(3)."""
    late: dict[str, Any] = {"received_at": utc("2026-07-05T08:00:00-05:00"), "parties": spoken("en")}
    (notice,) = at_filing(**late)
    assert "without protection" in notice.facts["patient_protection"]
    case = walk(
        opened(**late),
        notified("2026-07-05T08:30:00-05:00"),
        *informed("2026-07-05T10:15:00-05:00"),
        *guarded("2026-07-05T11:00:00-05:00"),
        determination(),
    )
    facts = letters(case)["beneficiary"].facts
    assert facts["payment_consequence"].startswith("You asked after the time for it.")


def test_a_request_brings_no_words_for_what_the_case_knows() -> None:
    with pytest.raises(Refusal) as refused:
        opened(words={"liability_date": "never", "case_id": "another", "records_wanted": "the chart of ward 5"})
    assert [reason.field for reason in refused.value.reasons] == ["words.case_id", "words.liability_date"]


def test_the_reviewer_and_the_notes_are_in_no_notice() -> None:
    case = determined()
    for notice in letters(case).values():
        said = notice.model_dump_json()
        assert case.sealed.assigned[0].reviewer not in said
        assert "Dr. Vega" not in said


def test_notices_are_due_with_the_clock_they_serve() -> None:
    (request,) = asked(opened(), notified("2026-07-04T23:50:00-05:00"))
    assert request.due_at == utc("2026-07-05T17:00:00Z")  # W5: (e)(2)
    assert request.facts["records_due"] == "2026-07-05T17:00:00+00:00"
    letter = letters(determined())["beneficiary"]
    assert letter.due_at == utc("2026-07-06T23:59:59-05:00")  # the next calendar day


async def test_letters_are_asked_for_once_and_their_delivery_notifies_the_parties(desk: Desk) -> None:
    case_id = await filed(desk)
    await desk.ask(*review(case_id))
    await desk.ask(called(case_id, Role.BENEFICIARY, How.UNREACHABLE))
    await desk.ask(*(called(case_id, role) for role in (Role.BENEFICIARY, Role.PROVIDER, Role.PRACTITIONER)))
    notices = await requests(desk)
    decisions = [notice for notice in notices if notice.notice_type == "DECISION_LETTER"]
    assert [notice.recipient.role for notice in decisions] == list(PARTIES)
    assert len({notice.notice_id for notice in notices}) == len(notices)
    await deliver(desk, decisions[0], decisions[1], decisions[1], notices[0])
    assert (await desk.case(case_id)).state == "DETERMINED"
    await deliver(desk, decisions[2], *decisions)
    assert (await desk.case(case_id)).state == "NOTIFIED"


async def test_a_letter_to_a_representative_is_the_letter_to_the_patient(desk: Desk) -> None:
    case_id = await filed(desk)
    await desk.ask(*review(case_id), called(case_id, Role.BENEFICIARY))
    (letter, *_) = [notice for notice in await requests(desk) if notice.notice_type == "DECISION_LETTER"]
    acting = letter.recipient.model_copy(update={"role": "representative"})
    await deliver(desk, letter.model_copy(update={"recipient": acting}))
    done = (await desk.case(case_id)).course.told("letter_left", Role.BENEFICIARY)
    assert done is not None
    assert done.actor == "notifications"


async def test_a_delivery_about_something_else_touches_no_case(desk: Desk) -> None:
    case_id = await filed(desk)
    (request,) = await requests(desk)
    strange = request.model_copy(update={"notice_type": "DECISION_LETTER", "subject": "140001"})
    unknown = request.model_copy(update={"notice_type": "DECISION_LETTER", "subject": str(uuid4())})
    await deliver(desk, request, strange, unknown)
    assert (await desk.case(case_id)).version == 1


async def test_a_letter_delivered_after_the_case_has_moved_on_changes_nothing(desk: Desk) -> None:
    case_id = await filed(desk)
    await desk.ask(*review(case_id), called(case_id, Role.BENEFICIARY))
    letters_asked = [notice for notice in await requests(desk) if notice.notice_type == "DECISION_LETTER"]
    case = await desk.case(case_id)
    at = utc("2026-07-04T23:56:00-05:00")
    (reply,) = await desk.ask(RecordStep(actor=ACTOR, case_id=case_id, at=at, step="letter_left", party=Role.PROVIDER))
    assert isinstance(reply, CommandAccepted), reply
    await deliver(desk, *(notice for notice in letters_asked if notice.recipient.role == "provider"))
    assert (await desk.case(case_id)).version == case.version + 1


async def requests(desk: Desk) -> list[NoticeRequested]:
    """Every notice asked for so far."""
    return [NoticeRequested.model_validate_json(row["payload"]) for row in await desk.events(REQUESTS.name)]


async def deliver(desk: Desk, *notices: NoticeRequested) -> None:
    """Notifications says that these left."""
    subscription = Subscription(OUTCOMES_OF_NOTICES.name, delivery_handlers(ANNOUNCER, desk.store), desk.store)
    batch: Sequence[Received[Any]] = [_received(notice, uuid4(), desk.now) for notice in notices]
    async with desk.pool.acquire() as conn, conn.transaction():
        effects = await Decisions(subscription).run(conn, list(batch), desk.now)
        await outbox.append_pending(conn, effects.events, now=desk.now)


def _received(notice: NoticeRequested, event_id: UUID, now: dt.datetime) -> Received[Any]:
    event = NoticeDelivered(
        notice_id=notice.notice_id,
        notice_type=notice.notice_type,
        subject=notice.subject,
        recipient_role=notice.recipient.role,
        channel="email",
        delivered_at=now,
        on_time=True,
        attempts=1,
    )
    key = str(notice.notice_id)
    envelope = Envelope(event_id, event.wire_type(), "qio-notifications", now, key, event_id)
    return Received(envelope, event, key, OUTCOMES_OF_NOTICES.name, 0, 0)
