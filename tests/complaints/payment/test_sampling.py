"""Which claims are candidates, and that a draw keeps its minimum and maximum whatever comes in what order."""

import datetime as dt
from collections import Counter
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.complaints.domain.payment.claims import Billed, ClaimFamily, ClaimVersion, folded
from services.complaints.domain.payment.sampling import (
    Candidate,
    Period,
    Review,
    SamplingPlan,
    Selected,
    Unweighed,
    draw,
    higher_weighted,
    short_stay,
)
from services.complaints.domain.payment.weights import DrgWeights, read_weights
from tests.complaints.payment.support import DAY, HOSPITAL, claim, key

KEY = bytes(range(32))
JUNE = Period(dt.date(2026, 6, 1), dt.date(2026, 6, 30))
# Made up: only their order matters.
WEIGHTS = read_weights(["fiscal_year,drg,weight", "2026,291,1.3", "2026,292,1.0", "2026,293,0.7"])


def plans(share: Fraction = Fraction(1, 10), minimum: int = 10, maximum: int = 30) -> dict[Review, SamplingPlan]:
    return dict.fromkeys(Review, SamplingPlan(KEY, share, minimum, maximum))


def candidates(
    count: int, review: Review = Review.SHORT_STAY, provider: str = HOSPITAL, first: int = 0
) -> list[Candidate]:
    return [Candidate(review, key(number), 1, provider, DAY) for number in range(first, first + count)]


def family(*versions: ClaimVersion) -> ClaimFamily:
    (found,) = folded(versions).values()
    return found


@pytest.mark.parametrize(
    ("changed", "is_candidate"),
    [
        ({}, True),
        ({"discharge": DAY}, True),
        ({"discharge": DAY + dt.timedelta(days=2)}, False),
        ({"cancelled": True}, False),
        ({"status": "30"}, False),
        ({"frequency": "2"}, False),
        ({"frequency": "4"}, True),
        ({"status": None, "frequency": None}, True),
        ({"provider": "331301"}, False),  # critical access
        ({"provider": "333025"}, False),  # rehabilitation hospital
        ({"provider": "33T101"}, False),  # rehabilitation unit
        ({"provider": "332001"}, True),  # long-term
        ({"provider": "334001"}, True),  # psychiatric
        ({"provider": "33U101"}, False),  # swing bed
    ],
)
def test_a_short_stay_is_under_two_midnights_and_not_in_rehabilitation_or_critical_access(
    changed: dict[str, object], is_candidate: bool
) -> None:
    assert (short_stay(family(claim(**changed))) is not None) is is_candidate


def test_a_claim_resubmitted_with_a_higher_weight_is_a_candidate_with_what_it_gained() -> None:
    found = higher_weighted(
        family(claim(drg="292", paid=500_000), claim(version=2, drg="291", paid=650_000)),
        WEIGHTS,
    )
    assert isinstance(found, Candidate)
    assert (found.version, found.before, found.gain) == (2, Billed("292", 500_000), 150_000)


@pytest.mark.parametrize(
    ("drgs", "is_candidate"),
    [
        (("291",), False),
        (("291", "292"), False),
        (("291", "291"), False),
        (("292", "291", "291"), True),  # a later correction of something else hides nothing
        (("291", "293", "291"), True),  # lowered and raised again
        (("293", "291", "292"), True),  # still above the first
        (("292", "291", "292"), False),  # taken back
    ],
)
def test_the_lowest_weight_billed_before_is_what_counts(drgs: tuple[str, ...], is_candidate: bool) -> None:
    versions = [claim(version=number, drg=drg) for number, drg in enumerate(drgs, 1)]
    assert isinstance(higher_weighted(family(*versions), WEIGHTS), Candidate) is is_candidate


def test_the_gain_is_over_the_lowest_weight() -> None:
    versions = [claim(version=n, drg=drg, paid=n * 100) for n, drg in enumerate(("292", "293", "291"), 1)]
    found = higher_weighted(family(*versions), WEIGHTS)
    assert isinstance(found, Candidate)
    assert (found.before, found.gain) == (Billed("293", 200), 100)


def test_without_weights_the_draw_says_that_it_cannot_know() -> None:
    raised = family(claim(drg="292"), claim(version=2, drg="291"))
    assert higher_weighted(raised, DrgWeights()) == Unweighed(claim().key, HOSPITAL)
    same = family(claim(drg="291"), claim(version=2, drg="291"))
    assert higher_weighted(same, DrgWeights()) is None


@pytest.mark.parametrize("provider", ["331301", "332001", "334001"])
def test_only_acute_hospitals_are_paid_by_these_weights(provider: str) -> None:
    raised = family(claim(provider=provider, drg="292"), claim(provider=provider, version=2, drg="291"))
    assert higher_weighted(raised, WEIGHTS) is None


