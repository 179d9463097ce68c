"""Whose care is whose cost when missing information delays a decision (42 CFR 405.1202(e)(7), 405.1206(d)(7), 422)."""

import datetime as dt

from services.complaints.domain.case_clock import Fact
from services.complaints.domain.clock import Hour
from services.complaints.domain.rule import Certainty, Kind, Rule
from services.complaints.domain.rules.common import given
from shared.contracts.complaints import Obligor

LIABLE_FROM = "delay_liable_from"
FACT = Fact(
    LIABLE_FROM,
    "the first day whose services the QIO lays on the provider (MA: the plan) for the delay it caused (a local date)",
    planned=True,
)


def provider_rule(rule_id: str, citation: str, since: dt.date, obligor: Obligor) -> Rule:
    """The one who withheld information bears the services the delay makes necessary, as the QIO determines."""
    return Rule(
        id=rule_id,
        effective_from=since,
        citation=citation,
        owed="bear the services that the delay for missing information makes necessary, as the QIO determined",
        obligor=obligor,
        kind=Kind.LIABILITY,
        starts=(LIABLE_FROM,),
        count=0,
        hour=Hour.START,
        when=(given(LIABLE_FROM),),
    )


def patient_rule(rule_id: str, citation: str, since: dt.date) -> Rule:
    """Until the delayed decision is told somebody else bears the services."""
    return Rule(
        id=rule_id,
        effective_from=since,
        citation=citation,
        owed="pay for the services after the delayed decision was told, if the termination is upheld",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.LIABILITY,
        certainty=Certainty.UNCERTAIN,
        starts=("patient_told",),
        count=1,
        hour=Hour.START,
        when=(given(LIABLE_FROM),),
        note="the services up to the day of the decision are the cost of the one who caused the delay",
    )
