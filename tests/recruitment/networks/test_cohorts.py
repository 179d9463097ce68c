"""Cohorts: opened with a topic of the network, focused forward, joined by who belongs, closed for everybody."""

import datetime as dt

import pytest

from services.recruitment.domain.networks.state import COHORT_MACHINE, CohortStep, Phase
from services.recruitment.domain.registry import KINDS
from shared.contracts.recruitment.cohorts import CohortRole
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.recruitment.steps import Stage
from tests.recruitment.desk import Desk
from tests.recruitment.networks.cast import (
    FAR,
    HOME,
    HOSPITAL,
    NEW,
    OTHER,
    again,
    close,
    closed,
    cohort,
    courses,
    desk,
    end,
    establish,
    focus,
    join,
    learning,
    leave,
    merged,
    moved,
    opened,
    seats,
)


def texts(at: Desk, *asked: object) -> str:
    answer = at.ask(*asked)  # type: ignore[arg-type]
    return " ".join(reason.text for reason in answer.reasons)  # type: ignore[union-attr]


def test_a_cohort_goes_its_way_and_is_made_again_from_its_events() -> None:
    at = learning()
    at.done(join())
    at.done(join(OTHER, role="PEER_COACH"))
    at.done(focus())
    at.done(leave(on="2015-01-15"))
    at.done(join(on="2015-01-20", role="PEER_COACH"))
    assert at.done(close())["members"] == 2
    held = cohort(at)
    assert held.role_of(HOME, dt.date(2015, 1, 14)) is CohortRole.TEAM
    assert held.role_of(HOME, dt.date(2015, 1, 15)) is None
    assert held.role_of(HOME, dt.date(2015, 2, 1)) is CohortRole.PEER_COACH
    assert held.role_of(HOME, dt.date(2015, 2, 2)) is None
    assert (held.works_on(dt.date(2014, 11, 30)), held.works_on(dt.date(2014, 12, 1))) == (
        Topic.FALLS,
        Topic.PRESSURE_ULCERS,
    )
    assert again(at) == at.records


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (opened(1), [("ALREADY_OPENED", "number")]),
        (opened(2, focus="CAUTI"), [("TOPIC_OF_ANOTHER", "focus")]),
        (opened(2, opened_on="2014-09-30"), [("BEFORE_NETWORK", "opened_on")]),
        (opened(2, opened_on="2015-03-08"), [("IN_THE_FUTURE", "opened_on")]),
        (focus("CAUTI"), [("TOPIC_OF_ANOTHER", "focus")]),
        (focus(since="2014-09-30"), [("OUT_OF_ORDER", "since")]),
        (focus(since="2015-03-08"), [("IN_THE_FUTURE", "since")]),
        (close("2014-09-30"), [("OUT_OF_ORDER", "closed_on")]),
        (close("2015-03-08"), [("IN_THE_FUTURE", "closed_on")]),
        (join("225099"), [("FACILITY_UNKNOWN", "participant")]),
        (join(HOSPITAL), [("SETTING_DOES_NOT_FIT", "participant"), ("NOT_RECRUITED", "participant")]),
        (join(FAR), [("OUTSIDE_NETWORK", "participant")]),
        (join(NEW), [("NOT_RECRUITED", "participant")]),
        (join(on="2014-09-30"), [("BEFORE_COHORT", "joined_on")]),
        (join(on="2015-03-08"), [("IN_THE_FUTURE", "joined_on")]),
        (leave(), [("NOT_IN_COHORT", "participant")]),
    ],
)
def test_what_does_not_fit_is_refused_for_its_reason(asked: object, expected: list[tuple[str, str]]) -> None:
    assert learning().refused(asked) == expected  # type: ignore[arg-type]


def test_a_focus_goes_forward_and_the_same_topic_is_no_change() -> None:
    at = learning()
    assert at.done(focus("FALLS", "2014-11-01"))["changed"] is False
    assert at.done(focus(since="2014-12-01"))["changed"] is True
    assert at.refused(focus("FALLS", "2014-11-30")) == [("OUT_OF_ORDER", "since")]


def test_the_same_day_and_role_again_is_no_change_and_another_day_says_it_is_in() -> None:
    at = learning()
    assert at.done(join())["changed"] is True
    assert at.done(join())["changed"] is False
    assert at.refused(join(on="2014-11-01")) == [("ALREADY_IN_COHORT", "participant")]
    at.done(join(on="2014-11-01", role="PEER_COACH"))
    assert [(one.role, one.until) for one in cohort(at).members[HOME]] == [
        (CohortRole.TEAM, dt.date(2014, 11, 1)),
        (CohortRole.PEER_COACH, None),
    ]
    assert at.refused(join(on="2014-10-20")) == [("OUT_OF_ORDER", "joined_on")]


