"""Sessions, attendance, spread and movement of a task's networks, counted by hand."""

import datetime as dt
from typing import Any

from services.recruitment.domain.networks.kinds import COHORT
from services.recruitment.domain.networks.state import Cohort, Focus, Spell
from services.recruitment.domain.practices.practice_kind import PRACTICE
from services.recruitment.domain.practices.spread_kind import ADOPTION
from services.recruitment.domain.reports.association import Association, Compared
from services.recruitment.domain.reports.helping import Assistance
from services.recruitment.domain.reports.learning import TakingPart, sessions, spread, taking_part
from services.recruitment.domain.reports.movement import Figure, Movement, moved, movement
from services.recruitment.domain.reports.tasks import Scope
from services.recruitment.domain.reports.telling_learning import learning, lines
from services.recruitment.domain.sessions.session_kind import SESSION
from shared.contracts.recruitment.assistance_terms import AssistanceKind
from shared.contracts.recruitment.cohorts import CohortRole
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.learning_terms import Topic
from tests.recruitment.packs.cast import every, take_up
from tests.recruitment.practices import cast as practices
from tests.recruitment.sessions import cast
from tests.recruitment.sessions.cast import ELM, GUEST, OAK, YEW

YEAR = Scope(frozenset({"MA", "NY"}), dt.date(2015, 1, 1), dt.date(2015, 12, 31))
MA = Scope(frozenset({"MA"}), YEAR.first, YEAR.last)
STATES = {ELM: "MA", OAK: "MA", GUEST: "MA", YEW: "NY"}


def held() -> list[Any]:
    """One session held on 4 March with four participants, one planned, one cancelled."""
    at, name = cast.held()
    at.done(cast.attend(name, ELM, people=2, minutes=200))
    at.done(cast.attend(name, ELM, people=1, minutes=90, mode="IN_PERSON"))
    at.done(cast.attend(name, YEW, people=4, minutes=400))
    at.done(cast.attend(name, GUEST, people=1, minutes=60))
    at.done(cast.plan(title="Another"))
    at.done(cast.cancel(str(at.done(cast.plan(title="Third"))["session"])))
    return every(at, SESSION)


def test_sessions_are_counted_wherever_they_were_and_people_of_the_reported_states() -> None:
    found = sessions(YEAR, "nnhqcc", held(), STATES)
    assert (found.held, found.cancelled, found.participants, found.guests) == (1, 1, 3, 1)
    assert (found.people, found.people_online, found.minutes) == (8, 7, 750)
    there = sessions(MA, "nnhqcc", held(), STATES)
    assert (there.held, there.participants, there.people, there.minutes) == (1, 2, 4, 350)


def test_sessions_of_another_time_or_network_do_not_count() -> None:
    assert sessions(YEAR, "cusp", held(), STATES).held == 0
    before = Scope(YEAR.states, dt.date(2014, 1, 1), dt.date(2015, 3, 3))
    assert sessions(before, "nnhqcc", held(), STATES).held == 0


def test_a_practice_spreads_to_those_who_adopt_it_and_who_gave_it_up_is_told() -> None:
    at = practices.desk()
    take_up(at)
    taken_up = {one.id: one for one in every(at, ADOPTION)}
    (found,) = spread(YEAR, every(at, PRACTICE), taken_up, STATES)
    assert (found.title, found.tried, found.adopted, found.adopted_in_all, found.abandoned) == (
        "Hourly rounds",
        2,
        2,
        2,
        1,
    )
    assert found.states == ("MA", "NY")
    (there,) = spread(MA, every(at, PRACTICE), taken_up, STATES)
    assert (there.adopted, there.abandoned, there.states) == (1, 0, ("MA",))
    later = Scope(YEAR.states, dt.date(2015, 2, 2), YEAR.last)
    (after,) = spread(later, every(at, PRACTICE), taken_up, STATES)
    assert (after.tried, after.adopted, after.adopted_in_all) == (0, 0, 2)
    early = Scope(YEAR.states, dt.date(2014, 1, 1), dt.date(2014, 12, 4))
    assert spread(early, every(at, PRACTICE), taken_up, STATES) == ()


def cohort(closed_on: dt.date | None = None, **spells: tuple[str, str | None]) -> Cohort:
    """A cohort with one spell of each."""
    members = {
        name: (
            Spell(
                role=CohortRole.TEAM, since=dt.date.fromisoformat(since), until=until and dt.date.fromisoformat(until)
            ),
        )
        for name, (since, until) in spells.items()
    }
    opened = dt.date(2014, 1, 1)
    focus = (Focus(topic=Topic.FALLS, since=opened),)
    return Cohort(
        id="nnhqcc.c1", network="nnhqcc", number=1, name="c", exclusive=True, opened_on=opened, focus=focus,
        members=members, closed_on=closed_on,
    )  # fmt: skip


