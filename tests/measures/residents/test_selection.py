"""Which days, episodes and assessments count: every limit from both sides."""

import datetime as dt

import pytest

from services.measures.domain.residents.count import count
from services.measures.domain.residents.kind import RESIDENTS, place
from tests.measures.residents.records import (
    Record,
    amounts,
    assessed,
    decoded,
    discharged,
    entered,
    figure_of,
    in_force,
    moved,
)

TARGET = dt.date(2018, 3, 20)
ENTRY = entered("entry", "2017-01-01")


def before(days: int) -> str:
    return (TARGET - dt.timedelta(days=days)).isoformat()


def counts(quarter: str, *records: Record, today: str = "2019-12-31") -> bool:
    return quarter in amounts(today, *records)


@pytest.mark.parametrize(("days", "seen"), [(275, 1), (276, 0)])
def test_the_look_back_scan_is_275_days(days: int, seen: int) -> None:
    fall = assessed("fall", before(days), J1800=1, J1900C=1)
    assert figure_of("2018-06-30", "2018Q1", "falls_injury", ENTRY, fall, assessed("t", str(TARGET))) == (seen, 1)


@pytest.mark.parametrize(("days", "seen"), [(45, 0), (46, 1), (165, 1), (166, 0)])
def test_the_prior_assessment_is_46_to_165_days_earlier(days: int, seen: int) -> None:
    told = (ENTRY, assessed("prior", before(days)), assessed("t", str(TARGET)))
    assert figure_of("2018-06-30", "2018Q1", "more_help", *told) == (0, seen)


@pytest.mark.parametrize(
    ("code", "days", "goes_on"),
    [("11", 0, True), ("11", 30, True), ("11", 31, False), ("10", 3, True), ("10", 4, False), ("12", 0, False)],
)
def test_an_episode_goes_on_after_a_short_absence(code: str, days: int, goes_on: bool) -> None:
    """Long enough there before, back for some days at the quarter's end."""
    left = dt.date(2018, 3, 1)
    back = left + dt.timedelta(days=days)
    on = (back + dt.timedelta(days=5)).isoformat()
    told = (ENTRY, moved("out", code, str(left)), entered("back", str(back)), assessed("t", on))
    quarter = "2018Q1" if days < 25 else "2018Q2"
    assert counts(quarter, *told, today=(back + dt.timedelta(days=9)).isoformat()) is goes_on


def test_only_the_latest_episode_of_a_quarter_counts() -> None:
    told = (ENTRY, assessed("t", "2018-01-10"), discharged("out", "2018-01-20", "10"))
    assert counts("2018Q1", *told)
    assert not counts("2018Q1", *told, entered("back", "2018-03-01"), assessed("admission", "2018-03-08"))


def test_who_left_in_a_quarter_counts_in_it_and_not_in_the_next() -> None:
    told = (ENTRY, discharged("out", "2018-03-31"))
    assert counts("2018Q1", *told)
    assert not counts("2018Q2", *told)
    assert counts("2018Q2", ENTRY, discharged("out", "2018-04-01"))


def test_a_day_of_entry_and_discharge_counts_once() -> None:
    """100 days, then a day of its own: the 101st."""
    stay = (entered("in", "2018-01-01"), discharged("out", "2018-04-11"))
    again = (entered("back", "2018-04-20"), discharged("gone", "2018-04-20"))
    assert not counts("2018Q2", *stay)
    assert counts("2018Q2", *stay, *again)


def test_an_entry_that_only_an_assessment_tells_counts() -> None:
    assert counts("2018Q1", assessed("t", str(TARGET), A1600="2017-12-01"))
    assert not counts("2018Q1", assessed("t", str(TARGET), A1600="2018-01-01"))


def test_scheduled_reviews_count_and_unscheduled_ones_never() -> None:
    for kinds, seen in ((("06", "99"), True), (("99", "05"), True), (("99", "07"), False), (("99", "99"), False)):
        one = assessed("t", str(TARGET), A0310A=kinds[0], A0310B=kinds[1])
        assert counts("2018Q1", ENTRY, one) is seen


def test_after_september_2023_the_items_are_others_and_nothing_counts() -> None:
    told = (entered("in", "2023-01-01"), assessed("last", "2023-09-30"))
    assert counts("2023Q4", *told, today="2023-12-31")
    assert not counts("2023Q4", *told, assessed("new", "2023-10-01"), today="2023-12-31")


@pytest.mark.parametrize(
    ("entry", "on", "quarter", "seen"),
    [
        ("2017-01-01", "2017-09-30", "2017Q4", 0),  # the season completed last is that of the winter before
        ("2017-01-01", "2018-01-10", "2018Q1", 1),
        ("2017-01-01", "2018-06-30", "2018Q3", 1),
        ("2017-01-01", "2018-07-01", "2018Q3", 0),
        ("2018-03-31", "2018-06-30", "2018Q3", 1),
        ("2018-04-01", "2018-06-30", "2018Q3", 0),
    ],
)
def test_the_vaccine_is_asked_about_for_the_season_completed_last(entry: str, on: str, quarter: str, seen: int) -> None:
    told = (entered("in", entry), assessed("t", on))
    assert figure_of("2019-06-30", quarter, "influenza", *told)[1] == seen
    assert figure_of("2019-06-30", quarter, "pneumococcal", *told)[1] == 1


def test_the_season_s_assessment_tells_of_the_vaccine_not_the_target() -> None:
    told = (ENTRY, assessed("winter", "2018-06-20", O0250A=0, O0250C=6), assessed("summer", "2018-09-01", O0250A=None))
    assert figure_of("2018-12-31", "2018Q3", "influenza", *told) == (0, 1)


def test_time_takes_a_resident_out_and_brings_the_next_quarter() -> None:
    facts = in_force([ENTRY, assessed("t", str(TARGET))])
    quarter = count(facts, TARGET)
    assert quarter.wake == dt.date(2018, 4, 1)
    last = dt.date(2018, 7, 18)  # 120 days after the target
    assert count(facts, dt.date(2018, 7, 1)).wake == last + dt.timedelta(days=1)
    assert "2018Q3" in count(facts, last).amounts
    assert count(facts, last + dt.timedelta(days=1)).amounts.keys() == {"2018Q1", "2018Q2"}
    assert count(facts, last + dt.timedelta(days=1)).wake is None


def test_nobody_without_an_entry_counts_or_wakes() -> None:
    found = count(in_force([assessed("t", str(TARGET))]), TARGET)
    assert (dict(found.amounts), found.wake) == ({}, None)


def test_a_record_keeps_its_place_when_a_correction_makes_it_another_kind() -> None:
    first, then = decoded(discharged("out", "2018-01-20")), decoded(moved("out", "12", "2018-01-20", 2))
    assert place(first) == place(then)
    assert {type(first), type(then)} == set(RESIDENTS.facts.values())
