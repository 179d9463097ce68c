"""Any walk of commands of assistance leaves sound records, which are made again from their events."""

import datetime as dt
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.recruitment.domain.assistance.reporting_kind import Submission
from services.recruitment.domain.assistance.request_kind import MACHINE, Request, Status
from services.recruitment.domain.assistance.resource_kind import Resource
from shared.contracts.message import Command
from tests.recruitment.assistance import cast
from tests.recruitment.assistance.cast import HOSPITAL, OTHER, again, desk
from tests.recruitment.desk import Desk

DAYS = [dt.date(2014, 10, 1) + dt.timedelta(days=number) for number in range(0, 170, 7)]
ENDS = ("RESOLVED", "DECLINED", "WITHDRAWN")
STATUSES = ("NOTHING", "PARTLY", "SUBMITTED", "NOT_REQUIRED")
Names = Mapping[str, str]
MOVES: tuple[Callable[[Names, str, int], Command], ...] = (
    lambda _, __, n: cast.target(n + 1),
    lambda names, on, _: cast.assign(names["request"], on),
    lambda names, on, n: cast.give(names["request"], *[names["resource"]][: n % 2], on=on),
    lambda names, on, _: cast.pause(names["request"], on),
    lambda names, on, _: cast.resume(names["request"], on),
    lambda names, on, n: cast.close(names["request"], ENDS[n % 3], on),
    lambda names, on, _: cast.reopen(names["request"], on),
    lambda names, on, n: cast.revise(names["resource"], str(n), on),
    lambda names, on, _: cast.retire(names["resource"], on),
    lambda _, on, n: cast.due(on, because=("r", None)[n % 2]),
    lambda _, on, n: cast.sent((HOSPITAL, OTHER)[n % 2], STATUSES[n % 4], on),
)
moves = st.tuples(st.sampled_from(MOVES), st.sampled_from(DAYS), st.integers(0, 29))


def begun() -> tuple[Desk, Names]:
    """One of each."""
    at = desk()
    names: dict[str, Any] = {}
    for asked in (cast.ask(), cast.add(), cast.due()):
        names |= at.done(asked)
    return at, names


def sound(at: Desk) -> None:
    """What holds of the records whatever happened to them."""
    for record in at.records.values():
        match record:
            case Request():
                states = [Status.RECEIVED, *(one.to for one in record.turns)]
                steps = zip(pairwise(states), record.turns, strict=True)
                assert all(MACHINE.after(before, turn.step) is after for (before, after), turn in steps)
                assert record.status is states[-1]
                assert all(one.on <= then.on for one, then in pairwise(record.turns))
                assert (record.waiting_for is not None) == (record.status is Status.WAITING)
                assert (record.helped is not None) == (record.status is Status.RESOLVED)
                assert record.assigned_to or record.status not in (Status.ASSIGNED, Status.WORKING, Status.WAITING)
            case Resource():
                assert all(one.evidence for one in record.editions)
                assert all(one.since <= then.since for one, then in pairwise(record.editions))
            case Submission():
                assert all(one.as_of < then.as_of for one, then in pairwise(record.accounts))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(moves, min_size=5, max_size=40))
def test_any_walk_is_sound_and_made_again_from_its_events(walk: list[tuple[Any, dt.date, int]]) -> None:
    at, names = begun()
    for move, day, number in walk:
        at.ask(move(names, str(day), number))
        sound(at)
    assert again(at) == at.records
