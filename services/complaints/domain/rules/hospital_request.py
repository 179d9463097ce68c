"""Hospital-requested review (HINN 10): the hospital wants to discharge, the physician does not concur (405.1208)."""

from services.complaints.domain.case_clock import CaseClock, Circumstance, Fact
from services.complaints.domain.clock import Hour, Unit
from services.complaints.domain.rule import Certainty, Kind, Rule
from services.complaints.domain.rules import reconsideration
from services.complaints.domain.rules.common import given, not_given
from services.complaints.domain.rules.discharge_ffs import SINCE_2007
from shared.contracts.complaints import CaseType, Obligor

NO_CONCURRENCE = Circumstance("no_concurrence", "the physician does not agree that the patient be discharged")
DETERMINE = "HR-DETERMINE"
INFORMATION = "HR-INFORMATION"

RULES = (
    Rule(
        id="HR-PATIENT",
        effective_from=SINCE_2007,
        citation="42 CFR 405.1208",
        owed="notify the patient that the review was asked for (HINN 10)",
        obligor=Obligor.PROVIDER,
        certainty=Certainty.DESIGN,
        starts=("request_received",),
        unit=Unit.SAME_DAY,
        count=0,
        met_by="patient_notified",
        note="the regulation gives no hour: the same local day",
    ),
    Rule(
        id=INFORMATION,
        effective_from=SINCE_2007,
        citation="42 CFR 405.1208(b)(2)",
        owed="supply all pertinent information, by the close of business of the first full working day",
        obligor=Obligor.PROVIDER,
        starts=("request_received",),
        unit=Unit.WORKING_DAYS,
        count=1,
        hour=Hour.CLOSE,
        met_by="information_complete",
    ),
    Rule(
        id=DETERMINE,
        effective_from=SINCE_2007,
        citation="42 CFR 405.1208(c)(4)",
        owed="make the determination and notify hospital, beneficiary and physician",
        obligor=Obligor.QIO,
        starts=("request_received", "information_complete"),
        unit=Unit.WORKING_DAYS,
        count=2,
        met_by="patient_told",
    ),
    Rule(
        id="HR-LETTERS",
        effective_from=SINCE_2007,
        citation="42 CFR 405.1208(c)(4)",
        owed="send the written notices that follow the telephone calls",
        obligor=Obligor.QIO,
        certainty=Certainty.DESIGN,
        starts=("patient_told",),
        count=1,
        met_by="letters_sent",
        note="the regulation gives no number: the next calendar day",
    ),
    Rule(
        id="HR-LIABILITY",
        effective_from=SINCE_2007,
        citation="42 CFR 405.1206(f)(4), 405.1208(a)(2)",
        owed="pay for the hospital care from the date the QIO stated, if it concurs",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.LIABILITY,
        starts=("stated_liability",),
        count=0,
        hour=Hour.START,
        when=(given("stated_liability"),),
    ),
    Rule(
        id="HR-LIABILITY-USUAL",
        effective_from=SINCE_2007,
        citation="42 CFR 405.1206(f)(4)",
        owed="pay for the hospital care, if the QIO concurs; the QIO must state the date",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.LIABILITY,
        certainty=Certainty.UNCERTAIN,
        starts=("patient_told",),
        count=1,
        hour=Hour.NOON,
        when=(not_given("stated_liability"),),
        note="what QIOs usually state; no charge before the date the QIO specifies",
    ),
)

HOSPITAL_REQUESTED_REVIEW = CaseClock(
    type=CaseType.HOSPITAL_REQUESTED_REVIEW,
    title="Hospital-requested review (HINN 10)",
    opening="request_received",
    facts=(
        Fact("discharge_date", "the day on which the hospital wants to discharge (a local date)", planned=True),
        Fact("request_received", "the QIO received the hospital's request"),
        Fact("patient_notified", "the hospital told the patient that it asked for the review"),
        Fact("information_complete", "all pertinent information was received"),
        reconsideration.PATIENT_TOLD,
        Fact("stated_liability", "the date from which the QIO says the patient may be charged", planned=True),
        Fact("letters_sent", "the written notices left"),
        *reconsideration.FACTS,
    ),
    circumstances=(reconsideration.LEFT, NO_CONCURRENCE),
    rules=(*RULES, *reconsideration.RULES),
    order=(
        ("discharge_date", "stated_liability"),
        ("request_received", "patient_told"),
        # A patient who cannot be reached is written to first.
        ("request_received", "letters_sent"),
        ("information_complete", "patient_told"),
        *reconsideration.RECONSIDERATION.order,
    ),
)
