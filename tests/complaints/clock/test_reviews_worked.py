"""Worked examples with clocks of days, working days, months and years (W13, W14, W15, W18, W21), typed from them."""

import pytest

from services.complaints.domain.reckoned import Standing
from shared.contracts.complaints import CaseType
from tests.complaints.clock.support import Office, applied, date, found, local, reckoned

W13 = {
    "care_date": "2023-02-02",
    "complaint_received": "2026-02-02",
    "records_requested": "2026-02-03",
    "information_complete": "2026-02-12",
    "discussion_offered": "2026-02-20",
    "discussion_held": "2026-02-25",
    "review_completed": "2026-02-26",
    "final_told": "2026-02-27",
    "reconsideration_requested": "2026-03-02",
    "reconsideration_told": "2026-03-06",
}


def test_w13_the_whole_life_of_a_written_complaint() -> None:
    case = reckoned(CaseType.BENE_COMPLAINT, "America/New_York", **W13)
    assert found(case, "BC-LIMIT").standing is Standing.IN_TIME  # W13: exactly 3 years, in time
    assert date(case, "BC-LIMIT") == "2026-02-02"
    assert date(case, "BC-C1") == "2026-02-17"  # W13: the holiday of 02-16 is irrelevant
    assert date(case, "BC-C2") == "2026-02-22"  # W13: Sunday, no roll
    assert date(case, "BC-C3") == "2026-02-27"
    assert date(case, "BC-C5-DISCUSSED") == "2026-03-02"  # vector W13: 476.130(d)(1); Thu 26, Fri 27, Mon 03-02
    assert date(case, "BC-C6") == "2026-03-03"
    assert date(case, "BC-C7") == "2026-03-02"  # W13: 28, 1, 2
    assert found(case, "BC-C7").standing is Standing.IN_TIME
    assert date(case, "BC-C8") == "2026-03-07"
    assert local(case, "BC-C9") == "Sat 2026-03-07 12:00 EST"  # W13: noon Sat 03-07
    assert applied(case).isdisjoint({"BC-C4", "BC-C5"})


def test_w13_without_discussion_the_interim_becomes_final_by_itself() -> None:
    facts = {name: at for name, at in W13.items() if name != "discussion_held"}
    case = reckoned(CaseType.BENE_COMPLAINT, "America/New_York", **facts)
    assert date(case, "BC-C4") == "2026-02-27"  # C4: the end of C3
    assert date(case, "BC-C5") == "2026-03-03"  # C5, counted from the completion of review
    assert "BC-C5-DISCUSSED" not in applied(case)


def test_a_day_after_three_years_there_is_no_duty_to_review() -> None:
    case = reckoned(
        CaseType.BENE_COMPLAINT, "America/New_York", care_date="2023-02-02", complaint_received="2026-02-03"
    )
    assert found(case, "BC-LIMIT").standing is Standing.LATE


def test_complaints_filed_before_august_2014_have_no_reconsideration() -> None:
    case = reckoned(
        CaseType.BENE_COMPLAINT, "America/New_York", complaint_received="2014-07-31", final_told="2014-09-01"
    )
    assert "BC-C7" not in applied(case)
    after = reckoned(
        CaseType.BENE_COMPLAINT, "America/New_York", complaint_received="2014-08-01", final_told="2014-09-01"
    )
    assert date(after, "BC-C7") == "2014-09-04"


def test_new_records_move_the_decision_on_a_reconsideration() -> None:
    """C8: the later of request and needed records."""
    case = reckoned(CaseType.BENE_COMPLAINT, "America/New_York", **W13, reconsideration_records_received="2026-03-04")
    assert date(case, "BC-C8") == "2026-03-09"


@pytest.mark.parametrize(
    ("case_type", "rule", "care", "expected"),
    [
        (CaseType.IMMEDIATE_ADVOCACY, "IA-LIMIT", "2026-08-31", "2027-03-01"),  # W14: later reading
        (CaseType.BENE_COMPLAINT, "BC-LIMIT", "2024-02-29", "2027-03-01"),  # W14
    ],
)
def test_w14_limits_on_month_ends_bar_nobody(case_type: CaseType, rule: str, care: str, expected: str) -> None:
    assert (
        date(reckoned(case_type, Office("America/Chicago", opened_on="2026-09-01"), care_date=care), rule) == expected
    )


