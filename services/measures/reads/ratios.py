"""A measure's value beside that of others whom it does not contain: the ratio of the two, with its interval."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from pydantic import BaseModel

from services.measures.domain import disparities, evaluation
from services.measures.domain.definitions import Definition, Uncertainty
from services.measures.domain.disparities import Disparity, Sums
from services.measures.domain.evaluation import Counted
from services.measures.domain.intervals import Interval
from services.measures.reads.figures import base_of, limits_of, text

NOTHING: Final = Counted(0, 0, 0)


class RatioView(BaseModel):
    """``value`` over ``others_value`` is ``ratio`` (1: no difference), with 95 % limits; none where the measure counts
    nights, days or cents of the same persons, whose uncertainty sums cannot tell."""

    numerator: int
    denominator: int
    value: str | None
    others_numerator: int
    others_denominator: int
    others_value: str | None
    ratio: str | None
    low: str | None
    high: str | None


def ratio(definition: Definition, own: Counted, others: Counted) -> RatioView:
    """The ratio of two figures that share nobody; both are computable."""
    found = _compared(definition, _sums(definition, own), _sums(definition, others))
    return RatioView(
        numerator=own.numerator,
        denominator=own.denominator,
        value=text(evaluation.value(definition, own)),
        others_numerator=others.numerator,
        others_denominator=others.denominator,
        others_value=text(evaluation.value(definition, others)),
        ratio=text(found.ratio),
        **limits_of(found.interval),
    )


def rest(all_: Counted, own: Counted) -> Counted:
    """Everybody of ``all_`` but those of ``own``, who are among them."""
    return Counted(
        all_.numerator - own.numerator, all_.denominator - own.denominator, all_.person_time - own.person_time
    )


def divided(counted: Mapping[int, Counted], belongs: Callable[[int], bool]) -> tuple[Counted, Counted]:
    """The sums of who belongs and of who does not, from sums by flags."""
    sides = {True: NOTHING, False: NOTHING}
    for flags, one in counted.items():
        side = belongs(flags)
        sides[side] = plus(sides[side], one)
    return sides[True], sides[False]


def plus(one: Counted, other: Counted) -> Counted:
    """The sums of both, who share nobody."""
    return Counted(
        one.numerator + other.numerator, one.denominator + other.denominator, one.person_time + other.person_time
    )


def _compared(definition: Definition, own: Sums, others: Sums) -> Disparity:
    if definition.uncertainty is not Uncertainty.NONE:
        return disparities.disparity(own, others, share=definition.uncertainty is Uncertainty.SHARE)
    exact = None
    if own.denominator and others.denominator and others.numerator:
        exact = Fraction(own.numerator * others.denominator, own.denominator * others.numerator)
    return Disparity(own, others, exact, Interval(None, None))


def _sums(definition: Definition, counted: Counted) -> Sums:
    return Sums(counted.numerator, base_of(definition, counted))
