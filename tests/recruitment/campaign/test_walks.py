"""Any walk of commands of the campaign leaves sound records, which are made again from their events."""

import datetime as dt
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.recruitment.domain.campaign.account_kind import AccountRequest
from services.recruitment.domain.campaign.lane_kind import Lane, LanePhase
from services.recruitment.domain.campaign.material_kind import Material
from services.recruitment.domain.campaign.registration_kind import GoalState, Registration, Taking
from shared.contracts.message import Command
from tests.recruitment.campaign import cast
from tests.recruitment.campaign.cast import ASSOCIATION, HOME, OTHER, again, desk
from tests.recruitment.desk import Desk

DAYS = [dt.date(2014, 10, 1) + dt.timedelta(days=number) for number in range(0, 170, 7)]
WHO = (HOME, OTHER)
GOALS = ("MOBILITY", "PAIN")
MEMBERS = ("qio", ASSOCIATION, "partner:cdc")
STAKES = ("QIO", "PROVIDER_ASSOCIATION", "OTHER")
Names = Mapping[str, str]
MOVES: tuple[Callable[[Names, str, int], Command], ...] = (
    lambda _, on, n: cast.register(WHO[n % 2], on),
    lambda _, on, n: cast.withdraw(WHO[n % 2], on),
    lambda _, on, n: cast.choose(WHO[n % 2], GOALS[n % 3 % 2], on),
    lambda _, on, n: cast.report(WHO[n % 2], GOALS[n % 3 % 2], on[:7], value=n, because="r"),
    lambda _, on, n: cast.close(WHO[n % 2], GOALS[n % 3 % 2], ("REACHED", "DROPPED")[n % 5 % 2], on, reason="r"),
    lambda _, on, n: cast.form("MA", MEMBERS[n % 3], STAKES[n % 3], on),
    lambda _, on, n: cast.enter(MEMBERS[n % 3], on, STAKES[n % 3]),
    lambda _, on, n: cast.name(MEMBERS[n % 3], on),
    lambda _, on, n: cast.part(MEMBERS[n % 3], on),
    lambda _, on, n: cast.contact(MEMBERS[n % 3], ("info@example.org", None)[n % 2]),
    lambda _, on, __: cast.end(on),
    lambda names, on, n: cast.revise(names["material"], str(n), on),
    lambda names, on, _: cast.retire(names["material"], on),
    lambda names, on, _: cast.activity(names["material"], on=on),
    lambda names, _, n: cast.correct(names["activity"], n),
    lambda names, on, _: cast.forward(names["request"], on),
    lambda names, on, _: cast.solve(names["request"], on),
    lambda names, on, _: cast.drop(names["request"], on),
    lambda names, on, _: cast.reopen(names["request"], on),
)
moves = st.tuples(st.sampled_from(MOVES), st.sampled_from(DAYS), st.integers(0, 29))


def begun() -> tuple[Desk, Names]:
    """One of each."""
    at = desk()
    names: dict[str, Any] = {}
    for asked in (cast.register(), cast.choose(), cast.form(), cast.enter(), cast.add(), cast.activity(), cast.ask()):
        names |= at.done(asked)
    return at, names


def sound(at: Desk) -> None:
    """What holds of the records whatever happened to them."""
    for record in at.records.values():
        match record:
            case Registration():
                assert (record.withdrawn_on is not None) == (record.taking is Taking.WITHDRAWN)
                open_ = [one for one in record.goals.values() if one.state is GoalState.OPEN]
                assert not open_ or record.taking is Taking.REGISTERED
                assert all((one.closed_on is None) == (one.state is GoalState.OPEN) for one in record.goals.values())
            case Lane():
                assert (record.spell(record.convener) is not None) == (record.phase is LanePhase.AT_WORK)
                for spells in record.members.values():
                    assert all(one.until is not None and one.until <= then.since for one, then in pairwise(spells))
                    assert all(one.until is None or one.since <= one.until for one in spells)
                assert all(record.spell(member) for member in record.contacts)
                assert all(one.since <= then.since for one, then in pairwise(record.conveners))
            case Material():
                assert len({one.version for one in record.versions}) == len(record.versions)
                assert all(one.since <= then.since for one, then in pairwise(record.versions))
            case AccountRequest():
                assert record.stage == (record.turns[-1].to if record.turns else "RECEIVED")
                assert all(one.on <= then.on for one, then in pairwise(record.turns))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(moves, min_size=5, max_size=40))
def test_any_walk_is_sound_and_made_again_from_its_events(walk: list[tuple[Any, dt.date, int]]) -> None:
    at, names = begun()
    for move, day, number in walk:
        at.ask(move(names, str(day), number))
        sound(at)
    assert again(at) == at.records
