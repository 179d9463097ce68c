"""Fast-track appeals of SNF, home health and CORF terminations in Medicare Advantage (42 CFR 422.624-.626)."""

import datetime as dt
from dataclasses import replace

from services.complaints.domain.case_clock import CaseClock, Fact
from services.complaints.domain.clock import Hour, Unit
from services.complaints.domain.rule import Certainty, Kind, Rule
from services.complaints.domain.rules import delay, termination
from services.complaints.domain.rules.common import given, in_time, is_not, late, not_given, not_late
from shared.contracts.complaints import CaseType, Obligor

# As published 68 FR 16667 (2003-04-04), applied from January 2004.
_SINCE = dt.date(2004, 1, 1)
# CMS-4205-F: from 2025 the QIO takes untimely requests too, and who left the provider keeps the appeal.
_AMENDED = dt.date(2025, 1, 1)
_BEFORE_AMENDED = dt.date(2024, 12, 31)

FILING = "MT-FILING"


def _both_texts(rule: Rule) -> tuple[Rule, Rule]:
    """Up to 2024 the QIO acts on timely requests only; since 2025 on every request."""
    return (
        replace(rule, effective_to=_BEFORE_AMENDED, when=(in_time(FILING),)),
        replace(rule, version=2, effective_from=_AMENDED),
    )


RULES = (
    *termination.notice_rules("MT", "42 CFR 422.624(b)(1)", _SINCE),
    termination.filing_rule(
        "MT",
        effective_from=_SINCE,
        effective_to=_BEFORE_AMENDED,
        citation="42 CFR 422.626(a)(1) (2015); form CMS-10123",
        if_late="not for the QIO: expedited reconsideration by the plan (422.626(a)(2), 422.584)",
        note=termination.LATER_OF_BOTH,
    ),
    termination.filing_rule(
        "MT",
        version=2,
        effective_from=_AMENDED,
        citation="42 CFR 422.626(a) as amended by CMS-4205-F; form CMS-10123",
        if_late="the QIO takes it all the same, without the protection of a timely request",
        note=termination.LATER_OF_BOTH,
    ),
    *_both_texts(
        Rule(
            id="MT-NOTIFY",
            effective_from=_SINCE,
            citation="42 CFR 422.626(d)(1)",
            owed="notify the plan and the provider of the request immediately",
            obligor=Obligor.QIO,
            starts=("request_received",),
            unit=Unit.SAME_DAY,
            count=0,
            met_by="provider_notified",
        ),
    ),
    *_both_texts(
        Rule(
            id="MT-DETAILED-NOTICE",
            effective_from=_SINCE,
            citation="42 CFR 422.626(e)(1)",
            owed="send the detailed notice to the enrollee",
            obligor=Obligor.PLAN,
            starts=("provider_notified",),
            count=0,
            hour=Hour.CLOSE,
            met_by="detailed_notice_sent",
        ),
    ),
    *_both_texts(
        Rule(
            id="MT-RECORDS",
            effective_from=_SINCE,
            citation="42 CFR 422.626(e)(3)",
            owed="supply all information the QIO needs",
            obligor=Obligor.PLAN,
            starts=("provider_notified",),
            count=0,
            hour=Hour.CLOSE,
            met_by="information_complete",
            if_late="the plan pays for coverage the delay requires (422.626(b))",
        ),
    ),
    Rule(
        id="MT-COPY",
        effective_from=_SINCE,
        citation="42 CFR 422.626(e)(2)",
        owed="furnish the enrollee with a copy of what went to the QIO",
        obligor=Obligor.PLAN,
        starts=("copy_requested",),
        count=1,
        hour=Hour.CLOSE,
    ),
    Rule(
        id="MT-DETERMINE",
        effective_from=_SINCE,
        citation="42 CFR 422.626(d)(5)",
        owed="decide and notify enrollee, plan and provider",
        obligor=Obligor.QIO,
        starts=("request_received", "information_complete"),
        count=1,
        hour=Hour.CLOSE,
        when=(in_time(FILING),),
        met_by="patient_told",
    ),
    Rule(
        id="MT-DETERMINE-LATE",
        effective_from=_AMENDED,
        citation="42 CFR 422.626 as amended by CMS-4205-F",
        owed="decide an untimely request and notify enrollee, plan and provider",
        obligor=Obligor.QIO,
        certainty=Certainty.UNCERTAIN,
        starts=("request_received", "information_complete"),
        count=1,
        hour=Hour.CLOSE,
        when=(late(FILING),),
        met_by="patient_told",
        note="the amended text was not read: the clock of a timely request is used",
    ),
    Rule(
        id="MT-LETTERS",
        effective_from=_SINCE,
        citation="42 CFR 422.626(d)(5)",
        owed="send the written notices that follow the telephone calls",
        obligor=Obligor.QIO,
        certainty=Certainty.DESIGN,
        starts=("patient_told",),
        count=1,
        met_by="letters_sent",
        note="the regulation gives no number: the next calendar day",
    ),
    Rule(
        id="MT-LIABILITY",
        effective_from=_SINCE,
        citation="42 CFR 422.626(b)",
        owed="pay for the services, if the termination is upheld",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.LIABILITY,
        starts=("coverage_end",),
        count=1,
        hour=Hour.START,
        when=(
            *(not_late(rule) for rule in termination.notice_ids("MT")),
            is_not("invalid"),
            not_given("valid_notice_received"),
        ),
        note="where the plan's late records delay the decision, the plan pays for the delay",
    ),
    Rule(
        id="MT-LIABILITY-NEW-NOTICE",
        effective_from=_SINCE,
        citation="42 CFR 422.624(d), 422.626(b)",
        owed="pay for the services at the earliest; until 2 days after the valid notice or its end date the plan does",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.LIABILITY,
        starts=("valid_notice_received",),
        count=3,
        hour=Hour.START,
        or_later=termination.BY_THE_NEW_NOTICE,
        when=(given("valid_notice_received"),),
        note="the plan is liable through the second day after the valid notice",
    ),
    Rule(
        id="MT-RECON-REQUEST",
        effective_from=_SINCE,
        citation="42 CFR 422.626(g)(1)",
        owed="ask the QIO to reconsider",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.WINDOW,
        starts=("patient_told",),
        count=60,
        met_by="reconsideration_requested",
        weekend_review=True,
        if_late="no reconsideration, unless there is good cause",
    ),
    Rule(
        id="MT-RECON-DECIDE",
        effective_from=_SINCE,
        citation="42 CFR 422.626(g)(2)",
        owed="issue the reconsidered determination, as fast as the enrollee's health needs it",
        obligor=Obligor.QIO,
        starts=("reconsideration_requested",),
        count=14,
        met_by="reconsideration_told",
    ),
    delay.provider_rule("MT-DELAY", "42 CFR 422.626(b), (d)(5)", _SINCE, Obligor.PLAN),
    delay.patient_rule("MT-LIABILITY-DELAY", "42 CFR 422.626(b)", _SINCE),
)

SERVICE_TERM_MA = CaseClock(
    type=CaseType.SERVICE_TERM_MA,
    title="Service termination (SNF, HHA, CORF), Medicare Advantage fast track",
    opening="request_received",
    facts=(
        *termination.FACTS,
        Fact("reconsideration_requested", "the QIO received the request to reconsider"),
        Fact("reconsideration_told", "the reconsidered determination was issued"),
    ),
    circumstances=termination.CIRCUMSTANCES,
    rules=RULES,
    order=(*termination.ORDER, ("patient_told", "reconsideration_requested", "reconsideration_told")),
)