def test_w15_the_sixty_days_of_emtala() -> None:
    case = reckoned(
        CaseType.EMTALA_60DAY,
        "America/New_York",
        "asked",
        case_received="2026-10-01",
        notice_mailed="2026-10-14",
        meeting_held="2026-11-17",
    )
    assert date(case, "E6-TENTATIVE") == "2026-10-15"  # W15: before the 15th day
    assert date(case, "E6-NOTICE") == "2026-10-16"
    assert case.known["notice_received"].at.isoformat() == "2026-10-19"  # W15: presumed Mon 10-19
    assert date(case, "E6-RESPONSE") == "2026-11-18"
    assert date(case, "E6-MORE") == "2026-11-22"
    assert date(case, "E6-REPORT") == "2026-11-30"  # vector W15: 489.24(h)(2)(v)
    assert "presumed receipt (42 CFR 489.24(h)(2)(iii)(B))" in found(case, "E6-RESPONSE").arithmetic


def test_w15_receipt_that_is_shown_goes_before_presumption() -> None:
    case = reckoned(
        CaseType.EMTALA_60DAY,
        "America/New_York",
        case_received="2026-10-01",
        notice_mailed="2026-10-14",
        notice_received="2026-10-22",
    )
    assert date(case, "E6-RESPONSE") == "2026-11-21"
    assert "E6-MORE" not in applied(case)


def test_w15_the_five_working_days_of_emtala_skip_columbus_day() -> None:
    case = reckoned(CaseType.EMTALA_5DAY, "America/New_York", case_received="2026-10-09")
    assert date(case, "E5-REPORT") == "2026-10-19"  # W15: 13, 14, 15, 16, 19
    assert "without Columbus Day Mon 10-12" in found(case, "E5-REPORT").arithmetic


def test_w18_a_sanction() -> None:
    case = reckoned(
        CaseType.SANCTION,
        "America/New_York",
        "exclusion",
        notice_dated="2026-05-04",
        meeting_requested="2026-06-05",
        meeting_held="2026-06-30",
        final_notice_dated="2026-07-20",
        oig_received="2026-07-27",
    )
    assert case.known["notice_received"].at.isoformat() == "2026-05-09"  # W18: receipt Sat 05-09
    assert date(case, "SN-RESPONSE") == "2026-06-08"
    assert date(case, "SN-MEETING") == "2026-07-05"
    assert date(case, "SN-MORE") == "2026-07-08"  # W18: 07-01, 02, 06, 07, 08
    assert case.known["final_notice_received"].at.isoformat() == "2026-07-25"  # W18: receipt Sat 07-25
    assert date(case, "SN-OIG-SUBMISSION") == "2026-08-24"
    assert date(case, "SN-DEEMED") == "2026-11-24"  # W18: 120th day Tue 2026-11-24


def test_w18_a_money_penalty_is_never_deemed() -> None:
    case = reckoned(CaseType.SANCTION, "America/New_York", oig_received="2026-07-27")
    assert "SN-DEEMED" not in applied(case)


def test_w21_a_disclosure_waits_thirty_days() -> None:
    case = reckoned(CaseType.REFERRAL, "America/New_York", notice_given="2026-05-15")
    assert local(case, "DS-INVESTIGATIVE") == "Sun 2026-06-14 00:00 EDT"  # W21: send on or after 06-14
    early = reckoned(CaseType.REFERRAL, "America/New_York", notice_given="2026-05-15", disclosed="2026-06-13")
    assert found(early, "DS-INVESTIGATIVE").standing is Standing.TOO_EARLY
    ready = reckoned(CaseType.REFERRAL, "America/New_York", notice_given="2026-05-15", disclosed="2026-06-14")
    assert found(ready, "DS-INVESTIGATIVE").standing is Standing.IN_TIME
    danger = reckoned(CaseType.REFERRAL, "America/New_York", "excepted", notice_given="2026-05-15")
    assert not applied(danger) & {"DS-INVESTIGATIVE", "DS-INSTITUTION"}


def test_a_payment_review_from_records_to_hearing() -> None:
    """9: records 14 days; notice 3 working days; request 60 days after presumed receipt; 30 working days."""
    case = reckoned(
        CaseType.SHORT_STAY,
        "America/Chicago",
        service_date="2026-01-10",
        claim_date="2026-01-20",
        records_requested="2026-03-02",
        information_complete="2026-03-12",
        discussion_offered="2026-03-16",
        determined="2026-04-08",
        denial_dated="2026-04-10",
        reconsideration_postmarked="2026-06-15",
        reconsideration_received="2026-06-18",
        reconsidered_dated="2026-07-31",
    )
    assert date(case, "PY-REVIEW") == "2027-01-20"
    assert date(case, "PY-RECORDS") == "2026-03-16"
    assert date(case, "PY-DISCUSSION") == "2026-04-05"
    assert date(case, "PY-DENIAL") == "2026-04-13"  # Thu, Fri, Mon
    assert found(case, "PY-DENIAL").standing is Standing.IN_TIME
    assert date(case, "RD-REQUEST") == "2026-06-14"  # 04-10 + 5 = 04-15, + 60: a Sunday
    assert found(case, "RD-REQUEST").standing is Standing.GOOD_CAUSE_REVIEW
    assert date(case, "RD-DECIDE") == "2026-08-03"  # 30 working days without 06-19 and 07-03
    assert date(case, "RD-HEARING") == "2026-10-04"
    assert date(case, "PY-RETENTION") == "2032-01-10"


