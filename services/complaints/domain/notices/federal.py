"""Notices of EMTALA reviews, sanctions and disclosures (42 CFR 489.24(h), 1004, 480.105)."""

from typing import Final

from services.complaints.domain.notices.kind import CARE, DESK, PLACE, NoticeKind
from shared.contracts.complaints import Role

_NO_LAW: Final = "medical facts and opinion only: never whether the law was violated (489.24(h)(2)(vi))"
_PRESUMED: Final = "says in fixed words that receipt is presumed 5 days after the date of the letter"
_MATTER: Final = ("obligation", "circumstances")

KINDS: Final = (
    NoticeKind(
        "EMTALA_NOTICE_CERTIFIED",
        to=CARE,
        says=(*PLACE, "citation", "individual_name", "event_date", "mailed_on", "response_deadline"),
        calls=False,
        citation="42 CFR 489.24(h)(2)(ii), (iii)",
        note=f"fixed words invite to meet and to submit within 30 calendar days, else waived; {_PRESUMED}; {_NO_LAW}; "
        "that a copy of 489.24 goes with it is from memory",
    ),
    NoticeKind(
        "EMTALA_5DAY_OPINION",
        to=(Role.CMS,),
        says=(*PLACE, "individual_name", "case_received", "report_due", "medical_answers", "medical_opinion"),
        calls=False,
        citation="State Operations Manual ch. 5; not in 42 CFR",
        note=_NO_LAW,
    ),
    NoticeKind(
        "EMTALA_REPORT",
        to=(Role.CMS,),
        says=(
            *PLACE,
            "citation",
            "individual_name",
            "practitioner_names",
            "arrival_time",
            "transfer_time",
            "case_received",
            "report_due",
            "medical_answers",
            "medical_opinion",
            "response_summary",
        ),
        calls=False,
        citation="42 CFR 489.24(h)(2)(v)",
        note=_NO_LAW,
    ),
    NoticeKind(
        "SANCTION_N1",
        to=CARE,
        says=(
            *DESK,
            "citation",
            "violation_basis",
            *_MATTER,
            "corrective_action",
            "possible_sanction",
            "enclosures",
            "mailed_on",
            "response_deadline",
        ),
        calls=False,
        citation="42 CFR 1004.40",
        note=f"fixed words give the right to send information, to ask for a meeting, or both; {_PRESUMED}",
    ),
    NoticeKind(
        "SANCTION_FINDING",
        to=CARE,
        says=(*DESK, "citation", "finding", "rationale", "corrective_action", "next_step"),
        calls=False,
        citation="42 CFR 1004.60",
    ),
    NoticeKind(
        "SANCTION_FINAL",
        to=CARE,
        says=(
            *DESK,
            "citation",
            *_MATTER,
            "recommendation",
            "enclosures",
            "submitted_on",
            "mailed_on",
            "response_deadline",
        ),
        calls=False,
        citation="42 CFR 1004.70",
        note=f"goes when the report goes to the OIG; the 30 days cannot be extended; {_PRESUMED}",
    ),
    NoticeKind(
        "SANCTION_REPORT",
        to=(Role.OIG,),
        says=(
            *DESK,
            "citation",
            "submitted_on",
            "practitioner_name",
            "services_involved",
            "obligation",
            "failures",
            "violation_basis",
            "finding",
            "response_analysis",
            "plan_results",
            "admissions_reviewed",
            "professional_qualifications",
            "recommendation",
            "exclusion_period",
            "penalty_amount",
            "alternative_services",
            "counties",
            "enclosures",
            "correspondence",
            "transcript",
        ),
        calls=False,
        citation="42 CFR 1004.70(a), 1004.80(b), (c)",
        may_say=("entity_head",),
    ),
    NoticeKind(
        "BOARD_NOTICE",
        to=(Role.BOARD,),
        says=(*DESK, "citation", "practitioner_name", "recommendation", "submitted_on"),
        calls=False,
        citation="42 CFR 1004.70",
    ),
    NoticeKind(
        "DISCLOSURE_30D",
        to=CARE,
        says=(*PLACE, "citation", "disclosed_to", "disclosed_information", "disclose_from"),
        calls=False,
        citation="42 CFR 480.105, 480.106",
        note="at least 30 calendar days before, but for an exception; a copy comes with it, and comments go along",
        may_say=("exception",),
    ),
)
