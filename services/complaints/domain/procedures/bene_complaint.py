"""Written complaints of beneficiaries about the quality of care (42 CFR 476.120-.150)."""

from types import MappingProxyType

from services.complaints.domain.procedure import Late, Limit, Notice, Procedure, Stage, by_id, table
from services.complaints.domain.procedures import bene_complaint_steps as steps
from services.complaints.domain.procedures import quality
from services.complaints.domain.procedures.bene_complaint_steps import PARTIES, WINDOWS
from services.complaints.domain.rules.complaint import BENE_COMPLAINT as CLOCK
from shared.contracts.complaints import CaseType, Role

STATES = MappingProxyType(
    {
        "RECEIVED": Stage.RECEIVED,
        "SCREENED": Stage.RECEIVED,
        "ACCEPTED": Stage.IN_REVIEW,
        "RECORDS_REQUESTED": Stage.IN_REVIEW,
        "NON_COOPERATION": Stage.IN_REVIEW,
        "RECORDS_COMPLETE": Stage.IN_REVIEW,
        "IN_REVIEW": Stage.IN_REVIEW,
        "INTERIM_MADE": Stage.IN_REVIEW,
        "DISCUSSION_OFFERED": Stage.IN_REVIEW,
        "DISCUSSED": Stage.IN_REVIEW,
        "STATEMENT_RECEIVED": Stage.IN_REVIEW,
        "DISCUSSION_LAPSED": Stage.IN_REVIEW,
        "FINAL": Stage.DECIDED,
        "FINAL_ISSUED": Stage.DECIDED,
        "RECON_REQUESTED": Stage.DECIDED,
        "RECON_ASSIGNED": Stage.DECIDED,
        "RECON_DECIDED": Stage.DECIDED,
        "CLOSED": Stage.CLOSED,
        "ABANDONED": Stage.CLOSED,
        "WITHDRAWN": Stage.CLOSED,
        "REFERRED": Stage.CLOSED,
        "OUT_OF_JURISDICTION": Stage.CLOSED,
        "DUPLICATE": Stage.CLOSED,
    }
)
_INTAKE = ("RECEIVED", "SCREENED")
_GATHERING = ("RECORDS_REQUESTED", "NON_COOPERATION")
_HEARD = ("DISCUSSED", "STATEMENT_RECEIVED", "DISCUSSION_LAPSED")
_REVIEWING = ("IN_REVIEW", "INTERIM_MADE", "DISCUSSION_OFFERED", *_HEARD)
_OPEN = (*_INTAKE, "ACCEPTED", *_GATHERING, "RECORDS_COMPLETE", *_REVIEWING)
_RECONSIDERING = ("RECON_REQUESTED", "RECON_ASSIGNED")

