"""The draw of second reviews: same key, same cases; every stratum has its minimum; nobody can foresee it."""

import datetime as dt
from collections import Counter, defaultdict
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.complaints.domain.consistency.second_review import Decided, ReviewPlan, Stratum, Why, drawn

KEY = bytes(range(32))
JULY, AUGUST = dt.date(2026, 7, 1), dt.date(2026, 8, 1)
_strata = st.builds(Stratum, st.sampled_from("AB"), st.sampled_from(("east", "west")), st.sampled_from((JULY, AUGUST)))
_cases = st.lists(st.builds(Decided, st.uuids(), _strata), max_size=60, unique_by=lambda case: case.case_id)
_plans = st.builds(
    ReviewPlan, share=st.fractions(0, 1, max_denominator=50), minimum=st.integers(0, 6), key=st.just(KEY)
)


@given(_cases, _plans, st.randoms(use_true_random=False))
def test_the_draw_does_not_depend_on_order_or_repetition(
    cases: list[Decided], plan: ReviewPlan, chance: object
) -> None:
    mixed = [*cases, *cases[:5]]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert drawn(mixed, plan) == drawn(cases, plan)


@given(_cases, _plans)
def test_every_stratum_has_its_minimum_or_all_there_are(cases: list[Decided], plan: ReviewPlan) -> None:
    found = drawn(cases, plan)
    members: dict[Stratum, list[UUID]] = defaultdict(list)
    for case in cases:
        members[case.stratum].append(case.case_id)
    for ids in members.values():
        chosen = [case_id for case_id in ids if case_id in found]
        by_share = [case_id for case_id in ids if plan.is_in_share(case_id)]
        assert len(chosen) == max(len(by_share), min(plan.minimum, len(ids)))
        assert {case_id for case_id in chosen if found[case_id] is Why.SHARE} == set(by_share)


@given(_cases, _cases, _plans)
def test_what_is_drawn_for_the_share_stays_drawn_whatever_comes(
    cases: list[Decided], later: list[Decided], plan: ReviewPlan
) -> None:
    before = {case_id for case_id, why in drawn(cases, plan).items() if why is Why.SHARE}
    known = {case.case_id for case in cases}
    after = drawn([*cases, *(case for case in later if case.case_id not in known)], plan)
    assert before <= after.keys()


def test_the_share_is_met_on_the_whole_and_another_key_draws_others() -> None:
    cases = [Decided(UUID(int=number), Stratum("A", "east", JULY)) for number in range(20_000)]
    one = drawn(cases, ReviewPlan(Fraction(1, 10), 0, KEY))
    other = drawn(cases, ReviewPlan(Fraction(1, 10), 0, bytes(32)))
    assert 1_850 <= len(one) <= 2_150  # 3.5 standard deviations of 2,000 +- 42
    assert 130 <= len(one.keys() & other.keys()) <= 270
    assert Counter(one.values()) == {Why.SHARE: len(one)}


def test_none_and_all_are_shares_too() -> None:
    cases = [Decided(UUID(int=number), Stratum("A", "east", JULY)) for number in range(100)]
    assert drawn(cases, ReviewPlan(Fraction(0), 0, KEY)) == {}
    assert len(drawn(cases, ReviewPlan(Fraction(1), 0, KEY))) == 100


@pytest.mark.parametrize(
    ("share", "minimum", "key"),
    [(Fraction(2), 0, KEY), (Fraction(-1), 0, KEY), (Fraction(0), -1, KEY), (Fraction(0), 0, b"x")],
)
def test_a_plan_that_cannot_be_is_refused(share: Fraction, minimum: int, key: bytes) -> None:
    with pytest.raises(ValueError, match=r"share|key"):
        ReviewPlan(share, minimum, key)
