"""The target list: One-Star homes first, then special focus, everyone eligible, experience among equals."""

from itertools import product

from services.recruitment.domain.targets.ranking import Candidate, rank


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
