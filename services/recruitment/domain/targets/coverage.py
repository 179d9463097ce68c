"""Coverage: what was recruited against a target, state by state, and how many are missing."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from services.recruitment.domain.targets.areas import states_of
from services.recruitment.domain.targets.state import RecruitmentTarget, Version


class StateCoverage(NamedTuple):
    """One state's part: participants eligible today, and recruited in the period."""

    state: str
    eligible: int
    recruited: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """A target's period: what counts on the day, what it comes to in participants, and how far it is met."""

    target: RecruitmentTarget
    version: Version
    wanted: int
    states: tuple[StateCoverage, ...]

    @property
    def eligible(self) -> int:
        """Participants eligible in the area."""
        return sum(one.eligible for one in self.states)

    @property
    def recruited(self) -> int:
        """Participants of the area recruited in the period that have not left."""
        return sum(one.recruited for one in self.states)

    @property
    def missing(self) -> int:
        """How many are still to be recruited."""
        return max(0, self.wanted - self.recruited)


def coverage(
    target: RecruitmentTarget,
    on: dt.date,
    eligible: Mapping[str, int],
    recruited: Iterable[tuple[str, dt.date, int]],
) -> list[Coverage]:
    """Each period of a target that has begun or will, as it counts on a day.

    ``recruited`` are state, day and number; those recruited after ``on`` or outside the period do not count for it. A
    share is of those eligible today, rounded up: a part of a participant cannot be recruited.
    """
    known = list(recruited)
    found = []
    for starts_on in target.periods():
        version = target.in_force(starts_on, on)
        if version is not None:
            states = tuple(_of(state, version, on, eligible, known) for state in sorted(states_of(target.area) or ()))
            found.append(Coverage(target, version, _wanted(version, sum(one.eligible for one in states)), states))
    return found


def _of(
    state: str, version: Version, on: dt.date, eligible: Mapping[str, int], recruited: list[tuple[str, dt.date, int]]
) -> StateCoverage:
    last = min(on, version.ends_on)
    number = sum(count for where, day, count in recruited if where == state and version.starts_on <= day <= last)
    return StateCoverage(state, eligible.get(state, 0), number)


def _wanted(version: Version, eligible: int) -> int:
    if version.number is not None:
        return version.number
    assert version.share_percent is not None, "a target is a number or a share"
    return -(-eligible * version.share_percent // 100)
