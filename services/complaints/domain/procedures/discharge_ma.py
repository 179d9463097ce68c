"""Hospital discharge appeals of Medicare Advantage (42 CFR 422.620-.622); late requests are the plan's."""

from types import MappingProxyType

from services.complaints.domain import guards
from services.complaints.domain.procedure import Actor, Late, Limit, Procedure, Step, by_id, table
from services.complaints.domain.procedures import common, entry, expedited, reconsidered
from services.complaints.domain.procedures.discharge_ffs import DISCHARGED_IF_LEFT
from services.complaints.domain.rules import discharge_ma as rules
from shared.contracts.complaints import CaseType, ProviderType, Role

PARTIES = (Role.BENEFICIARY, Role.PLAN, Role.PROVIDER, Role.PRACTITIONER)
RECONSIDERATION = "MD-RECON-REQUEST"
_NOTIFY = "42 CFR 422.622(d)(1)"
_RECONSIDER = "42 CFR 422.622(g)(1), 422.626(g)"

REVIEW = expedited.Review(
    cite=expedited.Citations(
        notify=_NOTIFY,
        detailed="42 CFR 422.622(e)(1)",
        records="42 CFR 422.622(e)(2)",
        views="42 CFR 422.622(d)(4)",
        explanation="42 CFR 422.622(d)(5)",
        validity="42 CFR 422.622(d)(2)",
        decide="42 CFR 422.622(d)(6)",
        defer="42 CFR 422.622(d)(7)",
        tell="42 CFR 422.622(d)(8)",
        copy="42 CFR 422.622(e)(4)",
    ),
    facts=expedited.Facts(
        notified="hospital_notified",
        detailed="detailed_notice_given",
        copy="copy_requested",
        letters="letters_sent",
    ),
    parties=PARTIES,
    informers=(Role.PLAN,),
    records_rules=("MD-RECORDS",),
    determine_rules=("MD-DETERMINE",),
    letters_rules=("MD-LETTERS",),
    windows=(RECONSIDERATION,),
    ineligible=entry.HOSPITAL_REASONS,
    delayed="plan",
    deciding=(
        common.VALIDITY_AGREES,
        common.LIABILITY_DATE,
        common.liable_after("discharge_date"),
        *common.burden_of_proof("MD-RECORDS", "42 CFR 422.622(c)", "42 CFR 422.622(d)(7)"),
    ),
)
HOSPITAL_ASKED = Step(
    id="hospital_asked",
    says="recorded as asked of the hospital by the plan",
    actor=Actor.RECORDS,
    citation="42 CFR 422.622(e)(3)",
    fact="plan_asked_hospital",
)
HOSPITAL_SENT = Step(
    id="hospital_records_sent",
    says="recorded as supplied by the hospital",
    actor=Actor.RECORDS,
    citation="42 CFR 422.622(e)(3)",
    fact="hospital_records_sent",
)
_RECON_STEPS = reconsidered.steps(
    reconsidered.Reconsideration(
        citation=_RECONSIDER,
        window=RECONSIDERATION,
        right=(
            guards.in_time(RECONSIDERATION, "The 60 days are over; give good cause, if there is any.", _RECONSIDER),
            guards.asked_by(*guards.PATIENT, citation=_RECONSIDER),
        ),
        decide_rules=("MD-RECON-DECIDE",),
        parties=PARTIES,
        deciding=(common.LIABILITY_DATE, common.liable_after("discharge_date")),
    )
)
_STEPS = (
    *expedited.steps(REVIEW),
    HOSPITAL_ASKED,
    HOSPITAL_SENT,
    entry.accepted(_NOTIFY, ("MD-NOTIFY",), (Role.PLAN, Role.PROVIDER)),
    entry.returned("42 CFR 422.622(b)(2), 422.584"),
    *_RECON_STEPS,
)

DISCHARGE_MA = Procedure(
    type=CaseType.HOSP_DISCHARGE_MA,
    clock=rules.HOSP_DISCHARGE_MA,
    initial=expedited.ELIGIBILITY,
    states=MappingProxyType({**entry.STATES, **expedited.STATES, **entry.RETURN_STATES, **reconsidered.STATES}),
    steps=by_id(*_STEPS),
    table=table(
        *entry.ROWS,
        *entry.RETURN_ROWS,
        *expedited.rows(_STEPS),
        (expedited.GATHERING, "hospital_asked", None),
        (expedited.GATHERING, "hospital_records_sent", None),
        *reconsidered.rows(_RECON_STEPS, late=True, told=("told", "letter_left")),
    ),
    outcomes=common.APPEAL_OUTCOMES,
    parties=PARTIES,
    identity=("discharge_date",),
    received="request_received",
    required=("discharge_date",),
    limits=(Limit(rules.FILING, Late.RETURNED),),
    eligible=(DISCHARGED_IF_LEFT, entry.given_by((ProviderType.HOSPITAL,), "42 CFR 422.620(a)")),
    automatic=(*entry.AUTOMATIC, *expedited.AUTOMATIC, *reconsidered.AUTOMATIC),
    lapses=MappingProxyType({RECONSIDERATION: "closed"}),
    told=MappingProxyType({"patient_told": PARTIES, "letters_sent": PARTIES, "reconsideration_told": PARTIES}),
    dissatisfied=frozenset({RECONSIDERATION}),
    commands=MappingProxyType(reconsidered.COMMANDS),
    dues=MappingProxyType(
        {
            "records_due": ("MD-RECORDS",),
            "detailed_notice_due": ("MD-DETAILED-NOTICE",),
            "reconsideration_deadline": (RECONSIDERATION,),
        }
    ),
    reconsidered_by="ma",
    letters=MappingProxyType(
        {"DECISION_LETTER": "letter_left", "RECON_DECISION": "reconsideration_letter_left"},
    ),
    source="42 CFR 422.620-.622; reconsideration 422.626(g)",
)
