"""Points of value-based purchasing against those CMS gave every hospital of fiscal year 2024."""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from services.measures.domain.methods import points
from services.measures.domain.methods.standards import STANDARDS, Standard, standard
from tests.measures.methods.published import rows

# CMS, hvbp_safety and hvbp_clinical_outcomes of fiscal year 2024: hospital, measure, baseline, performance, points.
PUBLISHED = [
    ("010001", "MORT-30-AMI", "0.856752", "0.880237", 6, 7, 7),
    ("010001", "MORT-30-PN", "0.833710", "0.815392", 0, 0, 0),
    ("010001", "COMP-HIP-KNEE", "0.030343", "0.022314", 4, 6, 6),
    ("010001", "HAI-2", "0.324", "0.437", 3, 0, 3),
    ("010005", "HAI-5", "1.938", "0.531", 3, 7, 7),
    ("010006", "HAI-3", "0.820", "0.000", 10, 9, 10),
    ("010006", "HAI-6", "0.426", "0.043", 9, 9, 9),
    ("050135", "MORT-30-PN", "0.910018", "0.912152", 10, 9, 10),
]


@pytest.mark.parametrize(("hospital", "measure", "baseline", "performance", "there", "better", "both"), PUBLISHED)
def test_points_are_those_cms_gave(
    hospital: str, measure: str, baseline: str, performance: str, there: int, better: int, both: int
) -> None:
    found = points.score(standard(measure, 2024), Fraction(performance), Fraction(baseline))
    assert (found.achievement, found.improvement, found.score) == (there, better, both), hospital


def given_points() -> Iterator[tuple[str, dict[str, str]]]:
    for name in ("hvbp_safety", "hvbp_clinical_outcomes"):
        for row in rows(f"hospital_hac_hvbp_fy2024/{name}.csv.gz"):
            for measure in STANDARDS[2024]:
                own = {key.removeprefix(f"{measure} "): value for key, value in row.items() if key.startswith(measure)}
                if own.get("Performance Rate", "Not Available") != "Not Available":
                    yield measure, own


def test_every_hospital_has_the_points_cms_gave_it() -> None:
    checked = 0
    for measure, row in given_points():
        by = standard(measure, 2024)
        assert (by.threshold, by.benchmark) == (Fraction(row["Achievement Threshold"]), Fraction(row["Benchmark"]))
        performance, baseline = Fraction(row["Performance Rate"]), row["Baseline Rate"]
        known = baseline != "Not Available"
        found = points.score(by, performance, Fraction(baseline) if known else None)
        for value, name in (
            (found.achievement, "Achievement Points"),
            (found.improvement, "Improvement Points"),
            (found.score, "Measure Score"),
        ):
            if row[name] != "Not Available":
                assert f"{value} out of {'9' if name.startswith('I') else '10'}" == row[name]
        checked += 1
    assert checked == 21_480


def test_between_threshold_and_benchmark_there_is_at_least_one_point() -> None:
    by = Standard(Fraction(1, 2), Fraction(1))
    assert points.achievement(by, Fraction(1, 2)) == 1
    assert points.achievement(by, Fraction(49, 100)) == 0
    assert points.achievement(by, Fraction(999, 1000)) == 9


def test_a_hospital_that_got_worse_has_no_points_for_improvement_wherever_it_was() -> None:
    by = Standard(Fraction(1, 2), Fraction(9, 10))
    for baseline, performance in (("0.6", "0.55"), ("0.95", "0.85"), ("0.95", "0.92"), ("0.7", "0.7")):
        assert points.improvement(by, Fraction(performance), Fraction(baseline)) == 0


def test_halves_are_rounded_up() -> None:
    # 9 x way + 0.5 = 5.5 at the middle, 10 x way - 0.5 = 4.5 from a baseline of 0.
    by = Standard(Fraction(0), Fraction(1))
    middle = Fraction(5, 9)
    assert points.achievement(by, middle) == 6
    assert points.improvement(by, Fraction(1, 2), Fraction(0)) == 5


def test_without_a_baseline_the_score_is_for_achievement_alone() -> None:
    found = points.score(standard("HAI-2", 2024), Fraction("0.437"))
    assert (found.improvement, found.score) == (None, 3)


def test_a_standard_of_another_year_or_measure_is_not_used() -> None:
    with pytest.raises(ValueError, match="standards of fiscal year 2023 are not known, only of 2024"):
        standard("HAI-1", 2023)
    with pytest.raises(ValueError, match="fiscal year 2024 has no measure HAI-9"):
        standard("HAI-9", 2024)


def test_standards_and_rates_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="differs from its threshold"):
        Standard(Fraction(1), Fraction(1))
    with pytest.raises(ValueError, match="cannot be below 0"):
        Standard(Fraction(-1), Fraction(1))
    with pytest.raises(ValueError, match="a rate cannot be below 0"):
        points.score(standard("HAI-1", 2024), Fraction(-1))
    with pytest.raises(ValueError, match="a rate cannot be below 0"):
        points.score(standard("HAI-1", 2024), Fraction(1), Fraction(-1))
