"""Notices of EMTALA reviews, sanctions and disclosures."""

from typing import Final

from services.notifications.domain.catalogue.kind import BY_CERTIFIED_MAIL, CARE, DESK, PLACE, NoticeType, titles

KINDS: Final = {
    # 42 CFR 489.24(h)(2)(ii), (iii)
    "EMTALA_NOTICE_CERTIFIED": NoticeType(
        mandatory=(*PLACE, "citation", "individual_name", "event_date", "mailed_on", "response_deadline"),
        letters=CARE,
        titles=titles("Review of emergency care: your right to meet with us"),
        channels=BY_CERTIFIED_MAIL,
        version="1",
    ),
    # State Operations Manual ch. 5; not in 42 CFR
    "EMTALA_5DAY_OPINION": NoticeType(
        mandatory=(*PLACE, "individual_name", "case_received", "report_due", "medical_answers", "medical_opinion"),
        letters={"cms": "party"},
        titles=titles("Medical opinion on emergency care"),
        version="1",
    ),
    # 42 CFR 489.24(h)(2)(v)
    "EMTALA_REPORT": NoticeType(
        mandatory=(
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
        letters={"cms": "party"},
        titles=titles("Report on emergency care"),
        version="1",
    ),
    # 42 CFR 1004.40
    "SANCTION_N1": NoticeType(
        mandatory=(
            *DESK,
            "citation",
            "violation_basis",
            "obligation",
            "circumstances",
            "corrective_action",
            "possible_sanction",
            "enclosures",
            "mailed_on",
            "response_deadline",
        ),
        letters=CARE,
        titles=titles("Notice about your obligations under Medicare"),
        version="3",
    ),
    # 42 CFR 1004.60
    "SANCTION_FINDING": NoticeType(
        mandatory=(*DESK, "citation", "finding", "rationale", "corrective_action", "next_step"),
        letters=CARE,
        titles=titles("Our finding after your answer"),
        version="1",
    ),
    # 42 CFR 1004.70
    "SANCTION_FINAL": NoticeType(
        mandatory=(
            *DESK,
            "citation",
            "obligation",
            "circumstances",
            "recommendation",
            "enclosures",
            "submitted_on",
            "mailed_on",
            "response_deadline",
        ),
        letters=CARE,
        titles=titles("Final notice: our report to the Inspector General"),
        version="2",
    ),
    # 42 CFR 1004.70(a), 1004.80(b), (c)
    "SANCTION_REPORT": NoticeType(
        mandatory=(
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
        optional=("entity_head",),
        letters={"oig": "party"},
        titles=titles("Report and recommendation"),
        version="2",
    ),
    # 42 CFR 1004.70
    "BOARD_NOTICE": NoticeType(
        mandatory=(*DESK, "citation", "practitioner_name", "recommendation", "submitted_on"),
        letters={"board": "party"},
        titles=titles("Notice of a report to the Inspector General"),
        version="1",
    ),
    # 42 CFR 480.105, 480.106
    "DISCLOSURE_30D": NoticeType(
        mandatory=(*PLACE, "citation", "disclosed_to", "disclosed_information", "disclose_from"),
        optional=("exception",),
        letters=CARE,
        titles=titles("Notice before we disclose information"),
        version="2",
    ),
}
