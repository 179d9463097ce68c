"""Sanctions of practitioners and other persons (section 1156 of the Act; 42 CFR 1004). Confidential (480.101)."""

from services.complaints.domain.case_clock import CaseClock, Circumstance, Fact, Presumption
from services.complaints.domain.clock import Unit
from services.complaints.domain.rule import Kind, Rule
from services.complaints.domain.rules.common import SINCE, is_not, is_so
from shared.contracts.complaints import CaseType, Obligor

RULES = (
    Rule(
        id="SN-RESPONSE",
        effective_from=SINCE,
        citation="42 CFR 1004.40(b)",
        owed="send information, ask for a meeting, or both",
        obligor=Obligor.PARTY,
        kind=Kind.WINDOW,
        starts=("notice_received",),
        count=30,
        met_by="response_received",
    ),
    Rule(
        id="SN-MEETING",
        effective_from=SINCE,
        citation="42 CFR 1004.40(c)",
        owed="hold the meeting",
        obligor=Obligor.QIO,
        starts=("meeting_requested",),
        count=30,
        when=(is_not("extended"),),
        met_by="meeting_held",
        note="may be extended for good cause; no rule says how long",
    ),
    Rule(
        id="SN-MORE",
        effective_from=SINCE,
        citation="42 CFR 1004.50(g)",
        owed="provide more information, where the QIO allows it",
        obligor=Obligor.PARTY,
        kind=Kind.WINDOW,
        starts=("meeting_held",),
        unit=Unit.WORKING_DAYS,
        count=5,
        met_by="more_received",
    ),
    Rule(
        id="SN-OIG-SUBMISSION",
        effective_from=SINCE,
        citation="42 CFR 1004.70",
        owed="write to the OIG; not extendable",
        obligor=Obligor.PARTY,
        kind=Kind.WINDOW,
        starts=("final_notice_received",),
        count=30,
        met_by="oig_submission_received",
    ),
    Rule(
        id="SN-DEEMED",
        effective_from=SINCE,
        citation="42 CFR 1004.100(e)-(f)",
        owed="the recommendation of exclusion becomes effective where the OIG has not decided",
        obligor=Obligor.OIG,
        kind=Kind.EFFECT,
        starts=("oig_received",),
        count=120,
        when=(is_so("exclusion"),),
        note="counted from actual receipt; does not apply to a money penalty",
    ),
    Rule(
        id="SN-EFFECTIVE",
        effective_from=SINCE,
        citation="42 CFR 1004.110(b)",
        owed="the sanction is effective",
        obligor=Obligor.OIG,
        kind=Kind.EFFECT,
        starts=("sanction_notice_dated",),
        count=20,
    ),
)

SANCTION = CaseClock(
    type=CaseType.SANCTION,
    title="Sanction",
    opening="notice_dated",
    facts=(
        Fact("notice_dated", "date of the first notice"),
        Fact(
            "notice_received", "the first notice was received", presumed=Presumption("notice_dated", "42 CFR 1004.40")
        ),
        Fact("response_received", "the response was received"),
        Fact("meeting_requested", "the QIO received the request for a meeting"),
        Fact("meeting_held", "the meeting was held"),
        Fact("more_received", "more information was received after the meeting"),
        Fact("final_notice_dated", "date of the final notice"),
        Fact(
            "final_notice_received",
            "the final notice was received",
            presumed=Presumption("final_notice_dated", "42 CFR 1004.70"),
        ),
        Fact("oig_submission_received", "the OIG received the submission"),
        Fact("oig_received", "the OIG actually received the recommendation"),
        Fact("sanction_notice_dated", "date of the OIG's notice of the sanction"),
    ),
    circumstances=(
        Circumstance("exclusion", "the recommendation is an exclusion, not a money penalty"),
        Circumstance("extended", "the QIO gave more time for the meeting, for good cause"),
    ),
    rules=RULES,
    order=(
        ("notice_dated", "notice_received", "meeting_requested", "meeting_held", "more_received"),
        ("notice_received", "response_received"),
        ("notice_received", "final_notice_dated", "final_notice_received", "oig_submission_received"),
        ("oig_received", "sanction_notice_dated"),
    ),
)
