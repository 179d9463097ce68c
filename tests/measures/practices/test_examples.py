"""The worked examples of the measures reference, section 7, and how a correction brings an earlier reading back."""

import datetime as dt

import pytest

from services.measures.domain.practices.count import count
from tests.measures.practices.records import amounts, asked, born, in_force, noted, pressure, withdrawn

WHO = (born("1960-05-05"), noted("essential_hypertension", "2015-02-02"), noted("visit", "2024-03-01"))


@pytest.mark.parametrize(
    ("readings", "controlled"),
    [
        # 7, example 1: 138/88, the lowest of each, although no single reading is controlled
        ((("2024-03-01", 150, 95), ("2024-09-10", 138, 92), ("2024-09-10", 142, 88)), True),
        # 7, example 2
        ((("2024-03-01", 120, 70), ("2024-09-10", 140, 80)), False),
        # 7, example 3
        ((("2024-03-01", 160, 99), ("2024-09-10", 139, 89)), True),
        # 7, example 4: the narrative; the 2025 draft CQL gives 1 for a reading before the period only
        ((("2023-12-31", 120, 70),), False),
        ((), False),
        ((("2024-09-10", 139, 90),), False),
    ],
)
def test_blood_pressure_is_controlled_by_the_lowest_halves_of_the_last_day(
    readings: tuple[tuple[str, int, int], ...], controlled: bool
) -> None:
    assert asked("blood_pressure", 2024, *WHO, *(pressure(*one) for one in readings)) is controlled


def test_a_later_and_worse_reading_lowers_the_rate() -> None:
    good = pressure("2024-03-01", 120, 70)
    assert asked("blood_pressure", 2024, *WHO, good)
    assert asked("blood_pressure", 2024, *WHO, good, pressure("2024-03-02", 150, 70)) is False


def test_a_reading_entered_in_error_brings_the_day_before_it_back() -> None:
    told = [*WHO, pressure("2024-03-01", 120, 70), pressure("2024-03-02", 150, 70, fact="wrong")]
    assert asked("blood_pressure", 2024, *told) is False
    assert asked("blood_pressure", 2024, *told, withdrawn("wrong", 2))
    assert asked("blood_pressure", 2024, withdrawn("wrong", 2), *told)


def test_an_amended_reading_counts_as_amended() -> None:
    told = [*WHO, pressure("2024-03-02", 150, 70, fact="one")]
    assert asked("blood_pressure", 2024, *told, pressure("2024-03-02", 139, 70, fact="one", version=2))
    moved = pressure("2023-03-02", 139, 70, fact="one", version=2)
    assert asked("blood_pressure", 2024, *told, moved) is False


@pytest.mark.parametrize("setting", ["inpatient", "emergency"])
def test_readings_in_a_hospital_do_not_count(setting: str) -> None:
    readings = pressure("2024-03-01", 120, 70), pressure("2024-04-01", 170, 100, setting=setting)
    assert asked("blood_pressure", 2024, *WHO, *readings)


def test_a_day_with_one_half_only_is_no_day_of_a_reading() -> None:
    assert asked("blood_pressure", 2024, *WHO, pressure("2024-03-01", 120, 70), pressure("2024-04-01", 170, None))
    halves = pressure("2024-04-01", 130, None), pressure("2024-04-01", None, 80)
    assert asked("blood_pressure", 2024, *WHO, pressure("2024-03-01", 170, 100), *halves)


def test_a_year_that_goes_on_counts_as_if_it_ended_today_and_wakes_for_what_is_to_come() -> None:
    told = [*WHO, pressure("2024-03-01", 120, 70), pressure("2024-08-01", 170, 100)]
    assert asked("blood_pressure", 2024, *told, today="2024-07-31")
    assert asked("blood_pressure", 2024, *told, today="2024-08-01") is False
    assert count(in_force(told), dt.date(2024, 3, 1)).wake == dt.date(2024, 8, 1)
    assert count(in_force(told), dt.date(2024, 8, 1)).wake is None


def test_nobody_counts_without_a_visit_or_a_birth() -> None:
    assert amounts("2030-12-31", *WHO[:2], pressure("2024-03-01", 120, 70)) == {}
    assert amounts("2030-12-31", *WHO[1:], pressure("2024-03-01", 120, 70)) == {}
    assert asked("blood_pressure", 2025, *WHO) is None
