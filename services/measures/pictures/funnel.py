"""Funnel plots as scenes: units by size about a target, limits that chance gives, names of those outside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from services.measures.domain.methods.funnel import Limit
from services.measures.pictures import words
from services.measures.pictures.funnel_limits import factor_of, limits_at, sizes_of, target_of
from services.measures.pictures.told import About, Better, Level, Told, settled, told

NAMED: Final = 6
CROWD: Final = 300
"""Units of which dots are drawn small, and marked only beyond the outer limits; names then stand above."""
FARTHEST: Final = 995  # of 1,000 values are within the scale of a crowd
SHAPES: Final = "Diamond: outside for the worse. Triangle: for the better. Named: most events beyond the limits."
OF_CROWD: Final = "Diamond: beyond the outer limit for the worse. Triangle: for the better. Number: most events beyond."
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
    """A unit in the picture. ``outside`` counts the limits it lies beyond, 0 to 2; ``better`` is on which side.

    ``number`` stands beside the dots of a crowd that are named.
    """

    name: str
    size: float
    value: float
    outside: int
    better: bool
    named: bool
    own: bool
    hollow: bool
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """A limit at every size of the scene, and its words."""

    words: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """``curves`` from the lowest limit to the highest. ``top`` is the end of a crowd's scale, at which what lies
    farther is drawn; None where everything is within it. Sizes of a crowd are drawn as multiples of one another."""

    told: Told
    x: str
    y: str
    target: Level
    sizes: tuple[float, ...]
    curves: tuple[Curve, ...]
    spots: tuple[Spot, ...]
    crowd: bool = False
    top: float | None = None


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
    counts = [(one.events, one.exposure) for one in members]
    middle = target_of(counts, share=share, given=target)
    factor = factor_of(counts, float(middle), share=share) if widened else 1.0
    limits = limits_at(float(middle), factor, share=share)
    crowd = len(members) > CROWD
    spots = _numbered(_spots(members, limits, about)) if crowd else _spots(members, limits, about)
    sizes = sizes_of([one.exposure for one in members], share=share, crowd=crowd)
    grid = [limits(one) for one in sizes]
    names = ("Outer limit", "Inner limit", "Inner limit", "Outer limit")
    curves = (Curve(name, tuple(about.scaled(row[index].value) for row in grid)) for index, name in enumerate(names))
    top = _top(spots) if crowd else None
    return Funnel(
        told=told(
            about,
            _headline(spots),
            remarks=(OF_CROWD,) if crowd else (SHAPES,),
            named=_who(spots),
            status=settled(sum(one.provisional for one in members)),
            notes=_notes(factor, top, spots),
            counts=[one.events for one in members],
        ),
        x=words.clean(size, 80),
        y=words.clean(about.axis, 60),
        target=_level(about.scaled(middle), given=target is not None),
        sizes=tuple(map(float, sizes)),
        curves=tuple(curves),
        spots=spots,
        crowd=crowd,
        top=top,
    )


def _level(value: float, *, given: bool) -> Level:
    return Level(value, f"{'Target' if given else 'All together'} {words.number(value)}")


def _notes(factor: float, top: float | None, spots: Sequence[Spot]) -> list[str]:
    found = [WHAT_CHANCE_GIVES]
    if factor > 1:
        found.append(f"Limits widened by {words.number(factor)}: units differ more than by chance.")
    if top is not None:
        far = sum(one.value > top for one in spots)
        found.append(f"{words.counted(far, 'facility', 'facilities')} above the scale drawn at its upper end.")
    return found


def _spots(members: Sequence[Member], limits: Callable[[Fraction], list[Limit]], about: About) -> tuple[Spot, ...]:
    placed = []
    for one in members:
        value = float(one.events / one.exposure)
        lowest, low, high, highest = limits(one.exposure)
        under = (value < low.value) + (value < lowest.value)
        over = sum(limit.is_exceeded(one.events, value) for limit in (high, highest))
        beyond = max(low.value - value, value - high.value) * float(one.exposure)
        placed.append((one, value, under + over, bool(under if about.better is Better.LOWER else over), beyond))
    shown = _farthest([(number, *one[2:]) for number, one in enumerate(placed)])
    return tuple(
        Spot(
            name=words.clean(one.name),
            size=float(one.exposure),
            value=about.scaled(value),
            outside=outside,
            better=better,
            named=one.own or number in shown,
            own=one.own,
            hollow=one.provisional,
        )
        for number, (one, value, outside, better, _) in enumerate(placed)
    )


def _farthest(placed: Sequence[tuple[int, int, bool, float]]) -> set[int]:
    """Who has most events beyond the limits, of those beyond most limits; a third of the names is for the better."""
    most = max(outside for _, outside, _, _ in placed)
    far = sorted((one for one in placed if one[1] == most > 0), key=lambda one: (-one[3], one[0]))
    worse, better = ([one for one in far if one[2] is side] for side in (False, True))
    kept = worse[: max(NAMED - NAMED // 3, NAMED - len(better))]
    return {one[0] for one in (*kept, *better[: NAMED - len(kept)])}


def _numbered(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """Named ones from the left to the right."""
    named = sorted((spot.size, place) for place, spot in enumerate(spots) if spot.named)
    numbers = {place: number for number, (_, place) in enumerate(named, 1)}
    return tuple(replace(spot, number=numbers.get(place)) for place, spot in enumerate(spots))


def _who(spots: Sequence[Spot]) -> list[str]:
    named = sorted((spot for spot in spots if spot.number is not None), key=lambda one: one.number or 0)
    return [f"{spot.number}  {words.clean(spot.name, 32)}: {words.number(spot.value)}" for spot in named]


def _top(spots: Sequence[Spot]) -> float | None:
    """A little above what nearly all, and all that are named, have; None where that is about everything."""
    values = sorted(spot.value for spot in spots)
    most = max([values[len(values) * FARTHEST // 1000], *(spot.value for spot in spots if spot.named)]) * 1.1
    return most if values[-1] > most > 0 else None


def _headline(spots: Sequence[Spot]) -> str:
    """Of the outer limits alone: beyond the inner ones chance puts one of twenty."""
    worse = sum(one.outside > 1 and not one.better for one in spots)
    better = sum(one.outside > 1 and one.better for one in spots)
    of = words.counted(len(spots), "facility", "facilities")
    if not worse and not better:
        return f"Of {of} none lies beyond what chance gives"
    return f"Of {of} {worse:,} worse and {better:,} better than chance gives"
