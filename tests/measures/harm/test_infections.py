"""Infections of hospitals, from records to figures: ratios, rates, device use, predicted numbers, corrections."""

import csv
import datetime as dt
from fractions import Fraction
from math import exp
from typing import Any

import pytest

from services.measures.domain.infections.kind import INFECTIONS
from services.measures.domain.methods import sir
from services.measures.domain.panel.counted import MILLION
from services.measures.domain.panel.figures import NONE_LEFT, TOO_FEW, Figure, figure
from services.measures.domain.rates import decimal
from shared.feeds.infections.files import open_infections
from shared.feeds.infections.hospital_compare import Vintage
from tests.measures.harm.pure import TODAY, Told, figure_of, measure, of, of_rows, sums
from tests.support.data import real_data

CAH = "361301"
LINES = "incomplete: infections are told without central-line days"
NAMES = dict(
    zip(
        (f"HAI_{number}" for number in range(1, 7)),
        ("clabsi", "cauti", "ssi-colon", "ssi-hysterectomy", "mrsa", "cdi"),
        strict=True,
    )
)


def counted(
    location: str, observed: int | None, exposure: int | None, version: int = 1, action: str = "original", **cells: Any
) -> Told:
    """Central-line infections of March 2023 in a location, the baseline of 2022."""
    head = {"ccn": CAH, "infection": "CLABSI", "location": location, "period": "2023-03", "source": "facility"}
    told = {"baseline": "2022", "version": version, "action": action, "observed": observed, "exposure": exposure}
    return of("feeds.InfectionCount.v1", **{**head, **told, **cells})


def surveyed(patient_days: int, version: int = 1, year: int = 2023) -> Told:
    """A critical access hospital with 1,000 admissions a year."""
    numbers = {"patient_days": patient_days, "admissions": 1000, "beds": 25, "icu_beds": 4}
    head = {"ccn": CAH, "year": year, "version": version, "action": "original", "kind": "critical_access"}
    return of("feeds.HospitalSurveyed.v1", **head, **numbers)


def ratio(*told: Told, period: str = "2023-03") -> Figure:
    return figure_of(INFECTIONS, "clabsi-sir-2022", period, *told)


ICU = counted("ICU", 1, 900, unit="IN:ACUTE:CC:MS")
WARD = counted("Ward", 1, 3000, unit="IN:ACUTE:WARD:MS")
SHORT, LONG = surveyed(8899), surveyed(8900, version=2)


def test_twenty_published_ratios_follow_from_the_rows_of_the_file() -> None:
    data = real_data()
    if data is None:
        pytest.skip("the published rows are public files this machine does not have; some are tested by themselves")
    path = data / "hai_ny_cms_2015" / "hai_hospital_ny_cy2015_counts.csv.gz"
    told = of_rows(open_infections(path, Vintage(dt.date(2017, 3, 9)), TODAY)())
    all_sums = sums(INFECTIONS, told)
    with (data / "hai_oracle" / "hai_oracle_20.csv").open() as file:
        published = list(csv.DictReader(file))
    assert len(published) == 20
    for row in published:
        name = measure(INFECTIONS, f"{NAMES[row['measure']]}-sir-2006-08")
        found = figure(name, [all_sums[row["ccn"], "2015-01-01/2015-12-31"]])
        assert found.reason is None
        assert float(found.value or 0) == pytest.approx(float(row["published_sir"]), abs=0.0005)
        low, high = row["published_ci_lower"], float(row["published_ci_upper"])
        # Above 100 events Byar's limits stand for the exact ones that CMS published: less than 1 % apart.
        near = 0.001 if int(row["observed"]) <= 100 else 0.01 * high
        assert found.low == (pytest.approx(float(low), abs=near) if low else None)
        assert found.high == pytest.approx(high, abs=near)
        infections = sir.Infections(found.numerator, Fraction(found.denominator, MILLION))
        assert sir.category(infections) == row["published_comparison"]


