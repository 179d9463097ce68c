"""The life of one resident in one home as its records tell it: comings, goings and assessments. Days are ordinals."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple

from shared.contracts.compiled_residents import ResidentAssessed, ResidentMoved

_OBRA: Final = frozenset(("01", "02", "03", "04", "05", "06"))
_PPS: Final = frozenset(("01", "02", "03", "04", "05", "06"))

Fact = ResidentAssessed | ResidentMoved


class Leaving(IntEnum):
    """How a resident left. Told in several ways for one day, the greatest holds."""

    RETURN_EXPECTED = 1
    FOR_GOOD = 2
    DIED = 3


_LEAVING: Final = {"11": Leaving.RETURN_EXPECTED, "10": Leaving.FOR_GOOD, "12": Leaving.DIED}


class Assessment(NamedTuple):
    """An assessment that can be a target, by the day it is of: of a discharge A2000, else A2300.

    Of one day a discharge is the later one; then the record's reference decides, so that the order is always the same.
    """

    day: int
    of_discharge: bool
    record: str
    items: ResidentAssessed


@dataclass(frozen=True, slots=True)
class Life:
    """``assessments`` by day; ``moves`` are the days of ``entered`` and ``left`` in order."""

    entered: frozenset[int]
    left: Mapping[int, Leaving]
    moves: tuple[int, ...]
    assessments: tuple[Assessment, ...]


def life_of(facts: Collection[Fact]) -> Life:
    """The life that these records tell, in whatever order they come.

    An assessment names the entry before it and, of a discharge, the day: both count as if tracked, so that a tracking
    record that is missing or late takes nobody out of the home.
    """
    entered: set[int] = set()
    left: dict[int, Leaving] = {}
    assessments = []
    for fact in facts:
        if isinstance(fact, ResidentMoved):
            if fact.A0310F == "01":
                entered.add(fact.on.toordinal())
            else:
                _leave(left, fact.on, fact.A0310F)
            continue
        if fact.A1600 is not None:
            entered.add(fact.A1600.toordinal())
        if fact.A2000 is not None:
            _leave(left, fact.A2000, fact.A0310F)
        if fact.A0310A in _OBRA or fact.A0310B in _PPS or fact.A2000 is not None:
            day = fact.A2000 or fact.A2300
            assessments.append(Assessment(day.toordinal(), fact.A2000 is not None, fact.record, fact))
    moves = tuple(sorted(entered | left.keys()))
    return Life(frozenset(entered), left, moves, tuple(sorted(assessments, key=lambda one: one[:3])))


def _leave(left: dict[int, Leaving], on: dt.date, code: str) -> None:
    day = on.toordinal()
    left[day] = max(_LEAVING[code], left.get(day, Leaving.RETURN_EXPECTED))
