"""Planted interventions are found as large as they were planted, and called what the evidence allows."""

import math
from random import Random

import pytest
from scipy import stats

from services.measures.domain.impact import Estimate, LeftOut, Method, NotEstimable, estimate
from services.measures.domain.impact_figures import Figures, window
from services.measures.domain.methods.verdict import Reason
from tests.measures.effects.planted import (
    BEGUN,
    HOSPITALIZATIONS,
    READMITTED,
    TENURE,
    drawn,
    figures,
)


def look(own: Figures, *others: Figures, improved: bool = False) -> Estimate:
    found = estimate(HOSPITALIZATIONS, own, window(own, BEGUN, None), others, improved=improved)
    assert isinstance(found, Estimate)
    return found


def test_a_fall_that_others_share_is_no_effect_and_one_they_do_not_is_all_of_it() -> None:
    fell = [400] * 12 + [300] * 8
    others = [figures(f"c{place}", fell) for place in range(4)]
    found = look(figures("river", fell), *others)
    assert found.verdict.effect.estimate == pytest.approx(1)
    found = look(figures("river", fell), *(figures(f"c{place}", [400] * 20) for place in range(4)))
    assert found.verdict.effect.estimate == pytest.approx(0.75)
    assert found.method is Method.BESIDE_COMMUNITIES
    assert found.compared == ("c0", "c1", "c2", "c3")
    assert found.verdict.sentence.startswith("The impact of the intervention: 0.75")


def test_alone_it_is_an_association_in_the_unit_of_the_measure() -> None:
    # 400 stays of 5,000 people are 80 per 1,000; they fall to 60.
    found = look(figures("river", [400] * 12 + [300] * 8))
    assert found.method is Method.BEFORE_AND_AFTER
    assert found.verdict.effect.estimate == pytest.approx(-20)
    assert found.verdict.sentence.startswith("An association with the intervention")
    assert found.hope == pytest.approx(-4)


def test_those_without_all_quarters_are_not_compared_and_with_nobody_left_it_is_an_association() -> None:
    short = figures("c1", [400] * 19)
    found = look(figures("river", [400] * 20), short)
    assert found.left_out == {"c1": LeftOut.NO_FIGURES}
    assert found.method is Method.BEFORE_AND_AFTER
    assert found.compared == ()
    assert "nobody is left" in found.notes[0]


def test_one_other_is_compared_with_a_warning() -> None:
    found = look(figures("river", [400] * 20), figures("c1", [400] * 20))
    assert found.method is Method.BESIDE_ONE_COMMUNITY
    assert "One community is compared" in found.notes[0]


def test_too_few_settled_quarters_say_how_many_there_are() -> None:
    own = figures("river", [400] * 15)
    found = estimate(HOSPITALIZATIONS, own, window(own, BEGUN, None), (), improved=False)
    assert isinstance(found, NotEstimable)
    assert "there are 12 and 3" in found.reason


def test_a_gap_ends_the_quarters_that_count() -> None:
    quarters = dict(figures("river", [400] * 20).quarters)
    del quarters["2012Q4"], quarters["2016Q2"]
    over = window(Figures("river", quarters), BEGUN, None)
    assert (over.before[0], over.before[-1], over.after[0], over.after[-1]) == (
        "2013Q1",
        "2014Q4",
        "2015Q1",
        "2016Q1",
    )


def test_no_more_than_three_years_before_count_and_none_after_its_end() -> None:
    over = window(figures("river", [400] * 20), "2016Q1", "2016Q2")
    assert (over.before[0], over.after) == ("2013Q1", ("2016Q1", "2016Q2"))


def test_nights_without_a_distribution_are_compared_by_how_others_change() -> None:
    rows = {name: figures(name, [90 + place] * 12 + [91 + place] * 8, TENURE) for place, name in enumerate("abc")}
    over = window(rows["a"], BEGUN, None)
    found = estimate(TENURE, rows["a"], over, [rows["b"], rows["c"]], improved=False)
    assert isinstance(found, Estimate)
    assert found.method is Method.BESIDE_COMMUNITIES
    assert found.hope == pytest.approx(1.05)
    alone = estimate(TENURE, rows["a"], over, [rows["b"]], improved=False)
    assert isinstance(alone, Estimate)
    assert alone.method is Method.BEFORE_AND_AFTER


def test_shares_are_compared_as_shares() -> None:
    rows = [figures(name, [80] * 12 + [60] * 8, READMITTED, exposure=400) for name in "ab"]
    found = estimate(READMITTED, rows[0], window(rows[0], BEGUN, None), rows[1:], improved=False)
    assert isinstance(found, Estimate)
    # sqrt(2 * (0.8 / 960 + 0.85 / 480)): 960 of 4,800 before, 480 of 3,200 with it.
    assert found.verdict.effect.error == pytest.approx((2 * (0.8 / 960 + 0.85 / 480)) ** 0.5)


@pytest.mark.parametrize("effect", [0.0, -0.05, -0.25], ids=["none", "small", "large"])
def test_planted_effects_are_covered_as_theory_says(effect: float) -> None:
    covered = flagged = 0
    for seed in range(200):
        random = Random(seed)
        own = drawn(random, "river", effect)
        found = look(own, *(drawn(random, f"c{place}") for place in range(6))).verdict
        low, high = found.effect.low, found.effect.high
        assert low is not None
        assert high is not None
        covered += low <= math.exp(effect) <= high
        flagged += Reason.WRONG_WAY in found.reasons
    low_, high_ = stats.binom.ppf([0.0005, 0.9995], 200, 0.95)
    assert low_ <= covered <= high_
    assert flagged <= stats.binom.ppf(0.9995, 200, 0.025)


def test_flags_say_that_it_went_the_wrong_way_or_did_nothing() -> None:
    calm = [figures(f"c{place}", [400 + place] * 20) for place in range(5)]
    worse = look(figures("river", [400] * 12 + [600] * 8), *calm).verdict
    assert Reason.WRONG_WAY in worse.reasons
    same = look(figures("river", [400] * 20), *calm).verdict
    assert Reason.NO_SIGNAL in same.reasons
    better = look(figures("river", [400] * 12 + [280] * 8), *calm, improved=True).verdict
    assert better.reasons == ()


def test_settled_figures_that_are_restated_change_the_verdict() -> None:
    calm = [figures(f"c{place}", [400] * 20) for place in range(5)]
    before = look(figures("river", [400] * 12 + [600] * 8), *calm).verdict
    after = look(figures("river", [400] * 12 + [250] * 8), *calm, improved=True).verdict
    assert before.flagged
    assert not after.flagged
