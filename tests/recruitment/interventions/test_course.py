"""Interventions start over the areas of a day, change, pause, resume, end, and are put right."""

import datetime as dt

import pytest

from services.recruitment.domain.interventions.intervention_kind import INTERVENTION
from services.recruitment.domain.interventions.models import MODELS
from services.recruitment.domain.interventions.state import MACHINE, Phase, Step
from shared.contracts.message import Command, Event
from shared.contracts.recruitment.intervention_commands import (
    ChangeIntervention,
    CorrectIntervention,
    EndIntervention,
    PauseIntervention,
    RecordDose,
    RecordReach,
    ResumeIntervention,
)
from shared.contracts.recruitment.intervention_terms import InterventionType
from shared.contracts.recruitment.interventions import INTERVENTIONS, InterventionCorrected, InterventionStarted
from tests.recruitment.desk import Desk
from tests.recruitment.interventions.cast import again, command, community, convened, desk, ended, start


def started(*more: Event, **fields: object) -> tuple[Desk, str]:
    at = desk(*more)
    return at, str(at.done(start(**fields))["intervention"])


def change(at: str, on: str, **fields: object) -> Command:
    return command(ChangeIntervention, intervention=at, changed_on=on, what="other coaches", **fields)


def pause(at: str, on: str) -> Command:
    return command(PauseIntervention, intervention=at, paused_on=on, reason="no coach")


def resume(at: str, on: str) -> Command:
    return command(ResumeIntervention, intervention=at, resumed_on=on)


def end(at: str, on: str, reason: str = "COMPLETED") -> Command:
    return command(EndIntervention, intervention=at, ended_on=on, reason=reason, result="WORKED_IN_PART")


def correct(at: str, **fields: object) -> Command:
    return command(CorrectIntervention, intervention=at, because="a slip", **fields)


def dose(at: str, month: str, units: int = 5) -> Command:
    return command(RecordDose, intervention=at, month=month, units=units)


def test_a_start_tells_measures_where_for_whom_and_against_what() -> None:
    at, _ = started(comparison="COMMUNITIES", comparison_communities=["boston"])
    (emit,) = at.said
    assert isinstance(emit.event, InterventionStarted)
    assert emit.topic == INTERVENTIONS.name
    assert "measures" in INTERVENTIONS.readers
    assert (emit.event.areas, emit.event.community_version) == (("zip:02139", "zip:02140"), 1)
    assert emit.event.comparison_communities == ("boston",)
    assert (emit.event.stratum, emit.event.started_on) == ("chronic_2+polypharmacy", dt.date(2014, 10, 1))


def test_an_intervention_can_be_aimed_at_a_measure_its_community_declared() -> None:
    at = desk()
    at.done(start(measures=["ade-any", "local-steps-a-day"]))
    event = at.said[-1].event
    assert isinstance(event, InterventionStarted)
    assert event.measures == ("ade-any", "local-steps-a-day")


def test_the_areas_are_those_of_the_day_it_started_not_of_the_day_it_is_recorded() -> None:
    later = community("cambridge", 2, dt.date(2014, 12, 1), "zip:02140", "zip:10001")
    before, after = desk(later), desk(later)
    assert before.done(start(started_on="2014-11-30"))["community_version"] == 1
    assert after.done(start(started_on="2014-12-01"))["community_version"] == 2
    events = [at.said[0].event for at in (before, after)]
    assert all(isinstance(event, InterventionStarted) for event in events)
    assert [event.areas for event in events if isinstance(event, InterventionStarted)] == [
        ("zip:02139", "zip:02140"),
        ("zip:02140", "zip:10001"),
    ]


def test_another_first_day_takes_the_areas_the_community_had_on_it() -> None:
    later = community("cambridge", 2, dt.date(2014, 12, 1), "zip:02140", "zip:10001", "zip:02139")
    at, name = started(later)
    at.done(correct(name, started_on="2014-12-01"))
    event = at.said[-1].event
    assert isinstance(event, InterventionCorrected)
    assert (event.community_version, event.areas) == (2, ("zip:02139", "zip:02140", "zip:10001"))
    at.done(end(name, "2015-01-31"))
    at.done(correct(name, ended_on="2015-02-02"))
    held = at.held(INTERVENTION, name)
    assert (held.community_version, held.areas, held.ended_on) == (2, 3, dt.date(2015, 2, 2))
    assert again(at, later) == at.records


