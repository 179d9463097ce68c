"""The definition of hospitalizations and rehospitalizations, by worked examples with known answers."""

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from services.measures.domain import periods, rates
from services.measures.domain.facilities import is_acute
from tests.measures.memory import MemoryEngine
from tests.measures.records import HOSPITAL, OTHER, enrolment
from tests.measures.records import inpatient as claim

TODAY = dt.date(2020, 1, 1)
STAYS = ("hospitalizations", "live_discharges", "rehospitalizations", "impossible_stays", "days")


def of_areas(engine: MemoryEngine) -> dict[tuple[str, str], dict[str, int]]:
    """What areas count of stays and days, whatever the population."""
    cells = engine.cells()
    return {
        (unit, month): {name: n for name, n in cell.items() if name in STAYS}
        for (unit, month, _), cell in cells.items()
        if not unit.startswith("ccn:")
    }


def totals(*records: Mapping[str, Any]) -> dict[str, int]:
    """Sums over all areas and months, fed one record at a time."""
    engine = MemoryEngine({}, TODAY)
    for record in records:
        engine.feed([record])
    sums: dict[str, int] = {}
    for cell in of_areas(engine).values():
        for name, count in cell.items():
            sums[name] = sums.get(name, 0) + count
    return sums


def stays_of(*claims: Mapping[str, Any]) -> tuple[int, int, int]:
    """Hospitalizations, live discharges, rehospitalizations of a person eligible 2017 to 2019."""
    sums = totals(*(enrolment("A", year) for year in (2017, 2018, 2019)), *claims)
    return sums.get("hospitalizations", 0), sums.get("live_discharges", 0), sums.get("rehospitalizations", 0)


def test_person_time_of_a_quarter_counts_eligible_days() -> None:
    """Five beneficiaries in 2018Q1, 330 days; 4 discharges and 1 rehospitalization per 1,000 (Brock's denominator)."""
    days = totals(
        enrolment("A", 2018, ("2018-01-01", "2018-03-31")),
        enrolment("B", 2018, ("2018-02-01", "2018-03-31")),
        enrolment("C", 2018, ("2018-01-01", "2018-03-01"), death="2018-03-01"),
        enrolment("D", 2018, ("2018-01-01", "2018-01-31")),
        enrolment("E", 2018, ("2018-01-01", "2018-03-31")),
    )["days"]
    assert days == 330
    person_time = rates.beneficiary_quarters(days, "2018Q1")
    assert [rates.decimal(1000 * events / person_time) for events in (4, 1)] == ["1090.9091", "272.7273"]


def test_the_improvement_rates_of_the_paper() -> None:
    """Brock et al. 2013: 15.21 to 14.34 against 15.03 to 14.72 is 5.72 % against 2.06 %."""

    def improvement(before: str, after: str) -> str:
        rate = rates.relative_improvement(Fraction(before), Fraction(after))
        assert rate is not None
        return rates.percent(rate)

    assert improvement("15.21", "14.34") == "5.72"
    assert improvement("15.03", "14.72") == "2.06"
    assert improvement("82.27", "77.54") == "5.75"
    assert improvement("82.09", "79.48") == "3.18"
    assert rates.relative_improvement(Fraction(0), Fraction(1)) is None


FIRST = claim("A", "first", "2018-01-01", "2018-01-05")
NEXT = claim("A", "next", "2018-02-02", "2018-02-06")
LATE = claim("A", "late", "2018-01-10", "2018-01-12")


def test_a_late_claim_between_two_stays_makes_a_second_index_and_its_cancel_takes_it_back() -> None:
    late_gone = LATE | {"version": 2, "action": "cancel"}
    assert stays_of(FIRST, NEXT) == (2, 2, 1)
    assert stays_of(FIRST, NEXT, LATE) == (3, 3, 2)
    assert stays_of(FIRST, NEXT, LATE, late_gone) == (2, 2, 1)


def test_a_stay_after_a_death_is_reported_and_not_counted() -> None:
    dead = LATE | {"version": 2, "action": "adjust", "status": "20"}
    records = [enrolment("A", 2018), FIRST, NEXT, LATE, dead]
    assert totals(*records) == {
        "hospitalizations": 2,
        "live_discharges": 1,
        "rehospitalizations": 1,
        "impossible_stays": 1,
        "days": 12,
    }
    alive_again = LATE | {"version": 3, "action": "adjust"}
    assert totals(*records, alive_again) == totals(enrolment("A", 2018), FIRST, NEXT, LATE)


@pytest.mark.parametrize(("admission", "rehospitalized"), [("2018-02-04", 1), ("2018-02-05", 0)])
def test_day_30_counts_and_day_31_does_not(admission: str, rehospitalized: int) -> None:
    back = claim("A", "back", admission, "2018-02-08")
    assert stays_of(FIRST, back) == (2, 2, rehospitalized)


def test_a_return_counts_in_the_month_of_the_index_discharge() -> None:
    engine = MemoryEngine({}, TODAY)
    engine.feed([enrolment("A", 2017, area="zip:15001"), enrolment("A", 2018, area="zip:15002")])
    engine.feed([claim("A", "p", "2017-12-20", "2017-12-28"), claim("A", "q", "2018-01-05", "2018-01-06")])
    assert of_areas(engine)["zip:15001", "2017-12"] == {
        "hospitalizations": 1,
        "live_discharges": 1,
        "rehospitalizations": 1,
        "days": 31,
    }
    assert of_areas(engine)["zip:15002", "2018-01"] == {"hospitalizations": 1, "live_discharges": 1, "days": 31}


