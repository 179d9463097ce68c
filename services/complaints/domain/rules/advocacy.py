"""Immediate advocacy for oral complaints (42 CFR 476.110)."""

from services.complaints.domain.case_clock import CaseClock, Circumstance, Fact
from services.complaints.domain.clock import Unit
from services.complaints.domain.rule import Certainty, Kind, Rule
from services.complaints.domain.rules.complaint import SINCE_2013
from shared.contracts.complaints import CaseType, Obligor

RULES = (
    Rule(
        id="IA-LIMIT",
        effective_from=SINCE_2013,
        citation="42 CFR 476.110(a)(1)",
        owed="complain orally and accept immediate advocacy",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.WINDOW,
        starts=("care_date",),
        unit=Unit.MONTHS,
        count=6,
        met_by="complaint_received",
        if_late="no immediate advocacy; a written complaint may still be made",
        note="where the month has no such day, the next day, so that nobody is barred",
    ),
    Rule(
        id="IA-TARGET",
        effective_from=SINCE_2013,
        citation="QIO contract; none in 42 CFR 476.110",
        owed="bring the advocacy to an end",
        obligor=Obligor.QIO,
        certainty=Certainty.UNCERTAIN,
        starts=("complaint_received",),
        unit=Unit.WORKING_DAYS,
        count=3,
        met_by="advocacy_ended",
    ),
)

IMMEDIATE_ADVOCACY = CaseClock(
    type=CaseType.IMMEDIATE_ADVOCACY,
    title="Immediate advocacy",
    opening="complaint_received",
    facts=(
        Fact("care_date", "the care complained of took place (a local date)"),
        Fact("complaint_received", "the oral complaint was received"),
        Fact("advocacy_ended", "the advocacy was resolved, discontinued or abandoned"),
    ),
    circumstances=(Circumstance("discharge_assistance", "help with a discharge, beside an appeal and no part of it"),),
    rules=RULES,
    order=(("care_date", "complaint_received", "advocacy_ended"),),
)
