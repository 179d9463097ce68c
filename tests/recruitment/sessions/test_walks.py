"""Any walk of commands and hours leaves sessions and periods sound, and made again from their events."""

import datetime as dt
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.recruitment.domain.sessions.machine import AHEAD as NOT_OVER
from services.recruitment.domain.sessions.machine import Phase
from services.recruitment.domain.sessions.period_kind import ActionPeriod
from services.recruitment.domain.sessions.state import Session
from shared.contracts.message import Command
from shared.contracts.notifications import NoticeRequested
from shared.contracts.recruitment.session_terms import PresenceMode
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.sessions import test_materials, test_periods, test_planning
from tests.recruitment.sessions.cast import (
    ELM,
    GUEST,
    OAK,
    YEW,
    again,
    attend,
    desk,
    excuse,
    move,
    plan,
    register,
    report,
    start,
)
from tests.recruitment.sessions.clock import at_hour

WHO = (ELM, OAK, YEW, GUEST)
MODES = tuple(PresenceMode)
Move = Callable[[str, int], Command]
HOURS = 24 * 30


def _moved(at: str, amount: int) -> Command:
    begins = NOW + dt.timedelta(days=amount - 5)
    return move(at, begins.isoformat(), (begins + dt.timedelta(hours=2)).isoformat())


SESSION_MOVES: list[Move] = [
    *(lambda at, _, ask=ask: ask(at) for ask in test_planning.ASKED.values()),
    lambda at, n: register(at, WHO[n % 4], n + 1, MODES[n % 2]),
    lambda at, n: register(at, WHO[n % 4], n + 1, MODES[n % 2]),
    lambda at, n: attend(at, WHO[n % 4], n, n * 50, mode=MODES[n % 2], because="b"),
    lambda at, n: test_materials.evaluate(at, n % 5 + 1, WHO[n % 4] if n % 2 else None),
    lambda at, n: test_planning.amend(at, capacity=n + 1),
    _moved,
]
PERIOD_MOVES: list[Move] = [
    lambda at, n: report(at, WHO[n % 4], n % 3 + 1, summary=f"s{n}", because="b"),
    lambda at, n: excuse(at, WHO[n % 4], n % 3 + 1),
    lambda at, n: test_periods.extend(at, n + 1),
    lambda at, _: test_periods.close(at),
    lambda at, _: test_periods.call_off(at),
]


def sound(record: object) -> None:
    """What holds of a record whatever happened to it."""
    match record:
        case Session():
            assert record.capacity is None or record.people_seated() <= record.capacity
            assert record.phase is Phase.HELD or not (record.attendance or record.evaluations)
            assert record.tell_next is None or record.phase in {Phase.OPEN, Phase.CLOSED, Phase.CANCELLED}
            assert all(one.people > 0 for of in record.attendance.values() for one in of.values())
            assert record.phase in {*NOT_OVER, Phase.HELD, Phase.CANCELLED}
        case ActionPeriod():
            for task in record.assignments:
                assert not task.reports.keys() & task.excused.keys()
                assert task.due_on <= record.ends_on
                assert len(set(task.settled)) == len(task.settled)


def told_once(at: Desk) -> None:
    """No notice was requested twice."""
    ids = [emit.event.notice_id for emit in at.said if isinstance(emit.event, NoticeRequested)]
    assert len(ids) == len(set(ids))


moves = st.tuples(st.booleans(), st.integers(0, 40), st.integers(0, 9), st.integers(0, HOURS))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(moves, min_size=5, max_size=40))
def test_any_walk_is_sound_tells_once_and_is_made_again_from_its_events(
    walk: list[tuple[bool, int, int, int]],
) -> None:
    at = desk()
    session, period = str(at.done(plan(capacity=8))["session"]), str(at.done(start())["period"])
    for of_session, number, amount, hours in walk:
        at.now = max(at.now, NOW + dt.timedelta(hours=hours))
        choices, name = (SESSION_MOVES, session) if of_session else (PERIOD_MOVES, period)
        at.ask(choices[number % len(choices)](name, amount))
        at_hour(at, session, at.now)
        at_hour(at, period, at.now)
        for record in at.records.values():
            sound(record)
    told_once(at)
    assert again(at) == at.records
