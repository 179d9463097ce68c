"""Vaccines and cancer screening: ages by the year, how long a test speaks, who is left out.

Times and ages as in the eCQM texts named in ``rules``.
"""

import pytest

from tests.measures.practices.records import Record, asked, born, note, noted

VISIT = noted("preventive_visit", "2024-02-01")


@pytest.mark.parametrize(
    ("day", "met"),
    [("2023-07-31", False), ("2023-08-01", True), ("2024-03-31", True), ("2024-04-01", False), ("2022-11-11", False)],
)
def test_influenza_counts_a_vaccine_of_the_season(day: str, met: bool) -> None:
    assert asked("influenza", 2024, born("1980-01-01"), VISIT, noted("influenza_vaccine", day)) is met


@pytest.mark.parametrize(
    ("birth", "visits", "counts"),
    [
        ("1980-01-01", ("preventive_visit 2024-03-31",), True),
        ("1980-01-01", ("preventive_visit 2024-04-01",), False),
        ("1980-01-01", ("preventive_visit 2024-04-01", "visit 2023-10-01"), True),
        ("1980-01-01", ("visit 2024-02-01",), False),
        ("1980-01-01", ("visit 2024-02-01", "visit 2024-08-01"), True),
        ("2023-07-01", ("preventive_visit 2024-02-01",), True),
        ("2023-07-02", ("preventive_visit 2024-02-01",), False),
    ],
)
def test_influenza_asks_who_was_seen_in_the_season_from_six_months_of_age(
    birth: str, visits: tuple[str, ...], counts: bool
) -> None:
    told = [note(visit) for visit in visits]
    assert (asked("influenza", 2024, born(birth), *told) is not None) is counts


def test_who_declines_the_vaccine_or_cannot_have_it_is_left_out_unless_vaccinated() -> None:
    who, shot = (born("1980-01-01"), VISIT), noted("influenza_vaccine", "2023-10-10")
    for excepted in (
        noted("influenza_vaccine_not_given", "2024-01-10"),
        noted("influenza_vaccine_intolerance", "2001-01-01"),
    ):
        assert asked("influenza", 2024, *who, excepted) is None
        assert asked("influenza", 2024, *who, excepted, shot)
    assert asked("influenza", 2024, *who, noted("influenza_vaccine_not_given", "2022-11-10")) is False


@pytest.mark.parametrize(
    ("birth", "year", "vaccine", "met"),
    [
        ("1956-01-01", 2021, "1990-01-01", True),  # 65 on 1 January, ever vaccinated
        ("1956-01-02", 2021, "1990-01-01", None),
        ("1956-01-01", 2022, "2017-01-01", True),  # 66 on 1 January, since the 60th birthday
        ("1956-01-02", 2022, "2017-01-01", None),
        ("1950-06-01", 2022, "2010-05-31", False),
        ("1950-06-01", 2022, "2010-06-01", True),
        ("1940-02-29", 2023, "2000-02-29", True),
        ("1940-02-29", 2023, "2000-02-28", False),
        ("1959-01-01", 2024, "1978-01-01", True),  # 65 on 1 January, since the 19th birthday
        ("1959-01-02", 2024, "1990-01-01", None),
        ("1950-06-01", 2024, "1969-05-31", False),
    ],
)
def test_pneumococcal_vaccine_counts_by_the_rules_of_the_year(
    birth: str, year: int, vaccine: str, met: bool | None
) -> None:
    told = born(birth), noted("visit", f"{year}-05-05"), noted("pneumococcal_vaccine", vaccine)
    assert asked("pneumococcal", year, *told) is met


def test_a_reaction_to_the_pneumococcal_vaccine_counts_as_met_in_2022_and_leaves_out_since_2024() -> None:
    for year, met in ((2021, False), (2022, True), (2023, False), (2024, None)):
        told = noted("visit", f"{year}-05-05"), noted("pneumococcal_vaccine_reaction", "2001-01-01")
        assert asked("pneumococcal", year, born("1940-01-01"), *told) is met


@pytest.mark.parametrize(
    ("test", "first_that_counts"),
    [
        ("stool_blood_test", 2024),
        ("stool_dna_test", 2022),
        ("sigmoidoscopy", 2020),
        ("ct_colonography", 2020),
        ("colonoscopy", 2015),
    ],
)
def test_each_colorectal_test_speaks_for_its_own_years(test: str, first_that_counts: int) -> None:
    who = born("1965-01-01"), VISIT
    assert asked("colorectal", 2024, *who, noted(test, f"{first_that_counts}-01-01"))
    assert asked("colorectal", 2024, *who, noted(test, f"{first_that_counts - 1}-12-31")) is False


