"""When a figure is provisional, followed up and final, and that only a change brings it out of final."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.measures.domain.statuses import Maturity, Status, status_of

END = dt.date(2018, 3, 31)
ORDER = list(Status)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-90, Status.PROVISIONAL),
        (29, Status.PROVISIONAL),
        (30, Status.FOLLOWED_UP),
        (119, Status.FOLLOWED_UP),
        (120, Status.FINAL),
        (4000, Status.FINAL),
    ],
)
def test_thirty_days_after_its_end_a_period_is_followed_up_and_ninety_later_final(days: int, expected: Status) -> None:
    for period in ("2018-03", "2018Q1", "2018Q1R4"):
        assert status_of(period, watermark=END + dt.timedelta(days=days)) == expected


def test_a_period_of_which_nothing_was_received_is_provisional() -> None:
    assert status_of("2018Q1", watermark=None) == Status.PROVISIONAL


def test_a_stay_known_by_its_notice_alone_keeps_a_period_provisional() -> None:
    assert status_of("2018Q1", watermark=END + dt.timedelta(days=500), provisional_stays=1) == Status.PROVISIONAL


def test_the_days_claims_take_to_run_out_are_a_setting() -> None:
    slow = Maturity(follow_up=30, final=365)
    assert status_of("2018Q1", watermark=END + dt.timedelta(days=364), maturity=slow) == Status.FOLLOWED_UP
    assert status_of("2018Q1", watermark=END + dt.timedelta(days=365), maturity=slow) == Status.FINAL
    with pytest.raises(ValueError, match="before it is final"):
        Maturity(follow_up=31, final=30)


@pytest.mark.parametrize("before", [Status.FINAL, Status.RESTATED])
def test_a_final_figure_that_changes_is_restated_and_one_that_does_not_stays(before: Status) -> None:
    late = END + dt.timedelta(days=500)
    assert status_of("2018Q1", watermark=late, before=before, changed=True) == Status.RESTATED
    assert status_of("2018Q1", watermark=late, before=before, changed=False) == before


def test_a_figure_that_is_published_before_it_is_final_is_never_called_restated() -> None:
    late = END + dt.timedelta(days=60)
    assert status_of("2018Q1", watermark=late, before=Status.FOLLOWED_UP, changed=True) == Status.FOLLOWED_UP


STEPS = st.tuples(st.integers(-100, 400), st.integers(0, 2), st.booleans())


@given(st.lists(STEPS, min_size=1, max_size=12))
def test_a_status_never_goes_back_except_into_restated(steps: list[tuple[int, int, bool]]) -> None:
    before = None
    for days, provisional, changed in steps:
        status = status_of(
            "2018Q1",
            watermark=END + dt.timedelta(days=days),
            provisional_stays=provisional,
            before=before,
            changed=changed,
        )
        if before is not None:
            assert ORDER.index(status) >= ORDER.index(before)
        assert (status == Status.RESTATED) <= (before in {Status.FINAL, Status.RESTATED})
        before = status
