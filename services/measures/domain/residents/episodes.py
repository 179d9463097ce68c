"""Episodes of care in a home, and how many of their days the resident was there (CDIF).

MDS 3.0 Quality Measures User's Manual, chapter 1: the day of entry counts, that of discharge does not, except where
both are one day. An episode goes on after a return within 30 days of a discharge with return expected. One that was
not expected to return ended it, unless the absence was at most 3 days, which does not end a stay.
"""

from dataclasses import dataclass
from typing import Final

from services.measures.domain.residents.life import Leaving, Life

LONG_STAY: Final = 101
LONGEST_ABSENCE: Final = {Leaving.RETURN_EXPECTED: 30, Leaving.FOR_GOOD: 3}
"""Days from discharge to return that do not end an episode; death does."""


@dataclass(frozen=True, slots=True)
class Episode:
    """``end`` is the day asked for while the resident is there, else the day of the last discharge before it."""

    start: int
    end: int
    days: int
    there: bool


class _Stays:
    """The resident's whereabouts while one day after the other is told."""

    __slots__ = ("days", "gone", "how", "since", "start")

    def __init__(self) -> None:
        self.start = self.days = self.gone = 0
        self.since: int | None = None
        self.how = Leaving.DIED

    def enter(self, day: int) -> None:
        """Where the resident is there already, an entry says nothing new."""
        if self.since is not None:
            return
        if day - self.gone > LONGEST_ABSENCE.get(self.how, -1):
            self.start, self.days = day, 0
        self.since = day

    def leave(self, day: int, how: Leaving) -> None:
        """Where the resident is not there, a discharge says nothing new."""
        if self.since is None:
            return
        self.days += max(day - self.since, 1)
        self.since, self.gone, self.how = None, day, how


def episode_on(life: Life, day: int) -> Episode | None:
    """The latest episode begun by that day, as the moves up to it tell; None before the first entry.

    Both moves on one day: who was there left and came back, who was not came and left.
    """
    stays = _Stays()
    for on in life.moves:
        if on > day:
            break
        there, how = stays.since is not None, life.left.get(on)
        if there and how is not None:
            stays.leave(on, how)
        if on in life.entered:
            stays.enter(on)
        if not there and how is not None:
            stays.leave(on, how)
    if not stays.start:
        return None
    if stays.since is None:
        return Episode(stays.start, stays.gone, stays.days, there=False)
    return Episode(stays.start, day, stays.days + day - stays.since + 1, there=True)
