"""Expedited reconsideration in Original Medicare (42 CFR 405.1204): by the QIC, or by the QIO where it is the forum."""

import datetime as dt

from services.complaints.domain.case_clock import CaseClock, Circumstance, Fact
from services.complaints.domain.clock import Hour, Unit
from services.complaints.domain.rule import Certainty, Kind, Rule
from services.complaints.domain.rules.common import in_time, is_not, is_so
from shared.contracts.complaints import CaseType, Obligor

# 42 CFR 405.1200-.1204 as published 69 FR 69252 (2004-11-26), applied from July 2005.
SINCE_2005 = dt.date(2005, 7, 1)

REQUEST = "QR-REQUEST"

PATIENT_TOLD = Fact("patient_told", "the patient was first told the determination, by telephone or in writing")
FACTS = (
    Fact("reconsideration_requested", "the request for the expedited reconsideration was received"),
    Fact("qic_notified_qio", "the QIC told the QIO and the provider of the request"),
    Fact("qic_file_sent", "the QIO sent its file"),
    Fact("reconsideration_records_received", "further records the QIC needs were received; leave out if none"),
    Fact("reconsideration_told", "the decision on the reconsideration was told"),
    Fact("file_copy_requested", "the beneficiary asked for a copy of the file"),
)
LEFT = Circumstance("left", "the patient had left the hospital")
QIO_FORUM = Circumstance("qio_forum", "the QIO itself, and not the QIC, reconsiders")

_FORUM = "the forum (QIC, or the QIO itself) is configuration by date and case type"

RULES = (
    Rule(
        id=REQUEST,
        effective_from=SINCE_2005,
        citation="42 CFR 405.1204(b)(1)",
        owed="ask for an expedited reconsideration",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.WINDOW,
        starts=("patient_told",),
        count=1,
        hour=Hour.NOON,
        outage_relief=True,
        when=(is_not("left"),),
        met_by="reconsideration_requested",
        if_late="a standard claims appeal remains, without protection from bills (405.1204(b)(4))",
    ),
    Rule(
        id="QR-NOTIFY",
        effective_from=SINCE_2005,
        citation="42 CFR 405.1204(c)(1)",
        owed="notify the QIO and the provider of the request",
        obligor=Obligor.QIC,
        starts=("reconsideration_requested",),
        unit=Unit.SAME_DAY,
        count=0,
        when=(is_not("left"), is_not("qio_forum")),
        met_by="qic_notified_qio",
        note=_FORUM,
    ),
    Rule(
        id="QR-FILE",
        effective_from=SINCE_2005,
        citation="42 CFR 405.1204(d)(1)",
        owed="supply all information the QIC needs",
        obligor=Obligor.QIO,
        starts=("qic_notified_qio",),
        count=0,
        hour=Hour.CLOSE,
        when=(is_not("left"),),
        met_by="qic_file_sent",
    ),
    Rule(
        id="QR-COPY",
        effective_from=SINCE_2005,
        citation="42 CFR 405.1204(d)(2)",
        owed="furnish the beneficiary with a copy of what went to the QIC",
        obligor=Obligor.QIO,
        starts=("file_copy_requested",),
        count=1,
        hour=Hour.CLOSE,
    ),
    Rule(
        id="QR-DECIDE",
        effective_from=SINCE_2005,
        citation="42 CFR 405.1204(c)(3)",
        owed="decide the reconsideration and notify everyone",
        obligor=Obligor.QIC,
        starts=("reconsideration_requested",),
        also=("reconsideration_records_received",),
        unit=Unit.ELAPSED_HOURS,
        count=72,
        when=(in_time(REQUEST), is_not("qio_forum")),
        met_by="reconsideration_told",
        if_late="the beneficiary is told of the right to escalate to an ALJ (405.1204(c)(5))",
        note=_FORUM,
    ),
    Rule(
        id="QR-EXTENSION",
        effective_from=SINCE_2005,
        citation="42 CFR 405.1204(c)(6)",
        owed="decide at the latest, where the beneficiary asked for more time",
        obligor=Obligor.QIC,
        kind=Kind.WINDOW,
        certainty=Certainty.DESIGN,
        starts=("reconsideration_requested",),
        count=14,
        when=(in_time(REQUEST), is_not("qio_forum")),
        note="14 days are calendar days, counted from the request",
    ),
)

DECIDE_BY_QIO = "QR-DECIDE-QIO"
_BY_THE_QIO = Rule(
    id=DECIDE_BY_QIO,
    effective_from=SINCE_2005,
    citation="42 CFR 405.1204(c)(3)",
    owed="decide the reconsideration, as the forum itself, and notify everyone",
    obligor=Obligor.QIO,
    certainty=Certainty.UNCERTAIN,
    starts=("reconsideration_requested",),
    also=("reconsideration_records_received",),
    unit=Unit.ELAPSED_HOURS,
    count=72,
    when=(in_time(REQUEST), is_so("qio_forum")),
    met_by="reconsideration_told",
    note=_FORUM,
)

RECONSIDERATION = CaseClock(
    type=CaseType.RECONSIDERATION,
    title="Expedited reconsideration, Original Medicare",
    opening="patient_told",
    facts=(PATIENT_TOLD, *FACTS),
    circumstances=(LEFT, QIO_FORUM),
    rules=(*RULES, _BY_THE_QIO),
    order=(
        ("patient_told", "reconsideration_requested", "qic_notified_qio", "qic_file_sent"),
        ("reconsideration_requested", "reconsideration_told"),
    ),
)
