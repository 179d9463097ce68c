"""Terminations of SNF, home health, CORF and hospice services in Original Medicare (42 CFR 405.1200-.1202)."""

from services.complaints.domain.case_clock import CaseClock, Circumstance, Fact
from services.complaints.domain.clock import Hour, Unit
from services.complaints.domain.rule import Certainty, Kind, Rule
from services.complaints.domain.rules import delay, reconsideration, termination
from services.complaints.domain.rules.common import given, in_time, is_not, is_so, late, not_given, not_late
from services.complaints.domain.rules.reconsideration import SINCE_2005
from shared.contracts.complaints import CaseType, Obligor

FILING = "ST-FILING"
CERTIFICATE = Fact(
    "certificate_received", "a physician's certificate that stopping may put health at significant risk came"
)
UNCERTIFIED = Circumstance("uncertified", "home health or CORF: no physician has certified the risk of stopping yet")
# Home health and CORF: there is no right to the review, and no clock, before a physician certified (405.1202(a)).
_CERTIFIED = "home health and CORF: from the physician's certificate where it comes after the request (405.1202(a))"
_MANUAL = "42 CFR 405.1202(b)(4); Medicare Claims Processing Manual ch. 30"

RULES = (
    *termination.notice_rules("ST", "42 CFR 405.1200(b)(1)", SINCE_2005),
    termination.filing_rule(
        "ST",
        effective_from=SINCE_2005,
        citation="42 CFR 405.1202(b)(1); form CMS-10123",
        if_late="accepted and decided as soon as possible, without 72 hours and without protection from bills "
        "(405.1202(b)(4))",
        note=termination.LATER_OF_BOTH,
    ),
    Rule(
        id="ST-LATE-FILING",
        effective_from=SINCE_2005,
        citation=_MANUAL,
        owed="ask for a determination although it is late",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.WINDOW,
        certainty=Certainty.UNCERTAIN,
        starts=("coverage_end",),
        count=60,
        when=(late(FILING),),
        met_by="request_received",
        weekend_review=True,
        if_late="a standard claims appeal remains",
    ),
    Rule(
        id="ST-NOTIFY",
        effective_from=SINCE_2005,
        citation="42 CFR 405.1202(e)(1)",
        owed="notify the provider of the request immediately",
        obligor=Obligor.QIO,
        starts=("request_received",),
        also=("certificate_received",),
        unit=Unit.SAME_DAY,
        count=0,
        when=(is_not("uncertified"),),
        met_by="provider_notified",
        note=_CERTIFIED,
    ),
    Rule(
        id="ST-DETAILED-NOTICE",
        effective_from=SINCE_2005,
        citation="42 CFR 405.1202(f)(1)",
        owed="send the detailed notice to the beneficiary",
        obligor=Obligor.PROVIDER,
        starts=("provider_notified",),
        count=0,
        hour=Hour.CLOSE,
        met_by="detailed_notice_sent",
    ),
    Rule(
        id="ST-RECORDS",
        effective_from=SINCE_2005,
        citation="42 CFR 405.1202(f)(2)",
        owed="supply all information the QIO needs",
        obligor=Obligor.PROVIDER,
        starts=("provider_notified",),
        count=0,
        hour=Hour.CLOSE,
        met_by="information_complete",
        if_late="the QIO decides on the evidence at hand or defers, and the provider may be liable (405.1202(e)(7))",
    ),
    Rule(
        id="ST-COPY",
        effective_from=SINCE_2005,
        citation="42 CFR 405.1202(f)(3)",
        owed="furnish the beneficiary with a copy of what went to the QIO",
        obligor=Obligor.PROVIDER,
        starts=("copy_requested",),
        count=1,
        hour=Hour.CLOSE,
    ),
    Rule(
        id="ST-DETERMINE",
        effective_from=SINCE_2005,
        citation="42 CFR 405.1202(e)(6)",
        owed="notify beneficiary, physician and provider of the determination",
        obligor=Obligor.QIO,
        starts=("request_received",),
        also=("certificate_received",),
        unit=Unit.ELAPSED_HOURS,
        count=72,
        when=(in_time(FILING), is_not("uncertified")),
        met_by="patient_told",
        note=f"from the request, not from the records; missing records do not stop it; {_CERTIFIED}",
    ),
    Rule(
        id="ST-DETERMINE-LATE-RECEIVING",
        effective_from=SINCE_2005,
        citation=_MANUAL,
        owed="make the determination as soon as possible: the patient still receives the services",
        obligor=Obligor.QIO,
        certainty=Certainty.UNCERTAIN,
        starts=("request_received",),
        count=7,
        when=(late(FILING), is_not("ended"), is_not("uncertified")),
        met_by="patient_told",
    ),
    Rule(
        id="ST-DETERMINE-LATE-ENDED",
        effective_from=SINCE_2005,
        citation=_MANUAL,
        owed="make the determination as soon as possible: the services have ended",
        obligor=Obligor.QIO,
        certainty=Certainty.UNCERTAIN,
        starts=("request_received",),
        count=30,
        when=(late(FILING), is_so("ended"), is_not("uncertified")),
        met_by="patient_told",
    ),
    Rule(
        id="ST-LETTERS",
        effective_from=SINCE_2005,
        citation="42 CFR 405.1202(e)(8)",
        owed="send the written notices that follow the telephone calls",
        obligor=Obligor.QIO,
        certainty=Certainty.DESIGN,
        starts=("patient_told",),
        count=1,
        met_by="letters_sent",
        note="the regulation gives no number: the next calendar day",
    ),
    Rule(
        id="ST-BILLING",
        effective_from=SINCE_2005,
        citation="42 CFR 405.1202(g), 405.1204(f)",
        owed="bill the beneficiary for disputed services, if no reconsideration is asked for in time",
        obligor=Obligor.PROVIDER,
        kind=Kind.NOT_BEFORE,
        certainty=Certainty.DESIGN,
        starts=("patient_told",),
        count=1,
        hour=Hour.NOON,
        when=(in_time(FILING), not_given("reconsideration_requested")),
    ),
    Rule(
        id="ST-LIABILITY",
        effective_from=SINCE_2005,
        citation="42 CFR 405.1202(c)",
        owed="pay for the services, if the termination is upheld, however late it is decided",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.LIABILITY,
        starts=("coverage_end",),
        count=1,
        hour=Hour.START,
        when=(
            *(not_late(rule) for rule in termination.notice_ids("ST")),
            is_not("invalid"),
            not_given("valid_notice_received"),
        ),
    ),
    Rule(
        id="ST-LIABILITY-NEW-NOTICE",
        effective_from=SINCE_2005,
        citation="42 CFR 405.1200(b)(5), 405.1202(c)",
        owed="pay for the services at the earliest; until 2 days after the valid notice or its end date the "
        "provider does",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.LIABILITY,
        starts=("valid_notice_received",),
        count=3,
        hour=Hour.START,
        or_later=termination.BY_THE_NEW_NOTICE,
        when=(given("valid_notice_received"),),
        note="the provider is liable through the second day after the valid notice",
    ),
    delay.provider_rule("ST-DELAY", "42 CFR 405.1202(e)(7)", SINCE_2005, Obligor.PROVIDER),
    delay.patient_rule("ST-LIABILITY-DELAY", "42 CFR 405.1202(e)(7)", SINCE_2005),
)

SERVICE_TERM_FFS = CaseClock(
    type=CaseType.SERVICE_TERM_FFS,
    title="Service termination (SNF, HHA, CORF, hospice), Original Medicare",
    opening="request_received",
    facts=(
        *termination.FACTS,
        CERTIFICATE,
        *reconsideration.FACTS,
    ),
    circumstances=(
        *termination.CIRCUMSTANCES,
        Circumstance("ended", "the services had ended when the patient asked"),
        UNCERTIFIED,
    ),
    rules=(*RULES, *reconsideration.RULES),
    order=(*termination.ORDER, *reconsideration.RECONSIDERATION.order),
)
