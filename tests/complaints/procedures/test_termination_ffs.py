"""Terminations of services in Original Medicare, from the notice to the QIC (42 CFR 405.1200-.1204)."""

import datetime as dt
from typing import Any

import pytest

from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import Status
from shared.contracts.complaints import GoodCause, ProviderType, Role, Timeliness
from tests.complaints.cases import decided, done, due, everyone_told, informed, notified, opened, told, utc, walk
from tests.complaints.procedures.coverage import (
    W1,
    W1_FACTS,
    again,
    filed,
    heard,
    liable,
    opening_notices,
    passed,
    refused,
    statuses,
    told_and_written,
)
from tests.complaints.procedures.federal import codes, notices

HOME: dict[str, Any] = W1 | {"provider_type": ProviderType.HHA, "facility_ccn": "337001"}
CERTIFIED = HOME | {"facts": W1_FACTS | {"certificate_received": "2026-03-06T11:00:00-05:00"}}
UNCERTIFIED = HOME | {"circumstances": frozenset({"uncertified"})}


def reviewed(at: str = "2026-03-09T09:00:00-04:00", **changes: Any) -> Case:
    """W1, in review with all information."""
    return walk(
        opened(**(W1 | changes)),
        notified("2026-03-06T11:45:00-05:00"),
        *informed("2026-03-06T16:00:00-05:00"),
        *heard(at),
    )


def test_w1_a_timely_snf_appeal_over_the_spring_change_of_the_clock_to_its_end() -> None:
    case = opened(**W1)
    assert (case.state, case.timeliness) == ("RECEIVED", Timeliness.TIMELY)
    assert due(case, "ST-DETERMINE") == utc("2026-03-09T16:30:00Z")  # vector W1: 72 elapsed hours
    case = walk(case, notified("2026-03-06T11:45:00-05:00"))
    assert due(case, "ST-DETAILED-NOTICE") == utc("2026-03-06T17:00:00-05:00")  # W1: (f)(1)
    assert due(case, "ST-RECORDS") == utc("2026-03-06T17:00:00-05:00")  # W1: (f)(2)
    case = walk(
        case,
        *informed("2026-03-06T16:00:00-05:00"),
        *heard("2026-03-09T09:00:00-04:00"),
        decided("2026-03-09T10:00:00-04:00"),
        told(Role.BENEFICIARY, "2026-03-09T11:00:00-04:00"),
    )
    assert liable(case) == utc("2026-03-08T00:00:00-05:00")  # W1: from 03-08 although decided on the 9th
    assert due(case, "QR-REQUEST") == utc("2026-03-10T16:00:00Z")  # vector W1b
    case = walk(
        case,
        *(told(role, "2026-03-09T11:05:00-04:00") for role in (Role.PROVIDER, Role.PRACTITIONER)),
        *(done("letter_left", "2026-03-09T15:00:00-04:00", party=role) for role in (Role.BENEFICIARY,)),
    )
    assert statuses(case, "ST-DETERMINE") == [Status.MET]
    assert case.state == "DETERMINED"
    case = walk(case, done("letter_left", "2026-03-09T15:00:00-04:00", party=Role.PROVIDER))
    case = walk(case, done("letter_left", "2026-03-09T15:00:00-04:00", party=Role.PRACTITIONER))
    assert case.state == "NOTIFIED"
    assert passed(case, "2026-03-10T12:00:02-04:00").state == "CLOSED"


def test_w2_one_second_late_is_accepted_without_72_hours_and_without_protection() -> None:
    case = opened(**W1 | {"received_at": utc("2026-03-06T12:00:01-05:00")})
    assert (case.state, case.timeliness) == ("RECEIVED", Timeliness.LATE)
    assert case.open_deadline("ST-DETERMINE") is None
    # W2: still receiving, 7 days
    assert due(case, "ST-DETERMINE-LATE-RECEIVING") == utc("2026-03-13T23:59:59-04:00")
    assert opened(**W1 | {"received_at": utc("2026-03-06T12:00:00-05:00")}).timeliness is Timeliness.TIMELY


