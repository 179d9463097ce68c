"""Worked examples of appeals and reviews with clocks of hours and days (W1, W2, W4, W5, W7, W8, W11, W12, W20).

Every expected value is typed from the published examples; none is computed.
"""

import pytest

from services.complaints.domain.facts import FactRefused
from services.complaints.domain.reckoned import Standing
from shared.contracts.complaints import CaseType
from tests.complaints.clock.support import Office, applied, date, found, local, reckoned, utc

SNF = CaseType.SERVICE_TERM_FFS
W1 = {
    "notice_received": "2026-03-05T10:00-05:00",
    "coverage_end": "2026-03-07",
    "request_received": "2026-03-06T11:30-05:00",
    "provider_notified": "2026-03-06T11:45-05:00",
    "patient_told": "2026-03-09T11:00-04:00",
}


def test_w1_a_timely_snf_appeal_over_the_spring_change_of_the_clock() -> None:
    case = reckoned(SNF, "America/New_York", **W1)
    assert local(case, "ST-FILING") == "Fri 2026-03-06 12:00 EST"  # W1: 405.1202(b)(1)
    assert utc(case, "ST-FILING") == "2026-03-06T17:00:00Z"  # W1: 17:00Z
    assert found(case, "ST-FILING").standing is Standing.IN_TIME
    assert local(case, "ST-DETAILED-NOTICE") == "Fri 2026-03-06 17:00 EST"  # W1: (f)(1)
    assert local(case, "ST-RECORDS") == "Fri 2026-03-06 17:00 EST"  # W1: (f)(2)
    assert utc(case, "ST-DETERMINE") == "2026-03-09T16:30:00Z"  # vector W1: 405.1202(e)(6)
    assert local(case, "ST-DETERMINE") == "Mon 2026-03-09 12:30 EDT"  # W1: the wall clock alone would say 11:30
    assert date(case, "ST-LIABILITY") == "2026-03-08"  # vector W1: 405.1202(c), although decided on the 9th
    assert utc(case, "QR-REQUEST") == "2026-03-10T16:00:00Z"  # vector W1b: 405.1204(b)(1)
    assert local(case, "QR-REQUEST") == "Tue 2026-03-10 12:00 EDT"  # W1
    assert found(case, "ST-DETERMINE").arithmetic == (
        "request_received Fri 2026-03-06 11:30 EST = 16:30Z, plus 72 elapsed hours = Mon 2026-03-09 12:30 EDT"
    )


def test_w2_one_second_late_is_accepted_without_the_72_hours() -> None:
    late = {**W1, "request_received": "2026-03-06T17:00:01Z", "provider_notified": "2026-03-06T17:05:00Z"}
    case = reckoned(SNF, "America/New_York", **late)
    assert utc(case, "ST-FILING") == "2026-03-06T17:00:00Z"  # vector W2: deadline
    assert found(case, "ST-FILING").standing is Standing.LATE  # vector W2: timely false
    assert "accepted" in found(case, "ST-FILING").rule.if_late  # vector W2: accepted true
    assert applied(case).isdisjoint({"ST-DETERMINE", "ST-BILLING"})  # W2: no 72 h, no billing stop
    assert date(case, "ST-DETERMINE-LATE-RECEIVING") == "2026-03-13"  # W2: still receiving, 7 days
    assert date(case, "ST-LATE-FILING") == "2026-05-06"  # W2: last day to ask
    assert date(case, "ST-LIABILITY") == "2026-03-08"  # W2
    ended = reckoned(SNF, "America/New_York", "ended", **late)
    assert date(ended, "ST-DETERMINE-LATE-ENDED") == "2026-04-05"  # 30 days (Medicare manual, 5.2)


def test_w2_noon_to_the_second_is_timely() -> None:
    at_noon = {**W1, "request_received": "2026-03-06T12:00:00-05:00", "provider_notified": "2026-03-06T12:05-05:00"}
    assert found(reckoned(SNF, "America/New_York", **at_noon), "ST-FILING").standing is Standing.IN_TIME


