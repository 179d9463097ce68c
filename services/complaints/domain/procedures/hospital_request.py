"""Hospital-requested review (HINN 10): the hospital wants to discharge, the physician does not concur (405.1208)."""

from types import MappingProxyType

from services.complaints.domain import clock
from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Actor, Guard, Procedure, Step, by_id, table
from services.complaints.domain.procedures import common, entry, expedited, qic
from services.complaints.domain.rules import hospital_request as rules
from services.complaints.domain.rules.reconsideration import REQUEST
from shared.contracts.complaints import CaseType, ProviderType, Role

PARTIES = (Role.BENEFICIARY, Role.PROVIDER, Role.PRACTITIONER)
_OUTCOMES = MappingProxyType({one.id: one for one in (common.UPHELD, common.OVERTURNED, common.PARTIAL)})

NO_CONCURRENCE = Guard(
    "PHYSICIAN_CONCURS",
    "circumstances",
    "A hospital asks because the physician does not concur (no_concurrence); otherwise it gives a discharge notice.",
    "42 CFR 405.1208(a)(1)",
    lambda look: look.so(rules.NO_CONCURRENCE.id),
)
STATED = Guard(
    "LIABILITY_DATE",
    "liable_from",
    "The QIO that concurs states the day from which the patient may be charged, and states none otherwise.",
    "42 CFR 405.1206(f)(4), 405.1208(a)(2)",
    lambda look: look.outcome is None or look.outcome.unfavourable is (look.act.liable_from is not None),
)


def _ahead(look: Look) -> bool:
    stated = look.act.liable_from
    return stated is None or stated > clock.local_date(look.act.at, look.case.zone)


AHEAD = Guard(
    "LIABILITY_BEFORE_NOTICE",
    "liable_from",
    "Nothing is charged for days before the patient can know: the day stated comes after the determination.",
    "42 CFR 405.1208(a)(2)",
    _ahead,
)
REVIEW = expedited.Review(
    cite=expedited.Citations(
        notify="42 CFR 405.1208(c)",
        detailed="42 CFR 405.1208",
        records="42 CFR 405.1208(b)(2)",
        views="42 CFR 405.1208(c)(3)",
        explanation="42 CFR 405.1208(c)",
        validity="42 CFR 405.1208",
        decide="42 CFR 405.1208(c)(4)",
        defer="42 CFR 405.1208(c)",
        tell="42 CFR 405.1208(c)(4)",
        copy="42 CFR 405.1208",
    ),
    facts=expedited.Facts(notified=None, detailed=None, copy=None, letters="letters_sent"),
    parties=PARTIES,
    informers=(Role.PROVIDER,),
    records_rules=(rules.INFORMATION,),
    determine_rules=(rules.DETERMINE,),
    letters_rules=("HR-LETTERS",),
    windows=(REQUEST,),
    ineligible=("physician_concurs", *entry.HOSPITAL_REASONS),
    deciding=(
        STATED,
        AHEAD,
        common.liable_after("discharge_date"),
        *common.burden_of_proof(rules.INFORMATION, "42 CFR 405.1208(b)(2)", "42 CFR 405.1208(c)"),
    ),
    explained=False,
    validity=False,
)
PATIENT_NOTIFIED = Step(
    id="patient_notified",
    says="recorded as announced to the patient by the hospital",
    actor=Actor.RECORDS,
    citation="42 CFR 405.1208",
    fact="patient_notified",
    note="the HINN 10: the hospital tells the patient that it asked",
)
_STEPS = (*expedited.steps(REVIEW), PATIENT_NOTIFIED, *qic.STEPS)

HOSPITAL_REQUEST = Procedure(
    type=CaseType.HOSPITAL_REQUESTED_REVIEW,
    clock=rules.HOSPITAL_REQUESTED_REVIEW,
    initial=expedited.RECEIVED,
    states=MappingProxyType({**expedited.STATES, **qic.STATES}),
    steps=by_id(*_STEPS),
    table=table(*expedited.rows(_STEPS), (expedited.OPEN, "patient_notified", None), *qic.ROWS),
    outcomes=_OUTCOMES,
    parties=PARTIES,
    identity=("discharge_date",),
    received="request_received",
    required=("discharge_date",),
    eligible=(NO_CONCURRENCE, entry.given_by((ProviderType.HOSPITAL,), "42 CFR 405.1205(a), 405.1208(a)")),
    automatic=expedited.AUTOMATIC,
    lapses=MappingProxyType(qic.LAPSES),
    told=MappingProxyType({"patient_told": PARTIES, "letters_sent": PARTIES}),
    dissatisfied=qic.DISSATISFIED,
    commands=MappingProxyType({**expedited.COMMANDS, **qic.COMMANDS}),
    dues=MappingProxyType(
        {
            "records_due": (rules.INFORMATION,),
            "reconsideration_deadline": (REQUEST,),
            "file_due": ("QR-FILE",),
        }
    ),
    reconsidered_by="qic",
    letters=MappingProxyType({"DECISION_LETTER": "letter_left"}),
    source="42 CFR 405.1208; reconsideration 405.1204",
)
