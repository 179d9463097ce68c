"""What measures says of goals becomes the coalition's progress, once."""

import datetime as dt
from uuid import UUID

from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.coalitions.state import Coalition
from services.recruitment.domain.registry import KINDS
from services.recruitment.handlers import goals
from shared.contracts.envelope import Envelope
from shared.contracts.measures import GoalReached, GoalWithdrawn
from shared.contracts.recruitment.coalitions import CoalitionGoalReached, CoalitionGoalWithdrawn
from shared.messaging.handling import Emit, Received, Work
from shared.records.kinds import Record
from tests.recruitment.coalitions.cast import PLACE, desk, end, form, formed, rebuilt
from tests.recruitment.desk import NOW, Desk

GOAL = "readmissions-2019"


def reached(day: int = 1, community: str = PLACE, value: str = "11.9") -> GoalReached:
    return GoalReached(
        goal=GOAL,
        community=community,
        unit_version=1,
        measure="rehospitalizations-30d",
        baseline_period="2014Q4R4",
        baseline="15.0",
        period="2015Q4R4",
        value=value,
        improvement="20.7",
        target="12.0",
        status="FOLLOWED_UP",
        as_of=dt.datetime(2016, 5, day, tzinfo=dt.UTC),
    )


def withdrawn(day: int = 2) -> GoalWithdrawn:
    return GoalWithdrawn(
        goal=GOAL,
        community=PLACE,
        unit_version=1,
        measure="rehospitalizations-30d",
        period="2015Q4R4",
        value="12.3",
        improvement="18.0",
        as_of=dt.datetime(2016, 5, day, tzinfo=dt.UTC),
    )


def tell(at: Desk, message: GoalReached | GoalWithdrawn) -> tuple[Emit, ...]:
    """Let recruitment hear it."""
    event_id = UUID(int=7)
    envelope = Envelope(event_id, message.wire_type(), "measures", NOW, "k", event_id)
    received: Received[GoalReached | GoalWithdrawn] = Received(envelope, message, "k", "t", 0, 1)
    work: Work[Record] = Work(at.now, at.records)
    work.begin(goals.keys(received))
    emits = goals.said(received, work, kinds=KINDS)
    work.keep()
    at.records |= work.changes()
    at.said += emits
    return emits


def held(at: Desk) -> Coalition:
    return at.held(COALITION, PLACE)


def test_a_goal_that_is_reached_is_progress_and_told_again_is_not() -> None:
    at = formed()
    (emit,) = tell(at, reached())
    assert isinstance(emit.event, CoalitionGoalReached)
    assert (emit.topic, emit.key, emit.event.value) == ("qio.recruitment.coalitions.v1", PLACE, "11.9")
    assert tell(at, reached()) == ()
    progress = held(at).goals[GOAL]
    assert (progress.reached, progress.value, progress.target) == (True, "11.9", "12.0")
    assert rebuilt(at)


def test_a_goal_that_is_withdrawn_is_none_and_older_news_change_nothing() -> None:
    at = formed()
    tell(at, reached(1))
    (emit,) = tell(at, withdrawn(2))
    assert isinstance(emit.event, CoalitionGoalWithdrawn)
    assert tell(at, reached(1)) == ()
    assert (held(at).goals[GOAL].reached, held(at).goals[GOAL].target) == (False, "12.0")
    assert len(tell(at, reached(3))) == 1
    assert rebuilt(at)


def test_a_coalition_that_ended_still_hears_of_its_results() -> None:
    at = formed()
    at.done(end())
    tell(at, reached())
    assert held(at).goals[GOAL].reached
    assert rebuilt(at)


def test_what_was_said_before_there_was_a_coalition_is_none_of_its_progress_when_read_again() -> None:
    at = desk(now=dt.datetime(2016, 6, 1, tzinfo=dt.UTC))
    assert tell(at, reached(1)) == ()
    at.done(form(formed_on="2016-05-02"))
    assert tell(at, reached(1)) == ()
    assert held(at).goals == {}
    assert len(tell(at, reached(2))) == 1
    assert rebuilt(at)


def test_a_community_without_a_coalition_has_no_progress() -> None:
    at = formed()
    before = dict(at.records)
    assert tell(at, reached(community="elsewhere")) == ()
    assert at.records == before
