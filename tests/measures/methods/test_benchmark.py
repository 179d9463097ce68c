"""Achievable benchmarks: what the best with a tenth of all patients reach."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.measures.domain.methods.benchmark import Performer, achievable

# Measures research §8.2: 941 patients, of whom 94.1 are needed.
WORKED = [
    Performer("p1", 9, 9),
    Performer("p2", 48, 50),
    Performer("p3", 70, 80),
    Performer("p4", 150, 200),
    Performer("p5", 330, 600),
    Performer("p6", 2, 2),
]
performers = st.lists(
    st.builds(
        lambda name, parts: Performer(str(name), min(parts), max(*parts, 1)),
        st.integers(0, 99),
        st.tuples(st.integers(0, 300), st.integers(0, 300)),
    ),
    min_size=1,
    max_size=30,
    unique_by=lambda one: one.name,
)


def test_a_tiny_unit_that_is_perfect_does_not_set_the_benchmark() -> None:
    found = achievable(WORKED)
    assert found.units == ("p2", "p1", "p3")
    assert found.patients == 139
    assert float(found.value) == pytest.approx(0.9137, abs=0.00005)


def test_adjusted_fractions_are_those_of_the_worked_example() -> None:
    adjusted = [float(one.adjusted) for one in WORKED]
    assert adjusted == pytest.approx([0.9091, 0.9423, 0.8659, 0.7475, 0.5498, 0.75], abs=0.00005)


@given(performers)
def test_where_lower_is_better_the_benchmark_is_that_of_the_complement(drawn: list[Performer]) -> None:
    mirrored = [Performer(one.name, one.denominator - one.numerator, one.denominator) for one in drawn]
    assert achievable(mirrored, higher_is_better=False).value == 1 - achievable(drawn).value


@given(performers)
def test_a_tenth_of_the_patients_is_in_it_in_whatever_order_units_come(drawn: list[Performer]) -> None:
    found = achievable(drawn)
    assert achievable(drawn[::-1]) == found
    patients = {one.name: one.denominator for one in drawn}
    assert found.patients == sum(patients[name] for name in found.units)
    assert 10 * found.patients >= sum(patients.values())
    assert 10 * (found.patients - patients[found.units[-1]]) < sum(patients.values())


def test_exactly_a_tenth_of_the_patients_is_enough() -> None:
    assert achievable([Performer("a", 10, 10), Performer("b", 40, 90)]).units == ("a",)


def test_of_two_equals_the_larger_comes_first() -> None:
    small, large = Performer("a", 1, 2), Performer("b", 5, 10)
    assert small.adjusted == large.adjusted
    assert achievable([small, large]).units == ("b",)


def test_one_unit_is_its_own_benchmark() -> None:
    assert achievable([Performer("only", 3, 4)]).value == Fraction(3, 4)


def test_units_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one unit"):
        achievable([])
    with pytest.raises(ValueError, match="only once"):
        achievable([WORKED[0], WORKED[0]])
    for numerator, denominator in ((5, 4), (-1, 4), (0, 0)):
        with pytest.raises(ValueError, match="p9 needs a patient"):
            Performer("p9", numerator, denominator)
