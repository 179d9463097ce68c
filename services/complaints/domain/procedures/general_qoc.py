"""General quality of care reviews: the beneficiary is no party, nothing is discussed (42 CFR 476.160-.170)."""

from types import MappingProxyType

from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Actor, Guard, Notice, Procedure, Stage, Step, by_id, table
from services.complaints.domain.procedures import common, quality
from services.complaints.domain.rules.general_quality import GENERAL_QOC as CLOCK
from shared.contracts.complaints import CaseType, Obligor, Role, Severity

_REVIEW = "42 CFR 476.160"
_WINDOWS = {Role.PROVIDER: "GQ-RECON-REQUEST", Role.PRACTITIONER: "GQ-RECON-REQUEST-PRACTITIONER"}
# What leads to a general review (476.160(a)); the oral complaint is that of 476.120(a)(2).
TRIGGERS = ("other_review", "referral", "data_analysis", "oral_complaint", "late_complaint")

NO_BENEFICIARY = Guard(
    "BENEFICIARY_NO_PARTY",
    "parties",
    "In a general quality review the beneficiary is no party.",
    _REVIEW,
    lambda look: all(party.role not in (Role.BENEFICIARY, Role.REPRESENTATIVE) for party in look.case.sealed.parties),
)


def _grave_if_oral(look: Look) -> bool:
    severity = look.answered("potential_severity")
    return look.answered("trigger") != "oral_complaint" or severity not in ("NONE", Severity.OTHER.value)


_WRITTEN_FIRST = Guard(
    "NOT_WRITTEN_TO",
    "party",
    "A determination is received after its letter left: record the letter first.",
    "42 CFR 476.170(a)(1)",
    lambda look: look.act.party is None or look.case.course.told("letter_left", look.act.party) is not None,
)

_STEPS = (
    quality.screened(
        _REVIEW,
        quality.one_of("trigger", TRIGGERS, "42 CFR 476.160(a)"),
        Guard(
            "NOT_GRAVE",
            "answers.potential_severity",
            "An oral complaint leads to a general review only if it may be gross and flagrant, substantial or "
            "significant; else offer immediate advocacy.",
            "42 CFR 476.120(a)(2)",
            _grave_if_oral,
        ),
        needs=("answers.trigger",),
    ),
    Step(
        id="not_taken_up",
        says="left without a review",
        actor=Actor.SCREENER,
        citation="42 CFR 476.160(a)",
        needs=("note",),
        voids=frozenset(Obligor),
        ends="NOT_TAKEN_UP",
    ),
    quality.records_requested("42 CFR 476.160(b)", "REC_REQUEST", "GQ-RECORDS", "GQ-RECORDS-SOONER"),
    quality.information_received("42 CFR 476.160(b)"),
    quality.information_complete("42 CFR 476.160(b)"),
    quality.non_cooperation("GQ-RECORDS", "GQ-RECORDS-SOONER"),
    common.assigned("42 CFR 476.98"),
    Step(
        id="determined",
        says="determined",
        actor=Actor.REVIEWER,
        citation="42 CFR 476.160(c)",
        guards=quality.DETERMINING,
        needs=("outcome",),
        takes=quality.TAKES_FOLLOW_ON,
        notices=(Notice("QOC_LETTER", quality.CARE, ("GQ-DETERMINE",)),),
        voids=common.EVERYONE_ELSE,
    ),
    common.letter_left("letter_left", "42 CFR 476.160(c)", quality.CARE, "determination_sent"),
    common.told(
        "42 CFR 476.170(a)(1)",
        {Role.PROVIDER: "determination_received", Role.PRACTITIONER: "determination_received_practitioner"},
        step="determination_received",
        guard=(_WRITTEN_FIRST,),
    ),
    Step(
        id="letters_completed",
        says="recorded as written to everyone",
        actor=Actor.CLOCK,
        citation="42 CFR 476.160(c)",
        guards=(
            Guard(
                "NOT_EVERYONE_TOLD",
                None,
                "Provider and practitioner were not both written to yet.",
                "42 CFR 476.160(c)",
                lambda look: all(look.case.course.told("letter_left", party) is not None for party in quality.CARE),
            ),
        ),
    ),
    common.closed("42 CFR 476.170(a)(1)", *_WINDOWS.values()),
    *quality.reconsideration(
        quality.Reconsidering(
            citation="42 CFR 476.170",
            windows=_WINDOWS,
            decide_rules=("GQ-RECON-DECIDE", "GQ-RECON-DECIDE-RECORDS"),
            letter_rules=("GQ-RECON-LETTER",),
            parties=quality.CARE,
            after_call=False,
        )
    ),
)

