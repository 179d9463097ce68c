"""Any walk of commands leaves machines within their tables, one exclusive seat a day, and records made again."""

import datetime as dt
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.recruitment.domain.networks.chronic_kind import ChronicCare
from services.recruitment.domain.networks.state import Cohort, Network, Phase
from services.recruitment.domain.networks.team_kind import CareTeam, TeamPhase
from shared.contracts.message import Command
from shared.contracts.recruitment.care_teams import CareRole
from tests.recruitment.desk import Desk
from tests.recruitment.networks import cast, test_chronic, test_contributing, test_packages
from tests.recruitment.networks.cast import HOME, HOSPITAL, NEW, OTHER, PHARMACY, PRACTICE, again, desk

DAYS = [dt.date(2014, 10, 1) + dt.timedelta(days=number) for number in range(0, 170, 7)]
PLACES = ("nnhqcc.c1", "nnhqcc.c2", "nnhqcc.c3")
WHO = (HOME, OTHER, NEW, HOSPITAL, PHARMACY, PRACTICE)
TOPICS = ("FALLS", "PRESSURE_ULCERS", "CAUTI")
Names = Mapping[str, str]
# What can be asked, by day and number, which means what the command makes of it.
MOVES: tuple[Callable[[Names, str, int], Command], ...] = (
    lambda _, on, n: cast.join(WHO[n % 3], on, PLACES[n % 5 % 3], ("TEAM", "PEER_COACH")[n % 2]),
    lambda _, on, n: cast.join(WHO[n % 2], on, PLACES[n % 3]),
    lambda _, on, n: cast.leave(WHO[n % 2], on, PLACES[n % 3]),
    lambda _, on, n: cast.opened(n % 3 + 1, opened_on=on, exclusive=n % 3 < 2),
    lambda _, on, n: cast.focus(TOPICS[n % 3], on),
    lambda _, on, n: cast.close(on, PLACES[n % 3]),
    lambda _, on, n: cast.change(changed_on=on, topics=TOPICS[: n % 3 + 1]),
    lambda _, on, __: cast.end(on),
    lambda _, on, n: test_packages.publish(test_packages.driver("d", str(n % 2)), on=on),
    lambda _, on, n: test_contributing.contribute(on=on, what=str(n % 2)),
    lambda names, on, _: test_contributing.withdraw(names["contribution"], on),
    lambda names, on, n: cast.enter(names["team"], WHO[n % 6], on),
    lambda names, on, n: cast.enter(names["team"], (HOSPITAL, PHARMACY, PRACTICE)[n % 3], on),
    lambda names, on, n: cast.part(names["team"], WHO[n % 6], on),
    lambda names, on, _: cast.dissolve(names["team"], on),
    lambda names, on, n: test_chronic.record(names["program"], on[:7], (n, 30 - n, 12), because="bec"),
    lambda names, on, _: test_chronic.end(names["program"], on),
)
moves = st.tuples(st.sampled_from(MOVES), st.sampled_from(DAYS), st.integers(0, 29))


def begun() -> tuple[Desk, Names]:
    """One of each."""
    at = desk()
    names: dict[str, Any] = {}
    pspc = {"network": "pspc", "collaborative": "PSPC", "task": "adverse-drug-events", "kind": "CARE_TEAMS"}
    for asked in (
        cast.establish(),
        cast.opened(),
        cast.establish(**pspc, started_on="2013-10-01"),
        cast.form(),
        cast.establish(**test_chronic.CARE, topics=["HEART_FAILURE"]),
        test_chronic.start(),
        test_contributing.contribute(),
    ):
        names |= at.done(asked)
    return at, names


def in_order(spells: Any) -> bool:
    """Whether no spell begins before the one before it has ended, and none ends before it began."""
    whole = all(one.until is None or one.since <= one.until for one in spells)
    return whole and all(one.until is not None and one.until <= then.since for one, then in pairwise(spells))


def sound(at: Desk) -> None:
    """What holds of the records whatever happened to them."""
    for record in at.records.values():
        match record:
            case Network():
                assert (record.ended_on is not None) == (record.phase is Phase.ENDED)
            case Cohort():
                assert (record.closed_on is not None) == (record.phase is Phase.ENDED)
                assert all(in_order(held) for held in record.members.values())
                assert record.closed_on is None or record.last_change() <= record.closed_on
                assert all(one.since <= then.since for one, then in pairwise(record.focus))
            case CareTeam():
                filled = {spell.role for _, spell in record.present()}
                assert record.phase is TeamPhase.ENDED or (record.phase is TeamPhase.COMPLETE) == (
                    filled == set(CareRole)
                )
                assert all(in_order(held) for held in record.members.values())
            case ChronicCare():
                told = [one for held in record.months.values() for one in (held.invited, held.taking_part, held.ended)]
                assert all(one is None or not 0 < one < 11 for one in told)
    seated(at)


def seated(at: Desk) -> None:
    """Nobody is in two exclusive cohorts of the network on a day, and none is open once it ended."""
    cohorts = [one for one in at.records.values() if isinstance(one, Cohort)]
    for day in DAYS:
        present = [who for one in cohorts if one.exclusive for who in one.present(day)]
        assert len(present) == len(set(present))
    if cast.network(at).phase is Phase.ENDED:
        assert all(one.phase is Phase.ENDED for one in cohorts)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(moves, min_size=5, max_size=40))
def test_any_walk_is_sound_and_made_again_from_its_events(walk: list[tuple[Any, dt.date, int]]) -> None:
    at, names = begun()
    for move, day, number in walk:
        at.ask(move(names, str(day), number))
        sound(at)
    assert again(at) == at.records