def test_a_cancelled_claim_and_one_that_lost_its_drg_are_no_candidates() -> None:
    for last in (claim(version=2, cancelled=True, drg="291"), claim(version=2, drg=None)):
        assert higher_weighted(family(claim(drg="292"), last), WEIGHTS) is None


@pytest.mark.parametrize(("there", "drawn"), [(0, 0), (3, 3), (10, 10), (80, 10), (150, 15), (299, 30), (5_000, 30)])
def test_ten_to_thirty_records_are_drawn_per_hospital(there: int, drawn: int) -> None:
    assert len(draw(candidates(there), (), JUNE, plans())) == drawn


@given(
    st.lists(st.tuples(st.sampled_from(Review), st.sampled_from("AB"), st.integers(0, 60)), max_size=80),
    st.fractions(0, 1, max_denominator=20),
    st.integers(0, 6),
    st.integers(0, 8),
    st.randoms(use_true_random=False),
)
def test_minimum_and_maximum_hold_in_any_order_and_nothing_is_drawn_twice(
    told: list[tuple[Review, str, int]], share: Fraction, minimum: int, more: int, chance: Random
) -> None:
    there = {(review, number): Candidate(review, key(number), 1, provider, DAY) for review, provider, number in told}
    plan = plans(share, minimum, minimum + more)
    found = draw(there.values(), (), JUNE, plan)
    mixed = list(there.values())
    chance.shuffle(mixed)
    assert draw([*mixed, *mixed[:3]], (), JUNE, plan) == found
    assert len({selected.key for selected in found}) == len(found)
    counts = Counter((selected.review, selected.provider) for selected in found)
    both = {selected.key for selected in found if selected.review is Review.HIGHER_WEIGHTED_DRG}
    free = Counter(
        (c.review, c.provider) for c in there.values() if c.review is Review.HIGHER_WEIGHTED_DRG or c.key not in both
    )
    for hospital, count in free.items():
        assert min(minimum, count) <= counts[hospital] <= minimum + more
    assert draw(mixed, found, JUNE, plan) == ()


@settings(max_examples=60)
@given(st.lists(st.sets(st.integers(0, 90)), min_size=1, max_size=5), st.integers(0, 6), st.integers(0, 8))
def test_claims_may_come_and_go_between_draws_and_the_maximum_still_holds(
    rounds: list[set[int]], minimum: int, more: int
) -> None:
    plan = plans(Fraction(1, 5), minimum, minimum + more)
    earlier: list[Selected] = []
    for present in rounds:
        there = [Candidate(Review.SHORT_STAY, key(number), 1, HOSPITAL, DAY) for number in sorted(present)]
        earlier += draw(there, earlier, JUNE, plan)
    assert len(earlier) == len({selected.key for selected in earlier}) <= minimum + more


def test_a_late_claim_is_drawn_only_where_the_hospital_has_room() -> None:
    plan = plans(Fraction(0), 3, 3)
    first = draw(candidates(2), (), JUNE, plan)
    late = draw(candidates(9), first, JUNE, plan)
    assert (len(first), len(late)) == (2, 1)
    assert draw(candidates(9), (*first, *late), JUNE, plan) == ()


def test_a_cancelled_selection_is_replaced_only_below_the_maximum() -> None:
    plan = plans(Fraction(0), 2, 3)
    first = draw(candidates(5), (), JUNE, plan)
    left = [c for c in candidates(5) if c.key != first[0].key]
    second = draw(left, first, JUNE, plan)
    assert len(second) == 1
    left = [c for c in left if c.key != second[0].key]
    assert draw(left, (*first, *second), JUNE, plan) == ()


def test_a_claim_selected_in_another_period_or_for_its_drg_is_not_drawn_again() -> None:
    may = Period(dt.date(2026, 5, 1), dt.date(2026, 5, 31))
    once = Selected(Review.HIGHER_WEIGHTED_DRG, key(0), 1, HOSPITAL, DAY, may)
    assert {s.key for s in draw(candidates(3), [once], JUNE, plans())} == {key(1), key(2)}


def test_only_discharges_of_the_period_are_drawn() -> None:
    outside = [c._replace(discharge=day) for c in candidates(1) for day in (dt.date(2026, 5, 31), dt.date(2026, 7, 1))]
    assert draw(outside, (), JUNE, plans()) == ()


def test_another_key_draws_other_claims_and_a_new_version_keeps_its_place() -> None:
    there = candidates(200)
    one = draw(there, (), JUNE, plans())
    other = draw(there, (), JUNE, dict.fromkeys(Review, SamplingPlan(bytes(32))))
    corrected = draw([c._replace(version=2) for c in there], (), JUNE, plans())
    assert {s.key for s in one} != {s.key for s in other}
    assert [s.key for s in corrected] == [s.key for s in one]


@pytest.mark.parametrize("wrong", [{"share": Fraction(2)}, {"minimum": 31}, {"minimum": -1}, {"key": b"short"}])
def test_a_plan_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"share|key"):
        SamplingPlan(**{"key": KEY, **wrong})  # type: ignore[arg-type]
