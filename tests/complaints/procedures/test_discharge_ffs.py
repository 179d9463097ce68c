"""Hospital discharge appeals of Original Medicare beyond the worked examples (42 CFR 405.1205-.1206)."""

import datetime as dt

import pytest

from services.complaints.domain import amendments, filing
from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import Status
from shared.contracts.complaints import ProviderType, Role, TransferCase
from tests.complaints.cases import (
    CASE,
    DESK,
    LATER,
    command,
    decided,
    done,
    due,
    everyone_told,
    informed,
    notified,
    opened,
    utc,
    walk,
)
from tests.complaints.procedures.coverage import again, heard, liable, refused, statuses, told_and_written
from tests.complaints.procedures.federal import codes


def reviewed() -> Case:
    return walk(
        opened(),
        notified("2026-07-04T23:50:00-05:00"),
        *informed("2026-07-05T10:15:00-05:00"),
        *heard("2026-07-06T09:00:00-05:00"),
    )


def test_only_hospitals_discharge() -> None:
    assert refused(provider_type=ProviderType.HOSPICE, facility_ccn="141501") == {"WRONG_PROVIDER"}


def test_a_case_withdrawn_and_filed_again_the_same_day_owes_everything_again() -> None:
    withdrawn = walk(opened(), done("withdrawn", "2026-07-04T23:45:00-05:00"))
    request = filing.read(command(received_at=utc("2026-07-04T23:50:00-05:00")), DESK, LATER)
    assert not filing.joins(withdrawn, request)
    anew = filing.open_case(CASE, request, DESK, LATER, withdrawn).case
    assert statuses(anew, "HD-NOTIFY-HOSPITAL") == [Status.VOID, Status.PENDING]


def test_a_second_request_joins_what_was_decided() -> None:
    case = walk(reviewed(), decided("2026-07-06T15:00:00-05:00"))
    assert filing.joins(case, filing.read(command(), DESK, LATER))


def test_a_transfer_to_another_states_qio_keeps_the_receipt() -> None:
    move = TransferCase(
        actor="intake@example.org",
        case_id=CASE,
        at=utc("2026-07-05T08:00:00-05:00"),
        state="IN",
        zip_code="46201",
        note="The hospital is in Indiana.",
    )
    moved = amendments.transferred(opened(), move, DESK, LATER).case
    assert moved.received_at == opened().received_at
    assert moved.zone == "America/Indiana/Indianapolis"


@pytest.mark.parametrize("day", [5, 11])
def test_the_hospital_bears_the_delay_it_causes_and_the_patients_day_stays_the_rules(day: int) -> None:
    case = walk(opened(), notified("2026-07-04T23:50:00-05:00"), *heard("2026-07-05T11:00:00-05:00"))
    act = done(
        "deferred",
        "2026-07-05T13:00:00-05:00",
        answers={"delay_liable": "provider"},
        facts={"delay_liable_from": dt.date(2026, 7, day)},
        note="No records.",
    )
    late = walk(
        case,
        act,
        done("information_complete", "2026-07-08T10:00:00-05:00"),
        decided("2026-07-09T10:00:00-05:00"),
        *everyone_told("2026-07-09T11:00:00-05:00"),
    )
    assert liable(late) == utc("2026-07-10T12:00:00-05:00")  # protected until noon after being told


def test_who_left_after_the_decision_uses_the_claims_appeal() -> None:
    case = told_and_written(walk(reviewed(), decided("2026-07-06T15:00:00-05:00")), "2026-07-06T16:00:00-05:00")
    gone = again("2026-07-07T09:00:00-05:00", circumstances=frozenset({"left"}))
    assert codes(case, gone) == {"NOT_RECONSIDERABLE"}
    assert due(case, "QR-REQUEST") == utc("2026-07-07T12:00:00-05:00")


def test_a_reconsideration_taken_back_leaves_the_determination() -> None:
    case = told_and_written(walk(reviewed(), decided("2026-07-06T15:00:00-05:00")), "2026-07-06T16:00:00-05:00")
    case = walk(case, again("2026-07-07T09:00:00-05:00"))
    assert case.state == "AT_QIC"
    case = walk(case, done("reconsideration_withdrawn", "2026-07-07T10:00:00-05:00", party=Role.BENEFICIARY))
    assert (case.state, liable(case)) == ("CLOSED", utc("2026-07-07T12:00:00-05:00"))


def test_a_finding_on_the_notice_is_yes_or_no() -> None:
    act = done("validity_found", "2026-07-05T09:00:00-05:00", answers={"notice_valid": "perhaps"})
    assert codes(opened(), act) == {"UNKNOWN_ANSWER"}
