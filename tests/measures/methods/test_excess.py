"""Excess readmission ratios against those CMS published."""

from fractions import Fraction

import pytest

from services.measures.domain.methods.excess import Readmissions
from tests.measures.methods.published import rows

# CMS, Hospital Readmissions Reduction Program, hospital 010001: predicted, expected, ratio (fiscal 2024, 2024, 2025).
PUBLISHED = [("3.5325", "3.9618", "0.8916"), ("23.1263", "21.0184", "1.1003"), ("13.0146", "13.7235", "0.9483")]


@pytest.mark.parametrize(("predicted", "expected", "ratio"), PUBLISHED)
def test_predicted_over_expected_is_the_published_ratio(predicted: str, expected: str, ratio: str) -> None:
    found = Readmissions(Fraction(predicted), Fraction(expected))
    assert abs(found.excess_ratio - Fraction(ratio)) < Fraction(1, 10_000)
    assert found.is_excess == (Fraction(ratio) > 1)


@pytest.mark.parametrize(("year", "number"), [(2024, 12_077), (2025, 11_927)])
def test_every_published_ratio_of_a_year_is_met(year: int, number: int) -> None:
    name = f"hospital_readmissions_hrrp/FY_{year}_Hospital_Readmissions_Reduction_Program_Hospital.csv.gz"
    found = [row for row in rows(name) if row["Excess Readmission Ratio"] != "N/A"]
    assert len(found) == number
    for row in found:
        rates = Readmissions(Fraction(row["Predicted Readmission Rate"]), Fraction(row["Expected Readmission Rate"]))
        assert abs(rates.excess_ratio - Fraction(row["Excess Readmission Ratio"])) < Fraction(1, 10_000)


def test_as_many_as_expected_is_no_excess() -> None:
    found = Readmissions(Fraction(15), Fraction(15))
    assert (found.excess_ratio, found.is_excess) == (Fraction(1), False)


@pytest.mark.parametrize(("predicted", "expected"), [(-1, 5), (101, 5), (5, 0), (5, 101)])
def test_rates_that_are_no_percentages_are_refused(predicted: int, expected: int) -> None:
    with pytest.raises(ValueError, match="readmission rate lies"):
        Readmissions(Fraction(predicted), Fraction(expected))
