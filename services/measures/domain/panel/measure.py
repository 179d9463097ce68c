"""A measure of facilities: which amounts it divides, how it is bounded, and how far it looks back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from services.measures.domain.definitions import Aim, Priority


class Form(StrEnum):
    """How a figure is made of its numerator and denominator, which decides its interval.

    SHARE: units of the denominator (Wilson); RATE: events in an exposure (mid-P Poisson); RATIO: a plain quotient
    without interval; STANDARDIZED: events over what was predicted, the denominator in millionths (mid-P, category; not
    computed below 1 predicted, CDC).
    """

    SHARE = "share"
    RATE = "rate"
    RATIO = "ratio"
    STANDARDIZED = "standardized"


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityMeasure:
    """``numerator`` and ``denominator`` are sums of components with signs; the value is ``scale`` times their quotient.

    ``spans`` is how many periods, the last included, a figure covers (2 quarters: six months that roll); ``source``
    cites the definition, ``note`` says what is uncertain of it; ``goal`` is the value the program asks for. ``unless``:
    a component above zero means that the figure cannot be computed, for the reason it names. ``baseline`` names the
    reference the predicted numbers come from: figures of two baselines are never compared.
    """

    id: str
    specification: int
    title: str
    numerator: Mapping[str, int]
    denominator: Mapping[str, int]
    form: Form
    better: str
    source: str
    aim: Aim
    priority: Priority
    scale: int | Fraction = 1
    spans: int = 1
    goal: Fraction | None = None
    note: str = ""
    baseline: str | None = None
    unless: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.better not in {"lower", "higher"} or self.spans < 1 or not self.denominator:
            raise ValueError(f"measure {self.id} is defined with unknown words")
