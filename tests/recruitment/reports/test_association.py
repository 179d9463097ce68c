"""The association of taking part with how a measure moved: known answers by hand and scipy, what is not told."""

import math
import random
from collections.abc import Sequence

import pytest
from scipy import stats

from services.recruitment.domain.reports.association import BANDS, Moved, association, quantile
from shared.contracts.recruitment.ids import Setting


def facilities(
    changes: Sequence[float],
    *,
    takes_part: bool,
    state: str = "MA",
    before: float = 10.0,
    setting: str = "NURSING_HOME",
) -> list[Moved]:
    """Facilities that all began with the same value."""
    name = f"{state}{before}{setting}{takes_part}"
    return [
        Moved(f"{name}{number}", Setting(setting), state, takes_part, before, before + change)
        for number, change in enumerate(changes)
    ]


def test_one_group_is_the_t_test_for_unequal_variances() -> None:
    chance = random.Random(7)
    own = [chance.gauss(-2, 1.5) for _ in range(14)]
    others = [chance.gauss(-0.5, 3) for _ in range(40)]
    found = association([*facilities(own, takes_part=True), *facilities(others, takes_part=False)])
    known = stats.ttest_ind(own, others, equal_var=False).confidence_interval(0.95)
    assert (found.participants, found.comparable, found.unmatched) == (14, 40, 0)
    assert found.compared is not None
    assert found.compared.difference == pytest.approx(math.fsum(own) / 14 - math.fsum(others) / 40)
    assert (found.compared.low, found.compared.high) == pytest.approx((known.low, known.high), abs=1e-4)


def test_groups_are_compared_within_and_count_by_their_participants() -> None:
    # By hand. Massachusetts: -3 against -1, nine participants. New York: 1 against 2, three. (9*-2 + 3*-1)/12 = -1.75.
    # Squares about the own means: 6 in MA's (-4, -2 and so on: one each but one), 2 in NY's; the others' likewise.
    own = facilities([-4, -2, -4, -2, -4, -2, -3, -3, -3], takes_part=True)
    own += facilities([0, 1, 2], takes_part=True, state="NY")
    others = facilities([-2, 0] * 4, takes_part=False) + facilities([1, 2, 3], takes_part=False, state="NY")
    compared = association([*own, *others]).compared
    assert compared is not None
    assert compared.change == pytest.approx((9 * -3 + 3 * 1) / 12)
    assert compared.comparable_change == pytest.approx((9 * -1 + 3 * 2) / 12)
    assert compared.difference == pytest.approx(-1.75)
    mine, theirs = (6 + 2) / 10 / 12, (8 + 2) / 9 * ((9 / 12) ** 2 / 8 + (3 / 12) ** 2 / 3)
    freedom = (mine + theirs) ** 2 / (mine**2 / 10 + theirs**2 / 9)
    wide = stats.t.ppf(0.975, freedom) * math.sqrt(mine + theirs)
    assert (compared.low, compared.high) == pytest.approx((-1.75 - wide, -1.75 + wide), abs=1e-4)


def test_a_facility_is_compared_with_those_of_its_setting_state_and_starting_fifth_alone() -> None:
    own = facilities([-1] * 6 + [-2] * 6, takes_part=True)
    for others in (
        facilities([5.0] * 12, takes_part=False, state="NY"),
        facilities([5.0] * 12, takes_part=False, setting="HOSPITAL"),
        facilities([5.0] * 60, takes_part=False, before=30.0),
    ):
        found = association([*own, *others])
        assert (found.participants, found.comparable, found.unmatched) == (0, 0, 12)
        assert found.compared is None


def test_fifths_are_those_of_all_of_a_setting() -> None:
    every = [Moved(str(one), Setting.NURSING_HOME, "MA", one % 2 == 0, float(one), one + 1.0) for one in range(100)]
    # Twenty values in each fifth, half of them participants: all are matched, and they moved alike.
    found = association(every)
    assert (found.participants, found.comparable, found.unmatched, BANDS) == (50, 50, 0, 5)
    assert found.compared is not None
    assert (found.compared.difference, found.compared.low, found.compared.high) == pytest.approx((0, 0, 0))


def test_ten_on_either_side_are_too_few_to_tell_of() -> None:
    changes = [float(one % 3) for one in range(11)]
    enough = association([*facilities(changes, takes_part=True), *facilities(changes, takes_part=False)])
    assert enough.compared is not None
    for own, others in ((changes[:10], changes), (changes, changes[:10])):
        found = association([*facilities(own, takes_part=True), *facilities(others, takes_part=False)])
        assert found.compared is None


def test_a_side_without_any_two_alike_has_no_interval() -> None:
    own = [one for state in range(11) for one in facilities([1.0], takes_part=True, state=f"S{state}")]
    others = [one for state in range(11) for one in facilities([0.0, 2.0], takes_part=False, state=f"S{state}")]
    found = association([*own, *others])
    assert (found.participants, found.comparable, found.compared) == (11, 22, None)


@pytest.mark.parametrize("freedom", [5, 6.5, 10, 20, 31.4, 100, 5_000])
def test_the_quantile_is_that_of_students_t(freedom: float) -> None:
    assert quantile(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=2e-3)


def test_nobody_is_nothing() -> None:
    found = association([])
    assert (found.participants, found.comparable, found.unmatched, found.compared) == (0, 0, 0, None)
