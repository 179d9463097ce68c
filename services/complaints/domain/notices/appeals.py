"""Notices of appeals and other coverage reviews (42 CFR 405.1200-.1212, 422.620-.626)."""

from typing import Final

from services.complaints.domain.notices.kind import CARE, PATIENT, PLACE, NoticeKind
from shared.contracts.complaints import Role

_DECISION: Final = (
    *PLACE,
    "service_name",
    "review_name",
    "outcome",
    "rationale",
    "payment_consequence",
    "liability_date",
    "reconsideration_right",
    "reconsideration_deadline",
)
# 42 CFR 478.34(a)(4)
_HEARING: Final = ("amount_in_controversy", "hearing_request", "hearing_place")

KINDS: Final = (
    NoticeKind(
        "REQ_NOTIFY_PROVIDER",
        to=(Role.PROVIDER, Role.PLAN),
        says=(
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
        calls=False,
        citation="42 CFR 405.1202(e)(1), (f), 405.1206(d)(1), (e), 422.622(d), (e), 422.626(d), (e)",
        note="same local day as the request; in Medicare Advantage to plan and provider",
        may_say=("beneficiary_name",),
    ),
    NoticeKind(
        "DECISION_CALL",
        to=(*PATIENT, *CARE, Role.PLAN),
        says=_DECISION,
        calls=True,
        citation="42 CFR 405.1202(e)(8), 405.1206(d)(8), 405.1208(c), 422.622(d), 422.626(d)",
        note="to each party on its own; liability follows the patient's own notification",
        may_say=("beneficiary_name", "outcome_words"),
        unless_favourable=("liability_date",),
    ),
    NoticeKind(
        "DECISION_LETTER",
        to=(*PATIENT, *CARE, Role.PLAN),
        says=(*_DECISION, "citation"),
        calls=False,
        citation="42 CFR 405.1202(e)(8), 405.1206(d)(8), 405.1208(c), 422.622(d), 422.626(d)",
        note="follows the call; it is the notice itself for whoever was not reached",
        may_say=("beneficiary_name", "outcome_words"),
        unless_favourable=("liability_date",),
    ),
    NoticeKind(
        "QIC_FILE",
        to=(Role.QIC,),
        says=(
            *PLACE,
            "beneficiary_name",
            "review_name",
            "outcome",
            "decided_on",
            "qic_notified",
            "file_contents",
            "file_due",
        ),
        calls=False,
        citation="42 CFR 405.1204(d)(1)",
        note="close of business of the day the QIC notifies the QIO",
        may_say=("outcome_words",),
    ),
    NoticeKind(
        "RECON_DECISION",
        to=(*PATIENT, *CARE, Role.PLAN),
        says=(
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
        calls=False,
        citation="42 CFR 422.626(g), 405.1212, 478.32-.42",
        note="reconsiderations by the QIO of coverage and payment decisions; those of complaints are C_RECON_*",
        may_say=("beneficiary_name", "outcome_words"),
        unless_favourable=("liability_date", *_HEARING),
    ),
    NoticeKind(
        "RETURNED_TO_PLAN",
        to=(*PATIENT, Role.PLAN),
        says=(*PLACE, "plan_name", "request_received", "reason", "payment_consequence", "next_step"),
        calls=False,
        citation="42 CFR 422.622(b)(2), 422.584",
        note="a late request about a Medicare Advantage hospital stay is the plan's expedited reconsideration",
        may_say=("beneficiary_name",),
    ),
    NoticeKind(
        "MA_IMPROPER_NOTICE_TO_CMS",
        to=(Role.CMS,),
        says=(*PLACE, "plan_name", "service_name", "notice_delivered", "notice_defect"),
        calls=False,
        citation="42 CFR 422.626(d)(3)",
        note="every improper notice; the enrollee is not named",
    ),
)
