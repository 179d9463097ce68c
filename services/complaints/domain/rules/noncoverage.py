"""Preadmission and other hospital notices of non-coverage: HINN 1, and HINN 11 and 12."""

from services.complaints.domain.case_clock import CaseClock, Circumstance, Fact
from services.complaints.domain.clock import Hour, Unit
from services.complaints.domain.rule import Certainty, Kind, Rule
from services.complaints.domain.rules.common import SINCE, is_not, is_so
from services.complaints.domain.rules.payment import (
    DENIAL_CIRCUMSTANCES,
    DENIAL_FACTS,
    DENIAL_ORDER,
    RECONSIDERATION_RULES,
)
from shared.contracts.complaints import CaseType, Obligor

_MANUAL = "Medicare Claims Processing Manual ch. 30 s. 240; QIO Manual ch. 7"

RULES = (
    Rule(
        id="PH-REQUEST",
        effective_from=SINCE,
        citation=_MANUAL,
        owed="ask the QIO for an immediate review",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.WINDOW,
        certainty=Certainty.UNCERTAIN,
        starts=("notice_received",),
        count=3,
        when=(is_not("admitted"), is_not("discharged")),
        met_by="request_received",
        note="once admitted, at any time during the stay",
    ),
    Rule(
        id="PH-REQUEST-AFTER",
        effective_from=SINCE,
        citation=_MANUAL,
        owed="ask the QIO for a review after discharge",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.WINDOW,
        certainty=Certainty.UNCERTAIN,
        starts=("discharge_date",),
        count=30,
        when=(is_so("discharged"),),
        met_by="request_received",
    ),
    Rule(
        id="PH-DETERMINE",
        effective_from=SINCE,
        citation=_MANUAL,
        owed="make the determination and notify everyone",
        obligor=Obligor.QIO,
        certainty=Certainty.UNCERTAIN,
        starts=("request_received", "information_complete"),
        unit=Unit.WORKING_DAYS,
        count=2,
        when=(is_not("discharged"),),
        met_by="patient_told",
    ),
    Rule(
        id="PH-DETERMINE-AFTER",
        effective_from=SINCE,
        citation=_MANUAL,
        owed="make the determination after discharge and notify everyone",
        obligor=Obligor.QIO,
        certainty=Certainty.UNCERTAIN,
        starts=("request_received", "information_complete"),
        count=30,
        when=(is_so("discharged"),),
        met_by="patient_told",
    ),
    Rule(
        id="PH-DENIAL-NOTICE",
        effective_from=SINCE,
        citation="42 CFR 476.94(a)(2)",
        owed="send the denial of an admission",
        obligor=Obligor.QIO,
        starts=("determined",),
        unit=Unit.WORKING_DAYS,
        count=1,
        when=(is_so("admitted"),),
        met_by="denial_dated",
    ),
    Rule(
        id="PH-DENIAL-NOTICE-BEFORE",
        effective_from=SINCE,
        citation="42 CFR 476.94(a)(2)",
        owed="send the preadmission denial, before the admission",
        obligor=Obligor.QIO,
        starts=("admission",),
        unit=Unit.ELAPSED_HOURS,
        count=0,
        when=(is_not("admitted"),),
        met_by="denial_dated",
        note="of a procedure: before the procedure",
    ),
    Rule(
        id="PH-LIABILITY-PREADMISSION",
        effective_from=SINCE,
        citation=_MANUAL,
        owed="pay for the stay from admission, as the notice came before it",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.LIABILITY,
        certainty=Certainty.UNCERTAIN,
        starts=("admission",),
        count=0,
        hour=Hour.START,
        when=(is_not("admitted"),),
    ),
    Rule(
        id="PH-LIABILITY-ADMISSION",
        effective_from=SINCE,
        citation=_MANUAL,
        owed="pay for services after the admission notice: of the same day up to 15:00, else from the next day",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.LIABILITY,
        certainty=Certainty.UNCERTAIN,
        starts=("notice_received",),
        unit=Unit.AT_ONCE_OR_NEXT_DAY,
        count=0,
        when=(is_so("admitted"),),
    ),
)

PREADMIT_HINN1 = CaseClock(
    type=CaseType.PREADMIT_HINN1,
    title="Preadmission or admission notice of non-coverage (HINN 1)",
    opening="request_received",
    facts=(
        Fact("notice_received", "the HINN 1 was received"),
        Fact("admission", "the admission (or procedure) takes place", planned=True),
        Fact("discharge_date", "the patient was discharged (a local date)"),
        Fact("request_received", "the QIO received the request for review"),
        Fact("information_complete", "the records were received"),
        Fact("determined", "the QIO determined"),
        Fact("patient_told", "the patient was first told the determination"),
        *DENIAL_FACTS,
    ),
    circumstances=(
        Circumstance("admitted", "the patient was admitted when the notice was given"),
        Circumstance("discharged", "the patient was discharged before asking"),
        *DENIAL_CIRCUMSTANCES,
    ),
    rules=(*RULES, *RECONSIDERATION_RULES),
    order=(
        ("notice_received", "request_received", "patient_told"),
        ("information_complete", "patient_told"),
        ("determined", "denial_dated"),
        *DENIAL_ORDER,
    ),
)

# HINN 11: no immediate review except on the claim; HINN 12 states liability and opens no case by itself.
NONCOVERED_HINN = CaseClock(
    type=CaseType.NONCOVERED_HINN,
    title="Notice of a noncovered item or continued stay (HINN 11, HINN 12)",
    opening="denial_dated",
    facts=DENIAL_FACTS,
    circumstances=DENIAL_CIRCUMSTANCES,
    rules=RECONSIDERATION_RULES,
    order=DENIAL_ORDER,
)
