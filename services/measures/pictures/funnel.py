"""Funnel plots as scenes: units by size about a target, limits that chance gives, names of those outside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Final

from services.measures.domain.methods import funnel as method
from services.measures.domain.methods import overdispersion
from services.measures.domain.methods.funnel import Limit
from services.measures.pictures import words
from services.measures.pictures.told import About, Better, Level, Told, settled, told

NAMED: Final = 6
SHAPES: Final = "Diamond: outside for the worse. Triangle: for the better. Named are those farthest outside."
STEPS: Final = 60
WHAT_CHANCE_GIVES: Final = "By chance alone 95 of 100 would lie inside the inner limits, 998 of 1,000 inside the outer."


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A unit: ``events`` out of ``exposure`` (trials of a share); ``own`` is always named."""

    name: str
    events: int
    exposure: Fraction
    own: bool = False
    provisional: bool = False

    def __post_init__(self) -> None:
        if self.events < 0 or self.exposure <= 0:
            raise ValueError(f"{words.clean(self.name)} needs events of at least 0 and an exposure above 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A unit in the picture. ``outside`` counts the limits it lies beyond, 0 to 2; ``better`` is on which side."""

    name: str
    size: float
    value: float
    outside: int
    better: bool
    named: bool
    own: bool
    hollow: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """A limit at every size of the scene, and its words."""

    words: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """``curves`` from the lowest limit to the highest."""

    told: Told
    x: str
    y: str
    target: Level
    sizes: tuple[float, ...]
    curves: tuple[Curve, ...]
    spots: tuple[Spot, ...]


def funnel(
    members: Sequence[Member],
    about: About,
    *,
    size: str,
    share: bool,
    target: Fraction | None = None,
    widened: bool = False,
) -> Funnel:
    """The funnel about a target, what all have together unless given. ``size`` says what exposure is; ``widened``:
    limits allow for units that differ more than by chance. Raises ValueError for what has no limits.
    """
    middle = _target(members, share=share, target=target)
    factor = _factor(members, float(middle), share=share) if widened else 1.0
    limits = _limits(float(middle), factor, share=share)
    spots = _spots(members, limits, about)
    sizes = _sizes(members, share=share)
    grid = [limits(one) for one in sizes]
    names = ("Outer limit", "Inner limit", "Inner limit", "Outer limit")
    curves = (Curve(name, tuple(about.scaled(row[index].value) for row in grid)) for index, name in enumerate(names))
    given = "Target" if target is not None else "All together"
    note = f"Limits widened by {words.number(factor)}: units differ more than by chance." if factor > 1 else ""
    return Funnel(
        told=told(
            about,
            _headline(spots),
            remarks=(SHAPES,),
            status=settled(sum(one.provisional for one in members)),
            notes=(WHAT_CHANCE_GIVES, *((note,) if note else ())),
            counts=[one.events for one in members],
        ),
        x=words.clean(size, 80),
        y=words.clean(about.axis, 60),
        target=Level(about.scaled(middle), f"{given} {words.number(about.scaled(middle))}"),
        sizes=tuple(map(float, sizes)),
        curves=tuple(curves),
        spots=spots,
    )


def _target(members: Sequence[Member], *, share: bool, target: Fraction | None) -> Fraction:
    if not members:
        raise ValueError("a funnel needs at least one unit")
    if share and any(one.events > one.exposure or one.exposure.denominator != 1 for one in members):
        raise ValueError("a share is of whole trials, and has no more events than trials")
    if target is not None:
        return target
    middle = Fraction(sum(one.events for one in members)) / sum(one.exposure for one in members)
    if not middle or (share and middle == 1):
        raise ValueError("units that all have the same share or no events have no limits: give a target")
    return middle


def _factor(members: Sequence[Member], target: float, *, share: bool) -> float:
    if share:
        units = [overdispersion.of_share(one.events, int(one.exposure), target) for one in members]
    else:
        units = [overdispersion.of_rate(one.events, float(one.exposure), target) for one in members]
    return overdispersion.dispersion(units).factor


def _limits(target: float, factor: float, *, share: bool) -> Callable[[Fraction], list[Limit]]:
    @cache
    def at(exposure: Fraction) -> list[Limit]:
        found = method.share(target, int(exposure)) if share else method.rate(target, float(exposure))
        return method.stretched(found, target, factor, most=1.0 if share else None)

    return at


def _spots(members: Sequence[Member], limits: Callable[[Fraction], list[Limit]], about: About) -> tuple[Spot, ...]:
    placed = []
    for one in members:
        value = float(one.events / one.exposure)
        lowest, low, high, highest = (limit.value for limit in limits(one.exposure))
        outside = (value < low) + (value < lowest) + (value > high) + (value > highest)
        placed.append((one, value, outside, value < low if about.better is Better.LOWER else value > high))
    most = max(outside for _, _, outside, _ in placed)
    far = sorted((one for one in placed if one[2] == most > 0), key=lambda one: (one[3], -one[0].exposure, one[0].name))
    shown = {id(one[0]) for one in far[:NAMED]}
    return tuple(
        Spot(
            name=words.clean(one.name),
            size=float(one.exposure),
            value=about.scaled(value),
            outside=outside,
            better=better,
            named=one.own or id(one) in shown,
            own=one.own,
            hollow=one.provisional,
        )
        for one, value, outside, better in placed
    )


def _sizes(members: Sequence[Member], *, share: bool) -> list[Fraction]:
    """From small to a little more than the largest, closer where the funnel is wide."""
    largest = max(one.exposure for one in members) * Fraction(21, 20)
    steps = {largest * (step * step) / (STEPS * STEPS) for step in range(2, STEPS + 1)}
    return sorted({Fraction(max(1, round(one))) for one in steps} if share else steps)


def _headline(spots: Sequence[Spot]) -> str:
    """Of the outer limits alone: beyond the inner ones chance puts one of twenty."""
    worse = sum(one.outside > 1 and not one.better for one in spots)
    better = sum(one.outside > 1 and one.better for one in spots)
    of = words.counted(len(spots), "facility", "facilities")
    if not worse and not better:
        return f"Of {of} none lies beyond what chance gives"
    return f"Of {of} {worse:,} worse and {better:,} better than chance gives"
