"""When an intervention is flagged as not doing what was hoped: criteria as data, and the reasons in words."""

from dataclasses import dataclass
from enum import StrEnum

from services.measures.domain.methods.effects import Effect


@dataclass(frozen=True, slots=True)
class Hope:
    """The value the effect was hoped to reach, on the effect's own scale: a ratio of 0.8, a difference of -0.5."""

    value: float
    patience: int = 4  # quarters with the intervention after which a chart should have signalled [D]

    def __post_init__(self) -> None:
        if self.patience < 1:
            raise ValueError("patience is at least 1 quarter")


class Reason(StrEnum):
    """Why an intervention is flagged; the value is said to people."""

    WRONG_WAY = "the figures went the other way, beyond chance"
    SHORT_OF_HOPE = "the interval leaves out the effect that was hoped for"
    NO_SIGNAL = "no chart signalled an improvement in the time given to it, and the interval holds no effect"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reasons to flag it, none if there are none, and what may be said of the change."""

    effect: Effect
    reasons: tuple[Reason, ...]

    @property
    def flagged(self) -> bool:
        """Whether somebody should look at it."""
        return bool(self.reasons)

    @property
    def sentence(self) -> str:
        """What may be said, with the word the evidence allows."""
        size = f"{self.effect.estimate:.4g} ({_said(self.effect.low)} to {_said(self.effect.high)})"
        about = f"The {self.effect.wording.value} of the intervention" if self.effect.comparison else "An association"
        with_it = "" if self.effect.comparison else " with the intervention, without others to compare"
        return f"{about}{with_it}: {size}." + "".join(f" Flagged: {reason.value}." for reason in self.reasons)


def verdict(effect: Effect, hope: Hope, quarters: int, *, improved: bool) -> Verdict:
    """``quarters`` have passed with the intervention; ``improved``: a chart of the measure signals an improvement.

    Raises ValueError if hope is the value without an effect.
    """
    if hope.value == effect.none:
        raise ValueError(f"the effect hoped for differs from {effect.none:g}, which is none")
    side = 1 if hope.value > effect.none else -1
    far, near = (effect.high, effect.low) if side > 0 else (effect.low, effect.high)
    reasons = []
    if far is not None and side * (far - effect.none) < 0:
        reasons.append(Reason.WRONG_WAY)
    elif far is not None and side * (far - hope.value) < 0:
        reasons.append(Reason.SHORT_OF_HOPE)
    holds_none = near is None or side * (near - effect.none) <= 0
    if quarters >= hope.patience and not improved and holds_none:
        reasons.append(Reason.NO_SIGNAL)
    return Verdict(effect, tuple(reasons))


def _said(limit: float | None) -> str:
    return "no limit" if limit is None else f"{limit:.4g}"
