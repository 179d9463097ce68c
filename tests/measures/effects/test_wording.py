"""Whatever the figures, nothing that is said calls a change an impact unless other communities were compared."""

import datetime as dt
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.measures.domain.impact import Estimate, estimate
from services.measures.domain.impact_figures import Figures, window
from services.measures.domain.said_effects import nothing, said
from shared.contracts.effects import EffectEstimated
from tests.measures.effects.planted import BEGUN, HOSPITALIZATIONS, READMITTED, TENURE, figures, intervention

NOW = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_DEFINITIONS = (HOSPITALIZATIONS, READMITTED, TENURE)
_events = st.lists(st.integers(0, 900), min_size=0, max_size=20)


def event(told: dict[str, Any]) -> EffectEstimated:
    return EffectEstimated(**told, revision=1, estimated_at=NOW)


@settings(max_examples=300, deadline=None)
@given(
    definition=st.sampled_from(_DEFINITIONS),
    own=_events,
    others=st.lists(_events, max_size=3),
    improved=st.booleans(),
)
def test_without_a_comparison_the_word_cannot_appear(
    definition: Any, own: list[int], others: list[list[int]], *, improved: bool
) -> None:
    mine = figures("river", own, definition, 1000)
    rest = [figures(f"c{place}", events, definition, 1000) for place, events in enumerate(others)]
    found = estimate(definition, mine, window(mine, BEGUN, None), rest, improved=improved)
    told = said(intervention(measures=(definition.id,)), definition, found)
    text = event(told).model_dump_json()
    assert ("impact" in text.lower()) is bool(told["compared"])
    assert (told["wording"] == "impact") is bool(told["compared"])
    assert not told["compared"] or isinstance(found, Estimate)
    assert json.loads(text)["estimable"] is isinstance(found, Estimate)


def test_nothing_to_say_says_why() -> None:
    told = nothing(intervention(), HOSPITALIZATIONS, "it was entered in error")
    assert told["sentence"] == "Nothing can be said of the intervention: it was entered in error."
    assert event(told).first is None


def test_the_same_figures_are_the_same_words_in_any_order() -> None:
    mine, other = figures("river", [400] * 20), figures("c1", [300] * 20)
    turned = Figures("river", dict(reversed(list(mine.quarters.items()))))
    found = [
        said(
            intervention(),
            HOSPITALIZATIONS,
            estimate(HOSPITALIZATIONS, one, window(one, BEGUN, None), [other], improved=False),
        )
        for one in (mine, turned)
    ]
    assert found[0] == found[1]