def test_no_ratio_of_the_file_stands_below_one_predicted() -> None:
    data = real_data()
    if data is None:
        pytest.skip("the file is a public one this machine does not have; the rule is tested by itself")
    path = data / "hai_ny_cms_2015" / "hai_hospital_ny_cy2015_counts.csv.gz"
    all_sums = sums(INFECTIONS, of_rows(open_infections(path, Vintage(dt.date(2017, 3, 9)), TODAY)()))
    ratios = [one for one in INFECTIONS.measures if one.baseline == "2006-08"]
    found = [figure(one, [own]) for own in all_sums.values() for one in ratios]
    told = [one for one in found if one.numerator or one.denominator]
    computed = [one for one in told if one.reason is None]
    assert computed
    assert all(one.denominator >= MILLION for one in computed)
    assert {one.reason for one in told if one.reason is not None} == {TOO_FEW}


# CMS Hospital Compare, New York State, 2015.
@pytest.mark.parametrize(
    ("observed", "told", "value", "low", "high"),
    [(16, "8.926", 1.793, 1.061, 2.849), (1, "2.234", 0.448, 0.022, 2.208), (0, "4.391", 0.0, None, 0.682)],
)
def test_predicted_as_told_gives_the_published_ratio(
    observed: int, told: str, value: float, low: float | None, high: float
) -> None:
    found = ratio(counted("FACILITY", observed, None, predicted=told))
    assert float(found.value or 0) == pytest.approx(value, abs=0.0005)
    assert found.low == (None if low is None else pytest.approx(low, abs=0.001))
    assert found.high == pytest.approx(high, abs=0.001)


@pytest.mark.parametrize(("told", "reason"), [("0.999999", TOO_FEW), ("1", None), ("1.000000", None)])
def test_below_one_predicted_there_is_no_ratio(told: str, reason: str | None) -> None:
    assert ratio(counted("FACILITY", 1, None, predicted=told)).reason == reason


def test_a_ratio_is_allowed_for_the_facility_when_no_location_has_enough() -> None:
    assert ratio(ICU, SHORT).reason == TOO_FEW
    assert ratio(WARD, SHORT).reason == TOO_FEW
    both = ratio(ICU, counted("Ward", 1, 4000, unit="IN:ACUTE:WARD:MS"), SHORT)
    assert (both.numerator, both.reason) == (2, None)
    assert both.denominator == pytest.approx(1e6 * (900 * exp(-9.029 + 1.598) + 4000 * exp(-9.029)), abs=1)


def test_a_changed_covariate_changes_every_month_of_its_year_and_no_other() -> None:
    wards = [
        counted("Ward", 2, 9000, unit="IN:ACUTE:WARD:MS", period=f"{year}-{month:02d}")
        for year in (2023, 2024)
        for month in (1, 6, 12)
    ]
    surveys = (SHORT, surveyed(8899, year=2024))
    before, after = sums(INFECTIONS, [*wards, *surveys]), sums(INFECTIONS, [*wards, *surveys, LONG])
    name = "CLABSI_2022_predicted"
    for (unit, period), amounts in before.items():
        changed = after[unit, period][name] / amounts[name]
        # exp(1.027) = 2.7927
        assert changed == pytest.approx(2.7927 if period.startswith("2023") else 1, abs=0.0001)


def test_a_deleted_infection_and_a_late_one_change_the_figure() -> None:
    base = counted("FACILITY", 3, 1000, predicted="1.5")
    assert decimal(ratio(base).value or Fraction()) == "2.0000"
    assert (
        decimal(ratio(base, counted("FACILITY", 2, 1000, 2, "adjust", predicted="1.5")).value or Fraction()) == "1.3333"
    )
    gone = ratio(base, counted("FACILITY", None, None, 2, "cancel"))
    assert (gone.numerator, gone.reason) == (0, TOO_FEW)


def test_a_month_with_infections_and_no_denominator_is_incomplete_and_so_is_its_quarter() -> None:
    whole = counted("ICU", 1, 2000, predicted="2", period="2023-02")
    bare = counted("ICU", 1, None)
    for name in ("clabsi-sir-2022", "clabsi-rate"):
        assert figure_of(INFECTIONS, name, "2023-03", whole, bare).reason == LINES
        assert figure_of(INFECTIONS, name, "2023Q1", whole, bare).reason == LINES
        assert figure_of(INFECTIONS, name, "2023-02", whole, bare).reason is None
    mended = figure_of(INFECTIONS, "clabsi-rate", "2023Q1", whole, bare, counted("ICU", 1, 2000, 2, "adjust"))
    assert (mended.numerator, mended.denominator, mended.value) == (2, 4000, Fraction(1, 2))


