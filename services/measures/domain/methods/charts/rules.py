"""The rules by which points of a chart signal: Western Electric 1 to 4 and six in a row rising or falling (Nelson).

Distances are compared as exact squares, so that a point on a limit is on it and not by rounding beyond it.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class Side(StrEnum):
    """Which way a signal points."""

    HIGH = "high"
    LOW = "low"


class Rule(StrEnum):
    """WE1: beyond 3 sigma. WE2: 2 of 3 beyond 2, on one side. WE3: 4 of 5 beyond 1, on one side. WE4: 8 in a row on
    one side. N3: 6 in a row rising or falling. RUNS: a longer run, or fewer crossings of the median, than chance gives
    (Anhoej)."""

    WE1 = "WE1"
    WE2 = "WE2"
    WE3 = "WE3"
    WE4 = "WE4"
    N3 = "N3"
    RUNS = "RUNS"


MEANING = {
    Rule.WE1: "a point beyond 3 sigma",
    Rule.WE2: "2 of 3 points beyond 2 sigma on one side",
    Rule.WE3: "4 of 5 points beyond 1 sigma on one side",
    Rule.WE4: "8 points in a row on one side of the centre",
    Rule.N3: "6 points in a row rising or falling",
    Rule.RUNS: "a run longer, or crossings of the median fewer, than chance gives",
}

TREND = 6
# rule: how many, of how many, beyond how many sigma
_FAR = {Rule.WE1: (1, 1, 3), Rule.WE2: (2, 3, 2), Rule.WE3: (4, 5, 1), Rule.WE4: (8, 8, 0)}
LOOK_BACK = max(TREND, *(of for _, of, _ in _FAR.values())) - 1
"""How many points before a point may take part in its signals."""
_SIDES = {1: Side.HIGH, -1: Side.LOW}


class Mark(NamedTuple):
    """A plotted value, ``top`` over ``bottom``, and its zone: how many of the limits at 0, 1, 2 and 3 sigma lie between
    it and the centre, negative below the centre."""

    top: int
    bottom: int
    zone: int

    @staticmethod
    def at(value: Fraction) -> "Mark":
        """A value that is itself the distance in sigma."""
        top, bottom = value.as_integer_ratio()
        return Mark(top, bottom, zone(top, bottom * bottom))

    def step(self, before: "Mark") -> int:
        """1 if the value is higher than the one before, -1 if lower, 0 if they are the same."""
        return _sign(self.top * before.bottom - before.top * self.bottom)


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A rule that holds with the point at this place as its last."""

    place: int
    rule: Rule
    side: Side


def signals(marks: Sequence[Mark], first: int = 0) -> list[Found]:
    """Every rule at every point from ``first`` on that completes or continues its pattern, in order of place and rule.

    The point itself takes part: the one after two far ones does not signal for them. Fewer points than a rule looks
    back upon are enough where enough of them are far.
    """
    zones = [mark.zone for mark in marks]
    steps = [0, *(later.step(one) for one, later in itertools.pairwise(marks))]
    found = []
    for place in range(first, len(marks)):
        side = _sign(zones[place])
        found += [Found(place, rule, _SIDES[side]) for rule in _FAR if side and _far(rule, side, zones, place)]
        if steps[place] and steps[max(0, place + 2 - TREND) : place + 1] == [steps[place]] * (TREND - 1):
            found.append(Found(place, Rule.N3, _SIDES[steps[place]]))
    return found


def _far(rule: Rule, side: int, zones: Sequence[int], place: int) -> bool:
    many, of, sigma = _FAR[rule]
    if side * zones[place] <= sigma:
        return False
    return sum(side * one > sigma for one in zones[max(0, place + 1 - of) : place + 1]) >= many


def zone(distance: int, variance: int) -> int:
    """The zone of a point so far from the centre, where sigma squared is ``variance`` in the same unit, squared."""
    square = distance * distance
    beyond = (square > 0) + (square > variance) + (square > 4 * variance) + (square > 9 * variance)
    return beyond if distance > 0 else -beyond


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
