"""What stands of control charts is told once, and taken back once it stands no more, in whatever order words come."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.notifications.domain.roster.charts import CHART, Chart, Said
from services.notifications.domain.roster.effects import EFFECT, Effect
from shared.contracts.effects import EffectEstimated
from shared.contracts.notifications.terms import Part
from shared.contracts.signals import SignalRaised, SignalRetracted
from tests.notifications.heard import said
from tests.notifications.heard.ear import NOW, Ear, member

Word = SignalRaised | SignalRetracted
STAFF = member("Staff", (Part.QIO_STAFF, "any:any"))
FALLS = "nursing-home-falls|nursing_home|225009"
RULES = ("WE1", "WE2", "N3")


def at(minutes: int) -> str:
    """So many minutes after the first word of a history."""
    return (NOW - dt.timedelta(days=1) + dt.timedelta(minutes=minutes)).isoformat()


def told(events: Iterable[Word | EffectEstimated], hearer: Ear | None = None) -> list[str]:
    """The notices that staff get, in order; one that is asked for again is the same."""
    found: dict[object, str] = {}
    ear = hearer or Ear(STAFF)
    for event in events:
        found |= {one.notice_id: one.notice_type for one in ear.hears(event)}
    return list(found.values())


def chart(*events: Word) -> Chart:
    """What stands of the chart of falls."""
    held = None
    for event in events:
        held = CHART.after(held, event, NOW)
    assert held is not None
    return held


def places(held: Chart) -> set[tuple[str, str, str]]:
    """What audiences find."""
    return {(one.place, one.trait, str(one.until)) for one in held.traits}


@st.composite
def histories(draw: st.DrawFn) -> list[Word]:
    """Rules at two periods raised and retracted in turn, no two words about one signal at one time."""
    found: list[Word] = []
    for period in ("2014Q2", "2014Q3"):
        for rule in RULES:
            times = sorted(draw(st.sets(st.integers(0, 30), max_size=4)))
            for number, minute in enumerate(times):
                if number % 2:
                    found.append(said.retracted(period=period, rule=rule, retracted_at=at(minute)))
                else:
                    found.append(said.signalled(period=period, rule=rule, raised_at=at(minute)))
    return sorted(found, key=lambda word: word.raised_at if isinstance(word, SignalRaised) else word.retracted_at)


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_in_any_order_and_repeated_the_same_signals_stand(history: list[Word], dice: random.Random) -> None:
    mixed = [*history, *history]
    dice.shuffle(mixed)
    if history:
        one, other = chart(*history), chart(*mixed)
        assert (one.signals, one.traits) == (other.signals, other.traits)


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_whoever_was_told_of_a_signal_that_does_not_stand_was_told_that_too(
    history: list[Word], dice: random.Random
) -> None:
    mixed = [*history, *history]
    dice.shuffle(mixed)
    for order in (history, mixed):
        hearer = Ear(STAFF)
        counted: Counter[str] = Counter()
        for period in ("2014Q2", "2014Q3"):
            notices = Counter(told((one for one in order if one.period == period), hearer))
            stands = any(one.standing and one.period == period for one in _signals(hearer))
            assert notices["SIGNAL_ALERT"] - notices["SIGNAL_RETRACTED"] == stands
            counted += notices
        assert set(counted) <= {"SIGNAL_ALERT", "SIGNAL_RETRACTED"}


def _signals(hearer: Ear) -> list[Said]:
    held = hearer.records.get(CHART.key(FALLS))
    return list(held.signals.values()) if isinstance(held, Chart) else []


def test_several_rules_at_one_period_are_one_alert_and_one_correction() -> None:
    raised = [said.signalled(rule=rule, raised_at=at(0)) for rule in RULES]
    gone = [said.retracted(rule=rule, retracted_at=at(5)) for rule in RULES]
    hearer = Ear(STAFF)
    assert told(raised, hearer) == ["SIGNAL_ALERT"]
    assert told(gone[:2], hearer) == []
    assert told(gone[2:], hearer) == ["SIGNAL_RETRACTED"]


def test_each_period_and_each_direction_is_an_alert_of_its_own() -> None:
    words = [said.signalled(), said.signalled(period="2014Q4"), said.signalled(side="low", direction="better")]
    assert told(words) == ["SIGNAL_ALERT"] * 3


def test_a_signal_that_was_retracted_and_holds_again_is_told_again() -> None:
    words: list[Word] = [
        said.signalled(raised_at=at(0)), said.retracted(retracted_at=at(1)), said.signalled(raised_at=at(2))
    ]  # fmt: skip
    assert told(words) == ["SIGNAL_ALERT", "SIGNAL_RETRACTED", "SIGNAL_ALERT"]


def test_a_retraction_that_comes_before_what_it_retracts_leaves_nothing_to_tell() -> None:
    words: list[Word] = [said.retracted(retracted_at=at(1)), said.signalled(raised_at=at(0))]
    assert told(words) == []
    assert places(chart(*words)) == set()


def test_history_that_is_loaded_late_is_no_news_and_neither_is_its_correction() -> None:
    # The third quarter of 2013 ended 522 days before NOW, the second 614; news lasts 548.
    assert told([said.signalled(period="2013Q2"), said.retracted(period="2013Q2")]) == []
    assert told([said.signalled(period="2013Q3"), said.retracted(period="2013Q3")]) == [
        "SIGNAL_ALERT",
        "SIGNAL_RETRACTED",
    ]


@pytest.mark.parametrize("unit_type", ["state", "region", "nation"])
def test_charts_of_states_and_the_nation_are_nobodys_alert(unit_type: str) -> None:
    assert told([said.signalled(unit_type=unit_type, unit="MA")]) == []


def test_the_alert_says_what_the_chart_shows() -> None:
    (one,) = Ear(STAFF).all([said.listed()]).hears(said.signalled(rule="WE4", side="low", period="2014-11"))
    assert one.facts["signal"] == "8 values in a row below the center line; a change for the worse"
    assert (one.facts["period"], one.facts["place_name"]) == ("November 2014", "Willowbrook Manor")
    assert one.facts["measure_name"] == "nursing home falls"


def test_a_home_that_became_worse_is_in_the_audience_until_the_signal_is_old_or_retracted() -> None:
    falls = ("facility:225009", "measure:nursing-home-falls:signalled")
    # 548 days after the last of September 2014
    assert places(chart(said.signalled())) == {(*falls, "2016-03-31")}
    assert places(chart(said.signalled(), said.signalled(rule="N3"), said.retracted())) == {(*falls, "2016-03-31")}
    assert places(chart(said.signalled(), said.retracted())) == set()
    assert places(chart(said.signalled(side="low", direction="better"))) == set()


def test_a_community_that_became_worse_is_found_as_community_and_as_coalition() -> None:
    held = chart(said.signalled(unit_type="community", unit="greater-boston"))
    assert {place for place, _, _ in places(held)} == {"community:greater-boston", "coalition:greater-boston"}


@given(st.lists(st.booleans(), min_size=1, max_size=8), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_highest_estimate_holds_and_a_flag_is_told_until_it_is_gone(flags: list[bool], dice: random.Random) -> None:
    history = [said.estimated(*(["no_signal"] if one else []), revision=n) for n, one in enumerate(flags, 1)]
    mixed = [*history, *history]
    dice.shuffle(mixed)
    for order in (history, mixed):
        hearer = Ear(STAFF)
        notices = Counter(told(order, hearer))
        held = hearer.records[EFFECT.key("greater-boston.0123456789ab|rehospitalizations-30d")]
        assert isinstance(held, Effect)
        assert (held.revision, held.flagged) == (len(flags), flags[-1])
        assert notices["EFFECT_ALERT"] - notices["EFFECT_CLEARED"] == flags[-1]


def test_an_intervention_that_stays_flagged_is_told_of_once() -> None:
    words = [said.estimated("no_signal", revision=n) for n in range(1, 4)]
    words += [said.estimated("wrong_way", revision=4), said.estimated(revision=5, estimable=False)]
    assert told(words) == ["EFFECT_ALERT", "EFFECT_CLEARED"]


def test_an_intervention_that_does_what_was_hoped_is_no_alert() -> None:
    assert told([said.estimated()]) == []
