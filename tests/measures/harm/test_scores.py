"""Scores of hospitals, from the rows of CMS's files to figures."""

import csv
import datetime as dt
import gzip
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from services.measures.domain.methods.points import score
from services.measures.domain.methods.standards import Standard
from services.measures.domain.panel.figures import NONE_LEFT, figure
from services.measures.domain.rates import decimal
from services.measures.domain.scores.count import fiscal_year
from services.measures.domain.scores.kind import SCORES
from shared.feeds.scores.files import open_scores
from tests.measures.harm.pure import Told, figure_of, measure, of, of_rows, sums
from tests.support.data import real_data

SPAN = "2019-07-01/2022-06-30"
YEAR = "2023-10-01/2024-09-30"
HEAD = {"ccn": "010001", "fiscal_year": 2024, "version": 1, "action": "original"}
# CMS, FY 2024 Hospital Readmissions Reduction Program: predicted, expected, ratio of hospital 010001
PUBLISHED = {
    "HIP-KNEE": ("3.5325", "3.9618", "0.8916"),
    "HF": ("23.1263", "21.0184", "1.1003"),
    "AMI": ("12.9044", "13.8283", "0.9332"),
    "PN": ("17.0529", "17.2762", "0.9871"),
    "CABG": ("9.8131", "10.3112", "0.9517"),
}


def readmissions(condition: str, version: int = 1, **cells: Any) -> Told:
    predicted, expected, ratio = PUBLISHED[condition]
    days = {"condition": condition, "first": "2019-07-01", "last": "2022-06-30"}
    rates = {"predicted": predicted, "expected": expected, "ratio": ratio}
    return of("feeds.ReadmissionsScored.v1", **{**HEAD, **days, **rates, "version": version, **cells})


def purchased(measure_name: str, points: int, version: int = 1) -> Told:
    told = {"measure": measure_name, "score": points, "version": version}
    return of("feeds.PurchasingScored.v1", **{**HEAD, **told})


@pytest.mark.parametrize("condition", PUBLISHED)
def test_excess_ratios_are_those_published(condition: str) -> None:
    found = figure_of(SCORES, f"excess-readmission-{condition.lower()}", SPAN, *map(readmissions, PUBLISHED))
    assert float(found.value or 0) == pytest.approx(float(PUBLISHED[condition][2]), abs=1e-4)
    assert (found.low, found.high, found.reason) == (None, None, None)


@pytest.mark.parametrize(("year", "rows"), [(2024, 12077), (2025, 11927)])
def test_all_published_excess_ratios_of_both_years_follow_from_the_file(year: int, rows: int) -> None:
    data = real_data()
    if data is None:
        pytest.skip("the files are public ones this machine does not have; some of their rows are tested by themselves")
    name = f"FY_{year}_Hospital_Readmissions_Reduction_Program_Hospital.csv.gz"
    path = data / "hospital_readmissions_hrrp" / name
    found = sums(SCORES, of_rows(open_scores(path, dt.date(2024, 3, 1))()))
    span = f"{year - 5}-07-01/{year - 2}-06-30"
    published = [row for row in _rows(path) if row["Excess Readmission Ratio"] != "N/A"]
    assert len(published) == rows
    for row in published:
        condition = row["Measure Name"].removeprefix("READM-30-").removesuffix("-HRRP").lower()
        own = figure(measure(SCORES, f"excess-readmission-{condition}"), [found[row["Facility ID"], span]])
        assert abs(float(own.value or 0) - float(row["Excess Readmission Ratio"])) < 1e-4


def test_a_ratio_that_is_told_no_more_is_taken_back() -> None:
    gone = readmissions("HF", 2, action="cancel", predicted=None, expected=None, ratio=None)
    found = figure_of(SCORES, "excess-readmission-hf", SPAN, readmissions("HF"), gone)
    assert (found.value, found.reason) == (None, NONE_LEFT)
    corrected = readmissions("HF", 2, predicted="21.0184", ratio="1.0000")
    assert figure_of(SCORES, "excess-readmission-hf", SPAN, corrected, readmissions("HF")).value == 1


def test_points_and_totals_stand_in_the_fiscal_year() -> None:
    assert fiscal_year(2024) == YEAR
    told = (purchased("HAI-2", 3), purchased("SSI", 0), purchased("HAI-2", 5, version=2))
    assert figure_of(SCORES, "purchasing-hai-2", YEAR, *told).value == 5
    none = figure_of(SCORES, "purchasing-ssi", YEAR, *told)
    assert none.value == 0  # a score of nothing is a score
    assert none.reason is None
    # CMS, hvbp_tps, fiscal year 2024, hospital 010001
    total = of("feeds.PurchasingTotalled.v1", **HEAD, safety="8.000000000000", total="15.583333333333")
    found = figure_of(SCORES, "purchasing-total", YEAR, total)
    assert decimal(found.value or Fraction()) == "15.5833"
    assert figure_of(SCORES, "purchasing-efficiency", YEAR, total).reason == NONE_LEFT


@pytest.mark.parametrize(("reduced", "value", "reason"), [(True, 1, None), (False, 0, None), (None, None, NONE_LEFT)])
def test_a_reduction_is_yes_or_no_or_not_said(reduced: bool | None, value: int | None, reason: str | None) -> None:
    found = figure_of(SCORES, "harm-payment-reduction", YEAR, of("feeds.HarmScored.v1", **HEAD, reduced=reduced))
    assert (found.value, found.reason) == (value, reason)


def test_published_points_follow_from_the_rates_that_are_read() -> None:
    data = real_data()
    if data is None:
        pytest.skip("the files are public ones this machine does not have; points are tested on rows written down")
    for name in ("hvbp_safety", "hvbp_clinical_outcomes"):
        path = data / "hospital_hac_hvbp_fy2024" / f"{name}.csv.gz"
        told = [record for _, record in of_rows(open_scores(path, dt.date(2024, 3, 1))()) if record.action != "cancel"]
        with_rates = [record for record in told if record.performance is not None]
        assert len(with_rates) > 9000
        for record in with_rates:
            standard = Standard(Fraction(record.threshold), Fraction(record.benchmark))
            points = score(standard, Fraction(record.performance))
            assert points.achievement == record.achievement


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt") as file:
        return list(csv.DictReader(file))
