"""Which interventions are flagged, and which word a change is given."""

import pytest

from services.measures.domain.methods.effects import Comparison, Effect, Wording, about, of_logarithm
from services.measures.domain.methods.verdict import Hope, Reason, verdict

COMPARED = Comparison(50)


def ratio(low: float, high: float, comparison: Comparison | None = COMPARED) -> Effect:
    return Effect((low * high) ** 0.5, 0.1, low, high, comparison, none=1.0)


def test_without_a_comparison_group_a_change_is_an_association() -> None:
    assert ratio(0.8, 0.9, None).wording is Wording.ASSOCIATION
    assert ratio(0.8, 0.9).wording is Wording.IMPACT
    alone = verdict(ratio(0.8, 0.9, None), Hope(0.85), 8, improved=True).sentence
    assert alone == "An association with the intervention, without others to compare: 0.8485 (0.8 to 0.9)."
    assert "impact" not in alone
    compared = verdict(ratio(0.8, 0.9), Hope(0.85), 8, improved=True).sentence
    assert compared == "The impact of the intervention: 0.8485 (0.8 to 0.9)."


def test_a_comparison_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one unit"):
        Comparison(0)


@pytest.mark.parametrize(
    ("low", "high", "quarters", "improved", "reasons"),
    [
        (0.75, 0.95, 8, True, ()),
        (0.75, 1.05, 8, True, ()),  # a chart saw it
        (0.75, 1.05, 3, False, ()),  # too early to say
        (0.75, 1.05, 4, False, (Reason.NO_SIGNAL,)),
        (0.75, 0.95, 8, False, ()),  # clear without a chart
        (0.85, 0.95, 8, True, (Reason.SHORT_OF_HOPE,)),  # it works, and less than was hoped
        (0.85, 1.05, 4, False, (Reason.SHORT_OF_HOPE, Reason.NO_SIGNAL)),
        (1.01, 1.20, 1, False, (Reason.WRONG_WAY,)),
        (0.80, 1.10, 1, False, ()),  # hope on the limit is within it
    ],
)
def test_an_intervention_is_flagged_for_what_is_known_of_it(
    low: float, high: float, quarters: int, improved: bool, reasons: tuple[Reason, ...]
) -> None:
    found = verdict(ratio(low, high), Hope(0.8), quarters, improved=improved)
    assert (found.reasons, found.flagged) == (reasons, bool(reasons))
    mirrored = verdict(Effect(0, 1, 2 - high, 2 - low, COMPARED, 1.0), Hope(1.2), quarters, improved=improved)
    assert mirrored.reasons == reasons


def test_a_flag_is_said_with_its_reason() -> None:
    sentence = verdict(about(0.1, 0.2, COMPARED), Hope(-0.5), 4, improved=False).sentence
    assert sentence.endswith("Flagged: the interval leaves out the effect that was hoped for."
                             " Flagged: no chart signalled an improvement in the time given to it, and the interval"
                             " holds no effect.")  # fmt: skip


def test_an_effect_is_clear_if_its_interval_leaves_out_none() -> None:
    assert about(-0.5, 0.1).clear
    assert not about(-0.1, 0.1).clear
    assert of_logarithm(-0.5, 0.1).clear
    assert not Effect(0.5, None, None, 0.9, none=1.0).clear


def test_hope_for_nothing_and_no_patience_are_refused() -> None:
    with pytest.raises(ValueError, match="differs from 1"):
        verdict(ratio(0.8, 0.9), Hope(1.0), 8, improved=True)
    with pytest.raises(ValueError, match="patience"):
        Hope(0.8, patience=0)
    assert "no limit" in verdict(Effect(0.5, None, None, 0.9, COMPARED, 1.0), Hope(0.8), 1, improved=True).sentence
