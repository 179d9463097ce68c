"""An estimate in the words and numbers that are published of it; the same estimate is always the same words."""

from typing import Any, Final

from services.measures.domain.definitions import Definition
from services.measures.domain.impact import Estimate, Method, NotEstimable
from services.measures.domain.impact_figures import Window
from services.measures.domain.intervention import Intervention
from services.measures.domain.methods.verdict import Reason

FLAGS: Final = {
    Reason.WRONG_WAY: "wrong_way",
    Reason.SHORT_OF_HOPE: "short_of_hope",
    Reason.NO_SIGNAL: "no_signal",
}
VOID: Final = "it was entered in error"
NOT_AIMED_AT: Final = "the intervention is no longer aimed at this measure"
NO_STRATUM: Final = "its population is none that is counted"


def said(one: Intervention, definition: Definition, found: Estimate | NotEstimable) -> dict[str, Any]:
    """The fields of ``EffectEstimated`` but its revision and its time."""
    over = found.window
    told = {
        "intervention": one.id,
        "community": one.community,
        "measure": definition.id,
        "stratum": one.stratum,
        "specification": definition.specification,
        "estimable": isinstance(found, Estimate),
        "first": over.quarters[0] if over.quarters else None,
        "first_with": one.first_quarter,
        "last": over.quarters[-1] if over.quarters else None,
    }
    return told | (_of_nothing(found) if isinstance(found, NotEstimable) else _of_estimate(found))


def nothing(one: Intervention, definition: Definition, reason: str) -> dict[str, Any]:
    """The fields where the intervention is not to be estimated at all."""
    return said(one, definition, NotEstimable(Window((), ()), reason))


def _of_nothing(found: NotEstimable) -> dict[str, Any]:
    unknown = dict.fromkeys(("method", "wording", "scale", "estimate", "low", "high", "hoped"))
    sentence = f"Nothing can be said of the intervention: {found.reason}."
    return {**unknown, "reason": found.reason, "compared": (), "flags": (), "sentence": sentence}


def _of_estimate(found: Estimate) -> dict[str, Any]:
    effect = found.verdict.effect
    return {
        "reason": None,
        "method": found.method.value,
        "wording": effect.wording.value,
        "scale": "difference" if found.method is Method.BEFORE_AND_AFTER else "ratio",
        "estimate": _text(effect.estimate),
        "low": _text(effect.low),
        "high": _text(effect.high),
        "hoped": _text(found.hope),
        "compared": found.compared,
        "flags": tuple(FLAGS[reason] for reason in found.verdict.reasons),
        "sentence": " ".join((found.verdict.sentence, *found.notes)),
    }


def _text(value: float | None) -> str | None:
    return None if value is None else f"{value + 0.0:.4f}"