@pytest.mark.parametrize(
    ("events", "allowed"),
    [
        ((moved(NEW, since=dt.date(2014, 10, 16)),), False),
        ((moved(NEW, since=dt.date(2014, 10, 15)),), True),
        ((moved(NEW, stage=Stage.COMMITTED),), False),
        ((moved(NEW), moved(NEW, stage=Stage.ACTIVE, since=dt.date(2015, 1, 1))), True),
        ((moved(NEW), moved(NEW, stage=Stage.WITHDRAWN, since=dt.date(2015, 1, 1))), False),
        ((moved(NEW, "PSPC"),), False),
    ],
)
def test_who_joins_is_recruited_on_the_day_and_ever_since(events: tuple[object, ...], allowed: bool) -> None:
    at = learning(*events)  # type: ignore[arg-type]
    if allowed:
        at.done(join(NEW))
    else:
        assert at.refused(join(NEW)) == [("NOT_RECRUITED", "participant")]


def test_a_network_of_no_collaborative_takes_whoever_fits() -> None:
    at = desk()
    at.done(establish(collaborative=None, task="C.3", settings=["HOSPITAL"]))
    at.done(opened())
    at.done(join(HOSPITAL))
    assert at.refused(join(HOME)) == [("SETTING_DOES_NOT_FIT", "participant")]


def test_who_closed_or_goes_on_in_another_joins_no_more() -> None:
    day = dt.date(2014, 10, 15)
    assert learning(closed(HOME, day)).refused(join()) == [("FACILITY_CLOSED", "participant")]
    assert learning(merged(HOME, OTHER, day)).refused(join()) == [("FACILITY_MERGED", "participant")]
    learning(closed(HOME, day + dt.timedelta(days=1))).done(join())


def test_a_facility_is_in_one_exclusive_cohort_of_a_network_and_hears_which() -> None:
    at = learning()
    at.done(opened(2))
    at.done(opened(3, exclusive=False))
    at.done(join())
    assert at.refused(join(cohort="nnhqcc.c2")) == [("IN_ANOTHER_COHORT", "participant")]
    assert "225009 is in nnhqcc.c1;" in texts(at, join(cohort="nnhqcc.c2"))
    at.done(join(cohort="nnhqcc.c3"))
    at.done(leave(on="2015-01-15"))
    assert at.refused(join(cohort="nnhqcc.c2", on="2015-01-14")) == [("IN_ANOTHER_COHORT", "participant")]
    at.done(join(cohort="nnhqcc.c2", on="2015-01-15"))
    assert again(at) == at.records


def test_a_cohort_that_is_closed_frees_its_seats_from_the_day_after() -> None:
    at = learning()
    at.done(opened(2))
    at.done(join())
    at.done(close("2015-02-01"))
    assert at.refused(join(cohort="nnhqcc.c2", on="2015-02-01")) == [("IN_ANOTHER_COHORT", "participant")]
    at.done(join(cohort="nnhqcc.c2", on="2015-02-02"))
    assert set(seats(at).spells) == {"nnhqcc.c1", "nnhqcc.c2"}
    assert courses(at).open() == ("nnhqcc.c2",)


def test_a_cohort_closes_not_before_what_is_recorded_of_it() -> None:
    at = learning()
    at.done(join(on="2015-01-20"))
    assert at.refused(close("2015-01-19")) == [("OUT_OF_ORDER", "closed_on")]
    assert at.refused(leave(on="2015-01-19")) == [("OUT_OF_ORDER", "left_on")]
    at.done(close("2015-01-20"))


@pytest.mark.parametrize("step", CohortStep)
@pytest.mark.parametrize("phase", Phase)
def test_every_step_from_every_phase_is_in_the_table_or_refused(phase: Phase, step: CohortStep) -> None:
    at = learning()
    at.done(join())
    if phase is Phase.ENDED:
        at.done(close("2015-01-01"))
    asked = {
        CohortStep.FOCUS: focus(),
        CohortStep.JOIN: join(OTHER),
        CohortStep.LEAVE: leave(),
        CohortStep.CLOSE: close(),
    }[step]
    if COHORT_MACHINE.after(phase, step) is None:
        assert at.refused(asked) == [("STATE", "cohort")]
    else:
        at.done(asked)


def test_an_unknown_cohort_is_said_to_be_none() -> None:
    for asked in (focus(), join(), leave(), close()):
        assert desk().refused(asked) == [("COHORT_UNKNOWN", "cohort")]


def test_after_the_network_no_cohort_opens() -> None:
    at = learning()
    at.done(close())
    at.done(end())
    assert at.refused(opened(2)) == [("STATE", "network")]


def test_the_views_are_no_records_of_their_own() -> None:
    assert {name for name, kind in KINDS.by_name.items() if kind.topic is None} >= {"cohort-seats", "cohort-courses"}