def test_w4_a_notice_one_day_ahead_is_not_valid_and_liability_follows_the_new_one() -> None:
    facts = {"notice_received": "2026-10-13", "coverage_end": "2026-10-14"}
    first = reckoned(SNF, "America/New_York", **facts)
    assert found(first, "ST-NOTICE").standing is Standing.LATE  # W4: 1 day, so not valid
    assert "ST-LIABILITY" not in applied(first)  # W4, strict reading: a new valid notice is needed
    new = reckoned(SNF, "America/New_York", valid_notice_received="2026-10-14", valid_notice_end="2026-10-16", **facts)
    assert date(new, "ST-LIABILITY-NEW-NOTICE") == "2026-10-17"  # W4: from Sat 2026-10-17 at the earliest
    assert "ST-LIABILITY" not in applied(new)


def test_w4_the_later_of_the_two_days_and_the_new_end_date_holds() -> None:
    """405.1200(b)(5): 2 days after the valid notice, or the termination date on it."""
    facts = {"notice_received": "2026-10-13", "coverage_end": "2026-10-14", "valid_notice_received": "2026-10-14"}
    far = reckoned(SNF, "America/New_York", valid_notice_end="2026-10-20", **facts)
    near = reckoned(SNF, "America/New_York", valid_notice_end="2026-10-15", **facts)
    assert date(far, "ST-LIABILITY-NEW-NOTICE") == "2026-10-21"
    assert date(near, "ST-LIABILITY-NEW-NOTICE") == "2026-10-17"


def test_the_later_of_regulation_and_form_is_the_time_to_ask_in() -> None:
    """A notice four days ahead: the regulation would end the window two days before the form does (5.2, [U])."""
    early = reckoned(SNF, "America/New_York", notice_received="2026-03-03T10:00-05:00", coverage_end="2026-03-07")
    assert local(early, "ST-FILING") == "Fri 2026-03-06 12:00 EST"
    short = reckoned(SNF, "America/New_York", notice_received="2026-03-06T10:00-05:00", coverage_end="2026-03-07")
    assert local(short, "ST-FILING") == "Sat 2026-03-07 12:00 EST"


@pytest.mark.parametrize(
    ("circumstance", "facts", "rule"),
    [
        ("short", {"admitted": "2026-03-05T08:00-05:00"}, "ST-NOTICE-SHORT"),
        ("visits", {"next_to_last_visit": "2026-03-05T08:00-05:00"}, "ST-NOTICE-VISITS"),
    ],
)
def test_short_services_and_rare_visits_have_another_day_for_the_notice(
    circumstance: str, facts: dict[str, str], rule: str
) -> None:
    """5.1: services of less than 2 days at admission; more than 2 days between visits: next-to-last time."""
    case = reckoned(
        SNF,
        "America/New_York",
        circumstance,
        coverage_end="2026-03-06",
        notice_received="2026-03-05T10:00-05:00",
        **facts,
    )
    assert found(case, rule).standing is Standing.IN_TIME
    assert "ST-NOTICE" not in applied(case)
    assert date(case, "ST-LIABILITY") == "2026-03-07"


def test_a_detailed_notice_asked_for_after_hours_is_due_at_the_next_days_close() -> None:
    """5.2: request at 19:00, provider told at once; close of business of the next calendar day ([U])."""
    case = reckoned(SNF, "America/Chicago", provider_notified="2026-07-10T19:02-05:00")
    line = found(case, "ST-DETAILED-NOTICE")
    assert local(case, "ST-DETAILED-NOTICE") == "Sat 2026-07-11 17:00 CDT"
    assert line.after_hours
    assert "after hours" in line.arithmetic
    assert not found(
        reckoned(SNF, "America/Chicago", provider_notified="2026-07-10T16:59-05:00"), line.rule.id
    ).after_hours


