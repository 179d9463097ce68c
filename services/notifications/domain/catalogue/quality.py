"""Notices of complaints, immediate advocacy and general quality reviews."""

from typing import Final

from services.notifications.domain.catalogue.kind import BY_CALL, CARE, PATIENT, PLACE, NoticeType, titles

KINDS: Final = {
    # 42 CFR 476.120
    "ACKNOWLEDGEMENT": NoticeType(
        mandatory=(*PLACE, "review_name", "request_received", "next_step"),
        optional=("beneficiary_name",),
        letters=PATIENT,
        titles=titles(party="", patient="We have your request", paciente="Recibimos su petición"),
        version="2",
    ),
    # 42 CFR 476.130(b)(1), (b)(2)
    "C_REC_REQUEST": NoticeType(
        mandatory=(*PLACE, "citation", "records_wanted", "records_due", "discussion_right", "late_consequence"),
        optional=("beneficiary_name",),
        letters=CARE,
        titles=titles("A complaint about care: request for medical records"),
        version="1",
    ),
    # 42 CFR 476.130(c)
    "C_IID_CALL": NoticeType(
        mandatory=(*PLACE, "findings", "discussion_right", "discussion_deadline", "if_no_response"),
        optional=("beneficiary_name",),
        letters=CARE,
        titles=titles("Call: our first findings about a complaint"),
        channels=BY_CALL,
        version="1",
    ),
    # 42 CFR 476.130(c)(1), 476.93
    "DISCUSSION_OFFER": NoticeType(
        mandatory=(
            *PLACE,
            "review_name",
            "citation",
            "findings",
            "discussion_right",
            "discussion_deadline",
            "if_no_response",
        ),
        optional=("beneficiary_name",),
        letters=CARE,
        titles=titles("Your opportunity to discuss a review"),
        version="1",
    ),
    # 42 CFR 476.130(d)(1)
    "C_FID_CALL": NoticeType(
        mandatory=(*PLACE, "findings", "reconsideration_right", "reconsideration_deadline"),
        optional=("beneficiary_name",),
        letters={**PATIENT, **CARE},
        titles=titles(
            "Call: our findings about a complaint",
            "Call: our findings about the complaint",
            "Llamada: lo que encontramos sobre la queja",
        ),
        channels=BY_CALL,
        version="1",
    ),
    # 42 CFR 476.130(d)(2)
    "C_FID_LETTER": NoticeType(
        mandatory=(
            *PLACE,
            "citation",
            "findings",
            "discussion_summary",
            "reconsideration_right",
            "reconsideration_deadline",
        ),
        optional=("beneficiary_name",),
        letters={**PATIENT, **CARE},
        titles=titles(
            "Our findings about a complaint", "What we found about your complaint", "Lo que encontramos sobre su queja"
        ),
        version="2",
    ),
    # 42 CFR 476.160(b)
    "QOC_LETTER": NoticeType(
        mandatory=(*PLACE, "citation", "findings", "reconsideration_right", "reconsideration_deadline"),
        optional=("beneficiary_name",),
        letters=CARE,
        titles=titles("Findings of a quality review"),
        version="1",
    ),
    # 42 CFR 476.140(b), 476.170(b)
    "C_RECON_CALL": NoticeType(
        mandatory=(*PLACE, "review_name", "outcome", "findings"),
        optional=(
            "beneficiary_name",
            "outcome_words",
        ),
        letters={**PATIENT, **CARE},
        titles=titles("Call: our final decision", "Call: our final decision", "Llamada: nuestra decisión final"),
        channels=BY_CALL,
        version="1",
    ),
    # 42 CFR 476.140(b)(1), 476.170(b)(1)
    "C_RECON_LETTER": NoticeType(
        mandatory=(*PLACE, "review_name", "citation", "outcome", "findings", "rationale"),
        optional=(
            "beneficiary_name",
            "outcome_words",
        ),
        letters={**PATIENT, **CARE},
        titles=titles(
            "Our final decision of a reconsideration",
            "Our final decision after a second review",
            "Nuestra decisión final después de una segunda revisión",
        ),
        version="2",
    ),
    # 42 CFR 476.110(b), 476.120
    "IA_DISCONTINUED": NoticeType(
        mandatory=(*PLACE, "reason", "written_complaint_right", "written_complaint_deadline"),
        optional=("beneficiary_name",),
        letters={**PATIENT, **CARE},
        titles=titles(
            "Immediate advocacy has ended",
            "Our talks about your concern have ended",
            "Terminaron nuestras conversaciones sobre su preocupación",
        ),
        version="2",
    ),
    # 42 CFR 476.150(a)
    "C_ABANDONED": NoticeType(
        mandatory=(*PLACE, "reason", "resubmit_right"),
        optional=("beneficiary_name",),
        letters={**PATIENT, **CARE},
        titles=titles("A complaint has been closed", "We closed your complaint", "Cerramos su queja"),
        version="2",
    ),
    # 42 CFR 480.137, 480.138, 480.105(b)(2)
    "REFERRAL_SENT": NoticeType(
        mandatory=(*PLACE, "referred_to", "referred_information", "next_step"),
        optional=("beneficiary_name",),
        letters={
            **PATIENT,
            "agency": "party",
            "board": "party",
            "oig": "party",
            "cms": "party",
            "mac": "party",
            "plan": "party",
        },
        titles=titles(
            "A matter referred to you", "We passed your concern on", "Pasamos su preocupación a otra oficina"
        ),
        version="2",
    ),
}
