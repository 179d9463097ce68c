"""Limits and chance of a difference in differences where units are few: the wild cluster bootstrap of scores.

Under a supposed effect every unit's score, cleared of the periods' effects, is as likely with the opposite sign; the
chance is how often sums of scores with random signs are as far from 0 as the one there is (Kline and Santos, Journal of
Econometric Methods 2012;1:23-41, with Rademacher weights, under which studentizing changes nothing). Limits are the
supposed effects with a chance of 5 %. With up to nine units all signs are tried, and nothing is random.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from services.measures.domain.methods import linear
from services.measures.domain.methods.differences_panel import Panel, effect, fitted, scores
from services.measures.domain.methods.effects import Comparison, Effect
from services.measures.domain.methods.luck import Luck

FEW = 40  # units in all, below which robust errors alone are too small (Cameron and Miller, 2015)
DRAWS = 999
FARTHEST = 12  # robust errors from the estimate; a limit beyond is none
HALVINGS = 16  # a limit is found to a robust error over 65,536
CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class Bootstrapped:
    """The effect with the bootstrap's limits, None where there is none, and the chance of such data without effect."""

    effect: Effect
    chance: float


def few(of: Panel) -> bool:
    """Whether there are so few units that the bootstrap should be asked."""
    return len(of.events) < FEW


def bootstrapped(of: Panel, luck: Luck, draws: int = DRAWS) -> Bootstrapped:
    """The bootstrap of a panel; the same ``luck``, the same answer."""
    robust = effect(of)
    units = len(of.events)
    every = 1 << units <= draws
    signs = list(itertools.product((1, -1), repeat=units)) if every else _drawn(units, luck, draws)
    middle, error = math.log(robust.estimate), robust.error or 0.0
    low, high = (_limit(of, signs, middle, side * error) for side in (-1, 1))
    found = Effect(
        robust.estimate,
        robust.error,
        None if low is None else math.exp(low),
        None if high is None else math.exp(high),
        Comparison(of.compared),
        none=1.0,
    )
    return Bootstrapped(found, chance(of, 0.0, signs))


def chance(of: Panel, logarithm: float, signs: Sequence[Sequence[int]]) -> float:
    """How likely scores so far from 0 are if the logarithm of the effect is this."""
    found = scores(of, fitted(of, logarithm))
    nuisance = linear.inverse([row[1:] for row in found.information[1:]])
    weights = linear.times(nuisance, found.information[0][1:])
    cleared = [score[0] - linear.dot(weights, score[1:]) for score in found.of_units]
    there = abs(math.fsum(cleared)) * (1 - 1e-12)  # the signs that are all alike give the sum itself, rounding or not
    as_far = [abs(math.fsum(map(mul, sign, cleared))) >= there for sign in signs]
    return sum(as_far) / len(signs)


def _drawn(units: int, luck: Luck, draws: int) -> list[tuple[int, ...]]:
    drawn = [tuple(1 if luck.random() < 0.5 else -1 for _ in range(units)) for _ in range(draws)]
    return [(1,) * units, *drawn]  # what was seen is one of the possible


def _limit(of: Panel, signs: Sequence[Sequence[int]], middle: float, step: float) -> float | None:
    """The nearest supposed effect on one side of the estimate that has no more than 5 % chance."""
    inside = middle
    for times in range(1, FARTHEST + 1):
        outside = middle + times * step
        if chance(of, outside, signs) <= CHANCE:
            return _between(of, signs, inside, outside)
        inside = outside
    return None


def _between(of: Panel, signs: Sequence[Sequence[int]], inside: float, outside: float) -> float:
    for _ in range(HALVINGS):
        half = (inside + outside) / 2
        if chance(of, half, signs) <= CHANCE:
            outside = half
        else:
            inside = half
    return outside