@pytest.mark.parametrize(
    "facts",
    [
        (ICU,),
        (counted("ICU", 1, 900), SHORT),
        (counted("ICU", 1, 900, unit="IN:ACUTE:CC:T"), SHORT),
        (counted("ICU", 1, 900, unit="IN:ACUTE:CC:MS", baseline="2022", infection="CLABSI"), surveyed(8899, year=2022)),
    ],
    ids=["no survey", "no kind of location", "a location the model leaves out", "the survey of another year"],
)
def test_what_no_model_covers_is_said_to_be_unpredicted_and_still_has_a_rate(facts: tuple[Told, ...]) -> None:
    assert ratio(*facts).reason == "no model of this baseline predicts the infections"
    assert figure_of(INFECTIONS, "clabsi-rate", "2023-03", *facts).reason is None


def test_rates_are_per_exposure_and_device_use_is_of_locations_that_tell_both_days() -> None:
    # Measures research §5.3: ICU-A 8 infections, use .731, 4.21 per 1,000.
    first = counted("A", 8, 1900, predicted="5.2", patient_days=2600)
    second = counted("B", 0, 100, predicted="0.1")
    rate = figure_of(INFECTIONS, "clabsi-rate", "2023-03", first)
    assert decimal(rate.value or Fraction()) == "4.2105"
    use = figure_of(INFECTIONS, "central-line-device-use", "2023-03", first, second)
    assert (use.numerator, use.denominator, decimal(use.value or Fraction())) == (1900, 2600, "0.7308")
    assert (use.low, use.high) == (None, None)


def test_a_record_of_the_whole_hospital_has_its_locations_in_it_and_cms_comes_before_others() -> None:
    parts = (counted("A", 1, 1000, predicted="1"), counted("B", 2, 1000, predicted="2"))
    whole = counted("FACILITY", 4, 2500, predicted="3.5")
    cms = counted("FACILITY", 5, 2600, predicted="3.6", source="hospital_compare")
    assert ratio(*parts)[:2] == (3, 3 * MILLION)
    assert ratio(*parts, whole)[:2] == (4, 3_500_000)
    assert ratio(*parts, whole, cms)[:2] == (5, 3_600_000)


def test_two_baselines_stand_side_by_side_and_infections_count_once() -> None:
    told = (
        counted("FACILITY", 5, 2100, predicted="10", baseline="2015"),
        counted("FACILITY", 4, 2000, predicted="5", baseline="2022"),
    )
    assert ratio(*told).value == Fraction(4, 5)
    assert figure_of(INFECTIONS, "clabsi-sir-2015", "2023-03", *told).value == Fraction(1, 2)
    assert figure_of(INFECTIONS, "clabsi-rate", "2023-03", *told)[:2] == (4, 2000)
    assert figure_of(INFECTIONS, "clabsi-sir-2006-08", "2023-03", *told).reason == TOO_FEW


def test_months_add_up_to_quarters_and_years_and_a_span_stands_alone() -> None:
    months = [counted("FACILITY", 1, 1000, predicted="1", period=f"2023-{month:02d}") for month in range(1, 13)]
    span = counted("FACILITY", 20, 12_000, predicted="10", period="2023-01-01/2023-12-31")
    assert ratio(*months, span, period="2023Q2")[:2] == (3, 3 * MILLION)
    assert ratio(*months, span, period="2023")[:2] == (12, 12 * MILLION)
    assert ratio(*months, span, period="2023-01-01/2023-12-31").value == 2


def test_rates_of_surgery_and_of_laboratory_events_have_their_own_scale() -> None:
    surgery = counted("FACILITY", 2, 50, infection="SSI_COLO")
    stool = counted("FACILITY", 3, 30_000, infection="CDI")
    assert figure_of(INFECTIONS, "ssi-colon-rate", "2023-03", surgery).value == 4
    assert figure_of(INFECTIONS, "cdi-rate", "2023-03", stool).value == 1
    assert figure_of(INFECTIONS, "mrsa-rate", "2023-03", stool).reason == NONE_LEFT
