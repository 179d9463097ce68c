"""Figures of facilities as measures gives them: what a measure is, its published values, the charts it follows."""

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

FEWEST: Final = 8  # points from which on a run chart has a median
_SIGMAS: Final = 3
_CHARTS: Final = {"p": "p chart", "u": "u chart", "u_prime": "u′ chart", "run": "run chart"}
# Periods of one kind stand on a chart together: the first of these kinds of which there are values.
_KINDS: Final = ("quarter", "month", "year", "span")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure; its values are already times ``scale``. ``better`` is lower or higher."""

    id: str
    title: str
    better: str
    scale: float


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a period; limits None where there are none. ``signal``: the chart says that something changed."""

    period: str
    value: float
    low: float | None = None
    high: float | None = None
    provisional: bool = False
    signal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Figures of one facility through time about a centre, if it has one; ``kind`` is the chart in words.

    ``withheld`` counts the periods between the first point and the last of which no figure can be told.
    """

    unit: str
    measure: Measure
    kind: str
    points: tuple[Point, ...]
    centre: float | None
    withheld: int = 0

    @property
    def last(self) -> Point:
        """The point of the last period."""
        return self.points[-1]


Row = Mapping[str, Any]


def measures(rows: Iterable[Row]) -> dict[str, Measure]:
    """Measures by id, as ``/facilities/measures`` tells them."""
    return {
        row["id"]: Measure(id=row["id"], title=row["title"], better=row["better"], scale=_number(row["scale"]))
        for row in rows
    }


def followed(row: Row, measure: Measure) -> Series | None:
    """A chart that measures follows (a row of ``/charts``); None without a figure."""
    base, signals = row["baseline"], {one["period"] for one in row["signals"]}
    kind = (base or row)["chart"]
    centre = None if base is None else _number(base["centre"])
    points = []
    for one in row["points"]:
        exposure = _number(one["exposure"])
        if exposure:
            low, high = _limits(kind, centre, 1.0 if base is None else _number(base["spread"]), exposure)
            low, high = (None if limit is None else limit * measure.scale for limit in (low, high))
            value = one["events"] / exposure * measure.scale
            points.append(Point(one["period"], value, low, high, one["provisional"], one["period"] in signals))
    if not points:
        return None
    level = None if centre is None else centre * measure.scale
    points.sort(key=lambda point: point.period)
    return Series(unit=row["unit"], measure=measure, kind=_CHARTS.get(kind, kind), points=tuple(points), centre=level)


def published(unit: str, rows: Iterable[Row], measure: Measure) -> Series | None:
    """A run chart of published values (rows of ``/facilities/figures`` of one unit); None without a value."""
    rows = tuple(rows)
    known = [row for row in rows if row["reason"] is None and row["value"] is not None]
    kinds = {kind_of(row["period"]) for row in known}
    wanted = next((kind for kind in _KINDS if kind in kinds), None)
    points = tuple(
        Point(row["period"], float(row["value"]), provisional=row["status"] == "PROVISIONAL")
        for row in sorted(known, key=lambda row: str(row["period"]))
        if kind_of(row["period"]) == wanted
    )
    if not points:
        return None
    settled = [one.value for one in points if not one.provisional]
    centre = statistics.median(settled) if len(settled) >= FEWEST else None
    periods = {row["period"] for row in rows if kind_of(row["period"]) == wanted} - {one.period for one in points}
    withheld = sum(points[0].period < one < points[-1].period for one in periods)
    return Series(
        unit=unit, measure=measure, kind=_CHARTS["run"], points=points, centre=centre, withheld=withheld
    )  # fmt: skip


def kind_of(period: str) -> str:
    """month, quarter, year or span of days; rolling for four quarters."""
    if "/" in period:
        return "span"
    rest = period[4:]
    return "year" if not rest else "month" if rest[0] == "-" else "rolling" if "R" in rest else "quarter"


def _limits(kind: str, centre: float | None, spread: float, exposure: float) -> tuple[float | None, float | None]:
    """Limits at 3 sigma, of shares within 0 and 1 (Montgomery, Statistical Quality Control, ch. 7); none of runs."""
    if centre is None or kind == "run":
        return None, None
    share = kind == "p"
    sigma = math.sqrt(centre * (1 - centre) / exposure) if share else math.sqrt(centre / exposure)
    wide = _SIGMAS * sigma * spread
    return max(0.0, centre - wide), min(1.0, centre + wide) if share else centre + wide


def _number(text: str | float) -> float:
    """A number, or a fraction such as 416/10."""
    if not isinstance(text, str):
        return float(text)
    above, _, below = text.partition("/")
    return float(above) / float(below) if below else float(above)


def chosen(found: Sequence[Series | None]) -> Series | None:
    """The one to show, of measures in the order in which they show a topic: the first of those with the latest year."""
    there = [one for one in found if one is not None]
    return max(there, key=lambda one: _year(one.last.period), default=None)


def _year(period: str) -> int:
    return int((period.partition("/")[2] or period)[:4])