# To 2022 ages are those of 1 January, which somebody born on 31 December has not passed: one more at the year's end.
AGES = [
    ("colorectal", 2022, 51, 75), ("colorectal", 2023, 46, 75),
    ("breast", 2016, 42, 69), ("breast", 2017, 52, 74), ("breast", 2022, 52, 74),
    ("breast", 2023, 52, 74), ("breast", 2025, 52, 74), ("breast", 2026, 42, 74),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "year", "youngest", "oldest"), AGES)
def test_screening_asks_by_the_ages_of_the_year(measure: str, year: int, youngest: int, oldest: int) -> None:
    for age in (youngest - 1, youngest, oldest, oldest + 1):
        told = born(f"{year - age}-12-31"), noted("visit", f"{year}-05-05")
        assert (asked(measure, year, *told) is not None) is (youngest <= age <= oldest), age


@pytest.mark.parametrize(("day", "met"), [("2022-09-30", False), ("2022-10-01", True), ("2024-12-31", True)])
def test_a_mammogram_speaks_for_27_months(day: str, met: bool) -> None:
    assert asked("breast", 2024, born("1965-01-01"), VISIT, noted("mammogram", day)) is met


@pytest.mark.parametrize(
    ("day", "year", "met"),
    [("2014-12-31", 2016, False), ("2015-01-01", 2016, True), ("2015-09-30", 2017, False), ("2015-10-01", 2017, True)],
)
def test_until_2016_a_mammogram_spoke_for_its_year_and_the_next(day: str, year: int, met: bool) -> None:
    who = born("1960-01-01"), noted("visit", f"{year}-05-05")
    assert asked("breast", year, *who, noted("mammogram", day)) is met


def test_breast_screening_asks_women_who_have_a_breast() -> None:
    left, right = noted("mastectomy_left", "2001-01-01"), noted("mastectomy_right", "2002-01-01")
    who = born("1965-01-01"), VISIT, noted("mammogram", "2024-01-01")
    assert asked("breast", 2024, *who, left)
    assert asked("breast", 2024, *who, left, right) is None
    assert asked("breast", 2024, *who, noted("mastectomy_both", "2001-01-01")) is None
    assert asked("breast", 2024, born("1965-01-01", "male"), VISIT) is None


@pytest.mark.parametrize(
    ("measure", "notes"),
    [
        ("colorectal", (noted("colorectal_cancer", "1999-01-01", "2001-01-01"),)),
        ("colorectal", (noted("total_colectomy", "1999-01-01"),)),
        *(
            (measure, notes)
            for measure in ("colorectal", "breast")
            for notes in (
                (noted("hospice", "2024-02-02"),),
                (noted("palliative_care", "2024-02-02"),),
                (noted("lives_in_nursing_home", "2020-02-02"),),
                (noted("frailty", "2024-02-02"), noted("advanced_illness", "2023-02-02")),
            )
        ),
    ],
)
def test_screening_leaves_out_always(measure: str, notes: tuple[Record, ...]) -> None:
    who = born("1955-01-01"), VISIT, noted("colonoscopy", "2024-01-01"), noted("mammogram", "2024-01-01")
    assert asked(measure, 2024, *who)
    assert asked(measure, 2024, *who, *notes) is None


@pytest.mark.parametrize(
    ("measure", "notes", "since"),
    [
        ("colorectal", ("hospice",), 2018),
        ("colorectal", ("frailty", "advanced_illness"), 2020),
        ("colorectal", ("lives_in_nursing_home",), 2020),
        ("colorectal", ("palliative_care",), 2022),
        ("pneumococcal", ("hospice",), 2018),
        ("influenza", ("hospice",), 2023),
        ("tobacco_screened", ("hospice",), 2023),
    ],
)
def test_nobody_is_left_out_for_a_reason_before_the_texts_name_it(
    measure: str, notes: tuple[str, ...], since: int
) -> None:
    for year in (since - 1, since):
        told = [noted(one, f"{year}-02-02") for one in notes]
        who = born(f"{year - 70}-01-01"), noted("preventive_visit", f"{year}-02-01")
        assert (asked(measure, year, *who, *told) is None) is (year >= since), year


def test_frailty_alone_does_not_leave_out() -> None:
    assert asked("colorectal", 2024, born("1950-01-01"), VISIT, noted("frailty", "2024-02-02")) is False
