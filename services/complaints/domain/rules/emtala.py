"""EMTALA reviews for CMS: the 5-day advisory (State Operations Manual) and the 60-day review (42 CFR 489.24(h))."""

from services.complaints.domain.case_clock import CaseClock, Circumstance, Fact, Presumption
from services.complaints.domain.clock import Unit
from services.complaints.domain.rule import Certainty, Kind, Rule
from services.complaints.domain.rules.common import SINCE, is_so
from shared.contracts.complaints import CaseType, Obligor

EMTALA_5DAY = CaseClock(
    type=CaseType.EMTALA_5DAY,
    title="EMTALA 5-day advisory review",
    opening="case_received",
    facts=(
        Fact("case_received", "the QIO received the case from CMS"),
        Fact("report_submitted", "the opinion went to CMS"),
    ),
    rules=(
        Rule(
            id="E5-REPORT",
            effective_from=SINCE,
            citation="State Operations Manual ch. 5, App. V; not in 42 CFR",
            owed="send the opinion to CMS",
            obligor=Obligor.QIO,
            certainty=Certainty.MEMORY,
            starts=("case_received",),
            unit=Unit.WORKING_DAYS,
            count=5,
            met_by="report_submitted",
        ),
    ),
    order=(("case_received", "report_submitted"),),
)

RULES = (
    Rule(
        id="E6-TENTATIVE",
        effective_from=SINCE,
        citation="42 CFR 489.24(h)(2)(i)",
        owed="review the case and make tentative findings before the 15th calendar day",
        obligor=Obligor.QIO,
        starts=("case_received",),
        count=14,
        met_by="tentative_findings",
        note='"before the 15th day" ends with the 14th',
    ),
    Rule(
        id="E6-NOTICE",
        effective_from=SINCE,
        citation="42 CFR 489.24(h)(2)(ii)",
        owed="give written notice by certified mail to the physician, the hospital or both",
        obligor=Obligor.QIO,
        starts=("case_received",),
        count=15,
        met_by="notice_mailed",
    ),
    Rule(
        id="E6-RESPONSE",
        effective_from=SINCE,
        citation="42 CFR 489.24(h)(2)(iii)(A)(3)",
        owed="meet and submit information; both must happen, or the right is waived",
        obligor=Obligor.PARTY,
        kind=Kind.WINDOW,
        starts=("notice_received",),
        count=30,
        met_by="meeting_held",
        if_late="the right is waived",
    ),
    Rule(
        id="E6-MORE",
        effective_from=SINCE,
        citation="42 CFR 489.24(h)(2)(iv)(D)",
        owed="submit what the QIO asked for before the end of the meeting",
        obligor=Obligor.PARTY,
        kind=Kind.WINDOW,
        starts=("meeting_held",),
        count=5,
        when=(is_so("asked"),),
        met_by="more_received",
        if_late="the QIO need not consider it",
    ),
    Rule(
        id="E6-REPORT",
        effective_from=SINCE,
        citation="42 CFR 489.24(h)(2)(v)",
        owed="submit the report to CMS",
        obligor=Obligor.QIO,
        starts=("case_received",),
        count=60,
        met_by="report_submitted",
    ),
)

EMTALA_60DAY = CaseClock(
    type=CaseType.EMTALA_60DAY,
    title="EMTALA 60-day review",
    opening="case_received",
    facts=(
        Fact("case_received", "the QIO received the case from CMS"),
        Fact("tentative_findings", "the tentative findings were made"),
        Fact("notice_mailed", "date of the certified mail"),
        Fact(
            "notice_received",
            "the notice was received",
            presumed=Presumption("notice_mailed", "42 CFR 489.24(h)(2)(iii)(B)"),
        ),
        Fact("meeting_held", "the meeting was held"),
        Fact("more_received", "what the QIO asked for at the meeting was received"),
        Fact("report_submitted", "the report went to CMS"),
    ),
    circumstances=(Circumstance("asked", "the QIO asked for more before the end of the meeting"),),
    rules=RULES,
    order=(
        ("case_received", "tentative_findings"),
        ("case_received", "notice_mailed", "notice_received", "meeting_held", "more_received"),
        ("case_received", "report_submitted"),
    ),
)