def test_w2_sixty_days_after_the_end_a_request_needs_good_cause() -> None:
    last = W1 | {"received_at": utc("2026-05-06T23:59:59-04:00")}  # W2: last day to ask
    assert opened(**last).timeliness is Timeliness.LATE
    after = W1 | {"received_at": utc("2026-05-07T00:00:00-04:00")}
    assert refused(**after) == {"GOOD_CAUSE_NEEDED"}
    assert opened(**after, good_cause=GoodCause.SERIOUS_ILLNESS).state == "RECEIVED"


LATE_NOTICE: dict[str, Any] = W1 | {
    "received_at": utc("2026-10-13T15:00:00-04:00"),
    "facts": {"notice_received": "2026-10-13T10:00:00-04:00", "coverage_end": "2026-10-14"},
}


def test_w4_a_notice_one_day_ahead_ends_nothing_and_liability_follows_the_new_one() -> None:
    case = walk(
        opened(**LATE_NOTICE),
        notified("2026-10-13T15:10:00-04:00"),
        *informed("2026-10-13T16:30:00-04:00"),
    )
    finding = done("validity_found", "2026-10-14T09:00:00-04:00", answers={"notice_valid": "yes"})
    assert codes(case, finding) == {"NOTICE_WAS_LATE"}
    dates = {"valid_notice_received": utc("2026-10-14T10:00:00-04:00"), "valid_notice_end": dt.date(2026, 10, 16)}
    case = walk(
        case,
        done("new_notice_given", "2026-10-14T10:00:00-04:00", facts=dates),
        *heard("2026-10-15T09:00:00-04:00"),
        decided("2026-10-16T10:00:00-04:00"),
        *everyone_told("2026-10-16T11:00:00-04:00", case.type),
    )
    assert liable(case) == utc("2026-10-17T00:00:00-04:00")  # W4: Sat 2026-10-17 at the earliest


def test_w4_without_a_new_notice_the_termination_cannot_be_upheld() -> None:
    case = walk(
        opened(**LATE_NOTICE),
        notified("2026-10-13T15:10:00-04:00"),
        *informed("2026-10-13T16:30:00-04:00"),
        *heard("2026-10-14T09:00:00-04:00", valid=False, words={"notice_defect": "It came one day ahead."}),
    )
    assert codes(case, decided("2026-10-14T10:00:00-04:00")) == {"CONTRADICTS_VALIDITY", "NO_VALID_NOTICE"}
    invalid = walk(case, decided("2026-10-14T10:00:00-04:00", "INVALID_NOTICE"))
    assert liable(walk(invalid, *everyone_told("2026-10-14T11:00:00-04:00", case.type))) is None


def test_a_notice_in_time_but_improper_ends_no_coverage_either() -> None:
    case = walk(
        opened(**W1),
        notified("2026-03-06T11:45:00-05:00"),
        done(
            "validity_found",
            "2026-03-06T14:00:00-05:00",
            answers={"notice_valid": "no"},
            words={"notice_defect": "It names no date."},
        ),
    )
    assert "invalid" in case.course.circumstances
    found = done("validity_found", "2026-03-06T15:00:00-05:00", answers={"notice_valid": "yes"})
    assert "invalid" not in walk(case, found).course.circumstances


def test_a_new_notice_follows_an_invalid_one_only() -> None:
    dates = {"valid_notice_received": utc("2026-03-06T14:00:00-05:00"), "valid_notice_end": dt.date(2026, 3, 9)}
    assert codes(opened(**W1), done("new_notice_given", "2026-03-06T14:00:00-05:00", facts=dates)) == {
        "FIRST_NOTICE_VALID"
    }


def test_refusing_to_sign_is_receipt() -> None:
    """5.1: the day of refusal is that of receipt; a date is enough to count from."""
    refused_on = W1 | {"facts": {"notice_received": "2026-03-05", "coverage_end": "2026-03-07"}}
    assert opened(**refused_on).timeliness is Timeliness.TIMELY


def test_home_health_and_corf_need_a_physicians_certificate() -> None:
    assert refused(**HOME) == {"CERTIFICATE_UNKNOWN"}
    certified = opened(**CERTIFIED)
    assert certified.state == "RECEIVED"
    assert due(certified, "ST-DETERMINE") == utc("2026-03-09T16:30:00Z")  # from the request, which came later
    hospice = W1 | {"provider_type": ProviderType.HOSPICE, "facility_ccn": "331501"}
    assert opened(**hospice).state == "RECEIVED"