@pytest.mark.parametrize(
    ("circumstances", "rule", "expected"),
    [
        (("inpatient",), "RD-DECIDE-INPATIENT", "2026-06-24"),  # 3 working days without Juneteenth
        (("expedited",), "RD-DECIDE-EXPEDITED", "2026-06-24"),
        (("snf",), "RD-DECIDE-SNF", "2026-07-06"),  # 10 working days without 06-19 and 07-03
    ],
)
def test_who_still_is_in_care_gets_a_faster_reconsideration(
    circumstances: tuple[str, ...], rule: str, expected: str
) -> None:
    """478.32(a)."""
    case = reckoned(CaseType.MEDNEC_RETRO, "America/Chicago", *circumstances, reconsideration_received="2026-06-18")
    assert date(case, rule) == expected
    assert {name for name in applied(case) if name.startswith("RD-DECIDE")} == {rule}


def test_a_drg_change_is_told_within_thirty_days() -> None:
    """476.94(b)."""
    case = reckoned(CaseType.HWDRG, "America/Chicago", "drg", determined="2026-04-08")
    assert date(case, "PY-DRG-NOTICE") == "2026-05-08"
    assert "PY-DENIAL" not in applied(case)


def test_an_admission_notice_up_to_three_in_the_afternoon_counts_the_same_day() -> None:
    """4.2, [U]."""
    at_three = reckoned(
        CaseType.PREADMIT_HINN1, "America/Chicago", "admitted", notice_received="2026-05-05T15:00-05:00"
    )
    after = reckoned(CaseType.PREADMIT_HINN1, "America/Chicago", "admitted", notice_received="2026-05-05T15:01-05:00")
    assert local(at_three, "PH-LIABILITY-ADMISSION") == "Tue 2026-05-05 15:00 CDT"
    assert local(after, "PH-LIABILITY-ADMISSION") == "Wed 2026-05-06 00:00 CDT"


def test_a_preadmission_notice_is_reviewed_in_two_working_days() -> None:
    """4.2, [U]: ask within 3 calendar days; 2 working days after request and records."""
    case = reckoned(
        CaseType.PREADMIT_HINN1,
        "America/Chicago",
        notice_received="2026-05-20T10:00-05:00",
        request_received="2026-05-22T10:00-05:00",
        information_complete="2026-05-22T15:00-05:00",
        admission="2026-06-01",
    )
    assert date(case, "PH-REQUEST") == "2026-05-23"
    assert date(case, "PH-DETERMINE") == "2026-05-27"  # without the weekend and Memorial Day
    assert date(case, "PH-LIABILITY-PREADMISSION") == "2026-06-01"


def test_a_general_quality_review() -> None:
    """3.3."""
    case = reckoned(
        CaseType.GENERAL_QOC,
        "Pacific/Guam",
        records_requested="2026-02-03",
        information_complete="2026-02-12",
        determination_received="2026-02-20",
        reconsideration_requested="2026-02-23",
        reconsideration_told="2026-02-27T09:00+10:00",
    )
    expected = {
        "GQ-RECORDS": "2026-02-17",
        "GQ-DETERMINE": "2026-02-22",
        "GQ-RECON-REQUEST": "2026-02-23",
        "GQ-RECON-DECIDE": "2026-02-28",
    }
    assert {rule: date(case, rule) for rule in expected} == expected
    assert local(case, "GQ-RECON-LETTER") == "Sat 2026-02-28 12:00 ChST"


def test_immediate_advocacy_has_a_target_of_working_days() -> None:
    """3.1, [U]."""
    case = reckoned(
        CaseType.IMMEDIATE_ADVOCACY, "America/Chicago", care_date="2026-06-01", complaint_received="2026-07-01"
    )
    assert date(case, "IA-TARGET") == "2026-07-07"  # Thu 2, Mon 6, Tue 7: 07-03 is kept as Independence Day
