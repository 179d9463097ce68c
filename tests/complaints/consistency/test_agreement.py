"""Agreement of two reviewers: textbook tables, and what is not defined is said to be so."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.complaints.domain.consistency.agreement import NO_PAIRS, ONE_CATEGORY, Agreement, agreement

Rows = list[list[int]]


def of(table: Rows) -> Agreement:
    names = "ABCD"[: len(table)]
    return agreement({(a, b): table[i][j] for i, a in enumerate(names) for j, b in enumerate(names)}, names)


@pytest.mark.parametrize(
    ("table", "kappa", "error"),
    [
        # SAS/STAT User's Guide, PROC FREQ, "Agreement Study": kappa 0.3449, ASE 0.0724.
        ([[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]], 0.3449, 0.0724),
        # Fleiss, Statistical Methods for Rates and Proportions (1981), Table 13.1: kappa .68, standard error .087;
        # four digits from statsmodels 0.15.0, cohens_kappa.
        ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], 0.6765, 0.0877),
    ],
)
def test_kappa_and_its_error_are_those_of_the_textbooks(table: Rows, kappa: float, error: float) -> None:
    found = of(table)
    assert found.kappa is not None
    assert found.kappa_error is not None
    assert (round(float(found.kappa), 4), round(found.kappa_error, 4)) == (kappa, error)


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        # Feinstein and Cicchetti 1990 (J Clin Epidemiol 43:543-549): 85 % agree in both, kappa .70 and .32.
        ([[40, 9], [6, 45]], 0.70),
        ([[80, 10], [5, 5]], 0.32),
    ],
)
def test_where_one_outcome_prevails_kappa_falls_and_the_adjusted_kappa_stays(table: Rows, kappa: float) -> None:
    found = of(table)
    assert found.observed == Fraction(85, 100)
    assert found.kappa is not None
    assert round(float(found.kappa), 2) == kappa
    assert found.adjusted_kappa == Fraction(7, 10)  # Byrt, Bishop and Carlin 1993: 2 * .85 - 1


def test_ac1_does_not_punish_agreement_on_what_is_common() -> None:
    """Gwet's example of 125 subjects: observed .944, by guessing 2 * .972 * .028 = .054432, AC1 .9408; kappa -.0234."""
    found = of([[118, 5], [2, 0]])
    assert found.ac1 is not None
    assert found.kappa is not None
    assert (round(float(found.ac1), 4), round(float(found.kappa), 4)) == (0.9408, -0.0234)


def test_all_in_one_category_has_no_kappa_and_says_why() -> None:
    found = of([[7, 0], [0, 0]])
    assert found == Agreement(7, Fraction(1), None, None, Fraction(1), Fraction(1), ONE_CATEGORY)


def test_without_pairs_nothing_is_defined() -> None:
    assert of([[0, 0], [0, 0]]) == Agreement(0, undefined=NO_PAIRS)


def test_perfect_agreement_has_kappa_one_with_no_error_and_full_disagreement_is_below_chance() -> None:
    perfect = of([[7, 0], [0, 3]])
    assert (perfect.kappa, perfect.kappa_error, perfect.undefined) == (Fraction(1), 0.0, None)
    assert of([[0, 5], [5, 0]]).kappa == -1


@pytest.mark.parametrize("categories", ["", "A", "AA"])
def test_agreement_needs_two_categories(categories: str) -> None:
    with pytest.raises(ValueError, match="two categories"):
        agreement({}, categories)


def test_a_decision_outside_the_categories_is_refused_and_so_is_a_negative_count() -> None:
    with pytest.raises(ValueError, match="none of the categories"):
        agreement({("A", "C"): 1}, "AB")
    with pytest.raises(ValueError, match="negative"):
        agreement({("A", "B"): -1}, "AB")


_tables = st.integers(2, 4).flatmap(
    lambda size: st.lists(st.lists(st.integers(0, 30), min_size=size, max_size=size), min_size=size, max_size=size)
)


@given(_tables)
def test_agreement_does_not_depend_on_who_was_first_and_is_never_above_one(table: Rows) -> None:
    found, turned = of(table), of([list(column) for column in zip(*table, strict=True)])
    assert found == turned
    if found.pairs:
        assert found.ac1 is not None
        assert found.adjusted_kappa is not None
        assert max(found.ac1, found.adjusted_kappa, found.kappa or Fraction(0)) <= 1
        assert (found.kappa is None) == (found.undefined is not None)