@pytest.mark.parametrize("admitted", ["2018-01-05", "2018-01-06"])
@pytest.mark.parametrize("status", ["01", "02"])
def test_a_transfer_by_dates_is_one_stay_that_ends_at_the_last_hospital(admitted: str, status: str) -> None:
    sent = claim("A", "p", "2018-01-01", "2018-01-05", status=status)
    received = claim("A", "q", admitted, "2018-01-10", provider=OTHER)
    back = claim("A", "r", "2018-01-20", "2018-01-23")
    assert stays_of(sent, received, back) == (2, 2, 1)


def test_a_return_to_the_same_hospital_the_next_day_is_a_rehospitalization() -> None:
    assert stays_of(FIRST, claim("A", "q", "2018-01-06", "2018-01-09")) == (2, 2, 1)


def test_a_return_to_the_same_hospital_the_same_day_is_one_stay() -> None:
    assert stays_of(FIRST, claim("A", "q", "2018-01-05", "2018-01-09")) == (1, 1, 0)


@pytest.mark.parametrize(("status", "frequency"), [("30", None), (None, "2"), (None, "3")])
def test_interim_bills_are_one_stay(status: str | None, frequency: str | None) -> None:
    bills = (
        claim("A", "p", "2018-01-01", "2018-01-31", status=status, frequency=frequency),
        claim("A", "q", "2018-02-01", "2018-02-10", frequency="4"),
    )
    assert stays_of(*bills) == (1, 1, 0)


def test_an_open_stay_is_no_discharge_yet_but_is_a_return() -> None:
    still_there = claim("A", "q", "2018-01-20", "2018-01-31", status="30")
    assert stays_of(FIRST, still_there) == (1, 1, 1)


def test_a_nested_stay_at_another_hospital_belongs_to_the_longer_one() -> None:
    outer = claim("A", "p", "2018-01-01", "2018-01-20")
    inner = claim("A", "q", "2018-01-05", "2018-01-07", provider=OTHER)
    assert stays_of(outer, inner, claim("A", "r", "2018-02-10", "2018-02-12")) == (2, 2, 1)


def test_death_on_the_day_of_discharge_is_no_live_discharge() -> None:
    gone = enrolment("A", 2018, ("2018-01-01", "2018-01-05"), version=2, death="2018-01-05")
    assert totals(enrolment("A", 2018), FIRST, gone) == {"hospitalizations": 1, "days": 5}


def test_a_discharge_on_a_day_without_eligibility_is_not_counted_but_is_a_return() -> None:
    january = enrolment("A", 2018, ("2018-01-01", "2018-01-31"))
    assert totals(january, FIRST, NEXT) == {
        "hospitalizations": 1,
        "live_discharges": 1,
        "rehospitalizations": 1,
        "days": 31,
    }


@pytest.mark.parametrize(
    ("ccn", "acute"),
    [
        ("390001", True), ("390879", True), ("390880", False), ("391300", True), ("391399", True), ("391400", False),
        ("392000", False), ("393025", False), ("394000", False), ("395000", False), ("39S001", False),
        ("39T001", False),
        ("39M300", False), ("39U001", False), ("39Z300", False), ("3900MB", True), ("39S0HM", True), ("3913XU", True),
        ("390000", False),
    ],
)  # fmt: skip
def test_the_number_of_a_provider_tells_whether_it_is_acute(ccn: str, acute: bool) -> None:
    assert is_acute(ccn) is acute
    stay = claim("A", "p", "2018-01-01", "2018-01-05", provider=ccn)
    assert stays_of(stay)[0] == int(acute)


def test_values_are_rounded_half_to_even() -> None:
    told = {"0": "0.0000", "0.000115": "0.0001", "0.0000575": "0.0001", "0.00005": "0.0000", "0.00015": "0.0002"}
    assert {value: rates.decimal(Fraction(value)) for value in told} == told
    assert rates.decimal(Fraction(-1, 3)) == "-0.3333"


def test_quarters() -> None:
    assert [periods.quarter_of(201800 + month) for month in (1, 3, 4, 12)] == ["2018Q1", "2018Q1", "2018Q2", "2018Q4"]
    assert periods.months_of("2018Q4") == (201810, 201811, 201812)
    assert [periods.days_in(f"2020Q{n}") for n in (1, 2, 3, 4)] == [91, 91, 92, 92]


def test_the_claim_that_ends_last_closes_a_stay_and_among_equals_the_one_admitted_last() -> None:
    here = claim("A", "p", "2018-01-01", "2018-01-20", status="20")
    there = claim("A", "q", "2018-01-18", "2018-01-20", provider=OTHER, status="01")
    assert stays_of(here, there)[0] == 1
    back_there = claim("A", "r", "2018-01-21", "2018-01-25", provider=OTHER)
    still = here | {"status": "01"}
    assert stays_of(still, there, back_there) == (2, 2, 1)
    assert stays_of(still, there, back_there | {"provider": HOSPITAL}) == (1, 1, 0)


def test_a_death_taken_back_lets_later_years_count_again() -> None:
    dead = LATE | {"status": "20"}
    later = claim("A", "later", "2019-06-01", "2019-06-05")
    assert stays_of(dead, later) == (1, 0, 0)
    assert stays_of(dead, later, LATE | {"version": 2, "action": "adjust"}) == (2, 2, 0)
