"""General quality of care reviews (42 CFR 476.160-.170)."""

from services.complaints.domain.case_clock import CaseClock, Circumstance, Fact, Presumption
from services.complaints.domain.clock import Hour, Span, Unit
from services.complaints.domain.rule import Kind, Rule, Term
from services.complaints.domain.rules.common import given, is_not, is_so, not_given
from services.complaints.domain.rules.complaint import SINCE_2013
from shared.contracts.complaints import CaseType, Obligor

# The regulation counts from receipt and does not say how it is shown; by analogy with 478.20(c).
_PRESUMED = Presumption("determination_sent", "by analogy with 42 CFR 478.20(c)")


def _window(rule_id: str, received: str) -> Rule:
    """The time in which provider or practitioner may ask for a reconsideration, from their own receipt."""
    return Rule(
        id=rule_id,
        effective_from=SINCE_2013,
        citation="42 CFR 476.170(a)(1)",
        owed="ask for a reconsideration",
        obligor=Obligor.PROVIDER,
        kind=Kind.WINDOW,
        starts=(received,),
        count=3,
        outage_relief=True,
        met_by="reconsideration_requested",
        if_late="the initial determination stands",
    )


RULES = (
    Rule(
        id="GQ-RECORDS",
        effective_from=SINCE_2013,
        citation="42 CFR 476.160(b)",
        owed="deliver the medical information",
        obligor=Obligor.PROVIDER,
        starts=("records_requested",),
        count=14,
        when=(not_given("records_wanted_by"),),
        met_by="information_complete",
        if_late="action for failure to cooperate (476.90)",
    ),
    Rule(
        id="GQ-RECORDS-SOONER",
        effective_from=SINCE_2013,
        citation="42 CFR 476.160(b)",
        owed="deliver the medical information sooner",
        obligor=Obligor.PROVIDER,
        starts=("records_requested",),
        count=0,
        or_later=Term(starts=("records_wanted_by",), span=Span(Unit.CALENDAR_DAYS, 0)),
        when=(given("records_wanted_by"),),
        met_by="information_complete",
        if_late="action for failure to cooperate (476.90)",
        note="where the concern may be gross and flagrant or substantial",
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
    _window("GQ-RECON-REQUEST", "determination_received"),
    _window("GQ-RECON-REQUEST-PRACTITIONER", "determination_received_practitioner"),
    Rule(
        id="GQ-RECON-DECIDE",
        effective_from=SINCE_2013,
        citation="42 CFR 476.170(b)",
        owed="decide the reconsideration and notify practitioner or provider",
        obligor=Obligor.QIO,
        starts=("reconsideration_requested",),
        also=("reconsideration_records_received",),
        count=5,
        when=(is_not("records_needed"),),
        met_by="reconsideration_told",
    ),
    Rule(
        id="GQ-RECON-DECIDE-RECORDS",
        effective_from=SINCE_2013,
        citation="42 CFR 476.170(b)",
        owed="decide the reconsideration and notify practitioner or provider",
        obligor=Obligor.QIO,
        starts=("reconsideration_requested", "reconsideration_records_received"),
        count=5,
        when=(is_so("records_needed"),),
        met_by="reconsideration_told",
        note="counts from the later of request and records that are needed",
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
        Fact("records_wanted_by", "the local date by which it is wanted, where sooner than 14 days", planned=True),
        Fact("information_complete", "all medical information was received"),
        Fact("determination_sent", "the initial determination was sent"),
        Fact("determination_received", "the provider received the initial determination", presumed=_PRESUMED),
        Fact("determination_received_practitioner", "the practitioner received it", presumed=_PRESUMED),
        Fact("reconsideration_requested", "the request for reconsideration was received"),
        Fact("reconsideration_records_received", "further records that were needed were received; leave out if none"),
        Fact("reconsideration_told", "the reconsideration decision was told by telephone"),
        Fact("reconsideration_letter_sent", "the letter with the reconsideration decision was mailed"),
    ),
    circumstances=(Circumstance("records_needed", "further records are needed for the reconsideration"),),
    rules=RULES,
    order=(
        ("records_requested", "information_complete", "determination_sent", "determination_received"),
        ("determination_sent", "determination_received_practitioner"),
        ("determination_sent", "reconsideration_requested", "reconsideration_told"),
        # The letter leaves with the decision, which may be before anyone is reached by telephone.
        ("reconsideration_requested", "reconsideration_letter_sent"),
    ),
)
