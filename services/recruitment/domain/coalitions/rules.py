"""The rules of coalitions: one for each command."""

from collections.abc import Mapping
from functools import partial

from services.recruitment.domain.coalitions import forming, infrastructure, measuring, members, planning
from shared.contracts.recruitment.coalition_commands import (
    ChooseCoalitionMeasure,
    DropCoalitionMeasure,
    EndCoalition,
    FormCoalition,
    JoinCoalition,
    LeaveCoalition,
    PlanMeasurement,
    RecordInfrastructure,
    ReopenInfrastructure,
    SeatCoalitionMember,
    TargetPopulations,
)
from shared.records.deciding import AnyRule, Rule


def rules(zips: Mapping[str, str]) -> tuple[AnyRule, ...]:
    """The rules; ``zips`` are the ZIP codes there are, each with the postal code of its state."""
    return (
        Rule(FormCoalition, forming.keys, partial(forming.form, zips=zips)),
        Rule(JoinCoalition, members.keys, members.join),
        Rule(SeatCoalitionMember, members.keys, members.seat),
        Rule(LeaveCoalition, members.keys, members.leave),
        Rule(RecordInfrastructure, infrastructure.keys, infrastructure.record),
        Rule(ReopenInfrastructure, infrastructure.keys, infrastructure.reopen),
        Rule(ChooseCoalitionMeasure, measuring.keys_with_measure, measuring.choose),
        Rule(DropCoalitionMeasure, measuring.keys, measuring.drop),
        Rule(TargetPopulations, measuring.keys, measuring.target),
        Rule(PlanMeasurement, measuring.keys_with_measure, planning.plan),
        Rule(EndCoalition, forming.keys_to_end, forming.end),
    )
