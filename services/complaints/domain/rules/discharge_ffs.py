"""Hospital discharge appeals of Original Medicare (42 CFR 405.1205-.1206)."""

import datetime as dt

from services.complaints.domain.case_clock import CaseClock, Fact
from services.complaints.domain.clock import Hour, Unit
from services.complaints.domain.rule import Certainty, Kind, Rule
from services.complaints.domain.rules import delay, reconsideration
from services.complaints.domain.rules.common import in_time, is_not, is_so, late
from shared.contracts.complaints import CaseType, Obligor

# As published 71 FR 68721 (2006-11-27), applied from July 2007.
SINCE_2007 = dt.date(2007, 7, 1)

FILING = "HD-FILING"
LATE_FILING = "HD-LATE-FILING"
NOTIFY_HOSPITAL = "HD-NOTIFY-HOSPITAL"
DETAILED_NOTICE = "HD-DETAILED-NOTICE"
RECORDS = "HD-RECORDS"
LETTERS = "HD-LETTERS"
LIABILITY = "HD-LIABILITY"
LIABILITY_LATE = "HD-LIABILITY-LATE"
RECONSIDERATION = reconsideration.REQUEST
DETERMINE = "HD-DETERMINE"
DETERMINE_LATE_INPATIENT = "HD-DETERMINE-LATE-INPATIENT"
DETERMINE_LATE_LEFT = "HD-DETERMINE-LATE-LEFT"

_DETERMINE = "make the determination and notify beneficiary, hospital and physician"

# What Original Medicare and MA share: the Important Message and the appeal up to the determination.
FACTS = (
    Fact("admitted", "the patient was admitted"),
    Fact("first_notice_given", "the Important Message was first given"),
    Fact("followup_notice_given", "the follow-up copy of the Important Message was given"),
    Fact("leaving", "the hour the patient is to leave the hospital", planned=True),
    Fact("discharge_date", "the discharge that was ordered (a local date)", planned=True),
    Fact("request_received", "the QIO received the request"),
    Fact("hospital_notified", "the QIO notified the hospital (MA: the plan and the hospital) of the request"),
    Fact("detailed_notice_given", "the detailed notice of discharge was delivered to the patient"),
    Fact("information_complete", "all requested pertinent information was received"),
    Fact("copy_requested", "the patient asked for a copy of what went to the QIO"),
    reconsideration.PATIENT_TOLD,
    Fact("letters_sent", "the written notices left"),
    delay.FACT,
)
ORDER = (
    ("admitted", "discharge_date"),
    ("first_notice_given", "followup_notice_given"),
    ("admitted", "request_received", "hospital_notified"),
    ("request_received", "patient_told"),
    # A patient who cannot be reached is written to first.
    ("request_received", "letters_sent"),
    ("information_complete", "patient_told"),
)

