"""Aspirin, blood pressure, cholesterol and smoking: who is asked, who is left out always, and who only if not met.

Ages, times and lists as in the measures reference, section 7, and the eCQM texts it cites.
"""

import pytest

from tests.measures.practices.records import Record, amounts, asked, born, note, noted, pressure

YEAR = 2024
VISIT = noted("visit", "2024-03-01")
TENSE = noted("essential_hypertension", "2015-02-02")
WELL = pressure("2024-03-01", 120, 70)


@pytest.mark.parametrize(
    ("birth", "counts"),
    [("2006-12-31", True), ("2007-01-01", False), ("1939-01-01", True), ("1938-12-31", False)],
)
def test_blood_pressure_asks_those_who_are_18_to_85_when_the_year_ends(birth: str, counts: bool) -> None:
    assert (asked("blood_pressure", YEAR, born(birth), TENSE, VISIT, WELL) is not None) is counts


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        ("2024-06-30", None, True),
        ("2024-07-01", None, False),
        ("2020-01-01", "2024-01-01", True),
        ("2020-01-01", "2023-12-31", False),
    ],
)
def test_hypertension_must_be_known_in_the_first_half_of_the_year(first: str, last: str | None, counts: bool) -> None:
    told = born("1970-01-01"), noted("essential_hypertension", first, last), VISIT, WELL
    assert (asked("blood_pressure", YEAR, *told) is not None) is counts


@pytest.mark.parametrize(
    ("birth", "left_out"),
    [
        ("1970-01-01", noted("hospice", "2024-12-31")),
        ("1970-01-01", noted("palliative_care", "2024-01-01")),
        ("1990-01-01", noted("pregnancy", "2023-06-01", "2024-01-01")),
        ("1970-01-01", noted("end_stage_renal_disease", "2019-01-01")),
        ("1970-01-01", noted("chronic_kidney_disease_5", "2019-01-01")),
        ("1970-01-01", noted("kidney_transplant_recipient", "2019-01-01")),
        ("1970-01-01", noted("dialysis", "2011-01-01")),
        ("1970-01-01", noted("kidney_transplant", "2011-01-01")),
        ("1943-12-31", noted("frailty", "2024-02-02")),
        ("1958-12-31", noted("lives_in_nursing_home", "2019-01-01")),
    ],
)
def test_blood_pressure_leaves_out_whether_controlled_or_not(birth: str, left_out: Record) -> None:
    who = born(birth), TENSE, VISIT
    assert asked("blood_pressure", YEAR, *who, WELL)
    assert asked("blood_pressure", YEAR, *who, WELL, left_out) is None
    assert asked("blood_pressure", YEAR, *who, left_out) is None


@pytest.mark.parametrize(
    ("birth", "notes", "counts"),
    [
        ("1944-01-01", ("frailty 2024-02-02",), True),  # 80
        ("1944-01-01", ("frailty 2024-02-02", "advanced_illness 2023-05-05"), False),
        ("1944-01-01", ("frailty 2024-02-02", "dementia_drug 2023-05-05"), False),
        ("1944-01-01", ("advanced_illness 2023-05-05",), True),
        ("1959-01-01", ("frailty 2024-02-02", "advanced_illness 2023-05-05"), True),  # 65
        ("1958-12-31", ("frailty 2024-02-02", "advanced_illness 2023-05-05"), False),  # 66
        ("1970-01-01", ("lives_in_nursing_home 2019-01-01",), True),
        ("1950-01-01", ("lives_in_nursing_home 2019-01-01", "lives_elsewhere 2020-01-01"), True),
        ("1950-01-01", ("lives_in_nursing_home 2020-01-01", "lives_elsewhere 2019-01-01"), False),
    ],
)
def test_frailty_needs_an_illness_from_66_to_80_and_nothing_above(
    birth: str, notes: tuple[str, ...], counts: bool
) -> None:
    told = [note(one) for one in notes]
    assert (asked("blood_pressure", YEAR, born(birth), TENSE, VISIT, WELL, *told) is not None) is counts


def test_an_illness_of_the_year_before_is_still_an_illness_and_one_before_that_is_not() -> None:
    who = born("1950-01-01"), TENSE, VISIT, WELL, noted("frailty", "2024-02-02")
    assert asked("blood_pressure", YEAR, *who, noted("dementia_drug", "2022-01-01", "2023-01-01")) is None
    assert asked("blood_pressure", YEAR, *who, noted("dementia_drug", "2022-01-01", "2022-12-31"))


def test_who_is_noted_in_a_nursing_home_and_elsewhere_on_one_day_is_in_the_home() -> None:
    who = born("1950-01-01"), TENSE, VISIT, WELL
    both = noted("lives_in_nursing_home", "2020-01-01"), noted("lives_elsewhere", "2020-01-01")
    assert asked("blood_pressure", YEAR, *who, *both) is None


VASCULAR = noted("ischemic_vascular_disease", "2019-01-01")


@pytest.mark.parametrize(
    ("why", "counts"),
    [
        (VASCULAR, True),
        (noted("acute_myocardial_infarction", "2023-01-01"), True),
        (noted("cabg", "2023-12-31"), True),
        (noted("pci", "2022-12-31"), False),
        (noted("pci", "2024-01-01"), False),
        (noted("ischemic_vascular_disease", "2019-01-01", "2023-12-31"), False),
    ],
)
def test_aspirin_is_for_vascular_disease_or_a_stent_in_the_twelve_months_before(why: Record, counts: bool) -> None:
    assert (asked("aspirin", YEAR, born("1950-01-01"), VISIT, why) is not None) is counts


