"""A disparity as a scene: two populations with their intervals, and how much more often it happens to the one."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.measures.domain import disparities, intervals
from services.measures.domain.disparities import Disparity, Sums
from services.measures.domain.intervals import Count, Interval
from services.measures.pictures import words
from services.measures.pictures.told import About, Better, Told, settled, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A population: its value with limits, and who is counted, in words."""

    name: str
    value: float
    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gulf:
    """The ratio of the two; None where the others have no events. 1 is no difference."""

    value: float | None
    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The population first, the others second."""

    told: Told
    x: str
    sides: tuple[Side, Side]
    ratio: Gulf


def compared(names: Sequence[str], sums: Sequence[Sums], about: About, *, share: bool) -> Compared:
    """Two populations that share nobody; raises ValueError for other than two, or one without anybody."""
    if len(names) != 2 or len(sums) != 2:
        raise ValueError("a disparity is between two populations")
    if names[0] == names[1]:
        raise ValueError("the two populations have one name")
    if any(one.denominator < 1 or one.numerator < 0 for one in sums):
        raise ValueError("a population has at least one person or day, and events of at least 0")
    found = disparities.disparity(sums[0], sums[1], share=share)
    first, second = (_side(name, one, about, share=share) for name, one in zip(names, sums, strict=True))
    return Compared(
        told=told(
            about,
            _headline(found, first, second, about),
            status=settled(0),
            notes=("Lines are 95 % intervals. Not adjusted for age or illness.",),
            counts=[one.numerator for one in sums],
        ),
        x=words.clean(about.axis, 60),
        sides=(first, second),
        ratio=_ratio(found),
    )


def _side(name: str, sums: Sums, about: About, *, share: bool) -> Side:
    count = Count(sums.numerator, sums.denominator)
    limits = intervals.share(count) if share else intervals.rate(count)
    shown = limits.times(float(about.scale))
    value = about.scaled(count.rate)
    return Side(
        name=words.clean(name),
        value=value,
        low=shown.low,
        high=shown.high,
        words=f"{words.number(value)} ({words.between(shown.low, shown.high)})",
    )


def _ratio(found: Disparity) -> Gulf:
    limits = found.interval
    if found.ratio is None:
        return Gulf(value=None, low=limits.low, high=limits.high, words="No ratio: the others have no events")
    value = float(found.ratio)
    said = words.between(limits.low, limits.high)
    return Gulf(value=value, low=limits.low, high=limits.high, words=f"{words.number(value)} times ({said})")


def _headline(found: Disparity, first: Side, second: Side, about: About) -> str:
    names = (words.clean(first.name, 40), words.clean(second.name, 40))
    if found.ratio is None:
        return f"{names[0]}: nothing to compare with among {names[1]}"
    if not _clear(found.interval):
        return f"{names[0]} and {names[1]}: no difference beyond chance"
    worse = (found.ratio > 1) is (about.better is Better.LOWER)
    return f"{'Worse' if worse else 'Better'} for {names[0]}: {words.number(float(found.ratio))} times as often"


def _clear(limits: Interval) -> bool:
    return (limits.low is not None and limits.low > 1) or (limits.high is not None and limits.high < 1)
