"""Teachers are ranked by how well they do and how far they came, of those who consent alone."""

from decimal import Decimal
from itertools import permutations

import pytest

from services.measures.domain.kinds import MEASURES
from services.recruitment.domain.networks.topics import TOPICS
from services.recruitment.domain.peers.figures import higher_is_better, kept
from services.recruitment.domain.peers.matching import Figure, Match, Peer, match
from shared.contracts.facilities import FacilityMeasured
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.peer_terms import PeerScope, Side, WhyMatched

EVERYTHING = frozenset(PeerScope)


def peer(name: str, latest: float | None, earlier: float | None = None, **fields: object) -> Peer:
    """A home of a hundred beds with these figures, that consents to everything."""
    plain: dict[str, object] = {"setting": Setting.NURSING_HOME, "state": "MA", "beds": 100, "scopes": EVERYTHING}
    told = {
        "now": None if latest is None else Figure("2015Q1", Decimal(str(latest)), tellable=True),
        "before": None if earlier is None else Figure("2014Q1", Decimal(str(earlier)), tellable=True),
    }
    return Peer(participant=name, **{**told, **plain, **fields})  # type: ignore[arg-type]


def ranked(*others: Peer, learner: Peer | None = None, higher: bool = False, limit: int = 10) -> tuple[Match, ...]:
    return match(learner or peer("me", 30), others, higher_is_better=higher, limit=limit)


def names(found: tuple[Match, ...]) -> list[str]:
    return [one.participant for one in found]


def test_who_came_far_and_does_well_comes_first() -> None:
    steady, improved, both = peer("a", 10, 10), peer("b", 20, 60), peer("c", 10, 40)
    assert names(ranked(steady, improved, both)) == ["c", "b", "a"]


def test_only_who_does_better_than_the_learner_is_matched() -> None:
    assert names(ranked(peer("a", 29), peer("b", 30), peer("c", 31))) == ["a"]
    assert names(ranked(peer("a", 29), peer("c", 31), higher=True)) == ["c"]
    assert names(ranked(peer("a", 29), peer("c", 31), learner=peer("me", None))) == ["a", "c"]


def test_who_has_not_consented_to_teach_is_no_candidate() -> None:
    silent = peer("a", 1, 90, scopes=EVERYTHING - {PeerScope.TEACH_PEERS})
    assert names(ranked(silent, peer("b", 20))) == ["b"]


def test_who_has_not_consented_to_learn_is_matched_with_nobody() -> None:
    learner = peer("me", 30, scopes=EVERYTHING - {PeerScope.LEARN_FROM_PEERS})
    assert ranked(peer("a", 1), learner=learner) == ()


def test_nobody_is_matched_with_itself_or_with_who_has_no_figure() -> None:
    assert ranked(peer("me", 1), peer("a", None, 20)) == ()


def test_likeness_decides_between_equals_and_a_state_does_not() -> None:
    hospital = peer("a", 10, setting=Setting.HOSPITAL)
    large = peer("b", 10, beds=400)
    unknown = peer("c", 10, beds=None)
    far = peer("d", 10, state="FL")
    assert names(ranked(hospital, large, unknown, far)) == ["d", "b", "a", "c"]


def test_ties_are_broken_by_id_in_whatever_order_they_come_and_the_limit_holds() -> None:
    several = [peer(one, 10, 20) for one in "abc"]
    for order in permutations(several):
        assert names(ranked(*order)) == ["a", "b", "c"]
        assert names(ranked(*order, limit=2)) == ["a", "b"]


def test_reasons_say_what_holds() -> None:
    (one, two) = ranked(peer("a", 10, 20), peer("b", 20, 15, setting=Setting.HOSPITAL, beds=30))
    assert {reason.why for reason in one.reasons} == {
        WhyMatched.BETTER_NOW,
        WhyMatched.IMPROVED,
        WhyMatched.PERFORMS_WELL,
        WhyMatched.SAME_SETTING,
        WhyMatched.SIMILAR_SIZE,
    }
    assert {reason.why for reason in two.reasons} == {WhyMatched.BETTER_NOW}


def test_there_is_always_a_reason() -> None:
    learner = peer("me", None, setting=Setting.HOSPITAL, beds=None)
    found = ranked(peer("a", 10), peer("b", 20), learner=learner)
    assert [[reason.why for reason in one.reasons] for one in found] == [
        [WhyMatched.PERFORMS_WELL],
        [WhyMatched.JUDGED],
    ]
    assert found[1].reasons[0].words


def test_figures_are_told_of_those_who_share_them_and_never_small_numbers() -> None:
    shy = EVERYTHING - {PeerScope.SHARE_FIGURES}
    (one,) = ranked(peer("a", 10, 20))
    assert [(figure.of, figure.period, figure.value) for figure in one.figures] == [
        (Side.LEARNER, "2015Q1", "30"),
        (Side.TEACHER, "2014Q1", "20"),
        (Side.TEACHER, "2015Q1", "10"),
    ]
    (one,) = ranked(peer("a", 10, 20, scopes=shy))
    assert [figure.of for figure in one.figures] == [Side.LEARNER]
    (one,) = ranked(peer("a", None, now=Figure("2015Q1", Decimal(10), tellable=False)))
    assert [figure.of for figure in one.figures] == [Side.LEARNER]


def test_the_better_way_of_each_measure_is_as_it_is_defined() -> None:
    for topic in TOPICS.values():
        for measure in topic.facility:
            assert higher_is_better(measure) is (MEASURES[measure].better == "higher"), measure


def figure(**fields: object) -> FacilityMeasured:
    plain = {
        "measure": "nursing-home-falls",
        "specification": 1,
        "unit_type": "nursing_home",
        "unit": "225009",
        "period": "2015Q1",
        "spans": 1,
        "baseline": None,
        "computable": True,
        "reason": None,
        "numerator": 20,
        "denominator": 100,
        "predicted": None,
        "value": "20.0",
        "low": None,
        "high": None,
        "status": "FINAL",
        "revision": 1,
        "as_of": "2015-06-01T00:00:00Z",
    }
    return FacilityMeasured.model_validate({**plain, **fields})


def test_settled_figures_of_topics_are_kept_and_one_that_could_not_be_computed_replaces_one_that_was() -> None:
    held = kept(figure())
    assert held is not None
    assert (held.value, held.tellable, str(held.ends_on)) == (Decimal("20.0"), True, "2015-03-31")
    for fields in ({"status": "PROVISIONAL"}, {"measure": "beds"}, {"unit_type": "community"}):
        assert kept(figure(**fields)) is None
    gone = kept(figure(computable=False, reason="none", value=None))
    assert gone is not None
    assert gone.value is None


@pytest.mark.parametrize(
    ("numerator", "denominator", "tellable"),
    [(10, 100, False), (11, 100, True), (0, 100, True), (90, 100, False), (100, 100, True), (11, None, True)],
)
def test_figures_of_small_counts_are_not_tellable(numerator: int, denominator: int | None, tellable: bool) -> None:
    held = kept(figure(numerator=numerator, denominator=denominator))
    assert held is not None
    assert held.tellable is tellable
