"""Who is chosen: never someone with an objection, never by the order of the list, never waived without a reason."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from services.complaints.domain.reviewers.assignment import Candidate, choose
from services.complaints.domain.reviewers.independence import objections
from services.complaints.domain.reviewers.request import AssignmentRequest
from services.complaints.domain.reviewers.reviewer import Waiver, WaiverKind
from shared.contracts.reviewers import Profession, Specialty
from tests.complaints.reviewers.people import AT, licence, person, practice, request, reviewer
from tests.complaints.reviewers.strategies import candidates, requests

DUE = AT + dt.timedelta(days=1)
LATER = DUE + dt.timedelta(days=1)
pools = st.lists(candidates, max_size=8, unique_by=lambda each: each.reviewer.id)


def chosen(*pool: Candidate, wanted: AssignmentRequest | None = None, seed: str = "s") -> int | None:
    found = choose(pool, wanted or request(), due_at=DUE, seed=seed).chosen
    return next((number for number in range(10) if person(number) == found), None)


@given(pools, requests)
def test_the_chosen_is_free_of_objections_and_has_room_or_a_waiver(
    pool: list[Candidate], wanted: AssignmentRequest
) -> None:
    choice = choose(pool, wanted, due_at=DUE, seed="s")
    best = next((each for each in pool if each.reviewer.id == choice.chosen), None)
    reasoned = replace(wanted, waivers=choice.waivers)
    if best is None:
        assert set(choice.rejected) == {each.reviewer.id for each in pool}
        assert all(choice.rejected.values())
        return
    assert objections(best.reviewer, reasoned) == ()
    full = len(best.open_due) >= best.reviewer.capacity
    assert full == any(waiver.kind is WaiverKind.OVER_CAPACITY for waiver in choice.waivers)


@given(pools, requests)
def test_every_waiver_used_was_offered_with_a_reason_and_is_needed(
    pool: list[Candidate], wanted: AssignmentRequest
) -> None:
    choice = choose(pool, wanted, due_at=DUE, seed="s")
    assert all(waiver in wanted.waivers and waiver.reason.strip() for waiver in choice.waivers)
    best = [each for each in pool if each.reviewer.id == choice.chosen]
    for waiver in choice.waivers:
        without = replace(wanted, waivers=tuple(each for each in choice.waivers if each != waiver))
        assert choose(best, without, due_at=DUE, seed="s").chosen is None


@given(pools, requests, st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_says_nothing(
    pool: list[Candidate], wanted: AssignmentRequest, shuffle: object
) -> None:
    before = choose(pool, wanted, due_at=DUE, seed="s")
    mixed = list(pool)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert choose(mixed, wanted, due_at=DUE, seed="s") == before


@given(pools, requests)
def test_nobody_needs_a_waiver_while_someone_does_not(pool: list[Candidate], wanted: AssignmentRequest) -> None:
    if choose(pool, replace(wanted, waivers=()), due_at=DUE, seed="s").chosen is not None:
        assert choose(pool, wanted, due_at=DUE, seed="s").waivers == ()


@given(pools, requests)
def test_the_waivers_named_when_nobody_may_do_help(pool: list[Candidate], wanted: AssignmentRequest) -> None:
    choice = choose(pool, wanted, due_at=DUE, seed="s")
    if choice.chosen is None and choice.waivable:
        usable = tuple(waiver for waiver in wanted.waivers if waiver.reason.strip())
        more = (*usable, *(Waiver(kind, "Nobody else is there.") for kind in choice.waivable))
        assert choose(pool, replace(wanted, waivers=more), due_at=DUE, seed="s").chosen is not None


def test_who_has_the_smallest_share_of_capacity_in_use_comes_first() -> None:
    busy = Candidate(reviewer(1, capacity=4), (LATER, LATER))
    larger = Candidate(reviewer(2, capacity=40), (LATER,) * 10)
    assert chosen(busy, larger) == 2


def test_at_equal_load_who_has_fewest_cases_due_before_this_one_comes_first() -> None:
    pressed = Candidate(reviewer(1), (DUE, LATER))
    calm = Candidate(reviewer(2), (LATER, None))
    assert chosen(pressed, calm) == 2


def test_equals_are_told_apart_by_the_seed_and_so_share_the_work() -> None:
    equals = [Candidate(reviewer(number)) for number in range(1, 5)]
    assert chosen(*equals, seed="a") == chosen(*reversed(equals), seed="a")
    assert {chosen(*equals, seed=str(seed)) for seed in range(60)} == {1, 2, 3, 4}


def test_a_free_specialist_goes_before_an_idle_stranger_with_a_waiver() -> None:
    offered = request(waivers=(Waiver(WaiverKind.NO_SPECIALIST, "No cardiologist answers."),))
    specialist = Candidate(reviewer(1), (LATER,) * 9)
    stranger = Candidate(reviewer(2, specialties=(practice(Specialty.UROLOGY),)))
    assert chosen(specialist, stranger, wanted=offered) == 1
    full = Candidate(reviewer(1), (LATER,) * 10)
    assert chosen(full, stranger, wanted=offered) == 2
    assert choose([full, stranger], offered, due_at=DUE, seed="s").waivers == offered.waivers


def test_why_the_others_were_not_chosen_is_said_in_codes() -> None:
    pool = [
        Candidate(reviewer(1)),
        Candidate(reviewer(2, licences=(licence(Profession.NURSE),))),
        Candidate(reviewer(3, specialties=())),
        Candidate(reviewer(4), (LATER,) * 10),
    ]
    choice = choose(pool, request(denial=True), due_at=DUE, seed="s")
    assert choice.chosen == person(1)
    assert choice.rejected == {
        person(2): ("ONLY_PHYSICIAN_DENIES",),
        person(3): ("SPECIALTY_DIFFERS",),
        person(4): ("NO_CAPACITY",),
    }


def test_when_nobody_may_the_waivers_that_would_help_are_named() -> None:
    pool = [Candidate(reviewer(1, specialties=())), Candidate(reviewer(2, licences=(licence(state="TX"),)))]
    choice = choose(pool, request(), due_at=DUE, seed="s")
    assert choice.chosen is None
    assert choice.waivable == {WaiverKind.NO_SPECIALIST}
