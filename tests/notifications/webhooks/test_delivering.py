"""When an event is tried again and when a partner is left alone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.webhooks.delivering import Answer, Circuit, NoAnswer, Patience, next_try

NOW = dt.datetime(2015, 3, 6, 16, 30, tzinfo=dt.UTC)
PATIENCE = Patience()
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(("status", "taken"), [(200, True), (204, True), (299, True), (301, False), (302, False)])
def test_only_2xx_is_success_and_a_redirect_is_none(status: int, taken: bool) -> None:
    assert Answer(status).taken is taken


@pytest.mark.parametrize(
    ("number", "seconds"),
    [(1, 5), (2, 20), (3, 80), (4, 320), (5, 1280), (6, 5120), (7, 20480), (8, 21600), (99, 21600)],
)
def test_waiting_grows_fourfold_up_to_six_hours(number: int, seconds: int) -> None:
    assert next_try(PATIENCE, number, NOW, NOW, None, 0.5) == NOW + dt.timedelta(seconds=seconds)


@given(st.integers(1, 200), st.floats(0, 1, exclude_max=True), st.floats(0, 1e9) | st.none(), st.integers(0, 3 * 86400))
def test_a_retry_is_ahead_within_the_longest_wait_and_never_after_three_days(
    number: int, jitter: float, wish: float | None, age: int
) -> None:
    now = NOW + dt.timedelta(seconds=age)
    again = next_try(PATIENCE, number, NOW, now, wish, jitter)
    if age >= 3 * 86400:
        assert again is None
        return
    assert again is not None
    assert now < again <= min(now + PATIENCE.longest * 1.25, NOW + 3 * DAY)


def test_jitter_spreads_a_wait_by_a_quarter_either_way() -> None:
    least, most = (next_try(PATIENCE, 3, NOW, NOW, None, jitter) for jitter in (0.0, 0.999999))
    assert least == NOW + dt.timedelta(seconds=60)
    assert most is not None
    assert dt.timedelta(seconds=99.9) < most - NOW < dt.timedelta(seconds=100)


def test_retry_after_is_heeded_up_to_the_longest_wait_and_never_shortens_ours() -> None:
    assert next_try(PATIENCE, 1, NOW, NOW, 120, 0.5) == NOW + dt.timedelta(seconds=120)
    assert next_try(PATIENCE, 1, NOW, NOW, 10**8, 0.5) == NOW + PATIENCE.longest
    assert next_try(PATIENCE, 3, NOW, NOW, 0, 0.5) == NOW + dt.timedelta(seconds=80)


def _failing(times: int, every: dt.timedelta, circuit: Circuit | None = None) -> Circuit:
    circuit = circuit or Circuit()
    for number in range(times):
        circuit = circuit.after(NoAnswer("timeout"), PATIENCE, NOW + every * number)
    return circuit


def test_the_circuit_opens_after_five_failures_in_a_row_and_any_success_closes_it() -> None:
    second = dt.timedelta(seconds=1)
    assert _failing(4, second).may_try(NOW + 4 * second)
    circuit = _failing(5, second)
    failed = NOW + 4 * second
    assert not circuit.may_try(failed + dt.timedelta(seconds=29))
    assert circuit.may_try(failed + dt.timedelta(seconds=30))
    assert circuit.after(Answer(202), PATIENCE, NOW) == Circuit()


def test_while_a_probe_is_under_way_nothing_else_is_tried() -> None:
    circuit = _failing(5, dt.timedelta(seconds=1))
    later = NOW + dt.timedelta(minutes=5)
    assert circuit.may_try(later)
    assert not circuit.probing(later + dt.timedelta(seconds=60)).may_try(later)
    assert Circuit().probing(later + dt.timedelta(seconds=60)).may_try(later)


def test_rest_doubles_to_a_quarter_of_an_hour() -> None:
    rests = []
    for times in range(5, 13):
        circuit = _failing(times, dt.timedelta())
        assert circuit.open_until is not None
        rests.append((circuit.open_until - NOW).total_seconds())
    assert rests == [30, 60, 120, 240, 480, 900, 900, 900]


def test_five_days_of_failing_wear_out_and_failures_days_apart_are_no_streak() -> None:
    hours = dt.timedelta(hours=6)
    assert not _failing(20, hours).worn_out(PATIENCE, NOW + 19 * hours)
    assert _failing(21, hours).worn_out(PATIENCE, NOW + 20 * hours)
    assert _failing(9, 2 * DAY).failures == 1