W5 = {
    "discharge_date": "2026-07-04",
    "request_received": "2026-07-05T04:40Z",
    "hospital_notified": "2026-07-04T23:50-05:00",
    "information_complete": "2026-07-05T10:15-05:00",
    "patient_told": "2026-07-06T16:00-05:00",
}


def test_w5_a_holiday_weekend_moves_nothing_of_a_hospital_appeal() -> None:
    case = reckoned(CaseType.HOSP_DISCHARGE_FFS, "America/Chicago", **W5)
    assert found(case, "HD-FILING").standing is Standing.IN_TIME  # W5: day of discharge, the UTC date is already 07-05
    assert local(case, "HD-DETAILED-NOTICE") == "Sun 2026-07-05 12:00 CDT"  # W5: (e)(1), 17:00Z
    assert utc(case, "HD-RECORDS") == "2026-07-05T17:00:00Z"  # W5: (e)(2)
    assert utc(case, "HD-DETERMINE") == "2026-07-07T04:59:59Z"  # vector W5: 405.1206(d)(6)(i)
    assert local(case, "HD-DETERMINE") == "Mon 2026-07-06 23:59:59 CDT"  # W5
    assert utc(case, "HD-LIABILITY") == "2026-07-07T17:00:00Z"  # vector W5b: 405.1206(f)(2)
    assert local(case, "QR-REQUEST") == "Tue 2026-07-07 12:00 CDT"  # W5: the same instant


@pytest.mark.parametrize(("given", "standing"), [("2026-07-07", Standing.TOO_EARLY), ("2026-07-08", Standing.IN_TIME)])
def test_the_follow_up_copy_is_given_within_two_days_of_discharge_and_four_hours_ahead(
    given: str, standing: Standing
) -> None:
    """4: first copy within 2 calendar days of admission; follow-up not more than 2 before discharge; 4 hours [M]."""
    case = reckoned(
        CaseType.HOSP_DISCHARGE_FFS,
        "America/Chicago",
        admitted="2026-07-01T22:00-05:00",
        first_notice_given="2026-07-03T23:00-05:00",
        followup_notice_given=given,
        discharge_date="2026-07-10",
        leaving="2026-07-10T11:00-05:00",
    )
    assert local(case, "HD-NOTICE-FIRST") == "Fri 2026-07-03 23:59:59 CDT"
    assert found(case, "HD-NOTICE-FIRST").standing is Standing.IN_TIME
    assert found(case, "HD-NOTICE-FOLLOWUP").standing is standing
    assert local(case, "HD-NOTICE-FOUR-HOURS") == "Fri 2026-07-10 07:00 CDT"


def test_w7_late_but_still_inpatient_two_calendar_days_and_no_protection() -> None:
    case = reckoned(
        CaseType.HOSP_DISCHARGE_FFS,
        "America/Los_Angeles",
        discharge_date="2026-09-09",
        request_received="2026-09-10T08:00-07:00",
        information_complete="2026-09-10T15:00-07:00",
        patient_told="2026-09-11T16:00-07:00",
    )
    assert utc(case, "HD-FILING") == "2026-09-10T06:59:59Z"  # W7
    assert local(case, "HD-DETERMINE-LATE-INPATIENT") == "Sat 2026-09-12 23:59:59 PDT"  # W7: (d)(6)(ii)
    assert date(case, "HD-LIABILITY-LATE") == "2026-09-10"  # W7: from after 09-09, (f)(3)
    assert "HD-LIABILITY" not in applied(case)