def test_who_takes_part_was_in_a_cohort_on_a_day_of_the_time() -> None:
    one = cohort(
        a=("2014-05-01", "2015-01-01"), b=("2014-05-01", "2015-01-02"), c=("2015-12-31", None), d=("2016-01-01", None)
    )
    found = taking_part(YEAR, [one], [one])
    assert found == TakingPart(frozenset("bc"), frozenset("abc"))
    closed = taking_part(YEAR, [cohort(dt.date(2014, 12, 31), b=("2014-05-01", None))], [])
    assert closed.then == frozenset()


def figure(facility: str, period: str, ends_on: str, value: float, state: str = "MA") -> Figure:
    return Figure(facility, Setting.NURSING_HOME, state, period, dt.date.fromisoformat(ends_on), value)


def test_a_facility_moves_from_the_last_value_before_to_the_last_of_the_time_in_periods_as_long() -> None:
    taking = TakingPart(frozenset({"a"}), frozenset({"a", "gone"}))
    figures = [
        figure("a", "2014Q3", "2014-09-30", 7),
        figure("a", "2014Q4", "2014-12-31", 6),
        figure("a", "2014", "2014-12-31", 99),
        figure("a", "2015Q3", "2015-09-30", 5),
        figure("a", "2015Q4", "2015-12-31", 4),
        figure("a", "2016Q1", "2016-03-31", 1),
        figure("b", "2014", "2014-12-31", 3),
        figure("b", "2015", "2015-12-31", 2),
        figure("old", "2012Q4", "2012-12-31", 9),
        figure("old", "2015Q4", "2015-12-31", 9),
        figure("gone", "2014Q4", "2014-12-31", 9),
        figure("gone", "2015Q4", "2015-12-31", 9),
        figure("far", "2014Q4", "2014-12-31", 9, "FL"),
        figure("far", "2015Q4", "2015-12-31", 9, "FL"),
    ]
    found = {one.facility: one for one in moved(YEAR, figures, taking)}
    assert {name: (one.before, one.after, one.takes_part) for name, one in found.items()} == {
        "a": (6, 4, True),
        "b": (3, 2, False),
    }
    assert movement(YEAR, Topic.FALLS, "nursing-home-falls", figures[6:8], taking) is None


def told(difference: float, low: float, high: float, *, higher: bool = False, few: int = 20) -> dict[str, Any]:
    compared = Compared(difference, 0.0, difference, low, high)
    found = Movement(Topic.FALLS, "nursing-home-falls", higher, Association(few, 300, 4, compared))
    row: dict[str, Any] = learning([], [], [], [found])["movement"][0]
    return row


def test_a_movement_is_worded_as_an_association_and_never_as_an_effect() -> None:
    better = told(-1.5, -2.0, -1.0)
    assert better["said"] == (
        "Participants changed by -1.50 against comparable ones (95 % interval -2.00 to -1.00): associated with better."
    )
    assert told(-1.5, -2.0, -1.0, higher=True)["said"].endswith("associated with worse.")
    assert told(-1.5, -2.0, 0.1)["said"].endswith("not told from chance.")
    basis = learning([], [], [], [])["movement_basis"]
    assert basis.startswith("An association, not an effect")
    for word in ("impact", "caus", "because of"):
        assert word not in basis + better["said"]


def test_counts_of_one_to_ten_are_not_told() -> None:
    row = told(-1.5, -2.0, -1.0)
    assert (row["participants"], row["comparable"], row["unmatched"]) == (20, 300, None)
    none = Movement(Topic.FALLS, "m", False, Association(10, 300, 0, None))
    few = learning([], [], [], [none])["movement"][0]
    assert (few["participants"], few["unmatched"], few["compared"]) == (None, 0, None)
    assert "Too few" in few["said"]


def test_the_table_has_a_line_for_each_of_them() -> None:
    at = practices.desk()
    take_up(at)
    practised = spread(YEAR, every(at, PRACTICE), {one.id: one for one in every(at, ADOPTION)}, STATES)
    compared = Compared(-1.5, 0.0, -1.5, -2.0, -1.0)
    moves = Movement(Topic.FALLS, "m", False, Association(20, 300, 4, compared))
    given = [Assistance(AssistanceKind.FUNDING, 3, 2, 90, 1, 1, 2)]
    found = learning([sessions(YEAR, "nnhqcc", held(), STATES)], practised, given, [moves])
    rows = [(row["section"], row["item"], row["done"]) for row in lines(found, "2015-01-01", "2015-12-31")]
    assert rows[:3] == [("sessions", "nnhqcc", 1), ("attendance", "nnhqcc", 8), ("attending participants", "nnhqcc", 3)]
    assert [(section, done) for section, _, done in rows[3:]] == [
        ("spread", 2),
        ("assistance", 2),
        ("association", -1.5),
    ]


def test_a_cohort_is_read_as_it_is_recorded() -> None:
    found = taking_part(YEAR, every(practices.desk(), COHORT), [])
    assert found.then == {ELM, OAK, YEW, practices.FIR}