def test_aspirin_counts_where_it_is_taken_and_leaves_out_anticoagulants_and_hospice() -> None:
    who = born("1950-01-01"), VISIT, VASCULAR
    assert asked("aspirin", YEAR, *who) is False
    assert asked("aspirin", YEAR, *who, noted("antiplatelet", "2020-01-01"))
    assert asked("aspirin", YEAR, *who, noted("antiplatelet", "2020-01-01", "2023-12-31")) is False
    for left_out in ("anticoagulant", "hospice"):
        assert asked("aspirin", YEAR, *who, noted("antiplatelet", "2020-01-01"), noted(left_out, "2024-05-05")) is None
    assert asked("aspirin", YEAR, born("2006-01-02"), VISIT, VASCULAR) is None


@pytest.mark.parametrize(
    ("birth", "notes", "population"),
    [
        ("1990-01-01", "ascvd", 1),
        ("1990-01-01", "pci", 1),
        ("1950-01-01", "ascvd ldl_190_or_more diabetes", 1),
        ("2004-01-01", "ldl_190_or_more", 2),
        ("2004-01-02", "ldl_190_or_more", None),
        ("1960-01-01", "familial_hypercholesterolemia diabetes", 2),
        ("1947-12-31", "familial_hypercholesterolemia diabetes", None),
        ("1984-01-01", "diabetes ascvd_risk_20_or_more", 3),
        ("1984-01-02", "diabetes", None),
        ("1948-01-02", "ascvd_risk_20_or_more", 4),
        ("1947-12-31", "ascvd_risk_20_or_more", None),
    ],
)
def test_each_population_of_statins_takes_who_is_in_none_before_it(
    birth: str, notes: str, population: int | None
) -> None:
    told = born(birth), VISIT, *(noted(one, "2024-02-02") for one in notes.split())
    found = amounts("2025-06-30", *told).get("2024", {})
    assert [number for number in range(1, 5) if found.get(f"statin_{number}_of")] == [population] * bool(population)


def test_an_exception_leaves_out_only_who_has_no_statin_and_an_exclusion_everybody() -> None:
    who, drug = (born("1960-01-01"), VISIT, noted("ascvd", "2019-01-01")), noted("statin", "2020-01-01")
    assert asked("statin_1", YEAR, *who) is False
    assert asked("statin_1", YEAR, *who, drug)
    for excepted in ("statin_intolerance", "liver_disease", "end_stage_renal_disease", "hospice", "statin_not_given"):
        assert asked("statin_1", YEAR, *who, noted(excepted, "2024-05-05")) is None
        assert asked("statin_1", YEAR, *who, noted(excepted, "2024-05-05"), drug), excepted
    for left_out in ("breast_feeding", "rhabdomyolysis"):
        assert asked("statin_1", YEAR, *who, noted(left_out, "2024-05-05"), drug) is None


def rates(*records: Record, year: int = YEAR) -> list[bool | None]:
    return [asked(name, year, *records) for name in ("tobacco_screened", "tobacco_helped", "tobacco")]


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ((), [False, None, False]),
        (("tobacco_non_user 2024-03-01",), [True, None, True]),
        (("tobacco_user 2024-03-01",), [True, False, False]),
        (("tobacco_user 2024-03-01", "cessation_counselling 2023-07-01"), [True, True, True]),
        (("tobacco_user 2024-03-01", "cessation_counselling 2023-06-30"), [True, False, False]),
        (("tobacco_user 2024-03-01", "cessation_drug 2024-12-31"), [True, True, True]),
        (("tobacco_user 2024-03-01", "tobacco_non_user 2024-03-02"), [True, None, True]),
        (("tobacco_user 2024-03-01", "tobacco_non_user 2024-03-01"), [True, False, False]),
        (("tobacco_user 2023-12-31",), [False, None, False]),
        (("tobacco_non_user 2024-03-01", "hospice 2024-02-02"), [None, None, None]),
    ],
)
def test_smoking_has_three_rates_by_the_last_screening_of_the_year(
    notes: tuple[str, ...], expected: list[bool | None]
) -> None:
    who = born("1970-01-01"), noted("preventive_visit", "2024-03-01")
    assert rates(*who, *(note(one) for one in notes)) == expected


def test_smoking_asks_after_two_visits_or_a_preventive_one() -> None:
    assert rates(born("1970-01-01"), VISIT) == [None, None, None]
    assert rates(born("1970-01-01"), VISIT, noted("visit", "2024-03-01", fact="another")) == [False, None, False]


@pytest.mark.parametrize(("birth", "year", "counts"), [
    ("2012-01-01", 2024, True), ("2012-01-02", 2024, False), ("2011-01-01", 2023, False),
    ("2005-01-02", 2023, False), ("2005-01-01", 2023, True),
])  # fmt: skip
def test_smoking_asks_from_12_on_since_2024_and_from_18_before(birth: str, year: int, counts: bool) -> None:
    told = rates(born(birth), noted("preventive_visit", f"{year}-03-01"), year=year)
    assert (told[0] is not None) is counts


@pytest.mark.parametrize(
    ("year", "screened", "helped", "expected"),
    [
        (2020, "2019-01-01", "2019-01-01", [True, True, True]),
        (2020, "2018-12-31", "2019-01-01", [False, None, False]),
        (2020, "2019-01-01", "2018-12-31", [True, False, False]),
        (2021, "2020-12-31", "2021-01-01", [False, None, False]),
        (2021, "2021-01-01", "2020-06-30", [True, False, False]),
    ],
)
def test_until_2020_screening_and_help_count_for_24_months(
    year: int, screened: str, helped: str, expected: list[bool | None]
) -> None:
    who = born("1970-01-01"), noted("preventive_visit", f"{year}-03-01")
    assert rates(*who, noted("tobacco_user", screened), noted("cessation_drug", helped, helped), year=year) == expected
