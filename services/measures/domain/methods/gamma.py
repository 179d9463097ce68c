"""The gamma distribution in units of its scale: chance below a place, and the place of a chance."""

import math
from statistics import NormalDist
from typing import Final

_PRECISION: Final = 1e-12
_STEPS: Final = 100
_LEAST: Final = 1e-300


def below(place: float, shape: float) -> float:
    """P(X < place) for a shape above 0: a series up to the mean, a continued fraction beyond (Abramowitz and Stegun
    6.5.29 and 6.5.31), each to 1e-15 of itself."""
    if shape <= 0:
        raise ValueError("a gamma distribution has a shape above 0")
    if place <= 0:
        return 0.0
    front = math.exp(shape * math.log(place) - place - math.lgamma(shape))
    return front * _series(place, shape) if place < shape + 1 else 1 - front * _fraction(place, shape)


def quantile(chance: float, shape: float) -> float:
    """Where ``below`` reaches a chance between 0 and 1, or 1e-300 if that is further down: Newton's steps in the
    logarithm of the place, halved where they leave what is known."""
    if not 0 < chance < 1:
        raise ValueError("a chance lies between 0 and 1")
    if below(_LEAST, shape) >= chance:
        return _LEAST
    low, high, place = _LEAST, math.inf, _guess(chance, shape)
    for _ in range(_STEPS):
        missing = chance - below(place, shape)
        slope = math.exp(shape * math.log(place) - place - math.lgamma(shape))
        move = min(1.0, max(-1.0, missing / slope))
        if abs(move) <= _PRECISION:
            break
        low, high = (place, high) if missing > 0 else (low, place)
        step = place * math.exp(move)
        place = step if low < step < high else (low + high) / 2
    return place


def _guess(chance: float, shape: float) -> float:
    """Wilson and Hilferty's cube; where it fails, far down, the first term of the series."""
    part = 1 / (9 * shape)
    cube = 1 - part + NormalDist().inv_cdf(chance) * math.sqrt(part)
    if cube > 0.1:
        return shape * cube**3
    return max(math.exp((math.log(chance) + math.lgamma(shape + 1)) / shape), _LEAST)


def _series(place: float, shape: float) -> float:
    term = total = 1 / shape
    more = shape
    while term > total * 1e-17:
        more += 1
        term *= place / more
        total += term
    return total


def _fraction(place: float, shape: float) -> float:
    """Lentz's evaluation of the continued fraction."""
    number, b = 0, place + 1 - shape
    c, d = math.inf, 1 / b
    found = d
    while True:
        number += 1
        a, b = -number * (number - shape), b + 2
        d = 1 / (a * d + b)
        c = b + a / c
        found *= c * d
        if abs(c * d - 1) < 1e-15:
            return found