def test_w8_after_discharge_thirty_days_end_on_a_sunday() -> None:
    facts = {"discharge_date": "2026-01-30", "information_complete": "2026-03-05T10:00-06:00"}
    case = reckoned(
        CaseType.HOSP_DISCHARGE_FFS, "America/Chicago", "left", request_received="2026-03-01T20:00-06:00", **facts
    )
    assert date(case, "HD-LATE-FILING") == "2026-03-01"  # W8: last day Sun 2026-03-01, no extension
    assert found(case, "HD-LATE-FILING").standing is Standing.IN_TIME
    assert date(case, "HD-DETERMINE-LATE-LEFT") == "2026-04-04"  # W8: Sat 2026-04-04, (d)(6)(iii)
    assert "QR-REQUEST" not in applied(case)
    monday = reckoned(
        CaseType.HOSP_DISCHARGE_FFS, "America/Chicago", "left", request_received="2026-03-02T09:00-06:00", **facts
    )
    assert found(monday, "HD-LATE-FILING").standing is Standing.LATE  # W8: request 03-02 needs good cause
    assert "good cause" in found(monday, "HD-LATE-FILING").rule.if_late


def test_w11_a_hospital_requested_review_over_thanksgiving() -> None:
    case = reckoned(
        CaseType.HOSPITAL_REQUESTED_REVIEW,
        "America/Puerto_Rico",
        request_received="2026-11-25T15:00-04:00",
        information_complete="2026-11-27T18:00:00Z",
        stated_liability="2026-12-03",
    )
    assert local(case, "HR-INFORMATION") == "Fri 2026-11-27 17:00 AST"  # W11: 405.1208(b)(2)
    assert utc(case, "HR-INFORMATION") == "2026-11-27T21:00:00Z"  # W11
    assert utc(case, "HR-DETERMINE") == "2026-12-02T03:59:59Z"  # vector W11: 405.1208(c)(4)
    assert date(case, "HR-DETERMINE") == "2026-12-01"  # W11: Mon 11-30, Tue 12-01
    assert date(case, "HR-LIABILITY") == "2026-12-03"  # W11: the date the QIO states, (a)(2)
    assert "Thanksgiving Day Thu 11-26" not in found(case, "HR-DETERMINE").arithmetic
    assert "Mon 11-30, Tue 12-01" in found(case, "HR-DETERMINE").arithmetic
    assert "without Thanksgiving Day Thu 11-26" in found(case, "HR-INFORMATION").arithmetic


W12 = {
    "notice_received": "2026-10-05T10:00-06:00",
    "coverage_end": "2026-10-07",
    "request_received": "2026-10-06T09:00-06:00",
    "provider_notified": "2026-10-06T09:30-06:00",
    "information_complete": "2026-10-06T22:10:00Z",
    "patient_told": "2026-10-07T15:00-06:00",
    "reconsideration_requested": "2026-11-03T09:00-07:00",
}


def test_w12_a_fast_track_appeal_of_medicare_advantage() -> None:
    case = reckoned(CaseType.SERVICE_TERM_MA, "America/Denver", **W12)
    assert utc(case, "MT-FILING") == "2026-10-06T18:00:00Z"  # W12: noon Tue 10-06 12:00 MDT
    assert local(case, "MT-DETAILED-NOTICE") == "Tue 2026-10-06 17:00 MDT"  # W12: 23:00Z
    assert utc(case, "MT-RECORDS") == "2026-10-06T23:00:00Z"  # W12
    assert utc(case, "MT-DETERMINE") == "2026-10-07T23:00:00Z"  # vector W12: 422.626(d)(5), cob 17:00
    assert date(case, "MT-LIABILITY") == "2026-10-08"  # W12: from Thu 10-08
    assert date(case, "MT-RECON-REQUEST") == "2026-12-06"  # W12: Sun 2026-12-06
    assert date(case, "MT-RECON-DECIDE") == "2026-11-17"  # W12: filed 11-03, 14 days


def test_w12_the_plan_pays_for_the_delay_of_its_records() -> None:
    late = {**W12, "information_complete": "2026-10-08T10:00-06:00", "patient_told": "2026-10-09T09:00-06:00"}
    line = found(reckoned(CaseType.SERVICE_TERM_MA, "America/Denver", **late), "MT-RECORDS")
    assert line.standing is Standing.LATE  # W12: records only Thu 10-08
    assert "the plan pays" in line.rule.if_late  # W12: 422.626(b)


