"""What is set right on a case without a step: its place, its parties, its concerns, the time of a fact."""

from typing import Any

import pytest

from services.complaints.domain import amendments
from services.complaints.domain.case import Case
from services.complaints.domain.refusal import Refusal
from services.complaints.domain.rules import discharge_ffs as rules
from shared.contracts.complaints import (
    AddConcern,
    CaseTransferred,
    Concern,
    CorrectFact,
    NameParty,
    Role,
    TransferCase,
)
from tests.complaints.cases import CASE, DESK, LATER, done, due, notified, opened, party, utc, walk

BASE: dict[str, Any] = {"actor": "staff@example.org", "case_id": CASE, "at": utc("2026-07-05T09:00:00-05:00")}


def refused(change: Any, case: Case, command: Any) -> list[tuple[str, str | None]]:
    with pytest.raises(Refusal) as found:
        change(case, command, DESK, LATER)
    return [(reason.code, reason.field) for reason in found.value.reasons]


def test_a_transfer_keeps_the_receipt_and_counts_on_the_clock_of_the_right_state() -> None:
    """42 CFR 405.1202(b)(1): the QIO of the state where the service is given; design: receipt stays."""
    case = walk(opened(), notified("2026-07-04T23:50:00-05:00"))
    taken = amendments.transferred(
        case, TransferCase(**BASE, state="CA", zip_code="90001", note="the hospital is in Los Angeles"), DESK, LATER
    )
    moved = taken.case
    assert moved.received_at == case.received_at
    assert (moved.zone, moved.facility.region) == ("America/Los_Angeles", "Region 9")
    assert due(moved, rules.RECORDS) == utc("2026-07-05T12:00:00-07:00")
    (fact,) = taken.facts
    assert isinstance(fact, CaseTransferred)
    assert (fact.from_region, fact.to_region) == ("Region 5", "Region 9")


def test_a_transfer_to_no_state_is_refused() -> None:
    assert refused(amendments.transferred, opened(), TransferCase(**BASE, state="ZZ", note="x")) == [
        ("UNKNOWN_STATE", "state")
    ]


def test_a_corrected_fact_counts_open_clocks_anew_and_leaves_history() -> None:
    case = walk(opened(), notified("2026-07-04T23:50:00-05:00"))
    before = due(case, rules.RECORDS)
    command = CorrectFact(**BASE, fact="hospital_notified", value="2026-07-05T00:10:00-05:00", note="wrong clock")
    after = amendments.fact_corrected(case, command, DESK, LATER).case
    assert due(after, rules.RECORDS) == utc("2026-07-06T12:00:00-05:00") != before
    assert [d.status.value for d in after.deadlines if d.rule_id == rules.RECORDS] == ["VOID", "PENDING"]


def test_a_fact_the_case_does_not_have_and_a_time_that_cannot_be_are_refused() -> None:
    case = opened()
    unknown = CorrectFact(**BASE, fact="patient_told", value="2026-07-05", note="x")
    assert refused(amendments.fact_corrected, case, unknown) == [("UNKNOWN_FACT", "fact")]
    naive = CorrectFact(**BASE, fact="request_received", value="2026-07-05T10:00", note="x")
    assert refused(amendments.fact_corrected, case, naive) == [("TIME_WITHOUT_ZONE", "facts.request_received")]


def test_a_party_named_later_takes_the_place_of_the_one_before() -> None:
    found = party(Role.PRACTITIONER, name="Dr. Right", email=None)
    after = amendments.party_named(opened(), NameParty(**BASE, party=found), DESK, LATER).case
    contact = after.sealed.contact(Role.PRACTITIONER)
    assert contact is not None
    assert contact.name == "Dr. Right"
    assert sum(one.role is Role.PRACTITIONER for one in after.sealed.parties) == 1


def test_a_representative_named_later_needs_an_authority() -> None:
    command = NameParty(**BASE, party=party(Role.REPRESENTATIVE))
    assert refused(amendments.party_named, opened(), command) == [("MISSING_AUTHORITY", "party.authority")]


def test_a_case_that_is_over_is_amended_no_more() -> None:
    over = walk(opened(), done("withdrawn", "2026-07-05T08:00:00-05:00"))
    for change, command in (
        (amendments.transferred, TransferCase(**BASE, state="CA", note="x")),
        (amendments.party_named, NameParty(**BASE, party=party(Role.PRACTITIONER))),
        (amendments.fact_corrected, CorrectFact(**BASE, fact="admitted", value="2026-06-28", note="x")),
    ):
        assert [code for code, _ in refused(change, over, command)] == ["ILLEGAL_TRANSITION"]


def test_a_case_about_no_concerns_takes_none() -> None:
    concern = Concern(id="fall", topic="falls", words="She fell.")
    assert refused(amendments.concern_added, opened(), AddConcern(**BASE, concern=concern)) == [
        ("NEW_COMPLAINT", "concern")
    ]
