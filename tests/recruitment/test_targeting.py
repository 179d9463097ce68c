"""The target list: One-Star homes, special focus, signals, then everyone eligible; each place explained."""

from dataclasses import replace
from itertools import product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from services.recruitment.domain.targets.ranking import Candidate, rank
from services.recruitment.domain.targets.signals import Signal, strongest
from services.recruitment.domain.targets.weights import (
    APART,
    EXPERIENCE,
    SPECIAL_FOCUS,
    STARS,
    STEPS,
    WEIGHTS,
    Kind,
)
from shared.contracts.recruitment.ids import Setting


def candidate(ccn: str, rating: int | None, *, focus: bool = False, experience: tuple[str, ...] = ()) -> Candidate:
    return Candidate(ccn, "A home", "MA", rating, focus, experience)


def test_one_star_goes_before_everything_and_everyone_is_on_the_list() -> None:
    everyone = [
        candidate("000005", 5),
        candidate("000003", 3),
        candidate("000009", None),
        candidate("000007", 5, focus=True, experience=("PSPC",)),
        candidate("000001", 1),
        candidate("000008", 1, focus=True),
        candidate("000002", 2),
        candidate("000006", 2, experience=("PSPC",)),
    ]
    order = [target.candidate.ccn[-1] for target in rank(everyone)]
    assert order == ["8", "1", "7", "6", "2", "9", "3", "5"]


def test_no_combination_lifts_a_home_over_a_higher_group() -> None:
    ratings = (1, 2, 3, 4, 5, None)
    combinations = product(ratings, (False, True), ((), ("PSPC",)))
    homes = [
        candidate(f"{number:06d}", rating, focus=focus, experience=experience)
        for number, (rating, focus, experience) in enumerate(combinations)
    ]
    ranked = [target.candidate for target in rank(homes)]
    stars: dict[int | None, float] = {None: 2.5, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5}
    keys = [
        (home.overall_rating != 1, not home.special_focus, stars[home.overall_rating], not home.experience)
        for home in ranked
    ]
    assert keys == sorted(keys)


def test_equals_are_ordered_by_number_and_every_place_is_explained() -> None:
    ranked = rank([candidate("000002", 1, focus=True, experience=("PSPC",)), candidate("000003", None)])
    assert [target.why for target in ranked] == [
        "One-Star home; special focus facility; experience in PSPC",
        "not rated",
    ]
    assert [target.candidate.ccn for target in rank([candidate("000009", 4), candidate("000008", 4)])] == [
        "000008",
        "000009",
    ]


READMISSIONS = Signal(Kind.READMISSION, 90, "readmissions")
GAP = Signal(Kind.GAP, 20, "gap")
CONCERN = Signal(Kind.CONCERN, 40, "concern")


def test_known_ranks() -> None:
    everyone = [
        replace(candidate("000001", 1), signals=(READMISSIONS, CONCERN)),  # 3000 + 90 + 40
        candidate("000002", 1, focus=True),  # 3000 + 500
        candidate("000003", 1, experience=("PSPC",)),  # 3000 + 20
        candidate("000004", 2, focus=True),  # 2000 + 150
        replace(candidate("000005", 5, focus=True), signals=(READMISSIONS,)),  # 2000 + 0 + 90
        replace(candidate("000006", 5), signals=(GAP,)),  # 1000 + 0 + 20
        candidate("000007", 2, experience=("PSPC",)),  # 150 + 20
        replace(candidate("000008", None), signals=(CONCERN,)),  # 1000 + 125 + 40
        replace(candidate("000009", 1), setting=Setting.HOSPITAL),  # stars of homes are not stars of hospitals
    ]
    ranked = rank(everyone)
    assert [(target.candidate.ccn[-1], target.score) for target in ranked] == [
        ("2", 3500),
        ("1", 3130),
        ("3", 3020),
        ("4", 2150),
        ("5", 2090),
        ("8", 1165),
        ("6", 1020),
        ("7", 170),
        ("9", 0),
    ]
    assert ranked[1].contributions == ((3000, "One-Star home"), (90, "readmissions"), (40, "concern"))


signals = st.lists(
    st.builds(Signal, st.sampled_from(Kind), st.sampled_from((20, 30, 40, 60, 90)), st.sampled_from("abc")), max_size=5
).map(strongest)
candidates = st.builds(
    Candidate,
    ccn=st.just("000000"),
    name=st.just("A home"),
    state=st.just("MA"),
    overall_rating=st.sampled_from((1, 2, 3, 4, 5, None)),
    special_focus=st.booleans(),
    experience=st.sampled_from(((), ("PSPC",), ("LAN", "PSPC"))),
    setting=st.sampled_from((Setting.NURSING_HOME, Setting.NURSING_HOME, Setting.HOSPITAL)),
    signals=signals,
)
many = st.lists(candidates, min_size=1, max_size=12).map(
    lambda found: [replace(one, ccn=f"{number:06d}") for number, one in enumerate(found)]
)


@given(many, st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_the_order_is_total_and_the_same_however_candidates_are_read(everyone: list[Candidate], chance: Random) -> None:
    ranked = rank(everyone)
    assert sorted(one.candidate.ccn for one in ranked) == sorted(one.ccn for one in everyone)
    chance.shuffle(everyone)
    assert rank(everyone) == ranked


@given(many)
@settings(max_examples=200, deadline=None)
def test_groups_never_mix_and_a_score_is_the_sum_of_its_parts(everyone: list[Candidate]) -> None:
    ranked = rank(everyone)
    groups = [target.group for target in ranked]
    assert groups == sorted(groups, reverse=True)
    for target in ranked:
        assert target.score == sum(part.weight for part in target.contributions)
        assert target.group * APART <= target.score < (target.group + 1) * APART


@given(many, st.data(), st.sampled_from(Kind), st.sampled_from((20, 30, 40, 60, 90)))
@settings(max_examples=200, deadline=None)
def test_one_more_signal_never_lowers_a_rank(
    everyone: list[Candidate], data: st.DataObject, kind: Kind, weight: int
) -> None:
    chosen = data.draw(st.sampled_from(everyone))
    more = replace(chosen, signals=strongest((*chosen.signals, Signal(kind, weight, "more"))))
    before = [target.candidate.ccn for target in rank(everyone)].index(chosen.ccn)
    after = [target.candidate.ccn for target in rank([more if one is chosen else one for one in everyone])]
    assert after.index(chosen.ccn) <= before


def test_all_weights_together_stay_below_the_distance_between_groups() -> None:
    most = sum(weight.per_step * STEPS[0][1] for kind, weight in WEIGHTS.items() if kind is not Kind.CONCERN)
    most += WEIGHTS[Kind.CONCERN].per_step + EXPERIENCE
    assert most < SPECIAL_FOCUS
    assert most + max(SPECIAL_FOCUS, *STARS.values()) < APART
