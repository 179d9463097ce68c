"""Who closed, goes on in another or withdrew gives its places up as of that day; a successor takes them over."""

import datetime as dt
from collections.abc import Sequence

import pytest

from services.recruitment.domain.networks import parting
from services.recruitment.domain.networks.kinds import COHORT
from services.recruitment.domain.networks.team_kind import CARE_TEAM, TeamPhase
from shared.contracts.message import Event
from shared.contracts.recruitment.care_teams import CareTeamLeft
from shared.contracts.recruitment.cohorts import CohortJoined, CohortLeft, CohortRole
from shared.contracts.recruitment.pipeline import EngagementCorrected
from shared.contracts.recruitment.steps import Stage
from shared.messaging.handling import Work
from shared.records.deciding import Asked, Held
from shared.records.kinds import Record
from tests.recruitment.desk import COMMAND_ID, Desk
from tests.recruitment.networks.cast import (
    HOME,
    HOSPITAL,
    NEW,
    OTHER,
    PHARMACY,
    PRACTICE,
    close,
    closed,
    cohort,
    enter,
    join,
    learning,
    leave,
    merged,
    moved,
    opened,
    teams,
)

TODAY = dt.date(2015, 3, 6)
DAY = dt.date(2015, 1, 10)
PLACE = COHORT.key("nnhqcc.c1")


def given_up(at: Desk, place: str = PLACE, who: str = HOME, into: str | None = None) -> Sequence[Event]:
    """What follows, also happened to the desk."""
    work: Work[Record] = Work(at.now, at.records)
    work.begin(parting.keys(place, who, into))
    asked = Asked("clock", at.now, lambda _: COMMAND_ID)
    events = parting.given_up(place, who, into, TODAY, Held(work.get), asked)
    at.has(*events)
    return events


def inside(*more: Event, who: str = HOME, role: str = "TEAM") -> Desk:
    at = learning()
    at.done(join(who, role=role))
    return at.has(*more)


@pytest.mark.parametrize(
    ("what", "on", "why"),
    [
        (closed(HOME, DAY), DAY, "It closed."),
        (closed(HOME, dt.date(2014, 10, 1)), dt.date(2014, 10, 15), "It closed."),
        (moved(HOME, stage=Stage.WITHDRAWN, since=DAY), DAY, "It withdrew from NNHQCC."),
        (
            EngagementCorrected(
                participant=HOME, collaborative="NNHQCC", step=1, since=None, qin_qio=None, reason="r", actor="t"
            ),
            dt.date(2014, 10, 15),
            "It was not recruited into NNHQCC, as a correction showed.",
        ),
        (merged(HOME, NEW, DAY), DAY, f"It goes on in {NEW}."),
    ],
)
def test_who_is_gone_leaves_on_its_day_and_not_before_it_came(what: Event, on: dt.date, why: str) -> None:
    at = inside(what)
    expected = CohortLeft(cohort="nnhqcc.c1", participant=HOME, left_on=on, reason=why, actor="clock")
    assert given_up(at) == [expected]
    assert cohort(at).role_of(HOME, on) is None
    assert given_up(at) == ()


@pytest.mark.parametrize(
    "more",
    [
        (),
        (closed(HOME, TODAY + dt.timedelta(days=1)),),
        (moved(HOME, stage=Stage.ACTIVE, since=DAY), moved(HOME, stage=Stage.GRADUATED, since=DAY)),
        (moved(HOME, "PSPC", Stage.WITHDRAWN, DAY),),
    ],
)
def test_who_is_there_by_right_stays(more: tuple[Event, ...]) -> None:
    assert given_up(inside(*more)) == ()


def test_a_closed_cohort_and_one_that_was_left_are_left_alone() -> None:
    at = inside(closed(HOME, DAY))
    at.done(close())
    assert given_up(at) == ()
    at = inside()
    at.done(leave())
    at.has(closed(HOME, DAY))
    assert given_up(at) == ()


def test_a_successor_takes_the_seat_over_in_its_role() -> None:
    at = inside(moved(NEW, since=DAY), merged(HOME, NEW, DAY), role="PEER_COACH")
    left, joined = given_up(at, into=NEW)
    assert isinstance(left, CohortLeft)
    assert isinstance(joined, CohortJoined)
    assert (joined.participant, joined.joined_on, joined.role) == (NEW, DAY, CohortRole.PEER_COACH)
    assert cohort(at).role_of(NEW, DAY) is CohortRole.PEER_COACH


@pytest.mark.parametrize("into", [NEW, HOSPITAL, OTHER])
def test_a_successor_that_could_not_join_by_itself_takes_nothing_over(into: str) -> None:
    at = inside(merged(HOME, into, DAY))
    at.done(opened(2))
    at.done(join(OTHER, cohort="nnhqcc.c2"))
    assert [type(one) for one in given_up(at, into=into)] == [CohortLeft]


def test_a_merger_that_was_called_off_meanwhile_gives_nobody_the_seat() -> None:
    assert given_up(inside(moved(NEW)), into=NEW) == ()
    at = inside(moved(NEW), closed(HOME, DAY))
    assert [type(one) for one in given_up(at, into=NEW)] == [CohortLeft]


def test_a_care_team_loses_its_pharmacist_and_its_successor_keeps_it_complete() -> None:
    at, team = teams()
    for one in (PHARMACY, PRACTICE, HOSPITAL):
        at.done(enter(team, one))
    place = CARE_TEAM.key(team)
    assert given_up(at, place, PHARMACY) == ()
    at.has(merged(HOSPITAL, HOME, DAY))
    assert len(given_up(at, place, HOSPITAL, HOME)) == 2
    assert at.held(CARE_TEAM, team).phase is TeamPhase.COMPLETE
    at.has(moved(PHARMACY, "PSPC", Stage.WITHDRAWN, DAY))
    (left,) = given_up(at, place, PHARMACY)
    assert isinstance(left, CareTeamLeft)
    assert at.held(CARE_TEAM, team).phase is TeamPhase.INCOMPLETE
