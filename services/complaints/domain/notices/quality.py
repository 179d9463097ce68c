"""Notices of complaints, immediate advocacy and general quality reviews (42 CFR 476.110-.170)."""

from typing import Final

from services.complaints.domain.notices.kind import CARE, PATIENT, PLACE, NoticeKind
from shared.contracts.complaints import Role

_ALL: Final = (*PATIENT, *CARE)
_RECONSIDERATION: Final = ("reconsideration_right", "reconsideration_deadline")
_FINAL: Final = "says in fixed words that the decision is final and that there is no further appeal"

KINDS: Final = (
    NoticeKind(
        "ACKNOWLEDGEMENT",
        to=PATIENT,
        says=(*PLACE, "review_name", "request_received", "next_step"),
        calls=False,
        citation="42 CFR 476.120",
        may_say=("beneficiary_name",),
    ),
    NoticeKind(
        "C_REC_REQUEST",
        to=CARE,
        says=(*PLACE, "citation", "records_wanted", "records_due", "discussion_right", "late_consequence"),
        calls=False,
        citation="42 CFR 476.130(b)(1), (b)(2)",
        note="fixed words say that it is a beneficiary complaint and ask for the name of a contact",
        may_say=("beneficiary_name",),
    ),
    NoticeKind(
        "C_IID_CALL",
        to=CARE,
        says=(*PLACE, "findings", "discussion_right", "discussion_deadline", "if_no_response"),
        calls=True,
        citation="42 CFR 476.130(c)",
        note="within 10 calendar days of all information; it makes the first offer of a discussion",
        may_say=("beneficiary_name",),
    ),
    NoticeKind(
        "DISCUSSION_OFFER",
        to=CARE,
        says=(
            *PLACE,
            "review_name",
            "citation",
            "findings",
            "discussion_right",
            "discussion_deadline",
            "if_no_response",
        ),
        calls=False,
        citation="42 CFR 476.130(c)(1), 476.93",
        note="of concerns not met (confirms the offer made by telephone), or before a denial or DRG change",
        may_say=("beneficiary_name",),
    ),
    NoticeKind(
        "C_FID_CALL",
        to=_ALL,
        says=(*PLACE, "findings", *_RECONSIDERATION),
        calls=True,
        citation="42 CFR 476.130(d)(1)",
        may_say=("beneficiary_name",),
    ),
    NoticeKind(
        "C_FID_LETTER",
        to=_ALL,
        says=(*PLACE, "citation", "findings", "discussion_summary", *_RECONSIDERATION),
        calls=False,
        citation="42 CFR 476.130(d)(2)",
        note="no practitioner's consent is needed (480.133(a)(2)(iv))",
        may_say=("beneficiary_name",),
    ),
    NoticeKind(
        "QOC_LETTER",
        to=CARE,
        says=(*PLACE, "citation", "findings", *_RECONSIDERATION),
        calls=False,
        citation="42 CFR 476.160(b)",
        note="general quality review: the beneficiary is no party, and who raised the concern is never said",
        may_say=("beneficiary_name",),
    ),
    NoticeKind(
        "C_RECON_CALL",
        to=_ALL,
        says=(*PLACE, "review_name", "outcome", "findings"),
        calls=True,
        citation="42 CFR 476.140(b), 476.170(b)",
        note=_FINAL,
        may_say=("beneficiary_name", "outcome_words"),
    ),
    NoticeKind(
        "C_RECON_LETTER",
        to=_ALL,
        says=(*PLACE, "review_name", "citation", "outcome", "findings", "rationale"),
        calls=False,
        citation="42 CFR 476.140(b)(1), 476.170(b)(1)",
        note=_FINAL,
        may_say=("beneficiary_name", "outcome_words"),
    ),
    NoticeKind(
        "IA_DISCONTINUED",
        to=_ALL,
        says=(*PLACE, "reason", "written_complaint_right", "written_complaint_deadline"),
        calls=False,
        citation="42 CFR 476.110(b), 476.120",
        note="discontinued by anyone, or abandoned",
        may_say=("beneficiary_name",),
    ),
    NoticeKind(
        "C_ABANDONED",
        to=_ALL,
        says=(*PLACE, "reason", "resubmit_right"),
        calls=False,
        citation="42 CFR 476.150(a)",
        may_say=("beneficiary_name",),
    ),
    NoticeKind(
        "REFERRAL_SENT",
        to=(*PATIENT, Role.AGENCY, Role.BOARD, Role.OIG, Role.CMS, Role.MAC, Role.PLAN),
        says=(*PLACE, "referred_to", "referred_information", "next_step"),
        calls=False,
        citation="42 CFR 480.137, 480.138, 480.105(b)(2)",
        note="confidential information of a practitioner or institution only after DISCLOSURE_30D",
        may_say=("beneficiary_name",),
    ),
)
