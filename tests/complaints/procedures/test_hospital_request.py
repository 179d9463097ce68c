"""Hospital-requested review (HINN 10): the physician does not concur, the QIO states the day (42 CFR 405.1208)."""

import datetime as dt
from typing import Any

from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import Status
from shared.contracts.complaints import CaseType
from tests.complaints.cases import decided, done, due, notified, opened, utc, walk
from tests.complaints.procedures.coverage import (
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

W11: dict[str, Any] = {
    "case_type": CaseType.HOSPITAL_REQUESTED_REVIEW,
    "facility_ccn": "400001",
    "state": "PR",
    "zip_code": "00901",
    "received_at": utc("2026-11-25T15:00:00-04:00"),
    "facts": {"discharge_date": "2026-11-26"},
    "circumstances": frozenset({"no_concurrence"}),
}
STATED = dt.date(2026, 12, 2)


def reviewed() -> Case:
    """W11, in review with all information."""
    return walk(
        opened(**W11),
        notified("2026-11-25T15:10:00-04:00"),
        done("information_complete", "2026-11-27T14:00:00-04:00"),
        *(act for act in heard("2026-11-30T09:00:00-04:00", valid=None) if act.step != "explanation_offered"),
    )


def test_w11_over_thanksgiving_working_days_count() -> None:
    taken = filed(**W11)
    assert opening_notices(taken) == []
    assert notices(taken.case, notified("2026-11-25T15:10:00-04:00")) == [("REC_REQUEST", "provider")]
    case = walk(taken.case, notified("2026-11-25T15:10:00-04:00"))
    assert due(case, "HR-INFORMATION") == utc("2026-11-27T21:00:00Z")  # W11: Fri 17:00 AST
    case = walk(case, done("information_complete", "2026-11-27T14:00:00-04:00"))
    assert due(case, "HR-DETERMINE") == utc("2026-12-02T03:59:59Z")  # vector W11
    case = walk(reviewed(), decided("2026-12-01T10:00:00-04:00", liable_from=STATED))
    case = told_and_written(case, "2026-12-01T11:00:00-04:00")
    assert liable(case) == utc("2026-12-02T00:00:00-04:00")  # W11: no charge until the date the QIO states
    assert statuses(case, "HR-DETERMINE") == [Status.MET]
    assert walk(case, again("2026-12-02T11:00:00-04:00")).state == "AT_QIC"
    assert passed(case, "2026-12-02T12:00:02-04:00").state == "CLOSED"


def test_the_qio_that_concurs_states_the_day_and_not_one_gone_by() -> None:
    at = "2026-12-01T10:00:00-04:00"
    assert codes(reviewed(), decided(at)) == {"LIABILITY_DATE"}
    assert codes(reviewed(), decided(at, liable_from=dt.date(2026, 12, 1))) == {"LIABILITY_BEFORE_NOTICE"}
    assert codes(reviewed(), decided(at, "OVERTURNED", liable_from=STATED)) == {"LIABILITY_DATE"}
    assert codes(reviewed(), decided(at, "OVERTURNED")) == set()


def test_where_the_physician_concurs_it_is_an_ordinary_discharge() -> None:
    assert refused(**W11 | {"circumstances": frozenset()}) == {"PHYSICIAN_CONCURS"}
    concurs = done(
        "found_not_eligible",
        "2026-11-27T09:00:00-04:00",
        answers={"ineligible": "physician_concurs"},
        note="The physician agreed meanwhile.",
    )
    assert walk(opened(**W11), concurs).state == "NOT_ELIGIBLE"


def test_the_hospital_tells_the_patient_that_it_asked() -> None:
    case = walk(opened(**W11), done("patient_notified", "2026-11-25T17:00:00-04:00"))
    assert statuses(case, "HR-PATIENT") == [Status.MET]


def test_the_hospital_cannot_prevail_without_its_information() -> None:
    case = walk(
        opened(**W11),
        notified("2026-11-25T15:10:00-04:00"),
        *(act for act in heard("2026-11-30T09:00:00-04:00", valid=None) if act.step != "explanation_offered"),
    )
    assert codes(case, decided("2026-12-01T10:00:00-04:00", liable_from=STATED)) == {"INFORMATION_INCOMPLETE"}
