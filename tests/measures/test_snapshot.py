"""Public snapshots: no small count can be worked out of one, and none out of the difference of two."""

import dataclasses
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.measures.domain.snapshot import NOTHING, Cell, Reason, Row, Snapshot, publish
from services.measures.domain.suppression import is_small
from services.measures.domain.tables import Figure, Place, Table, add_up
from tests.measures.suppression_worlds import atoms, cell, cells_of, extremes, moved, shown_by, splits

HERE = Place("community", "A", "2018Q1", "all")


def share(numerator: int, denominator: int) -> Cell:
    return cell("percent", HERE, ("hits", "discharges"), numerator, denominator, share=True)


def only(snapshot: Snapshot) -> Row:
    (row,) = snapshot.rows
    return row


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (4, 12, False),  # a small numerator
        (52, 60, False),  # 8 others, and the denominator stands beside it
        (0, 60, True),
        (60, 60, True),
        (5, 5, False),
        (30, 60, True),
    ],
)
def test_a_share_is_shown_unless_it_or_its_complement_is_small(numerator: int, denominator: int, shown: bool) -> None:
    # Measures research §8.1.
    row = only(publish([share(numerator, denominator)], ()))
    if shown:
        assert (row.numerator, row.denominator, row.value) == (numerator, denominator, f"{numerator}/{denominator}")
        assert row.reason is None
    else:
        assert (row.numerator, row.denominator, row.value) == (None, None, None)
        assert row.reason == Reason.SMALL


def test_person_time_of_fewer_than_eleven_persons_is_small() -> None:
    ten = dataclasses.replace(cell("rate", HERE, ("hits", "days"), 0, 990 - 1), person=90)
    assert only(publish([ten], ())).reason == Reason.SMALL
    assert only(publish([dataclasses.replace(ten, denominator=990)], ())).numerator == 0


def test_a_numerator_two_measures_share_is_withheld_in_both() -> None:
    for hits in (4, 52):  # small itself, or withheld for the 8 others
        rows = publish([share(hits, 60), cell("rate", HERE, ("hits", "days"), hits, 90_000)], ()).rows
        assert [row.numerator for row in rows] == [None, None]
        assert {row.reason for row in rows} <= {Reason.SMALL, Reason.COMPLEMENT}


def test_a_figure_that_moved_by_little_keeps_what_was_published() -> None:
    first = publish([share(30, 100)], ())
    second = publish([share(33, 100)], (), first)
    assert only(second) == dataclasses.replace(only(first), reason=Reason.DIFFERENCE)
    third = publish([share(41, 111)], (), second)
    assert (only(third).numerator, only(third).reason) == (41, None)


def test_a_figure_that_comes_back_near_one_shown_before_is_held_too() -> None:
    first = publish([share(30, 100)], ())
    second = publish([share(50, 120)], (), first)
    third = publish([share(33, 103)], (), second)
    assert (only(third).numerator, only(third).reason) == (50, Reason.DIFFERENCE)


def test_numerator_and_denominator_that_move_together_give_away_no_small_complement() -> None:
    first = publish([share(30, 100)], ())
    # 20 more, and 17 more of the denominator: 3 of the others are gone.
    assert only(publish([share(50, 117)], (), first)).reason == Reason.DIFFERENCE


def test_what_the_total_and_the_other_parts_would_say_about_a_held_part_is_held_with_it() -> None:
    def state(first: int, second: int) -> list[Cell]:
        places = [Place("state", "X", "2018Q1", stratum) for stratum in ("all", "dual", "not-dual")]
        counts = (first + second, first, second)
        return [cell("n", place, ("n", f"d{place.stratum}"), n, 0) for place, n in zip(places, counts, strict=True)]

    own = [split for split in splits() if split.whole == Place("state", "X", "2018Q1", "all")][-1:]
    after = publish(state(103, 230), own, publish(state(100, 200), own))
    assert after.rows[1].reason == Reason.DIFFERENCE
    assert sum(row.reason is None for row in after.rows) == 1, "333 and 230 shown together would say 103"


def test_the_same_numbers_make_the_same_snapshot() -> None:
    cells = cells_of([(number * 7 % 40, number * 11 % 50) for number in range(12)])
    first = publish(cells, splits())
    assert first == publish(cells, splits())
    assert publish(cells, splits(), first).rows == first.rows
    assert publish(cells, splits(), NOTHING).rows == first.rows


def test_cells_that_disagree_about_one_number_are_refused() -> None:
    with pytest.raises(ValueError, match="disagree"):
        publish([share(30, 100), cell("rate", HERE, ("hits", "days"), 31, 90_000)], ())


@given(atoms())
@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.too_slow])
def test_a_snapshot_of_a_whole_program_passes_a_linear_program(numbers: list[tuple[int, int]]) -> None:
    cells = cells_of(numbers)
    shown = shown_by(publish(cells, splits()), cells)
    table, values = everything(cells)
    for figure, value in itertools.islice(sorted(values.items()), 0, None, 3):
        if is_small(value):
            low, high = extremes(table, values, shown, figure)
            assert low <= 1e-6, figure
            assert high >= 10 - 1e-6, figure


@given(atoms().flatmap(lambda first: st.tuples(st.just(first), moved(first), moved(first))))
@settings(deadline=None, max_examples=6, suppress_health_check=[HealthCheck.too_slow])
def test_no_difference_of_published_figures_is_small(course: tuple[list[tuple[int, int]], ...]) -> None:
    snapshot, rows = NOTHING, []
    derived: dict[Figure, set[int]] = {}
    for numbers in course:
        cells = cells_of(numbers)
        snapshot = publish(cells, splits(), snapshot)
        rows.append({(row.measure, row.place): row for row in snapshot.rows if row.numerator is not None})
        table, values = everything(cells)
        shown = shown_by(snapshot, cells)
        for number, (figure, value) in enumerate(sorted(values.items())):
            near = [old for old in derived.get(figure, ()) if is_small(abs(value - old))]
            if near or is_small(value):
                if number % 3:
                    continue  # every third: the linear program takes its time
                low, high = extremes(table, values, shown, figure)
                assert low < value or value == 0, "a small change can be worked out"
                assert high > value
                assert all(low <= max(0, old - 10) + 1e-6 and high >= old + 10 - 1e-6 for old in near)
            else:
                derived[figure] = {*derived.get(figure, ()), value}
    for before, after in itertools.combinations(rows, 2):
        for key in before.keys() & after.keys():
            assert not any(is_small(abs(by)) for by in differences(before[key], after[key]))


def everything(cells: list[Cell]) -> tuple[Table, dict[Figure, int]]:
    numbers = {f: v for one in cells for f, v in zip(one.figures, (one.numerator, one.denominator), strict=True)}
    return add_up(numbers, splits(), [("hits", "discharges")])


def differences(before: Row, after: Row) -> tuple[int, ...]:
    assert before.numerator is not None
    assert before.denominator is not None
    assert after.numerator is not None
    assert after.denominator is not None
    by = (after.numerator - before.numerator, after.denominator - before.denominator)
    return (*by, by[1] - by[0]) if before.measure == "percent" else by
