"""Notices of payment reviews, and the requests for records all reviews use."""

from typing import Final

from services.notifications.domain.catalogue.kind import CARE, PATIENT, PLACE, NoticeType, titles

KINDS: Final = {
    # 42 CFR 476.78(b)(2), 405.1202(f)(2), 405.1206(e)(2), 405.1208(b)(2), 422.622(e), 422.626(e)
    "REC_REQUEST": NoticeType(
        mandatory=(*PLACE, "review_name", "citation", "records_wanted", "records_due", "late_consequence"),
        optional=(
            "beneficiary_name",
            "request_received",
            "detailed_notice_due",
        ),
        letters={**CARE, "plan": "party"},
        titles=titles("Request for medical records"),
        version="2",
    ),
    # 42 CFR 476.90
    "REC_REMINDER": NoticeType(
        mandatory=(
            *PLACE,
            "review_name",
            "citation",
            "records_wanted",
            "records_requested",
            "records_due",
            "late_consequence",
        ),
        optional=("beneficiary_name",),
        letters={**CARE, "plan": "party"},
        titles=titles("Reminder: medical records are missing"),
        version="1",
    ),
    # 42 CFR 476.94(a), (c), 405.332, Social Security Act 1879
    "DENIAL_NOTICE": NoticeType(
        mandatory=(
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
        optional=(
            "beneficiary_name",
            "outcome_words",
        ),
        letters={**PATIENT, **CARE},
        titles=titles(
            "Medicare does not cover this care: initial denial",
            "Medicare does not cover this care",
            "Medicare no cubre esta atención",
        ),
        version="2",
    ),
    # 42 CFR 476.94(b), 478.15
    "DRG_NOTICE": NoticeType(
        mandatory=(
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
        optional=("beneficiary_name",),
        letters=CARE,
        titles=titles("The DRG of a claim is changed"),
        version="2",
    ),
    # 42 CFR 476.94(d), 478.34(b), 480.136
    "MAC_NOTICE": NoticeType(
        mandatory=(
            *PLACE,
            "claim_reference",
            "service_dates",
            "outcome",
            "decided_on",
            "payment_consequence",
            "liability_determination",
        ),
        optional=(
            "beneficiary_name",
            "outcome_words",
            "drg_determined",
        ),
        letters={"mac": "party"},
        titles=titles("Determination for a claim"),
        version="1",
    ),
}