def test_w12_sixty_days_that_end_on_a_sunday_turn_nobody_away_on_monday() -> None:
    """2.1: do not reject a filing received on the next working day; good cause is reviewed."""
    facts = {**W12, "reconsideration_requested": "2026-12-07T16:00-07:00"}
    monday = reckoned(CaseType.SERVICE_TERM_MA, "America/Denver", **facts)
    assert found(monday, "MT-RECON-REQUEST").standing is Standing.GOOD_CAUSE_REVIEW
    facts["reconsideration_requested"] = "2026-12-08T09:00-07:00"
    tuesday = reckoned(CaseType.SERVICE_TERM_MA, "America/Denver", **facts)
    assert found(tuesday, "MT-RECON-REQUEST").standing is Standing.LATE


def test_w12_a_late_request_goes_to_the_plan_before_2025_and_to_the_qio_since() -> None:
    """5.2, [U]: by CMS-4205-F the QIO takes untimely requests too."""
    late = {"notice_received": "2024-10-07", "coverage_end": "2024-10-09", "request_received": "2024-10-10T09:00-06:00"}
    old = reckoned(CaseType.SERVICE_TERM_MA, "America/Denver", information_complete="2024-10-10T15:00-06:00", **late)
    assert found(old, "MT-FILING").rule.version == 1
    assert "plan" in found(old, "MT-FILING").rule.if_late
    assert applied(old).isdisjoint({"MT-NOTIFY", "MT-DETERMINE", "MT-DETERMINE-LATE"})
    later = {name: at.replace("2024", "2026") for name, at in late.items()}
    new = reckoned(CaseType.SERVICE_TERM_MA, "America/Denver", information_complete="2026-10-10T15:00-06:00", **later)
    assert found(new, "MT-FILING").rule.version == 2
    assert local(new, "MT-DETERMINE-LATE") == "Sun 2026-10-11 17:00 MDT"
    assert "MT-NOTIFY" in applied(new)


def test_the_date_the_case_was_opened_decides_between_versions() -> None:
    facts = {"notice_received": "2024-12-30", "coverage_end": "2025-01-02"}
    early = reckoned(CaseType.SERVICE_TERM_MA, "America/Denver", request_received="2024-12-31T23:30-07:00", **facts)
    late = reckoned(CaseType.SERVICE_TERM_MA, "America/Denver", request_received="2025-01-01T00:00-07:00", **facts)
    told = reckoned(
        CaseType.SERVICE_TERM_MA,
        Office("America/Denver", opened_on="2024-12-31"),
        request_received="2025-01-01T00:00-07:00",
        **facts,
    )
    assert [found(case, "MT-FILING").rule.version for case in (early, late, told)] == [1, 2, 1]


def test_a_late_hospital_request_of_medicare_advantage_is_not_the_qios() -> None:
    case = reckoned(
        CaseType.HOSP_DISCHARGE_MA,
        "America/Denver",
        discharge_date="2026-10-06",
        request_received="2026-10-07T09:00-06:00",
        hospital_notified="2026-10-07T09:30-06:00",
        information_complete="2026-10-07T12:00-06:00",
    )
    assert "returned to the plan" in found(case, "MD-FILING").rule.if_late
    assert applied(case).isdisjoint({"MD-DETERMINE", "MD-LIABILITY", "MD-DETAILED-NOTICE"})


def test_a_timely_hospital_request_of_medicare_advantage() -> None:
    """422.622(e)(1)-(3), (d)(6), (f): noon, noon, close of business of the day asked, 1 calendar day, noon."""
    case = reckoned(
        CaseType.HOSP_DISCHARGE_MA,
        "America/Denver",
        discharge_date="2026-10-06",
        request_received="2026-10-06T09:00-06:00",
        hospital_notified="2026-10-06T09:30-06:00",
        plan_asked_hospital="2026-10-06T11:00-06:00",
        information_complete="2026-10-07T12:00-06:00",
        patient_told="2026-10-08T10:00-06:00",
    )
    assert local(case, "MD-DETAILED-NOTICE") == "Wed 2026-10-07 12:00 MDT"
    assert local(case, "MD-RECORDS") == "Wed 2026-10-07 12:00 MDT"
    assert local(case, "MD-HOSPITAL-RECORDS") == "Tue 2026-10-06 17:00 MDT"
    assert local(case, "MD-DETERMINE") == "Thu 2026-10-08 23:59:59 MDT"
    assert local(case, "MD-LIABILITY") == "Fri 2026-10-09 12:00 MDT"
    assert date(case, "MD-RECON-REQUEST") == "2026-12-07"


