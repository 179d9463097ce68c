"""Appeals for the tests, and the steps that lead them to a state."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from services.complaints.domain import conclusion, filing, review
from services.complaints.domain.appeal import Appeal, Confidential, Reviewer, Step
from shared.contracts.complaints import (
    CaseContact,
    Channel,
    FileDischargeAppeal,
    How,
    Item,
    Outcome,
    Party,
)

CASE = UUID("4b1c7a52-3f0e-5d6b-9a77-1d2c3b4a5f60")
PATIENT_REFERENCE = "0123456789abcdef0123456789abcdef"
REVIEWER = Reviewer(id="pr-17", physician=True)
# Far enough ahead that no time in a test lies in the future.
LATER = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)


def utc(text: str) -> dt.datetime:
    """An instant written with its zone."""
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


def command(**changes: Any) -> FileDischargeAppeal:
    """The request of worked example W5: Chicago, discharge ordered for Independence Day, asked at 23:40."""
    values: dict[str, Any] = {
        "actor": "intake@example.org",
        "beneficiary": PATIENT_REFERENCE,
        "patient": CaseContact(name="Ana Perez", email="ana@example.org", language="es"),
        "physician": CaseContact(name="Dr. Li", email="li@example.org"),
        "hospital": CaseContact(name="Lakeside Hospital", email="im@lakeside.example.org"),
        "facility_ccn": "140001",
        "state": "IL",
        "zip_code": "60601",
        "admitted_on": dt.date(2026, 6, 28),
        "discharge_on": dt.date(2026, 7, 4),
        "received_at": utc("2026-07-04T23:40:00-05:00"),
        "channel": Channel.PHONE,
        "still_inpatient": True,
    } | changes
    return FileDischargeAppeal(**values)


def opened(now: dt.datetime = LATER, **changes: Any) -> Appeal:
    """A case just opened."""
    request = command(**changes)
    confidential = Confidential(
        beneficiary=request.beneficiary,
        patient=request.patient,
        physician=request.physician,
        hospital=request.hospital,
    )
    return filing.open_case(CASE, filing.filing_of(request, now), confidential, now).appeal


def walk(appeal: Appeal, *steps: Callable[[Appeal], Step]) -> Appeal:
    """The case after these steps."""
    for step in steps:
        appeal = step(appeal).appeal
    return appeal


def notified(at: str) -> Callable[[Appeal], Step]:
    """The hospital is told."""
    return lambda appeal: review.hospital_notified(appeal, utc(at), LATER)


def informed(at: str, *, complete: bool = True) -> Callable[[Appeal], Step]:
    """Detailed notice and records come in."""
    return lambda appeal: review.information_received(appeal, utc(at), frozenset(Item), complete=complete, now=LATER)


def guarded(at: str, *, valid: bool = True, reviewer: Reviewer = REVIEWER) -> tuple[Callable[[Appeal], Step], ...]:
    """Everything a determination needs besides information."""
    when = utc(at)
    return (
        lambda appeal: review.views_solicited(appeal, when, LATER),
        lambda appeal: review.explanation_offered(appeal, when, LATER),
        lambda appeal: review.validity_found(appeal, when, valid=valid, now=LATER),
        lambda appeal: review.reviewer_assigned(appeal, when, reviewer, attested=True, now=LATER),
    )


def decided(
    at: str,
    outcome: Outcome = Outcome.UPHELD_PROVIDER,
    reviewer: str = REVIEWER.id,
    liable_from: dt.date | None = None,
) -> Callable[[Appeal], Step]:
    """The reviewer determines."""
    return lambda appeal: review.determined(
        appeal,
        utc(at),
        reviewer=reviewer,
        outcome=outcome,
        rationale="You can safely go on at home.",
        liable_from=liable_from,
        now=LATER,
    )


def told(party: Party, at: str, how: How = How.PHONE, now: dt.datetime = LATER) -> Callable[[Appeal], Step]:
    """A party is told."""
    return lambda appeal: conclusion.party_notified(appeal, party, how, utc(at), now)


def everyone_told(at: str) -> tuple[Callable[[Appeal], Step], ...]:
    """All three are told by telephone."""
    return tuple(told(party, at) for party in Party)


def lettered(at: str) -> tuple[Callable[[Appeal], Step], ...]:
    """All three letters left."""
    return tuple(lambda appeal, party=party: conclusion.letter_left(appeal, party, utc(at), LATER) for party in Party)


def due(appeal: Appeal, rule_id: str) -> dt.datetime:
    """When the running clock of a rule ends."""
    running = appeal.open_deadline(rule_id)
    assert running is not None, f"no running clock of {rule_id}"
    return running.due_at
