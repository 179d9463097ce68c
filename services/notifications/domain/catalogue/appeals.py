"""Notices of appeals and other coverage reviews."""

from typing import Final

from services.notifications.domain.catalogue.kind import BY_CALL, CARE, PATIENT, PLACE, NoticeType, titles

# 42 CFR 478.34(a)(4)
_HEARING: Final = ("amount_in_controversy", "hearing_request", "hearing_place")

KINDS: Final = {
    # 42 CFR 405.1202(e)(1), (f), 405.1206(d)(1), (e), 422.622(d), (e), 422.626(d), (e)
    "REQ_NOTIFY_PROVIDER": NoticeType(
        mandatory=(
            *PLACE,
            "service_name",
            "review_name",
            "citation",
            "request_received",
            "detailed_notice_name",
            "detailed_notice_due",
            "records_due",
            "late_consequence",
            "patient_copy",
            "patient_protection",
        ),
        optional=("beneficiary_name",),
        letters={"provider": "party", "plan": "party"},
        titles=titles("A review has been asked for: action needed"),
        urgent=True,
        version="4",
    ),
    # 42 CFR 405.1202(e)(8), 405.1206(d)(8), 405.1208(c), 422.622(d), 422.626(d)
    "DECISION_CALL": NoticeType(
        mandatory=(
            *PLACE,
            "service_name",
            "review_name",
            "outcome",
            "rationale",
            "payment_consequence",
            "liability_date",
            "reconsideration_right",
            "reconsideration_deadline",
        ),
        optional=(
            "beneficiary_name",
            "outcome_words",
        ),
        not_when_favourable=frozenset({"liability_date"}),
        letters={**PATIENT, **CARE, "plan": "party"},
        titles=titles(
            "Call: our decision of a review",
            "Call: our decision about the care",
            "Llamada: nuestra decisión sobre la atención",
        ),
        channels=BY_CALL,
        urgent=True,
        version="1",
    ),
    # 42 CFR 405.1202(e)(8), 405.1206(d)(8), 405.1208(c), 422.622(d), 422.626(d)
    "DECISION_LETTER": NoticeType(
        mandatory=(
            *PLACE,
            "service_name",
            "review_name",
            "outcome",
            "rationale",
            "payment_consequence",
            "liability_date",
            "reconsideration_right",
            "reconsideration_deadline",
            "citation",
        ),
        optional=(
            "beneficiary_name",
            "outcome_words",
        ),
        not_when_favourable=frozenset({"liability_date"}),
        letters={**PATIENT, **CARE, "plan": "party"},
        titles=titles("Decision of a review", "Our decision about your care", "Nuestra decisión sobre su atención"),
        version="3",
    ),
    # 42 CFR 405.1204(d)(1)
    "QIC_FILE": NoticeType(
        mandatory=(
            *PLACE,
            "beneficiary_name",
            "review_name",
            "outcome",
            "decided_on",
            "qic_notified",
            "file_contents",
            "file_due",
        ),
        optional=("outcome_words",),
        letters={"qic": "party"},
        titles=titles("Case file for an expedited reconsideration"),
        urgent=True,
        version="1",
    ),
    # 42 CFR 422.626(g), 405.1212, 478.32-.42
    "RECON_DECISION": NoticeType(
        mandatory=(
            *PLACE,
            "service_name",
            "review_name",
            "citation",
            "outcome",
            "rationale",
            "payment_consequence",
            "liability_date",
            "appeal_right",
            "appeal_deadline",
            *_HEARING,
        ),
        optional=(
            "beneficiary_name",
            "outcome_words",
        ),
        not_when_favourable=frozenset({"liability_date", *_HEARING}),
        letters={**PATIENT, **CARE, "plan": "party"},
        titles=titles(
            "Decision of a reconsideration",
            "Our decision after a second review",
            "Nuestra decisión después de una segunda revisión",
        ),
        version="3",
    ),
    # 42 CFR 422.622(b)(2), 422.584
    "RETURNED_TO_PLAN": NoticeType(
        mandatory=(*PLACE, "plan_name", "request_received", "reason", "payment_consequence", "next_step"),
        optional=("beneficiary_name",),
        letters={**PATIENT, "plan": "party"},
        titles=titles(
            "A late request is yours to reconsider",
            "Your request now goes to your plan",
            "Su petición ahora le toca a su plan",
        ),
        version="2",
    ),
    # 42 CFR 422.626(d)(3)
    "MA_IMPROPER_NOTICE_TO_CMS": NoticeType(
        mandatory=(*PLACE, "plan_name", "service_name", "notice_delivered", "notice_defect"),
        letters={"cms": "party"},
        titles=titles("Report of an improper notice of non-coverage"),
        version="1",
    ),
}
