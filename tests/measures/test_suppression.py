"""Small numbers cannot be worked out: the worked example, and a linear program that tries."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.measures.domain.suppression import Protection, Range, Worlds, audit, is_small, protect
from services.measures.domain.tables import Equation, Figure, Place, Split, Table, add_up
from tests.measures.suppression_worlds import atoms, cells_of, extremes, splits

# Measures research §8.1: a table with totals of rows and columns; the 7 is small.
ROWS = ((25, 7, 40), (60, 33, 18), (50, 44, 90))
SIDES = range(3)


def at(row: int | str, column: int | str) -> Figure:
    return Figure("n", Place("row", str(row), "2018Q1", str(column)))


def example(numbers: tuple[tuple[int, ...], ...] = ROWS) -> tuple[Table, dict[Figure, int]]:
    values = {at(row, column): numbers[row][column] for row in SIDES for column in SIDES}
    for side in SIDES:
        values[at(side, "all")] = sum(numbers[side])
        values[at("all", side)] = sum(row[side] for row in numbers)
    values[at("all", "all")] = sum(map(sum, numbers))
    return Table([*(_row(row) for row in (*SIDES, "all")), *(_column(column) for column in (*SIDES, "all"))]), values


def _row(row: int | str) -> Equation:
    return Equation(at(row, "all"), tuple(at(row, column) for column in SIDES))


def _column(column: int | str) -> Equation:
    return Equation(at("all", column), tuple(at(row, column) for row in SIDES))


def range_of(withheld: set[Figure], figure: Figure) -> tuple[float, float]:
    table, values = example()
    return extremes(table, values, values.keys() - withheld, figure)


def test_a_small_number_alone_or_with_one_neighbour_is_worked_out() -> None:
    assert range_of({at(0, 1)}, at(0, 1)) == (7, 7)
    assert range_of({at(0, 1), at(0, 0)}, at(0, 1)) == (7, 7)
    assert range_of({at(0, 1), at(0, 0)}, at(0, 0)) == (25, 25)


def test_the_smallest_rectangle_around_it_protects_it() -> None:
    table, values = example()
    needs = {at(0, 1): Range(0, 10)}
    protection = protect(table, values, needs, ())
    rectangle = {at(0, 0), at(0, 1), at(1, 0), at(1, 1)}
    assert protection.withheld == rectangle
    assert audit(table, values, needs, protection) == []
    ranges = [range_of(rectangle, figure) for figure in sorted(rectangle)]
    assert ranges == [(0, 32), (0, 32), (53, 85), (8, 40)]


def test_the_audit_refuses_what_is_said_to_be_protected_and_is_not() -> None:
    table, values = example()
    needs = {at(0, 1): Range(0, 10)}
    good = protect(table, values, needs, ()).proofs[at(0, 1)]
    rectangle = frozenset(good.low)
    wrong = [
        Protection(rectangle, {}),
        Protection(frozenset({at(0, 1)}), {at(0, 1): good}),
        Protection(rectangle, {at(0, 1): Worlds({at(0, 1): 0}, good.high)}),
        Protection(rectangle, {at(0, 1): Worlds(good.low, {})}),
        Protection(
            rectangle, {at(0, 1): Worlds({figure: value - 40 for figure, value in good.low.items()}, good.high)}
        ),
    ]
    assert all(audit(table, values, needs, protection) == [at(0, 1)] for protection in wrong)


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (10, True), (11, False)])
def test_one_to_ten_is_small_and_zero_is_not(count: int, small: bool) -> None:
    assert is_small(count) == small


def test_two_small_neighbours_do_not_protect_each_other() -> None:
    # 5 and 3 in a row whose rest is shown would be known to sum to 8: the 5 could not be 10.
    values = {at(0, 0): 5, at(0, 1): 3, at(0, 2): 200, at(0, "all"): 208}
    table = Table([_row(0)])
    protection = protect(table, values, {at(0, 0): Range(0, 10), at(0, 1): Range(0, 10)}, ())
    assert at(0, 2) in protection.withheld


def test_numbers_that_do_not_add_up_are_refused() -> None:
    whole, one, two = (Place("state", name, "2018Q1", "all") for name in ("X", "A", "B"))
    values = {Figure("n", whole): 10, Figure("n", one): 6, Figure("n", two): 5}
    with pytest.raises(ValueError, match="do they overlap"):
        add_up(values, [Split(whole, (one, two), complete=False)], ())
    with pytest.raises(ValueError, match="do not add up"):
        add_up(values, [Split(whole, (one, two), complete=True)], ())
    with pytest.raises(ValueError, match="larger than its whole"):
        add_up({Figure("n", one): 6, Figure("d", one): 5}, (), [("n", "d")])


TABLES = st.tuples(*[st.tuples(*[st.one_of(st.integers(0, 12), st.integers(0, 90))] * 3)] * 3)


@given(TABLES)
@settings(deadline=None, max_examples=60)
def test_a_table_with_totals_passes_a_linear_program(numbers: tuple[tuple[int, ...], ...]) -> None:
    table, values = example(numbers)
    needs = {figure: Range(0, 10) for figure, value in values.items() if is_small(value)}
    protection = protect(table, values, needs, ())
    assert audit(table, values, needs, protection) == []
    for figure in needs:
        low, high = extremes(table, values, values.keys() - protection.withheld, figure)
        assert low <= 1e-6
        assert high >= 10 - 1e-6


@given(atoms(), st.data())
@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.too_slow])
def test_the_audit_never_passes_what_a_linear_program_fails(
    numbers: list[tuple[int, int]], data: st.DataObject
) -> None:
    cells = cells_of(numbers)
    table, values = add_up(
        {f: v for one in cells for f, v in zip(one.figures, (one.numerator, one.denominator), strict=True)},
        splits(),
        [("hits", "discharges")],
    )
    needs = {figure: Range(0, 10) for figure, value in values.items() if is_small(value)}
    hidden = {figure for figure in values if figure.place.unit_type == "zip" or " " in figure.counted}
    full = protect(table, values, needs, hidden)
    # What somebody shows after all: some figures that had to be withheld.
    given_away = data.draw(st.sets(st.sampled_from(sorted(full.withheld)), max_size=3))
    protection = Protection(full.withheld - given_away, full.proofs)
    passed = needs.keys() - set(audit(table, values, needs, protection))
    for figure in sorted(passed)[:6]:
        low, high = extremes(table, values, values.keys() - protection.withheld, figure)
        assert low <= 1e-6
        assert high >= 10 - 1e-6
