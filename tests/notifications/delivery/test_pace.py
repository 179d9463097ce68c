"""A channel is used no faster than it may be."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.pace import Pace
from tests.notifications.support import NOW


def test_without_a_limit_everything_may_go() -> None:
    assert Pace.of(None).allowed(NOW, 2_000) == 2_000


def test_a_pause_saves_up_one_second_and_no_more() -> None:
    pace = Pace.of(5)
    assert pace.allowed(NOW, 100) == 5
    pace.took(5)
    assert pace.allowed(NOW, 100) == 0
    assert pace.allowed(NOW + dt.timedelta(hours=1), 100) == 5


def test_less_than_one_a_second_goes_now_and_then() -> None:
    pace = Pace.of(0.1)
    pace.took(pace.allowed(NOW, 10))
    assert pace.allowed(NOW + dt.timedelta(seconds=9), 10) == 0
    assert pace.allowed(NOW + dt.timedelta(seconds=10.1), 10) == 1


@given(st.floats(0.2, 50), st.lists(st.tuples(st.floats(0, 3), st.integers(0, 80)), max_size=60))
def test_over_any_time_no_more_go_than_the_rate_and_one_burst(rate: float, steps: list[tuple[float, int]]) -> None:
    pace, now, gone = Pace.of(rate), NOW, 0
    for wait, wanted in steps:
        now += dt.timedelta(seconds=wait)
        allowed = pace.allowed(now, wanted)
        pace.took(allowed)
        gone += allowed
    assert gone <= (now - NOW).total_seconds() * rate + max(rate, 1) + 1e-6
