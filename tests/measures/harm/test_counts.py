"""Counts that facilities enter, from records to figures: shares, rates and tracked harms."""

from fractions import Fraction
from typing import get_args

import pytest
from statsmodels.stats.proportion import proportion_confint

from services.measures.domain.counts.kind import HOME_COUNTS, HOSPITAL_COUNTS
from services.measures.domain.panel.figures import NONE_LEFT, Figure
from services.measures.domain.panel.measure import Form
from shared.contracts.counts import HARM, HomeMeasure, HospitalMeasure
from tests.measures.harm.pure import Told, figure_of, of

INCOMPLETE = "incomplete: a month is told without its denominator"


def entered(
    name: str, numerator: int | None, denominator: int | None, month: str = "2018-03", version: int = 1,
    action: str = "original",
) -> Told:  # fmt: skip
    """An entry of a home or, of harms, of a hospital."""
    kind, ccn = ("HospitalCount", "360001") if name.startswith(HARM) else ("HomeCount", "365001")
    cells = {"measure": name, "month": month, "version": version, "action": action}
    return of(f"feeds.{kind}.v1", ccn=ccn, **cells, numerator=numerator, denominator=denominator)


def harms(*told: Told, period: str = "2018-03", name: str = "entered-tracked-harms") -> Figure:
    return figure_of(HOSPITAL_COUNTS, name, period, *told)


def test_a_share_is_a_percentage_with_its_interval() -> None:
    found = figure_of(HOME_COUNTS, "entered-staff-stability", "2018-03", entered("staff-stability", 60, 80))
    assert found.value == 75
    low, high = proportion_confint(60, 80, method="wilson")
    assert found.low == pytest.approx(100 * low)
    assert found.high == pytest.approx(100 * high)


def test_months_add_up_and_a_month_without_its_denominator_makes_the_quarter_incomplete() -> None:
    told = [entered("consistent-assignment", 40, 50, "2018-01"), entered("consistent-assignment", 45, 50, "2018-02")]
    name = "entered-consistent-assignment"
    assert figure_of(HOME_COUNTS, name, "2018Q1", *told).value == 85
    bare = entered("consistent-assignment", 41, None)
    for period in ("2018-03", "2018Q1", "2018"):
        assert figure_of(HOME_COUNTS, name, period, *told, bare).reason == INCOMPLETE
    assert figure_of(HOME_COUNTS, name, "2018-02", *told, bare).value == 90
    whole = entered("consistent-assignment", 41, 50, version=2)
    assert figure_of(HOME_COUNTS, name, "2018Q1", *told, bare, whole).value == 84


def test_a_cancelled_entry_is_gone_and_no_zero() -> None:
    gone = entered("staff-stability", None, None, version=2, action="cancel")
    found = figure_of(HOME_COUNTS, "entered-staff-stability", "2018-03", entered("staff-stability", 60, 80), gone)
    assert (found.numerator, found.denominator, found.reason) == (0, 0, NONE_LEFT)


def test_catheter_infections_are_per_thousand_catheter_days() -> None:
    found = figure_of(HOME_COUNTS, "entered-catheter-infections", "2018-03", entered("catheter-infections", 3, 750))
    assert found.value == 4
    assert found.reason is None


def test_harms_are_per_thousand_discharges_that_count_once_however_many_harms_are_told() -> None:
    told = (
        entered("harm-fall", 30, 1000),
        entered("harm-pressure-ulcer", 15, 1000),
        entered("harm-fall", 2, 500, "2018-02"),
    )
    assert harms(*told).value == 45
    assert harms(*told, name="entered-harm-fall").value == 30
    assert harms(*told, period="2018Q1").value == Fraction(47, 1500) * 1000


def test_discharges_told_with_one_harm_stand_for_the_others_of_the_month() -> None:
    told = (entered("harm-fall", 30, 1000), entered("harm-pressure-ulcer", 15, None))
    assert harms(*told).value == 45
    assert harms(told[1]).reason == "incomplete: harms are told without discharges"


def test_entries_that_differ_in_the_discharges_of_a_month_give_no_rate() -> None:
    told = (entered("harm-fall", 30, 1000), entered("harm-pressure-ulcer", 15, 999))
    assert harms(*told).reason == "the entries of a month differ in its discharges"
    assert harms(*told, entered("harm-pressure-ulcer", 15, 1000, version=2)).value == 45


def test_every_count_that_can_be_told_has_its_measure() -> None:
    for kind, names in ((HOME_COUNTS, get_args(HomeMeasure)), (HOSPITAL_COUNTS, get_args(HospitalMeasure))):
        told = {one.id.removeprefix("entered-") for one in kind.measures}
        assert told - {"tracked-harms"} == set(names)
        assert all(one.better == ("higher" if one.form is Form.SHARE else "lower") for one in kind.measures)