def test_no_intervention_is_moved_to_a_day_without_areas_or_with_fewer_than_were_reached() -> None:
    first = community("cambridge", 2, dt.date(2014, 12, 1), "zip:02140")
    at, name = started(first)
    at.done(command(RecordReach, intervention=name, month="2014-12", beneficiaries=20, areas=2, facilities=1))
    assert at.refused(correct(name, started_on="2014-12-01")) == [("TOO_MANY_AREAS", "started_on")]
    nowhere, other = started(community("cambridge", 2, dt.date(2014, 12, 1)))
    assert nowhere.refused(correct(other, started_on="2014-12-01")) == [("NO_AREAS", "started_on")]


def test_a_whole_course_is_kept_and_made_again_from_its_events() -> None:
    at, name = started()
    at.done(change(name, "2014-11-03", stratum="copd", planned_dose=40))
    at.done(dose(name, "2014-10", 12))
    at.done(pause(name, "2014-12-20"))
    at.done(resume(name, "2015-01-05"))
    at.done(end(name, "2015-02-28"))
    at.done(correct(name, started_on="2014-10-02", ended_on="2015-02-27"))
    held = at.held(INTERVENTION, name)
    assert (held.phase, held.stratum, held.planned_dose, held.name) == (Phase.ENDED, "copd", 40, "Coaching")
    assert (held.started_on, held.ended_on) == (dt.date(2014, 10, 2), dt.date(2015, 2, 27))
    assert [(one.since, one.until) for one in held.pauses] == [(dt.date(2014, 12, 20), dt.date(2015, 1, 5))]
    assert again(at) == at.records


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"coalition": "boston"}, [("COALITION_UNKNOWN", "coalition")]),
        ({"coalition": "nowhere"}, [("COALITION_UNKNOWN", "coalition")]),
        ({"started_on": "2014-08-31"}, [("BEFORE_COALITION", "started_on")]),
        ({"started_on": "2015-03-08"}, [("IN_THE_FUTURE", "started_on")]),
        ({"kind": "OTHER"}, [("KIND_TEXT", "kind_text")]),
        ({"kind_text": "more"}, [("KIND_TEXT", "kind_text")]),
        ({"measures": ["happiness"]}, [("MEASURE_UNKNOWN", "measures[0]")]),
        ({"measures": ["local-x"]}, [("MEASURE_UNKNOWN", "measures[0]")]),
        ({"measures": ["ade-any", "ade-any"]}, [("REPEATED", "measures[1]")]),
        ({"stratum": "left_handed"}, [("POPULATION_UNKNOWN", "stratum")]),
        ({"settings": ["HOSPITAL", "HOSPITAL"]}, [("REPEATED", "settings")]),
        ({"comparison": "COMMUNITIES"}, [("COMPARISON", "comparison_communities")]),
        ({"comparison_communities": ["boston"]}, [("COMPARISON", "comparison_communities")]),
        (
            {"comparison": "COMMUNITIES", "comparison_communities": ["boston", "boston", "cambridge", "atlantis"]},
            [
                ("REPEATED", "comparison_communities[1]"),
                ("OWN_COMMUNITY", "comparison_communities[2]"),
                ("COMMUNITY_UNKNOWN", "comparison_communities[3]"),
            ],
        ),
        (
            {"started_on": "2014-08-31", "kind": "OTHER", "stratum": "x"},
            [("BEFORE_COALITION", "started_on"), ("KIND_TEXT", "kind_text"), ("POPULATION_UNKNOWN", "stratum")],
        ),
    ],
)
def test_a_start_is_refused_for_every_reason_there_is(
    fields: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert desk().refused(start(**fields)) == expected


def test_an_ended_coalition_begins_nothing_and_one_between_contracts_neither() -> None:
    over = desk(ended(dt.date(2015, 1, 1)))
    assert over.refused(start(started_on="2015-01-01")) == [("COALITION_ENDED", "started_on")]
    over.done(start(started_on="2014-12-31"))
    late = desk(now=dt.datetime(2019, 9, 1, tzinfo=dt.UTC))
    assert late.refused(start(started_on="2019-08-01")) == [("BETWEEN_CONTRACTS", "started_on")]
    late.done(start(started_on="2019-07-31"))


def test_days_out_of_order_and_in_the_future_are_refused() -> None:
    at, name = started()
    at.done(change(name, "2014-11-03"))
    assert at.refused(change(name, "2014-11-02")) == [("OUT_OF_ORDER", "changed_on")]
    assert at.refused(pause(name, "2014-11-02")) == [("OUT_OF_ORDER", "paused_on")]
    assert at.refused(end(name, "2014-10-15")) == [("OUT_OF_ORDER", "ended_on")]
    assert at.refused(end(name, "2015-03-08")) == [("IN_THE_FUTURE", "ended_on")]
    at.done(pause(name, "2014-11-10"))
    assert at.refused(resume(name, "2014-11-09")) == [("OUT_OF_ORDER", "resumed_on")]


def test_nothing_recorded_may_fall_outside_an_end_or_a_correction() -> None:
    at, name = started()
    at.done(dose(name, "2014-12"))
    assert at.refused(end(name, "2014-11-30")) == [("OUTSIDE_INTERVENTION", "ended_on")]
    at.done(change(name, "2014-10-20"))
    assert at.refused(correct(name, started_on="2014-10-21")) == [("OUTSIDE_INTERVENTION", "started_on")]
    assert at.refused(correct(name, started_on="2014-08-31")) == [("OUT_OF_ORDER", "started_on")]
    assert at.refused(correct(name, ended_on="2015-01-31")) == [("NOT_ENDED", "ended_on")]
    at.done(end(name, "2015-01-31"))
    assert at.refused(correct(name, ended_on="2014-11-30")) == [("OUTSIDE_INTERVENTION", "ended_on")]
    assert at.refused(correct(name, ended_on="2014-10-19")) == [
        ("OUTSIDE_INTERVENTION", "ended_on"),
        ("OUTSIDE_INTERVENTION", "ended_on"),
    ]


def test_a_correction_to_what_holds_says_nothing() -> None:
    at, name = started()
    before = len(at.said)
    at.done(correct(name, started_on="2014-10-01"))
    assert len(at.said) == before


def test_what_an_ended_coalition_began_can_end_but_not_change_also_when_another_is_formed() -> None:
    began = desk()
    name = str(began.done(start())["intervention"])
    began.has(ended(dt.date(2015, 1, 1)))
    assert began.refused(change(name, "2015-01-01")) == [("COALITION_ENDED", "changed_on")]
    began.done(change(name, "2014-12-31"))
    began.has(convened(2, dt.date(2015, 2, 1)))
    assert began.refused(change(name, "2015-02-02")) == [("COALITION_ENDED", "changed_on")]
    began.done(end(name, "2015-02-03", "PARTNER_LEFT"))


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("phase", Phase)
def test_every_step_from_every_phase_is_in_the_table_or_refused(phase: Phase, step: Step) -> None:
    at, name = started()
    at.done(pause(name, "2014-11-01"))
    if phase is Phase.RUNNING:
        at.done(resume(name, "2014-11-02"))
    if phase is Phase.ENDED:
        at.done(end(name, "2014-11-02"))
    asked = {
        Step.CHANGE: change(name, "2014-11-03"),
        Step.RECORD: dose(name, "2014-10"),
        Step.PAUSE: pause(name, "2014-11-03"),
        Step.RESUME: resume(name, "2014-11-03"),
        Step.END: end(name, "2014-11-03"),
        Step.CORRECT: correct(name, started_on="2014-10-02"),
    }[step]
    after = MACHINE.after(phase, step)
    if after is None:
        assert at.refused(asked) == [("STATE", "intervention")]
    else:
        at.done(asked)
        assert at.held(INTERVENTION, name).phase is after


@pytest.mark.parametrize(
    "asked",
    [
        change("cambridge.000000000000", "2014-11-03"),
        pause("cambridge.000000000000", "2014-11-03"),
        resume("cambridge.000000000000", "2014-11-03"),
        end("cambridge.000000000000", "2014-11-03"),
        correct("cambridge.000000000000"),
        dose("cambridge.000000000000", "2014-11"),
        command(
            RecordReach,
            intervention="cambridge.000000000000",
            month="2014-11",
            beneficiaries=0,
            areas=0,
            facilities=0,
        ),
    ],
    ids=lambda one: type(one).__name__,
)
def test_an_unknown_intervention_is_said_to_be_none(asked: Command) -> None:
    assert desk().refused(asked) == [("INTERVENTION_UNKNOWN", "intervention")]


def test_every_type_but_other_has_a_source() -> None:
    assert MODELS.keys() == set(InterventionType) - {InterventionType.OTHER}
    assert all(model.source for model in MODELS.values())