def test_until_the_certificate_comes_nothing_is_owed_and_nobody_is_notified() -> None:
    taken = filed(**UNCERTIFIED)
    assert (taken.case.state, opening_notices(taken)) == ("ELIGIBILITY_CHECK", [])
    assert taken.case.open_deadline("ST-DETERMINE") is None
    assert taken.case.open_deadline("ST-NOTIFY") is None
    certificate = done("certificate_received", "2026-03-07T10:00:00-05:00")
    assert notices(taken.case, certificate) == [("REQ_NOTIFY_PROVIDER", "provider")]
    case = walk(taken.case, certificate)
    assert (case.state, case.timeliness) == ("RECEIVED", Timeliness.TIMELY)
    # 72 h from the certificate, over the change of the clock: 15:00Z on the 7th to 15:00Z on the 10th
    assert due(case, "ST-DETERMINE") == utc("2026-03-10T15:00:00Z")


def test_a_case_without_certificate_is_not_eligible_and_can_be_cured() -> None:
    case = opened(**UNCERTIFIED)
    closed = walk(
        case,
        done(
            "found_not_eligible",
            "2026-03-06T16:00:00-05:00",
            answers={"ineligible": "no_certificate"},
            note="None.",
        ),
    )
    assert (closed.state, closed.course.ended) == ("NOT_ELIGIBLE", "NOT_ELIGIBLE")
    cured = walk(closed, done("certificate_received", "2026-03-07T10:00:00-05:00"))
    assert (cured.state, cured.course.ended) == ("RECEIVED", None)
    assert cured.received_at == case.received_at
    assert due(cured, "ST-DETERMINE") == utc("2026-03-10T15:00:00Z")
    other = done("found_not_eligible", "2026-03-06T16:00:00-05:00", answers={"ineligible": "reduction"}, note="Less.")
    reduced = walk(case, other)
    assert codes(reduced, done("certificate_received", "2026-03-07T10:00:00-05:00")) == {"NOT_ELIGIBLE_OTHERWISE"}
    assert codes(opened(**W1), done("certificate_received", "2026-03-07T10:00:00-05:00")) == {"ILLEGAL_TRANSITION"}


@pytest.mark.parametrize("kind", [ProviderType.HOSPITAL, ProviderType.PRACTICE])
def test_other_providers_have_other_reviews(kind: ProviderType) -> None:
    ccn = {"facility_ccn": "330001"} if kind is ProviderType.HOSPITAL else {}
    assert refused(**W1 | {"provider_type": kind} | ccn) == {"WRONG_PROVIDER"}


def test_a_delay_for_missing_records_is_the_providers_and_not_the_patients() -> None:
    """405.1202(e)(7); the QIO says from which day, the patient pays from the day after being told."""
    case = walk(opened(**W1), notified("2026-03-06T11:45:00-05:00"), *heard("2026-03-06T16:00:00-05:00"))
    at = "2026-03-09T09:00:00-04:00"
    nobody = {"answers": {"delay_liable": "provider"}, "note": "No records came."}
    assert codes(case, done("deferred", at, **nobody)) == {"DELAY_LIABILITY_DAY"}
    assert codes(case, done("deferred", at, answers={"delay_liable": "plan"}, note="No.")) == {"UNKNOWN_ANSWER"}
    case = walk(case, done("deferred", at, facts={"delay_liable_from": dt.date(2026, 3, 8)}, **nobody))
    assert due(case, "ST-DETERMINE") == utc("2026-03-09T16:30:00Z")  # no clock stops
    late = walk(
        case,
        done("information_complete", "2026-03-11T09:00:00-04:00"),
        decided("2026-03-11T15:00:00-04:00"),
        *everyone_told("2026-03-11T16:00:00-04:00", case.type),
    )
    assert liable(late) == utc("2026-03-12T00:00:00-04:00")
    assert statuses(late, "ST-DETERMINE") == [Status.MISSED]
    assert not late.on_time


def test_with_all_records_there_is_nothing_to_wait_for() -> None:
    act = done("deferred", "2026-03-09T10:00:00-04:00", answers={"delay_liable": "nobody"}, note="More?")
    assert codes(reviewed(), act) == {"NOTHING_MISSING"}