def test_w20_a_change_of_status() -> None:
    case = reckoned(
        CaseType.STATUS_CHANGE,
        "America/Los_Angeles",
        notice_received="2026-04-14T10:00-07:00",
        request_received="2026-04-14T22:30Z",
        hospital_notified="2026-04-14T15:45-07:00",
        information_complete="2026-04-15T09:00-07:00",
        patient_told="2026-04-16T15:00-07:00",
    )
    assert utc(case, "SC-RECORDS") == "2026-04-15T19:00:00Z"  # W20: Wed 04-15 12:00 PDT
    assert local(case, "SC-DETERMINE") == "Thu 2026-04-16 23:59:59 PDT"  # W20
    assert local(case, "SC-RECON-REQUEST") == "Fri 2026-04-17 12:00 PDT"  # W20


def test_a_change_of_status_asked_for_after_release_is_late() -> None:
    case = reckoned(
        CaseType.STATUS_CHANGE,
        "America/Los_Angeles",
        notice_received="2026-04-14T13:00-07:00",
        released="2026-04-14T15:00-07:00",
        request_received="2026-04-14T15:30-07:00",
        information_complete="2026-04-15T09:00-07:00",
    )
    assert found(case, "SC-NOTICE").standing is Standing.LATE  # 6: at least 4 hours before release
    assert found(case, "SC-FILING").standing is Standing.LATE
    assert date(case, "SC-DETERMINE-LATE") == "2026-04-17"
    assert "SC-DETERMINE" not in applied(case)


def test_a_change_of_status_waits_for_the_hour_of_release() -> None:
    facts = {"request_received": "2026-04-14T15:30-07:00", "information_complete": "2026-04-15T09:00-07:00"}
    case = reckoned(CaseType.STATUS_CHANGE, "America/Los_Angeles", released="2026-04-14", **facts)
    assert {line.rule.id: line.needs for line in case.waiting}["SC-DETERMINE"] == ("released with its hour",)
    assert "SC-DETERMINE" not in applied(case)


def test_no_rule_is_made_up_for_a_change_of_status_before_there_was_one() -> None:
    with pytest.raises(FactRefused, match="in force"):
        reckoned(CaseType.STATUS_CHANGE, "America/Chicago", request_received="2024-10-10T12:00-05:00")


def test_an_expedited_reconsideration() -> None:
    """7: noon; the file by close of business of the day; 72 hours after request and records, whichever is later."""
    case = reckoned(
        CaseType.RECONSIDERATION,
        "America/New_York",
        patient_told="2026-03-06T11:00-05:00",
        reconsideration_requested="2026-03-07T09:00-05:00",
        qic_notified_qio="2026-03-07T09:30-05:00",
        reconsideration_records_received="2026-03-07T12:00-05:00",
    )
    assert local(case, "QR-REQUEST") == "Sat 2026-03-07 12:00 EST"
    assert local(case, "QR-FILE") == "Sat 2026-03-07 17:00 EST"
    assert local(case, "QR-DECIDE") == "Tue 2026-03-10 13:00 EDT"  # 72 h over the spring change
    late = reckoned(
        CaseType.RECONSIDERATION,
        "America/New_York",
        patient_told="2026-03-06T11:00-05:00",
        reconsideration_requested="2026-03-07T12:00:01-05:00",
    )
    assert found(late, "QR-REQUEST").standing is Standing.LATE
    assert "QR-DECIDE" not in applied(late)