TABLE = table(
    ("RECEIVED", "screened", "SCREENED"),
    ("SCREENED", "accepted", "ACCEPTED"),
    (_INTAKE, "found_out_of_jurisdiction", "OUT_OF_JURISDICTION"),
    ((*_INTAKE, "ACCEPTED"), "found_duplicate", "DUPLICATE"),
    ("ACCEPTED", "records_requested", "RECORDS_REQUESTED"),
    (_GATHERING, "information_received", None),
    (_GATHERING, "information_complete", "RECORDS_COMPLETE"),
    ("RECORDS_REQUESTED", "non_cooperation_found", "NON_COOPERATION"),
    # Evidence at hand (476.90): a provider that holds back its records does not end the complaint.
    (("RECORDS_COMPLETE", "NON_COOPERATION"), "assigned", "IN_REVIEW"),
    (_REVIEWING, "assigned", None),
    ("IN_REVIEW", "interim_made", "INTERIM_MADE"),
    (("INTERIM_MADE", "DISCUSSION_OFFERED"), "interim_told", None),
    ("INTERIM_MADE", "discussion_offered", "DISCUSSION_OFFERED"),
    ("DISCUSSION_OFFERED", "discussion_extended", None),
    ("DISCUSSION_OFFERED", "discussion_held", "DISCUSSED"),
    ("DISCUSSION_OFFERED", "statement_received", "STATEMENT_RECEIVED"),
    ("DISCUSSION_OFFERED", "discussion_lapsed", "DISCUSSION_LAPSED"),
    (("INTERIM_MADE", *_HEARD), "final_signed", "FINAL"),
    (("FINAL", *_RECONSIDERING), "told", None),
    (("FINAL", *_RECONSIDERING), "letter_left", None),
    ("FINAL", "notification_completed", "FINAL_ISSUED"),
    ("FINAL_ISSUED", "closed", "CLOSED"),
    (("FINAL", "FINAL_ISSUED"), "reconsideration_requested", "RECON_REQUESTED"),
    (_RECONSIDERING, "reconsideration_requested", None),
    (_RECONSIDERING, "reconsideration_records_requested", None),
    (_RECONSIDERING, "reconsideration_records_received", None),
    (_RECONSIDERING, "reconsideration_assigned", "RECON_ASSIGNED"),
    ("RECON_ASSIGNED", "reconsideration_decided", "RECON_DECIDED"),
    ("RECON_DECIDED", "reconsideration_told", None),
    ("RECON_DECIDED", "reconsideration_letter_left", None),
    ("RECON_DECIDED", "reconsideration_completed", "CLOSED"),
    (_OPEN, "abandoned", "ABANDONED"),
    (_OPEN, "withdrawn", "WITHDRAWN"),
    (_OPEN, "referred", "REFERRED"),
    ("CLOSED", "reopened", "RECORDS_COMPLETE"),
)

BENE_COMPLAINT = Procedure(
    type=CaseType.BENE_COMPLAINT,
    clock=CLOCK,
    initial="RECEIVED",
    states=STATES,
    steps=by_id(*steps.ALL),
    table=TABLE,
    outcomes=quality.OUTCOMES,
    parties=PARTIES,
    # No fact tells one complaint from another: what comes later may be a new one (476.120(b)), which people judge.
    identity=(),
    received="complaint_received",
    required=("care_date",),
    limits=(Limit("BC-LIMIT", Late.REFUSED),),
    automatic=("notification_completed", "closed", "reconsideration_completed"),
    lapses=MappingProxyType(
        {
            "BC-C3": "discussion_lapsed",
            "BC-C3-EXTENDED": "discussion_lapsed",
            **dict.fromkeys(WINDOWS.values(), "closed"),
        }
    ),
    told=MappingProxyType(
        {
            "interim_notified": quality.CARE,
            "final_told": PARTIES,
            "final_letter_sent": PARTIES,
            "reconsideration_told": PARTIES,
            "reconsideration_letter_sent": PARTIES,
        }
    ),
    commands=MappingProxyType(
        {
            "assign": ("assigned", "reconsideration_assigned"),
            "decide": ("interim_made", "final_signed", "reconsideration_decided"),
            "reconsider": ("reconsideration_requested",),
            "withdraw": ("withdrawn",),
            "reopen": ("reopened",),
        }
    ),
    eligible=(steps.IN_WRITING, quality.CONCERNS_NAMED),
    opening=(Notice("ACKNOWLEDGEMENT", (Role.BENEFICIARY,)),),
    dues=MappingProxyType(
        {
            "records_due": ("BC-C1", "BC-C1-SOONER"),
            "discussion_deadline": ("BC-C3", "BC-C3-EXTENDED"),
            "reconsideration_deadline": (WINDOWS[Role.BENEFICIARY],),
            "reconsideration_deadline_provider": (WINDOWS[Role.PROVIDER],),
            "reconsideration_deadline_practitioner": (WINDOWS[Role.PRACTITIONER],),
        }
    ),
    reconsidered_by="complaint",
    letters=MappingProxyType({"C_FID_LETTER": "letter_left", "C_RECON_LETTER": "reconsideration_letter_left"}),
    concerns=True,
    coarse="COMPLAINT",
    source="42 CFR 476.120-.150",
)
