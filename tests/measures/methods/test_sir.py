"""Standardized infection ratios against CDC's rules, CMS's published figures and scipy."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from services.measures.domain.methods import sir
from services.measures.domain.methods.sir import Category, Infections
from tests.measures.methods.published import rows

# CDC's rules applied with scipy and statsmodels: measures research §5.3.
WORKED = [
    (3, "1.5", 2.000, 0.509, 5.443, 0.2568),
    (0, "1.2", 0.000, None, 2.496, 0.3012),
    (2, "2.04", 0.980, 0.164, 3.239, 1.0),
    (12, "8.0", 1.500, 0.813, 2.550, 0.1757),
    (25, "40.0", 0.625, 0.413, 0.909, 0.0120),
    (100, "80.0", 1.250, 1.022, 1.514, 0.0303),
    (150, "120", 1.250, 1.058, 1.467, None),
]
# CMS Hospital Compare, New York State, 2015: observed, predicted, ratio, limits, category as published.
PUBLISHED = [
    (0, "4.391", 0.0, None, 0.682, Category.BETTER),
    (1, "2.234", 0.448, 0.022, 2.208, Category.NO_DIFFERENT),
    (48, "13.85", 3.466, 2.584, 4.557, Category.WORSE),
    (0, "1.026", 0.0, None, 2.92, Category.NO_DIFFERENT),
    (156, "219.778", 0.71, 0.605, 0.828, Category.BETTER),
    (124, "107.43", 1.154, 0.964, 1.371, Category.NO_DIFFERENT),
]
counts = st.builds(
    Infections,
    st.integers(0, 400),
    st.decimals("1", "500", places=3).map(Fraction),  # predicted enough for a ratio
)


def ratio(observed: int, predicted: str, *, exact: bool = False) -> sir.Ratio:
    found = sir.standardized(Infections(observed, Fraction(predicted)), exact=exact)
    assert found is not None
    return found


def check_limits(found: sir.Ratio, value: float, low: float | None, high: float) -> None:
    assert found.value == pytest.approx(value, abs=0.0005)
    assert found.interval.low == (None if low is None else pytest.approx(low, abs=0.001))
    assert found.interval.high == pytest.approx(high, abs=0.001)


@pytest.mark.parametrize(("observed", "predicted", "value", "low", "high", "chance"), WORKED)
def test_ratio_limits_and_chance_are_those_of_the_worked_examples(
    observed: int, predicted: str, value: float, low: float | None, high: float, chance: float | None
) -> None:
    found = ratio(observed, predicted)
    check_limits(found, value, low, high)
    if chance is not None:
        assert found.chance == pytest.approx(chance, abs=0.00005)


@pytest.mark.parametrize(("observed", "predicted", "value", "low", "high", "category"), PUBLISHED)
def test_the_exact_form_gives_what_cms_published(
    observed: int, predicted: str, value: float, low: float | None, high: float, category: Category
) -> None:
    found = ratio(observed, predicted, exact=True)
    check_limits(found, value, low, high)
    assert found.category is category
    assert sir.category(Infections(observed, Fraction(predicted))) is category


def test_all_twenty_published_rows_agree_in_ratio_limits_and_category() -> None:
    published = rows("hai_oracle/hai_oracle_20.csv")
    assert len(published) == 20
    for row in published:
        found = ratio(int(row["observed"]), row["predicted"], exact=True)
        low = row["published_ci_lower"]
        check_limits(found, float(row["published_sir"]), float(low) if low else None, float(row["published_ci_upper"]))
        assert found.category == row["published_comparison"]
        assert ratio(int(row["observed"]), row["predicted"]).category == row["published_comparison"]


def test_below_one_predicted_there_is_no_ratio_and_no_category() -> None:
    few, enough = Infections(1, Fraction("0.999999")), Infections(1, Fraction(1))
    assert sir.standardized(few) is None
    assert sir.against(few, Fraction(1)) is None
    assert sir.compare(few, enough) is None
    assert sir.compare(enough, few) is None
    assert sir.category(few) is Category.NOT_AVAILABLE
    assert sir.standardized(enough) is not None


def test_a_target_lowers_what_is_predicted() -> None:
    # Measures research §5.3: 2 observed, 2.04 predicted, target 0.80.
    found = sir.against(Infections(2, Fraction("2.04")), Fraction("0.80"))
    assert found is not None
    check_limits(found, 1.225, 0.205, 4.049)
    assert found.chance == pytest.approx(0.7103, abs=0.00005)


@given(counts)
def test_limits_and_chance_agree_on_which_side_of_one_the_ratio_is(infections: Infections) -> None:
    found = sir.standardized(infections, exact=True)
    assert found is not None
    assert (found.category is not Category.NO_DIFFERENT) == (found.chance < 0.05)
    if found.category is Category.BETTER:
        assert found.value < 1
    if found.category is Category.WORSE:
        assert found.value > 1


@pytest.mark.parametrize(("observed", "predicted"), [(101, 90), (150, 120), (120, 150), (400, 380), (110, 109)])
def test_above_a_hundred_observed_the_chance_is_within_two_hundredths_of_twice_the_exact_tail(
    observed: int, predicted: int
) -> None:
    at = stats.poisson(predicted)
    tail = at.sf(observed - 1) if observed > predicted else at.cdf(observed)
    assert ratio(observed, str(predicted)).chance == pytest.approx(2 * tail, rel=0.02)


@given(counts, counts)
def test_two_ratios_have_the_conditional_mid_p_test_of_scipys_binomial(first: Infections, second: Infections) -> None:
    found = sir.compare(first, second)
    assert found is not None
    events = first.observed + second.observed
    if events == 0:
        assert (found.value, found.interval.low, found.interval.high, found.chance) == (None, None, None, 1)
        return
    part = float(first.predicted / (first.predicted + second.predicted))
    at = stats.binom(events, part)
    half = at.pmf(first.observed) / 2
    above = first.observed > events * part
    tail = at.sf(first.observed) + half if above else at.cdf(first.observed - 1) + half
    assert found.chance == pytest.approx(min(1, 2 * tail), abs=1e-9)
    for limit, sign in ((found.interval.low, 1), (found.interval.high, -1)):
        if limit is not None:
            odds = limit * float(first.predicted / second.predicted)
            at = stats.binom(events, odds / (1 + odds))
            below = at.cdf(first.observed - 1) + at.pmf(first.observed) / 2
            assert (1 - below if sign == 1 else below) == pytest.approx(0.025, abs=1e-6)


def test_a_comparison_turned_round_is_the_inverse() -> None:
    one, other = Infections(3, Fraction("1.5")), Infections(12, Fraction(8))
    there, back = sir.compare(one, other), sir.compare(other, one)
    assert there is not None
    assert back is not None
    assert there.value == Fraction(4, 3)
    assert back.value == Fraction(3, 4)
    assert there.chance == pytest.approx(back.chance)
    assert there.interval.low is not None
    assert back.interval.high == pytest.approx(1 / there.interval.low)


def test_without_infections_of_the_second_there_is_no_upper_limit() -> None:
    found = sir.compare(Infections(4, Fraction(2)), Infections(0, Fraction(2)))
    assert found is not None
    assert found.value is None
    assert found.interval.high is None
    assert found.interval.low is not None


def test_what_cannot_be_is_refused_with_its_rule() -> None:
    with pytest.raises(ValueError, match="observed infections cannot be below 0"):
        Infections(-1, Fraction(2))
    with pytest.raises(ValueError, match="predicted infections cannot be below 0"):
        Infections(1, Fraction(-1, 1000))
    with pytest.raises(ValueError, match="a target ratio is above 0"):
        sir.against(Infections(1, Fraction(2)), Fraction(0))
