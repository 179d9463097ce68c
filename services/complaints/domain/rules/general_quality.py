"""General quality of care reviews (42 CFR 476.160-.170)."""

from services.complaints.domain.case_clock import CaseClock, Fact
from services.complaints.domain.clock import Hour
from services.complaints.domain.rule import Kind, Rule
from services.complaints.domain.rules.complaint import SINCE_2013
from shared.contracts.complaints import CaseType, Obligor

RULES = (
    Rule(
        id="GQ-RECORDS",
        effective_from=SINCE_2013,
        citation="42 CFR 476.160(b)",
        owed="deliver the medical information",
        obligor=Obligor.PROVIDER,
        starts=("records_requested",),
        count=14,
        met_by="information_complete",
        if_late="action for failure to cooperate (476.90)",
        note="sooner where the concern may be gross and flagrant or substantial",
    ),
    Rule(
        id="GQ-DETERMINE",
        effective_from=SINCE_2013,
        citation="42 CFR 476.160(c)",
        owed="notify practitioner or provider of the initial determination in writing",
        obligor=Obligor.QIO,
        starts=("information_complete",),
        count=10,
        met_by="determination_sent",
    ),
    Rule(
        id="GQ-RECON-REQUEST",
        effective_from=SINCE_2013,
        citation="42 CFR 476.170(a)(1)",
        owed="ask for a reconsideration",
        obligor=Obligor.PROVIDER,
        kind=Kind.WINDOW,
        starts=("determination_received",),
        count=3,
        outage_relief=True,
        met_by="reconsideration_requested",
        if_late="the initial determination stands",
    ),
    Rule(
        id="GQ-RECON-DECIDE",
        effective_from=SINCE_2013,
        citation="42 CFR 476.170(b)",
        owed="decide the reconsideration and notify practitioner or provider",
        obligor=Obligor.QIO,
        starts=("reconsideration_requested",),
        also=("reconsideration_records_received",),
        count=5,
        met_by="reconsideration_told",
    ),
    Rule(
        id="GQ-RECON-LETTER",
        effective_from=SINCE_2013,
        citation="42 CFR 476.170(b)",
        owed="mail the written reconsideration decision: final",
        obligor=Obligor.QIO,
        starts=("reconsideration_told",),
        count=1,
        hour=Hour.NOON,
        met_by="reconsideration_letter_sent",
    ),
)

GENERAL_QOC = CaseClock(
    type=CaseType.GENERAL_QOC,
    title="General quality of care review",
    opening="records_requested",
    facts=(
        Fact("records_requested", "the medical information was requested"),
        Fact("information_complete", "all medical information was received"),
        Fact("determination_sent", "the initial determination was sent"),
        Fact("determination_received", "practitioner or provider received the initial determination"),
        Fact("reconsideration_requested", "the request for reconsideration was received"),
        Fact("reconsideration_records_received", "further records that were needed were received; leave out if none"),
        Fact("reconsideration_told", "the reconsideration decision was told by telephone"),
        Fact("reconsideration_letter_sent", "the letter with the reconsideration decision was mailed"),
    ),
    rules=RULES,
    order=(
        ("records_requested", "information_complete", "determination_sent", "determination_received"),
        ("determination_received", "reconsideration_requested", "reconsideration_told"),
        ("reconsideration_told", "reconsideration_letter_sent"),
    ),
)
