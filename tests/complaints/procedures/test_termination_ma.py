"""Fast-track appeals of Medicare Advantage, from the notice to the QIO's own reconsideration (42 CFR 422.624-.626)."""

import datetime as dt
from typing import Any

from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import Status
from shared.contracts.complaints import GoodCause, ProviderType, Role, Timeliness
from tests.complaints.cases import assigned, decided, done, due, everyone_told, informed, opened, utc, walk
from tests.complaints.procedures.coverage import (
    SECOND,
    W12,
    again,
    both_notified,
    filed,
    heard,
    liable,
    opening_notices,
    passed,
    reconsidered,
    refused,
    statuses,
    told_again,
    told_and_written,
)
from tests.complaints.procedures.federal import codes, notices


def reviewed() -> Case:
    """W12, in review with all information."""
    return walk(
        opened(**W12),
        *both_notified("2026-10-06T09:30:00-06:00"),
        *informed("2026-10-06T16:10:00-06:00"),
        *heard("2026-10-07T09:00:00-06:00"),
    )


def upheld() -> Case:
    """W12, decided and told on Wednesday."""
    return told_and_written(walk(reviewed(), decided("2026-10-07T14:00:00-06:00")), "2026-10-07T15:00:00-06:00")


def test_w12_a_fast_track_appeal_to_the_end_of_its_sixty_days() -> None:
    case = opened(**W12)
    assert case.timeliness is Timeliness.TIMELY
    case = walk(case, *both_notified("2026-10-06T09:30:00-06:00"))
    assert due(case, "MT-DETAILED-NOTICE") == utc("2026-10-06T23:00:00Z")  # W12: Tue 17:00 MDT
    assert due(case, "MT-RECORDS") == utc("2026-10-06T23:00:00Z")
    case = walk(case, *informed("2026-10-06T16:10:00-06:00"))
    assert due(case, "MT-DETERMINE") == utc("2026-10-07T23:00:00Z")  # vector W12
    case = upheld()
    assert liable(case) == utc("2026-10-08T00:00:00-06:00")  # W12: from Thu 10-08
    assert due(case, "MT-RECON-REQUEST") == utc("2026-12-06T23:59:59-07:00")  # W12: Sun 2026-12-06
    assert case.state == "NOTIFIED"
    assert passed(case, "2026-12-07T00:00:01-07:00").state == "CLOSED"


def test_the_plan_is_notified_with_the_provider_and_owes_from_then_on() -> None:
    case = opened(**W12)
    plan = done("plan_notified", "2026-10-06T09:30:00-06:00")
    assert codes(case, plan) == {"PROVIDER_NOTIFIED_MISSING"}
    case = walk(case, done("provider_notified", "2026-10-06T09:20:00-06:00"))
    assert statuses(case, "MT-NOTIFY") == [Status.PENDING]
    assert notices(case, plan) == [("REC_REQUEST", "plan")]
    assert statuses(walk(case, plan), "MT-NOTIFY") == [Status.MET]


def test_filing_notifies_plan_and_provider() -> None:
    assert opening_notices(filed(**W12)) == [("REQ_NOTIFY_PROVIDER", "plan"), ("REQ_NOTIFY_PROVIDER", "provider")]


def test_w12_late_records_of_the_plan_are_the_plans_cost() -> None:
    case = walk(opened(**W12), *both_notified("2026-10-06T09:30:00-06:00"), *heard("2026-10-07T09:00:00-06:00"))
    late = walk(
        case,
        done(
            "deferred",
            "2026-10-07T16:00:00-06:00",
            answers={"delay_liable": "plan"},
            facts={"delay_liable_from": dt.date(2026, 10, 8)},
            note="The plan sent nothing.",
        ),
        done("information_complete", "2026-10-08T10:00:00-06:00"),  # W12: records only Thu 10-08
        decided("2026-10-08T15:00:00-06:00"),
        *everyone_told("2026-10-08T16:00:00-06:00", case.type),
    )
    assert liable(late) == utc("2026-10-09T00:00:00-06:00")


def test_since_2025_a_late_request_is_taken() -> None:
    case = opened(**W12 | {"received_at": utc("2026-10-06T12:00:01-06:00")})
    assert (case.state, case.timeliness) == ("RECEIVED", Timeliness.LATE)


def test_up_to_2024_a_late_request_went_back_to_the_plan() -> None:
    old = W12 | {
        "facts": {"notice_received": "2024-10-07T10:00:00-06:00", "coverage_end": "2024-10-09"},
        "received_at": utc("2024-10-08T12:00:01-06:00"),
    }
    taken = filed(**old)
    assert (taken.case.state, taken.case.course.ended) == ("RETURNED_TO_PLAN", "RETURNED_TO_PLAN")
    assert opening_notices(taken) == [("RETURNED_TO_PLAN", "beneficiary"), ("RETURNED_TO_PLAN", "plan")]
    assert not any(deadline.open for deadline in taken.case.deadlines)