STATES = MappingProxyType(
    {
        "RECEIVED": Stage.RECEIVED,
        "SCREENED": Stage.IN_REVIEW,
        "RECORDS_REQUESTED": Stage.IN_REVIEW,
        "NON_COOPERATION": Stage.IN_REVIEW,
        "RECORDS_COMPLETE": Stage.IN_REVIEW,
        "IN_REVIEW": Stage.IN_REVIEW,
        "DETERMINED": Stage.DECIDED,
        "ISSUED": Stage.DECIDED,
        "RECON_REQUESTED": Stage.DECIDED,
        "RECON_ASSIGNED": Stage.DECIDED,
        "RECON_DECIDED": Stage.DECIDED,
        "CLOSED": Stage.CLOSED,
        "NOT_TAKEN_UP": Stage.CLOSED,
    }
)
_GATHERING = ("RECORDS_REQUESTED", "NON_COOPERATION")
_RECONSIDERING = ("RECON_REQUESTED", "RECON_ASSIGNED")

GENERAL_QOC = Procedure(
    type=CaseType.GENERAL_QOC,
    clock=CLOCK,
    initial="RECEIVED",
    states=STATES,
    steps=by_id(*_STEPS),
    table=table(
        ("RECEIVED", "screened", "SCREENED"),
        (("RECEIVED", "SCREENED"), "not_taken_up", "NOT_TAKEN_UP"),
        ("SCREENED", "records_requested", "RECORDS_REQUESTED"),
        (_GATHERING, "information_received", None),
        (_GATHERING, "information_complete", "RECORDS_COMPLETE"),
        ("RECORDS_REQUESTED", "non_cooperation_found", "NON_COOPERATION"),
        (("RECORDS_COMPLETE", "NON_COOPERATION"), "assigned", "IN_REVIEW"),
        ("IN_REVIEW", "assigned", None),
        ("IN_REVIEW", "determined", "DETERMINED"),
        (("DETERMINED", *_RECONSIDERING), "letter_left", None),
        (("DETERMINED", "ISSUED", *_RECONSIDERING), "determination_received", None),
        ("DETERMINED", "letters_completed", "ISSUED"),
        ("ISSUED", "closed", "CLOSED"),
        (("DETERMINED", "ISSUED"), "reconsideration_requested", "RECON_REQUESTED"),
        (_RECONSIDERING, "reconsideration_requested", None),
        (_RECONSIDERING, "reconsideration_records_requested", None),
        (_RECONSIDERING, "reconsideration_records_received", None),
        (_RECONSIDERING, "reconsideration_assigned", "RECON_ASSIGNED"),
        ("RECON_ASSIGNED", "reconsideration_decided", "RECON_DECIDED"),
        ("RECON_DECIDED", "reconsideration_told", None),
        ("RECON_DECIDED", "reconsideration_letter_left", None),
        ("RECON_DECIDED", "reconsideration_completed", "CLOSED"),
    ),
    outcomes=quality.OUTCOMES,
    parties=quality.CARE,
    identity=(),
    received=None,
    automatic=("letters_completed", "closed", "reconsideration_completed"),
    lapses=MappingProxyType(dict.fromkeys(_WINDOWS.values(), "closed")),
    told=MappingProxyType(
        {
            "determination_sent": quality.CARE,
            "reconsideration_told": quality.CARE,
            "reconsideration_letter_sent": quality.CARE,
        }
    ),
    commands=MappingProxyType(
        {
            "assign": ("assigned", "reconsideration_assigned"),
            "decide": ("determined", "reconsideration_decided"),
            "reconsider": ("reconsideration_requested",),
        }
    ),
    eligible=(NO_BENEFICIARY, quality.CONCERNS_NAMED),
    dues=MappingProxyType(
        {
            "records_due": ("GQ-RECORDS", "GQ-RECORDS-SOONER"),
            "reconsideration_deadline": (_WINDOWS[Role.PROVIDER],),
            "reconsideration_deadline_practitioner": (_WINDOWS[Role.PRACTITIONER],),
        }
    ),
    reconsidered_by="general",
    letters=MappingProxyType({"QOC_LETTER": "letter_left", "C_RECON_LETTER": "reconsideration_letter_left"}),
    concerns=True,
    coarse="REVIEW",
    source="42 CFR 476.160-.170",
)
