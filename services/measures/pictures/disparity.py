"""A disparity as a scene: two populations with their intervals, and how much more often it happens to the one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.measures.domain import disparities, intervals
from services.measures.domain.disparities import Sums
from services.measures.domain.intervals import Count, Interval
from services.measures.pictures import words
from services.measures.pictures.told import About, Better, Told, settled
from services.measures.pictures.told import told as told_


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
    ratio = None if found.ratio is None else float(found.ratio)
    first, second = (_side(name, one, about, share=share) for name, one in zip(names, sums, strict=True))
    return Compared(
        told=told_(
            about,
            _headline(ratio, found.interval, first, second, about),
            status=settled(0),
            notes=("Lines are 95 % intervals. Not adjusted for age or illness.",),
            counts=[one.numerator for one in sums],
        ),
        x=words.clean(about.axis, 60),
        sides=(first, second),
        ratio=_ratio(ratio, found.interval),
    )


def of_ratio(names: Sequence[str], told: Mapping[str, Any], about: About) -> Compared:
    """Two populations as the platform compares them, in the unit of the picture: ``value`` and ``others_value``, with
    their counts, ``ratio`` and its limits."""
    first, second = (
        Side(
            name=words.clean(name),
            value=float(told[f"{prefix}value"]),
            low=None,
            high=None,
            words=f"{words.number(float(told[f'{prefix}value']))} (of {told[f'{prefix}denominator']:,})",
        )
        for name, prefix in zip(names, ("", "others_"), strict=True)
    )
    ratio, low, high = (None if told[name] is None else float(told[name]) for name in ("ratio", "low", "high"))
    unbounded = "" if low is not None or high is not None else " No interval: sums of the same persons have none."
    return Compared(
        told=told_(
            about,
            _headline(ratio, Interval(low, high), first, second, about),
            status=settled(0),
            notes=(f"The line is a 95 % interval. Not adjusted for age or illness.{unbounded}",),
            counts=[told["numerator"], told["others_numerator"]],
        ),
        x=words.clean(about.axis, 60),
        sides=(first, second),
        ratio=_ratio(ratio, Interval(low, high)),
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


def _ratio(value: float | None, limits: Interval) -> Gulf:
    if value is None:
        return Gulf(value=None, low=limits.low, high=limits.high, words="No ratio: the others have no events")
    said = words.between(limits.low, limits.high)
    bounded = f" ({said})" if said else ""
    return Gulf(value=value, low=limits.low, high=limits.high, words=f"{words.number(value)} times{bounded}")


def _headline(ratio: float | None, limits: Interval, first: Side, second: Side, about: About) -> str:
    names = (words.clean(first.name, 40), words.clean(second.name, 40))
    if ratio is None:
        return f"{names[0]}: nothing to compare with among {names[1]}"
    if limits == Interval(None, None):
        return f"{names[0]}: {words.number(ratio)} times {names[1]}, without an interval"
    if not _clear(limits):
        return f"{names[0]} and {names[1]}: no difference beyond chance"
    worse = (ratio > 1) is (about.better is Better.LOWER)
    return f"{'Worse' if worse else 'Better'} for {names[0]}: {words.number(ratio)} times as often"


def _clear(limits: Interval) -> bool:
    return (limits.low is not None and limits.low > 1) or (limits.high is not None and limits.high < 1)