RULES = (
    Rule(
        id="HD-NOTICE-FIRST",
        effective_from=SINCE_2007,
        citation="42 CFR 405.1205(b)(1)",
        owed="give the Important Message",
        obligor=Obligor.PROVIDER,
        starts=("admitted",),
        count=2,
        met_by="first_notice_given",
    ),
    Rule(
        id="HD-NOTICE-FOLLOWUP",
        effective_from=SINCE_2007,
        citation="42 CFR 405.1205(c)(1)",
        owed="give the follow-up copy of the Important Message",
        obligor=Obligor.PROVIDER,
        kind=Kind.NOT_BEFORE,
        starts=("discharge_date",),
        count=2,
        hour=Hour.START,
        before=True,
        met_by="followup_notice_given",
        note="not needed where the first copy was given within 2 days of the discharge",
    ),
    Rule(
        id="HD-NOTICE-FOUR-HOURS",
        effective_from=SINCE_2007,
        citation="42 CFR 405.1205(c)(1); Medicare Claims Processing Manual ch. 30",
        owed="give the follow-up copy of the Important Message at the latest",
        obligor=Obligor.PROVIDER,
        certainty=Certainty.MEMORY,
        starts=("leaving",),
        unit=Unit.ELAPSED_HOURS,
        count=4,
        before=True,
        met_by="followup_notice_given",
    ),
    Rule(
        id=FILING,
        effective_from=SINCE_2007,
        citation="42 CFR 405.1206(b)(1)",
        owed="ask for the review, no later than the day of discharge",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.WINDOW,
        starts=("discharge_date",),
        count=0,
        met_by="request_received",
        if_late="accepted and decided with another clock, without protection from charges (405.1206(b)(5)-(6))",
    ),
    Rule(
        id=LATE_FILING,
        effective_from=SINCE_2007,
        citation="42 CFR 405.1206(b)(6)",
        owed="ask for the review after leaving the hospital",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.WINDOW,
        starts=("discharge_date",),
        count=30,
        when=(is_so("left"), late(FILING)),
        met_by="request_received",
        if_late="heard only for good cause (405.1206(b)(6); 478.22(b) by analogy)",
        note="an end on a weekend moves nothing",
    ),
    Rule(
        id=NOTIFY_HOSPITAL,
        effective_from=SINCE_2007,
        citation="42 CFR 405.1206(d)(1)",
        owed="notify the hospital of the request",
        obligor=Obligor.QIO,
        certainty=Certainty.DESIGN,
        starts=("request_received",),
        unit=Unit.SAME_DAY,
        count=0,
        met_by="hospital_notified",
        note='"immediately" is measured as the same local day',
    ),
    Rule(
        id=DETAILED_NOTICE,
        effective_from=SINCE_2007,
        citation="42 CFR 405.1206(e)(1)",
        owed="deliver the detailed notice to the beneficiary",
        obligor=Obligor.PROVIDER,
        starts=("hospital_notified",),
        count=1,
        hour=Hour.NOON,
        met_by="detailed_notice_given",
    ),
    Rule(
        id=RECORDS,
        effective_from=SINCE_2007,
        citation="42 CFR 405.1206(e)(2)",
        owed="supply all information the QIO needs",
        obligor=Obligor.PROVIDER,
        starts=("hospital_notified",),
        count=1,
        hour=Hour.NOON,
        met_by="information_complete",
        if_late="the QIO decides on the evidence at hand or defers, and the hospital may be liable (405.1206(d)(7))",
    ),
    Rule(
        id="HD-COPY",
        effective_from=SINCE_2007,
        citation="42 CFR 405.1206(e)(3)",
        owed="furnish the beneficiary with a copy of what went to the QIO",
        obligor=Obligor.PROVIDER,
        starts=("copy_requested",),
        count=1,
        hour=Hour.CLOSE,
    ),
    Rule(
        id=DETERMINE,
        effective_from=SINCE_2007,
        citation="42 CFR 405.1206(d)(6)(i)",
        owed=_DETERMINE,
        obligor=Obligor.QIO,
        starts=("request_received", "information_complete"),
        count=1,
        when=(in_time(FILING),),
        met_by="patient_told",
    ),
    Rule(
        id=DETERMINE_LATE_INPATIENT,
        effective_from=SINCE_2007,
        citation="42 CFR 405.1206(d)(6)(ii)",
        owed=_DETERMINE,
        obligor=Obligor.QIO,
        starts=("request_received", "information_complete"),
        count=2,
        when=(late(FILING), is_not("left")),
        met_by="patient_told",
    ),
    Rule(
        id=DETERMINE_LATE_LEFT,
        effective_from=SINCE_2007,
        citation="42 CFR 405.1206(d)(6)(iii)",
        owed=_DETERMINE,
        obligor=Obligor.QIO,
        starts=("request_received", "information_complete"),
        count=30,
        when=(late(FILING), is_so("left")),
        met_by="patient_told",
    ),
    Rule(
        id=LETTERS,
        effective_from=SINCE_2007,
        citation="42 CFR 405.1206(d)(8)",
        owed="send the written notices that follow the telephone calls",
        obligor=Obligor.QIO,
        certainty=Certainty.DESIGN,
        starts=("patient_told",),
        count=1,
        met_by="letters_sent",
        note="the regulation gives no number: the next calendar day",
    ),
    Rule(
        id=LIABILITY,
        effective_from=SINCE_2007,
        citation="42 CFR 405.1206(f)(2)",
        owed="pay for the hospital care, if the discharge is upheld",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.LIABILITY,
        starts=("patient_told",),
        count=1,
        hour=Hour.NOON,
        when=(in_time(FILING),),
    ),
    Rule(
        id=LIABILITY_LATE,
        effective_from=SINCE_2007,
        citation="42 CFR 405.1206(f)(3)",
        owed="pay for the hospital care after the discharge date, or as the QIO states, if the discharge is upheld",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.LIABILITY,
        starts=("discharge_date",),
        count=1,
        hour=Hour.START,
        when=(late(FILING),),
    ),
    delay.provider_rule("HD-DELAY", "42 CFR 405.1206(d)(7)", SINCE_2007, Obligor.PROVIDER),
)

HOSP_DISCHARGE_FFS = CaseClock(
    type=CaseType.HOSP_DISCHARGE_FFS,
    title="Hospital discharge appeal, Original Medicare",
    opening="request_received",
    facts=(*FACTS, *reconsideration.FACTS),
    circumstances=(reconsideration.LEFT,),
    rules=(*RULES, *reconsideration.RULES),
    order=(*ORDER, *reconsideration.RECONSIDERATION.order),
)
