"""Overall stars of nursing homes by both rules, and the composite of thirteen measures."""

import datetime as dt
from collections import Counter
from fractions import Fraction

import pytest

from services.measures.domain.methods import composite, stars
from services.measures.domain.methods.composite import Part
from services.measures.domain.methods.stars import Ratings
from tests.measures.methods.published import rows

BEFORE, SINCE = dt.date(2022, 6, 30), dt.date(2022, 7, 1)
# Measures research §6.5, example 1; of vaccines the residents vaccinated.
HOME = {
    "falls-major-injury": (2, 80),
    "urinary-infection": (4, 80),
    "pain": (3, 60),
    "pressure-ulcers": (5, 55),
    "bowel-or-bladder": (18, 40),
    "catheter": (2, 76),
    "restraints": (0, 80),
    "more-help": (12, 70),
    "weight-loss": (6, 78),
    "depressive-symptoms": (3, 75),
    "antipsychotic": (14, 68),
    "influenza-vaccine": (74, 80),
    "pneumococcal-vaccine": (72, 80),
}


def parts(**changes: tuple[int, int]) -> list[Part]:
    return [Part(name, *counts) for name, counts in {**HOME, **changes}.items()]


@pytest.mark.parametrize(
    ("ratings", "overall"),
    [((3, 5, 5), 5), ((1, 5, 5), 2), ((4, 1, 1), 2), ((2, 4, 5), 3), ((5, 3, 1), 4)],
)
def test_stars_since_july_2022_are_those_of_the_worked_examples(ratings: tuple[int, int, int], overall: int) -> None:
    assert stars.overall(Ratings(*ratings), SINCE) == overall  # measures research §6.5, example 2


@pytest.mark.parametrize(("ratings", "overall"), [((5, 5, 1), 4), ((1, 1, 5), 2)])
def test_stars_stay_between_one_and_five_at_each_step(ratings: tuple[int, int, int], overall: int) -> None:
    assert stars.overall(Ratings(*ratings), SINCE) == overall


def test_staffing_of_four_above_the_inspection_gave_a_star_until_july_2022() -> None:
    ratings = Ratings(2, 4, 5)
    assert (stars.overall(ratings, BEFORE), stars.overall(ratings, SINCE)) == (4, 3)
    assert stars.overall(Ratings(4, 4, 3), BEFORE) == 4  # not above the inspection


def test_until_july_2022_special_focus_facilities_had_at_most_three_stars() -> None:
    assert stars.overall(Ratings(3, 5, 5, special_focus=True), BEFORE) == 3
    assert stars.overall(Ratings(3, 5, 5), BEFORE) == 5
    assert stars.overall(Ratings(3, 5, 5, special_focus=True), SINCE) == 5


# CMS Nursing Home Compare, May 2012: inspection, staffing, quality, overall of three homes.
@pytest.mark.parametrize(("ratings", "overall"), [((4, 4, 3), 4), ((3, 4, 5), 5), ((1, 4, 5), 2)])
def test_the_earlier_rule_gives_stars_as_published_in_2012(ratings: tuple[int, int, int], overall: int) -> None:
    assert stars.overall(Ratings(*ratings), dt.date(2012, 5, 1)) == overall


def test_the_earlier_rule_gives_nearly_every_home_its_published_stars_of_2012() -> None:
    agree: Counter[bool] = Counter()
    for row in rows("nursing_home_compare_2012/nh_provider_info_2012.csv.gz"):
        given = [row[f"{name}_rating"] for name in ("health_inspection", "staffing", "qm", "overall")]
        if all(given):
            inspection, staffing, quality, overall = map(int, given)
            ratings = Ratings(inspection, staffing, quality, row["special_focus_facility"] == "1")
            agree[stars.overall(ratings, dt.date(2012, 5, 1)) == overall] += 1
    assert agree == {True: 15_107, False: 2}  # those two do not follow from the ratings of their own rows


def test_ratings_that_are_no_stars_and_days_before_ratings_are_refused() -> None:
    for ratings, name in (((0, 3, 3), "health inspection"), ((3, 6, 3), "staffing"), ((3, 3, -1), "quality measures")):
        with pytest.raises(ValueError, match=f"rating of {name} is 1 to 5 stars"):
            Ratings(*ratings)
    with pytest.raises(ValueError, match="no ratings before 2008-12-18"):
        stars.overall(Ratings(3, 3, 3), dt.date(2008, 12, 17))


def test_the_composite_is_all_numerators_over_all_denominators_with_vaccines_reversed() -> None:
    found = composite.composite(parts())
    assert (found.numerator, found.denominator) == (83, 922)
    assert float(found.value) == pytest.approx(9.00, abs=0.005)
    assert found.fewer == 28  # 55 of 922 are at most 6.00 percent
    assert found.missing == ()


def test_one_event_less_than_needed_is_still_above_the_goal() -> None:
    at_goal = composite.composite([Part("falls-major-injury", 55, 922)])
    assert (at_goal.value <= composite.GOAL, at_goal.fewer) == (True, 0)
    above = composite.composite([Part("falls-major-injury", 56, 922)])
    assert (above.value <= composite.GOAL, above.fewer) == (False, 1)


def test_a_resident_vaccinated_lowers_the_composite_and_pain_raises_it() -> None:
    as_is = composite.composite(parts()).value
    assert composite.composite(parts(**{"influenza-vaccine": (75, 80)})).value < as_is
    assert composite.composite(parts(pain=(4, 60))).value > as_is


def test_measures_that_are_not_given_are_named() -> None:
    found = composite.composite([Part("falls-major-injury", 2, 80)])
    assert found.value == Fraction(200, 80)
    assert len(found.missing) == 12
    assert "falls-major-injury" not in found.missing


def test_parts_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="luck is no measure of the composite"):
        Part("luck", 1, 2)
    for numerator in (-1, 81):
        with pytest.raises(ValueError, match="falls-major-injury has 0 or more in the numerator"):
            Part("falls-major-injury", numerator, 80)
    with pytest.raises(ValueError, match="only once"):
        composite.composite([Part("falls-major-injury", 1, 80), Part("falls-major-injury", 1, 80)])
    with pytest.raises(ValueError, match="residents in a denominator"):
        composite.composite([])
