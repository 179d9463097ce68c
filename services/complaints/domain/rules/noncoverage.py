"""Preadmission and other hospital notices of non-coverage: HINN 1, and HINN 11 and 12."""

from dataclasses import replace

from services.complaints.domain.case_clock import CaseClock, Circumstance, Fact
from services.complaints.domain.clock import Hour, Unit
from services.complaints.domain.rule import Certainty, Kind, Rule
from services.complaints.domain.rules.common import SINCE, is_not, is_so, not_given
from services.complaints.domain.rules.payment import (
    DENIAL_CIRCUMSTANCES,
    DENIAL_FACTS,
    DENIAL_ORDER,
    RECONSIDERATION_RULES,
)
from shared.contracts.complaints import CaseType, Obligor

_MANUAL = "Medicare Claims Processing Manual ch. 30 s. 240; QIO Manual ch. 7"

REQUEST = "PH-REQUEST"
REQUEST_AFTER = "PH-REQUEST-AFTER"


def _reopening(prefix: str) -> tuple[Rule, Rule]:
    """Within 1 year for any reason, within 4 for cause; for fraud at any time (476.96)."""
    year = Rule(
        id=f"{prefix}-REOPEN",
        effective_from=SINCE,
        citation="42 CFR 476.96",
        owed="reopen the determination for any reason",
        obligor=Obligor.QIO,
        kind=Kind.WINDOW,
        starts=("determined",),
        unit=Unit.YEARS,
        count=1,
    )
    cause = replace(
        year,
        id=f"{prefix}-REOPEN-CAUSE",
        owed="reopen the determination for cause",
        count=4,
        note="for fraud at any time",
    )
    return year, cause


def _letters(rule_id: str) -> Rule:
    return Rule(
        id=rule_id,
        effective_from=SINCE,
        citation="42 CFR 476.94",
        owed="send the written notices that follow the telephone calls, where nothing is denied",
        obligor=Obligor.QIO,
        certainty=Certainty.DESIGN,
        starts=("patient_told",),
        count=1,
        when=(not_given("denial_dated"),),
        met_by="letters_sent",
        note="the regulation gives no number: the next calendar day",
    )


RULES = (
    Rule(
        id=REQUEST,
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
        id=REQUEST_AFTER,
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
        id="PH-NOTIFY",
        effective_from=SINCE,
        citation="by analogy to 42 CFR 405.1206(d)(1)",
        owed="notify the hospital of the request",
        obligor=Obligor.QIO,
        certainty=Certainty.DESIGN,
        starts=("request_received",),
        unit=Unit.SAME_DAY,
        count=0,
        met_by="hospital_notified",
    ),
    Rule(
        id="PH-RECORDS",
        effective_from=SINCE,
        citation="by analogy to 42 CFR 405.1208(b)(2)",
        owed="supply all pertinent information, by the close of business of the first full working day",
        obligor=Obligor.PROVIDER,
        certainty=Certainty.UNCERTAIN,
        starts=("hospital_notified",),
        unit=Unit.WORKING_DAYS,
        count=1,
        hour=Hour.CLOSE,
        met_by="information_complete",
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
        Fact("hospital_notified", "the QIO notified the hospital of the request"),
        Fact("information_complete", "the records were received"),
        Fact("determined", "the QIO determined"),
        Fact("patient_told", "the patient was first told the determination"),
        Fact("letters_sent", "the written notices left, where nothing is denied"),
        *DENIAL_FACTS,
    ),
    circumstances=(
        Circumstance("admitted", "the patient was admitted when the notice was given"),
        Circumstance("discharged", "the patient was discharged before asking"),
        *DENIAL_CIRCUMSTANCES,
    ),
    rules=(*RULES, *_reopening("PH"), _letters("PH-LETTERS"), *RECONSIDERATION_RULES),
    order=(
        ("notice_received", "request_received", "patient_told"),
        ("information_complete", "patient_told"),
        ("determined", "denial_dated"),
        *DENIAL_ORDER,
    ),
)

_CLAIM_RULES = (
    Rule(
        id="NH-RECORDS",
        effective_from=SINCE,
        citation="42 CFR 476.78(b)(2)(i)",
        owed="deliver the records",
        obligor=Obligor.PROVIDER,
        starts=("records_requested",),
        count=14,
        met_by="information_complete",
        if_late="after sufficient notice the claim is denied (476.90(b))",
    ),
    Rule(
        id="NH-DETERMINE",
        effective_from=SINCE,
        citation="by analogy to the review of a HINN 1 after discharge; none in 42 CFR 476.71",
        owed="make the determination and notify everyone",
        obligor=Obligor.QIO,
        certainty=Certainty.UNCERTAIN,
        starts=("request_received", "information_complete"),
        count=30,
        met_by="patient_told",
    ),
    Rule(
        id="NH-DENIAL-NOTICE",
        effective_from=SINCE,
        citation="42 CFR 476.94(a)(2)",
        owed="send the denial notice",
        obligor=Obligor.QIO,
        starts=("determined",),
        unit=Unit.WORKING_DAYS,
        count=3,
        met_by="denial_dated",
        note="retrospective review",
    ),
)

# HINN 11: no immediate review except on the claim; HINN 12 states liability and opens no case by itself.
NONCOVERED_HINN = CaseClock(
    type=CaseType.NONCOVERED_HINN,
    title="Notice of a noncovered item or continued stay (HINN 11, HINN 12)",
    opening="request_received",
    facts=(
        Fact("notice_received", "the HINN 11 was received"),
        Fact("request_received", "the QIO received the request for review, after the claim"),
        Fact("records_requested", "the records were requested"),
        Fact("information_complete", "the records were received"),
        Fact("determined", "the QIO determined"),
        Fact("patient_told", "the patient was first told the determination"),
        Fact("letters_sent", "the written notices left, where nothing is denied"),
        *DENIAL_FACTS,
    ),
    circumstances=(
        Circumstance("hinn_12", "the notice is a HINN 12: it states liability for a continued stay"),
        *DENIAL_CIRCUMSTANCES,
    ),
    rules=(*_CLAIM_RULES, *_reopening("NH"), _letters("NH-LETTERS"), *RECONSIDERATION_RULES),
    order=(
        ("notice_received", "request_received", "records_requested", "information_complete", "patient_told"),
        ("determined", "denial_dated"),
        *DENIAL_ORDER,
    ),
)
