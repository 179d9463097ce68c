"""Notices of payment reviews, and the requests for records all reviews use (42 CFR 476.78, .90-.98, 478)."""

from typing import Final

from services.complaints.domain.notices.kind import CARE, PATIENT, PLACE, NoticeKind
from shared.contracts.complaints import Role

_PRESUMED: Final = "says in fixed words that receipt is presumed 5 days after the date of the letter (478.20)"

KINDS: Final = (
    NoticeKind(
        "REC_REQUEST",
        to=(*CARE, Role.PLAN),
        says=(*PLACE, "review_name", "citation", "records_wanted", "records_due", "late_consequence"),
        calls=False,
        citation="42 CFR 476.78(b)(2), 405.1202(f)(2), 405.1206(e)(2), 405.1208(b)(2), 422.622(e), 422.626(e)",
        note="a complaint's request is C_REC_REQUEST",
        may_say=("beneficiary_name", "request_received", "detailed_notice_due"),
    ),
    NoticeKind(
        "REC_REMINDER",
        to=(*CARE, Role.PLAN),
        says=(
            *PLACE,
            "review_name",
            "citation",
            "records_wanted",
            "records_requested",
            "records_due",
            "late_consequence",
        ),
        calls=False,
        citation="42 CFR 476.90",
        note="the sufficient notice that must precede a denial for records not sent",
        may_say=("beneficiary_name",),
    ),
    NoticeKind(
        "DENIAL_NOTICE",
        to=(*PATIENT, *CARE),
        says=(
            *PLACE,
            "service_name",
            "service_dates",
            "citation",
            "mailed_on",
            "outcome",
            "rationale",
            "payment_consequence",
            "liability_determination",
            "reconsideration_right",
            "reconsideration_deadline",
        ),
        calls=False,
        citation="42 CFR 476.94(a), (c), 405.332, Social Security Act 1879",
        note=_PRESUMED,
        may_say=("beneficiary_name", "outcome_words"),
    ),
    NoticeKind(
        "DRG_NOTICE",
        to=CARE,
        says=(
            *PLACE,
            "service_dates",
            "citation",
            "mailed_on",
            "drg_billed",
            "drg_determined",
            "rationale",
            "payment_consequence",
            "reconsideration_right",
            "reconsideration_deadline",
        ),
        calls=False,
        citation="42 CFR 476.94(b), 478.15",
        note=_PRESUMED,
        may_say=("beneficiary_name",),
    ),
    NoticeKind(
        "MAC_NOTICE",
        to=(Role.MAC,),
        says=(
            *PLACE,
            "claim_reference",
            "service_dates",
            "outcome",
            "decided_on",
            "payment_consequence",
            "liability_determination",
        ),
        calls=False,
        citation="42 CFR 476.94(d), 478.34(b), 480.136",
        note="what is needed to pay: no reasons, no findings of quality; the patient is named after a reconsideration",
        may_say=("beneficiary_name", "outcome_words", "drg_determined"),
    ),
)
