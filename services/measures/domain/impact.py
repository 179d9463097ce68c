"""What may be said of an intervention: its change beside comparable communities, or what goes along with it.

Counted are up to twelve quarters before the first one with it, and those with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final

from services.measures.domain.definitions import Definition, Uncertainty
from services.measures.domain.impact_figures import Figures, Window, exposure, value
from services.measures.domain.intervals import Count
from services.measures.domain.methods import differences_one
from services.measures.domain.methods.differences_one import Change
from services.measures.domain.methods.effects import Effect
from services.measures.domain.methods.series import FEWEST, interrupted
from services.measures.domain.methods.verdict import Hope, Verdict, verdict

HOPED: Final = Fraction(5, 100)
"""The relative change hoped for beyond what others have [D]. Communities with coalitions had 5.7 % fewer
rehospitalizations per 1,000 where others had 2.1 % fewer (Brock et al., JAMA 2013;309:381-391)."""


class Method(StrEnum):
    """How the effect was estimated."""

    BESIDE_COMMUNITIES = "beside_communities"
    BESIDE_ONE_COMMUNITY = "beside_one_community"
    BEFORE_AND_AFTER = "before_and_after"


class LeftOut(StrEnum):
    """Why a community is not compared; the value is said to people."""

    ITSELF = "it is the community of the intervention"
    OVERLAP = "it shares areas with the intervention"
    SAME_KIND = "it had an intervention of this kind in that time"
    UNKNOWN = "nothing is known of it"
    NO_FIGURES = "it lacks settled figures of these quarters"
    NO_EVENTS = "it has nothing to divide by: no events before or after"


NOBODY: Final = "Of those it was to be compared with, nobody is left."
ONE_ALONE: Final = "One community is compared: the limits allow for chance, and not for communities that differ."


@dataclass(frozen=True, slots=True)
class Estimate:
    """``compared`` are the communities beside which it is seen, ``left_out`` those that were asked for and are not."""

    window: Window
    method: Method
    verdict: Verdict
    hope: float
    compared: tuple[str, ...] = ()
    left_out: Mapping[str, LeftOut] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotEstimable:
    """Why nothing can be said yet."""

    window: Window
    reason: str
    left_out: Mapping[str, LeftOut] = field(default_factory=dict)


def estimate(
    definition: Definition,
    own: Figures,
    over: Window,
    others: Sequence[Figures],
    *,
    improved: bool,
    hoped: Fraction = HOPED,
    left_out: Mapping[str, LeftOut] | None = None,
) -> Estimate | NotEstimable:
    """The effect beside the others, else what changed with the intervention by an interrupted series.

    ``improved``: a chart signals an improvement in a quarter with it. ``left_out`` says who was left out before.
    """
    without = dict(left_out or {})
    if len(over.before) < FEWEST or len(over.after) < FEWEST:
        reason = (
            f"{FEWEST} settled quarters before and {FEWEST} with it are needed;"
            f" there are {len(over.before)} and {len(over.after)}"
        )
        return NotEstimable(over, reason, without)
    changes = _changes(definition, over, others, without)
    try:
        method, effect, hope = _estimated(definition, own, over, list(changes.values()), hoped)
        found = verdict(effect, Hope(hope), len(over.after), improved=improved)
    except ValueError as error:
        return NotEstimable(over, str(error), without)
    compared = tuple(changes) if effect.comparison else ()
    return Estimate(over, method, found, hope, compared, without, tuple(_notes(method, without)))


def _changes(
    definition: Definition, over: Window, others: Sequence[Figures], without: dict[str, LeftOut]
) -> dict[str, Change]:
    found = {}
    for other in others:
        if not all(quarter in other.quarters for quarter in over.quarters):
            without[other.unit] = LeftOut.NO_FIGURES
            continue
        try:
            found[other.unit] = _change(definition, other, over)
        except ValueError:
            without[other.unit] = LeftOut.NO_EVENTS
    return found


def _estimated(
    definition: Definition, own: Figures, over: Window, changes: Sequence[Change], hoped: Fraction
) -> tuple[Method, Effect, float]:
    sign = -1 if definition.better == "lower" else 1
    countable = definition.uncertainty is not Uncertainty.NONE
    if len(changes) > 1 or (changes and countable):
        method = Method.BESIDE_COMMUNITIES if len(changes) > 1 else Method.BESIDE_ONE_COMMUNITY
        effect = differences_one.beside(_change(definition, own, over), changes)
        return method, effect, float(1 + sign * hoped)
    values = [(quarter, float(value(definition, own.quarters[quarter]))) for quarter in over.quarters]
    effect = interrupted(values, over.after[0], seasons=_seasons(over)).at_end
    mean = sum(one for _, one in values[: len(over.before)]) / len(over.before)
    if not mean:
        raise ValueError("there was nothing before it began that could have changed")
    return Method.BEFORE_AND_AFTER, effect, float(sign * hoped) * mean


def _seasons(over: Window) -> bool:
    """Three dummies of season need as many quarters as two years have before anything is left to judge by."""
    return len(over.quarters) >= 3 * FEWEST


def _change(definition: Definition, of: Figures, over: Window) -> Change:
    sides = [_summed(definition, of, quarters) for quarters in (over.before, over.after)]
    if definition.uncertainty is Uncertainty.NONE:
        before, after = (float(events / exposure) for events, exposure in sides)
        return differences_one.of_values(before, after)
    counts = [Count(events, float(exposure)) for events, exposure in sides]
    return differences_one.of_counts(counts[0], counts[1], share=definition.uncertainty is Uncertainty.SHARE)


def _summed(definition: Definition, of: Figures, quarters: Sequence[str]) -> tuple[int, Fraction]:
    counted = [of.quarters[quarter] for quarter in quarters]
    return sum(one.numerator for one in counted), sum((exposure(definition, one) for one in counted), Fraction(0))


def _notes(method: Method, without: Mapping[str, LeftOut]) -> Iterator[str]:
    if method is Method.BESIDE_ONE_COMMUNITY:
        yield ONE_ALONE
    if method is Method.BEFORE_AND_AFTER and without:
        yield NOBODY