def test_without_records_the_provider_does_not_prevail() -> None:
    case = walk(opened(**W1), notified("2026-03-06T11:45:00-05:00"), *heard("2026-03-06T16:00:00-05:00"))
    assert "INFORMATION_INCOMPLETE" in codes(case, decided("2026-03-07T09:00:00-05:00"))
    assert codes(case, decided("2026-03-06T16:30:00-05:00", "OVERTURNED")) == {"RECORDS_NOT_DUE"}
    assert codes(case, decided("2026-03-07T09:00:00-05:00", "OVERTURNED")) == set()


def test_a_partial_outcome_states_a_later_day() -> None:
    case = reviewed()
    at = "2026-03-09T10:00:00-04:00"
    assert codes(case, decided(at, "PARTIAL")) == {"LIABILITY_DATE"}
    assert codes(case, decided(at, "PARTIAL", liable_from=dt.date(2026, 3, 7))) == {"LIABILITY_BEFORE_END"}
    partial = walk(case, decided(at, "PARTIAL", liable_from=dt.date(2026, 3, 12)))
    assert liable(walk(partial, told(Role.BENEFICIARY, "2026-03-09T11:00:00-04:00"))) == utc("2026-03-12T04:00:00Z")


def test_the_qic_asks_for_the_file_and_closes_the_case() -> None:
    case = told_and_written(walk(reviewed(), decided("2026-03-09T10:00:00-04:00")), "2026-03-09T11:00:00-04:00")
    assert codes(case, again("2026-03-10T12:00:01-04:00")) == {"TOO_LATE"}
    # 405.1204(b)(4) knows no good cause
    assert codes(case, again("2026-03-10T12:00:01-04:00", good_cause=GoodCause.SERIOUS_ILLNESS)) == {"TOO_LATE"}
    assert codes(case, again("2026-03-10T09:00:00-04:00", party=Role.PROVIDER)) == {"NO_RIGHT"}
    case = walk(case, again("2026-03-10T09:00:00-04:00"))
    announced = done("qic_notified_qio", "2026-03-10T10:00:00-04:00")
    assert notices(case, announced) == [("QIC_FILE", "qic")]
    case = walk(case, announced)
    assert due(case, "QR-FILE") == utc("2026-03-10T17:00:00-04:00")  # close of business of that day
    assert due(case, "QR-DECIDE") == utc("2026-03-13T13:00:00Z")  # 72 hours
    ended = done("qic_decided", "2026-03-12T10:00:00-04:00", answers={"qic_outcome": "UPHELD"})
    assert walk(case, done("qic_file_sent", "2026-03-10T15:00:00-04:00"), ended).state == "CLOSED"


def test_a_decision_for_the_patient_leaves_nothing_to_reconsider_and_closes() -> None:
    case = told_and_written(
        walk(reviewed(), decided("2026-03-09T10:00:00-04:00", "OVERTURNED")), "2026-03-09T11:00:00-04:00"
    )
    assert case.state == "CLOSED"
    assert liable(case) is None


def test_every_party_is_called_and_written_to() -> None:
    decision = decided("2026-03-09T10:00:00-04:00")
    everyone = ["beneficiary", "provider", "practitioner"]
    assert notices(reviewed(), decision) == [("DECISION_CALL", role) for role in everyone]
    assert notices(walk(reviewed(), decision), told(Role.BENEFICIARY, "2026-03-09T11:00:00-04:00")) == [
        ("DECISION_LETTER", role) for role in everyone
    ]
    assert notices(opened(**W1), notified("2026-03-06T11:45:00-05:00")) == [("REC_REQUEST", "provider")]


def test_on_the_working_day_after_a_sunday_end_nobody_is_turned_away_unheard() -> None:
    """2.1: 60 days after Wed 2026-03-04 end on Sun 2026-05-03; Monday is late, and heard without a reason."""
    facts = {"notice_received": "2026-03-02T10:00:00-05:00", "coverage_end": "2026-03-04"}
    monday = W1 | {"facts": facts, "received_at": utc("2026-05-04T15:00:00-04:00")}
    assert opened(**monday).timeliness is Timeliness.LATE
    assert refused(**monday | {"received_at": utc("2026-05-05T09:00:00-04:00")}) == {"GOOD_CAUSE_NEEDED"}
