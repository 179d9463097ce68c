"""Appeals of a change from inpatient to outpatient with observation, Original Medicare (42 CFR 405.1210-.1212)."""

from types import MappingProxyType

from services.complaints.domain import clock, guards
from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Guard, Late, Limit, Notice, Procedure, by_id, table
from services.complaints.domain.procedures import common, entry, expedited, reconsidered
from services.complaints.domain.rules import status_change as rules
from shared.contracts.complaints import CaseType, ProviderType, Role

PARTIES = (Role.BENEFICIARY, Role.PROVIDER, Role.PRACTITIONER)
RECONSIDERATION = "SC-RECON-REQUEST"
_REVIEW = "42 CFR 405.1211"
_RECONSIDER = "42 CFR 405.1212"
_STAY_DAYS = 3
_OUTCOMES = MappingProxyType({one.id: one for one in (common.UPHELD, common.OVERTURNED)})
_NO_DAY = Guard(
    "LIABILITY_DATE",
    "liable_from",
    "A review of a status states no day from which the patient pays.",
    _REVIEW,
    lambda look: look.act.liable_from is None,
)


def _days(look: Look, earlier: str, later: str) -> int | None:
    facts = look.case.course.facts
    if earlier not in facts or later not in facts:
        return None
    first, last = (clock.local_date(facts[name], look.case.zone) for name in (earlier, later))
    return (last - first).days


def _right_to_appeal(look: Look) -> bool:
    """Of the days: that of admission counts, that of discharge does not; what is not known yet is found later."""
    if look.so("no_part_b"):
        return True
    inpatient, stay = _days(look, "admitted", "reclassified"), _days(look, "admitted", "released")
    short = inpatient is not None and inpatient >= _STAY_DAYS
    return not short and (stay is None or stay >= _STAY_DAYS)


OBSERVED = Guard(
    "NO_OBSERVATION",
    "circumstances",
    "The appeal is for inpatients who were reclassified as outpatients and got observation services (observation).",
    "42 CFR 405.1210(a)",
    lambda look: look.so("observation"),
)
LONG_ENOUGH = Guard(
    "STAY_DOES_NOT_QUALIFY",
    "facts",
    "With Part B the stay is at least 3 days, of which fewer than 3 as an inpatient.",
    "42 CFR 405.1210(a)",
    _right_to_appeal,
)
REVIEW = expedited.Review(
    cite=expedited.Citations(
        notify=_REVIEW,
        detailed=_REVIEW,
        records=_REVIEW,
        views=_REVIEW,
        explanation=_REVIEW,
        validity=_REVIEW,
        decide=_REVIEW,
        defer=_REVIEW,
        tell=_REVIEW,
        copy=_REVIEW,
    ),
    facts=expedited.Facts(notified="hospital_notified", detailed=None, copy=None, letters="letters_sent"),
    parties=PARTIES,
    informers=(Role.PROVIDER,),
    records_rules=("SC-RECORDS",),
    determine_rules=("SC-DETERMINE", "SC-DETERMINE-LATE"),
    letters_rules=("SC-LETTERS",),
    windows=(RECONSIDERATION,),
    ineligible=("no_observation", "stay_does_not_qualify", "never_inpatient", "not_medicare", "no_such_decision"),
    deciding=(_NO_DAY, *common.burden_of_proof("SC-RECORDS", _REVIEW, _REVIEW)),
    validity=False,
)
_RECON_STEPS = reconsidered.steps(
    reconsidered.Reconsideration(
        citation=_RECONSIDER,
        window=RECONSIDERATION,
        right=(
            guards.in_time(
                RECONSIDERATION, "The time for an expedited reconsideration is over.", _RECONSIDER, for_cause=False
            ),
            guards.asked_by(*guards.PATIENT, citation=_RECONSIDER),
        ),
        decide_rules=("SC-RECON-DECIDE",),
        parties=PARTIES,
        records="reconsideration_records_received",
        deciding=(_NO_DAY,),
    )
)
_STEPS = (*expedited.steps(REVIEW), *_RECON_STEPS)

STATUS_CHANGE = Procedure(
    type=CaseType.STATUS_CHANGE,
    clock=rules.STATUS_CHANGE,
    initial=expedited.RECEIVED,
    states=MappingProxyType({**expedited.STATES, **reconsidered.STATES}),
    steps=by_id(*_STEPS),
    table=table(*expedited.rows(_STEPS), *reconsidered.rows(_RECON_STEPS, late=False, told=("told", "letter_left"))),
    outcomes=_OUTCOMES,
    parties=PARTIES,
    identity=("admitted",),
    received="request_received",
    required=("admitted",),
    limits=(Limit(rules.FILING, Late.ACCEPTED),),
    eligible=(entry.given_by((ProviderType.HOSPITAL,), "42 CFR 405.1210(a)"), OBSERVED, LONG_ENOUGH),
    automatic=(*expedited.AUTOMATIC, *reconsidered.AUTOMATIC),
    lapses=MappingProxyType({RECONSIDERATION: "closed"}),
    told=MappingProxyType({"patient_told": PARTIES, "letters_sent": PARTIES, "reconsideration_told": PARTIES}),
    dissatisfied=frozenset({RECONSIDERATION}),
    commands=MappingProxyType(reconsidered.COMMANDS),
    opening=(Notice("REQ_NOTIFY_PROVIDER", (Role.PROVIDER,), ("SC-NOTIFY",)),),
    dues=MappingProxyType({"records_due": ("SC-RECORDS",), "reconsideration_deadline": (RECONSIDERATION,)}),
    reconsidered_by="status",
    letters=MappingProxyType({"DECISION_LETTER": "letter_left", "RECON_DECISION": "reconsideration_letter_left"}),
    source="42 CFR 405.1210-.1212",
)
