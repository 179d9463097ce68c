"""Dose and reach by month: within the intervention, corrected with a reason, small numbers never told."""

import pytest

from services.recruitment.domain.interventions.intervention_kind import INTERVENTION
from shared.contracts.message import Command
from shared.contracts.recruitment.intervention_commands import EndIntervention, RecordDose, RecordReach
from shared.contracts.recruitment.interventions import InterventionDosed, InterventionReached
from tests.recruitment.desk import Desk
from tests.recruitment.interventions.cast import again, command, desk, start


@pytest.fixture
def running() -> tuple[Desk, str]:
    """A desk with one intervention since October 2014."""
    at = desk()
    return at, str(at.done(start())["intervention"])


def dose(at: str, month: str = "2014-10", units: int = 12, **fields: object) -> Command:
    return command(RecordDose, intervention=at, month=month, units=units, **fields)


def reach(at: str, beneficiaries: int, month: str = "2014-10", areas: int = 2, **fields: object) -> Command:
    told = {"month": month, "beneficiaries": beneficiaries, "areas": areas, "facilities": 1}
    return command(RecordReach, intervention=at, **told, **fields)


def test_a_month_is_corrected_with_a_reason_in_revisions(running: tuple[Desk, str]) -> None:
    at, name = running
    assert at.done(dose(name))["revision"] == 1
    assert at.refused(dose(name, units=21)) == [("ALREADY_RECORDED", "because")]
    assert at.done(dose(name, units=21, because="digits swapped"))["revision"] == 2
    last = at.said[-1].event
    assert isinstance(last, InterventionDosed)
    assert (last.units, last.unit, last.revision, last.because) == (21, "home visits", 2, "digits swapped")
    assert at.held(INTERVENTION, name).dose["2014-10"].units == 21
    assert again(at) == at.records


def test_the_same_figure_again_changes_nothing(running: tuple[Desk, str]) -> None:
    at, name = running
    at.done(dose(name))
    at.done(reach(name, 5))
    before = len(at.said)
    assert at.done(dose(name))["changed"] is False
    again_few = at.done(reach(name, 6))  # both are fewer than 11
    assert (again_few["changed"], again_few["revision"]) == (False, 1)
    assert len(at.said) == before


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, None), (10, None), (11, 11), (250, 250)])
def test_from_one_to_ten_beneficiaries_are_never_told_or_kept(
    running: tuple[Desk, str], count: int, told: int | None
) -> None:
    at, name = running
    made = at.done(reach(name, count))
    event = at.said[-1].event
    assert isinstance(event, InterventionReached)
    assert event.beneficiaries == made["beneficiaries"] == told
    assert at.held(INTERVENTION, name).reach["2014-10"].beneficiaries == told
    assert again(at) == at.records


def test_months_outside_the_intervention_and_more_areas_than_there_are_are_refused(running: tuple[Desk, str]) -> None:
    at, name = running
    assert at.refused(dose(name, "2014-09")) == [("OUTSIDE_INTERVENTION", "month")]
    assert at.refused(dose(name, "2015-04")) == [("IN_THE_FUTURE", "month")]
    assert at.refused(reach(name, 20, areas=3)) == [("MORE_AREAS_THAN_THERE_ARE", "areas")]
    at.done(command(EndIntervention, intervention=name, ended_on="2015-01-15", reason="OTHER", result="NOT_KNOWN"))
    at.done(dose(name, "2015-01"))
    assert at.refused(reach(name, 20, "2015-02")) == [("OUTSIDE_INTERVENTION", "month")]