def test_hospice_is_not_in_the_fast_track() -> None:
    hospice: dict[str, Any] = {"provider_type": ProviderType.HOSPICE, "facility_ccn": "061501"}
    assert refused(**W12 | hospice) == {"WRONG_PROVIDER"}


def test_every_improper_notice_is_reported_to_cms_once() -> None:
    case = opened(**W12)
    finding = done("validity_found", "2026-10-06T10:00:00-06:00", answers={"notice_valid": "no"})
    assert codes(case, finding) == {"DEFECT_MISSING"}
    improper = done(
        "validity_found",
        "2026-10-06T10:00:00-06:00",
        answers={"notice_valid": "no"},
        words={"notice_defect": "No date of liability."},
    )
    assert notices(case, improper) == [("MA_IMPROPER_NOTICE_TO_CMS", "cms")]
    case = walk(case, improper)
    assert notices(case, done("views_solicited", "2026-10-06T11:00:00-06:00")) == []


def test_the_qio_reconsiders_within_fourteen_days_by_somebody_else() -> None:
    case = walk(upheld(), again("2026-11-03T10:00:00-07:00"))
    assert due(case, "MT-RECON-DECIDE") == utc("2026-11-17T23:59:59-07:00")  # W12: filed 11-03, 14 days
    assert codes(case, assigned("2026-11-03T11:00:00-07:00", level=1)) == {"EARLIER_REVIEWER"}
    case = walk(case, assigned("2026-11-03T11:00:00-07:00", SECOND, level=1))
    decision = reconsidered("2026-11-05T10:00:00-07:00", "OVERTURNED")
    assert notices(case, decision) == [
        ("RECON_DECISION", role) for role in ("beneficiary", "plan", "provider", "practitioner")
    ]
    case = walk(case, decision)
    assert liable(case) is None  # the reconsideration holds
    case = told_again(case, "2026-11-05T11:00:00-07:00")
    assert case.state == "CLOSED"
    assert statuses(case, "MT-RECON-DECIDE") == [Status.MET]
    assert codes(case, again("2026-11-06T11:00:00-07:00")) == {"ALREADY_RECONSIDERED"}


def test_the_reconsideration_takes_no_day_away() -> None:
    case = walk(reviewed(), decided("2026-10-07T14:00:00-06:00", "PARTIAL", liable_from=dt.date(2026, 10, 12)))
    case = told_and_written(case, "2026-10-07T15:00:00-06:00")
    case = walk(case, again("2026-10-08T10:00:00-06:00"), assigned("2026-10-08T11:00:00-06:00", SECOND, level=1))
    at = "2026-10-09T10:00:00-06:00"
    assert codes(case, reconsidered(at)) == {"WORSE_THAN_BEFORE"}
    earlier = reconsidered(at, "PARTIAL", liable_from=dt.date(2026, 10, 11))
    assert codes(case, earlier) == {"WORSE_THAN_BEFORE"}
    later = walk(case, reconsidered(at, "PARTIAL", liable_from=dt.date(2026, 10, 15)))
    assert liable(later) == utc("2026-10-15T00:00:00-06:00")


def test_a_request_on_the_monday_after_the_sixtieth_day_is_heard_and_later_for_good_cause_only() -> None:
    """W12: the 60 days end on Sun 2026-12-06; who asks on the next working day is not turned away."""
    closed = passed(upheld(), "2026-12-07T00:00:01-07:00")
    assert closed.state == "CLOSED"
    assert codes(closed, again("2026-12-07T15:00:00-07:00")) == set()
    tuesday = "2026-12-08T09:00:00-07:00"
    assert codes(closed, again(tuesday)) == {"TOO_LATE"}
    heard_late = walk(closed, again(tuesday, good_cause=GoodCause.SERIOUS_ILLNESS))
    assert heard_late.state == "RECONSIDERATION_REQUESTED"
    assert due(heard_late, "MT-RECON-DECIDE") == utc("2026-12-22T23:59:59-07:00")


def test_only_the_enrollee_asks_for_the_reconsideration_and_may_take_it_back() -> None:
    assert codes(upheld(), again("2026-10-08T10:00:00-06:00", party=Role.PLAN)) == {"NO_RIGHT"}
    case = walk(upheld(), again("2026-10-08T10:00:00-06:00"))
    case = walk(case, done("reconsideration_withdrawn", "2026-10-09T10:00:00-06:00"))
    assert case.state == "CLOSED"
    assert liable(case) == utc("2026-10-08T00:00:00-06:00")
