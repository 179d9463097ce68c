"""Draws a chart of figures through time (SVG): told apart by shape, not by colour alone."""

import calendar
import math
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from services.recruitment.domain.packs.figures import Point, Series

WIDTH: Final = 720
HEIGHT: Final = 300
_LEFT: Final = 78
_RIGHT: Final = 585
_TOP: Final = 14
_BOTTOM: Final = 252
# Of the first family that is there; the last is one that the typesetter brings along.
_FONTS: Final = "Liberation Sans, Arial, Helvetica, DejaVu Sans, DejaVu Sans Mono, sans-serif"
_INK: Final = "#111111"
_GREY: Final = "#595959"
_BLUE: Final = "#005a9c"
_SIGNAL: Final = "#b33c00"
_MOST_LABELS: Final = 7
_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


def draw(series: Series) -> str:
    """The chart; its words beside it are ``described``."""
    ticks = scale(_values(series))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{_FONTS}" role="img">',
        f"<title>{escape(series.measure.title)}: {escape(described(series))}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        *_axes(ticks),
        *_periods(series.points),
        *_limits(series.points, ticks),
        *_centre(series, ticks),
        *_line(series.points, ticks),
        "</svg>",
    ]
    return "\n".join(parts)


def described(series: Series) -> str:
    """What the chart shows, in words: the first and the last value, the centre, how many points signal."""
    first, last, many = series.points[0], series.points[-1], len(series.points)
    said = []
    if many == 1:
        said.append(f"one value, {number(last.value)} in {period(last.period)}")
    else:
        ends = f"from {number(first.value)} in {period(first.period)} to {number(last.value)} in {period(last.period)}"
        said.append(f"{many} values, {ends}")
    if series.centre is not None:
        said.append(f"{_centre_word(series)} {number(series.centre)}")
    signals = sum(one.signal for one in series.points)
    if signals:
        said.append(f"{signals} signal{'s' if signals > 1 else ''} of change, drawn as diamonds")
    if series.withheld:
        periods = "period" if series.withheld == 1 else "periods"
        said.append(f"{series.withheld} {periods} in between without a figure that can be told")
    if any(one.provisional for one in series.points):
        said.append("hollow points are provisional")
    return "; ".join(said)


def number(value: float) -> str:
    """A value as people read it: three digits or more, no needless zeros."""
    places = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def period(text: str) -> str:
    """A period as people read it."""
    if "/" in text:
        return text.replace("/", " to ")
    year, rest = text[:4], text[4:]
    if not rest:
        return year
    if rest[0] == "-":
        return f"{calendar.month_abbr[int(rest[1:])]} {year}"
    return f"{rest[:2]} {year}" if "R" not in rest else f"four quarters to {rest[:2]} {year}"


def scale(values: Sequence[float]) -> list[float]:
    """Round numbers from at most the least value to at least the greatest, from 0 where that is near."""
    low, high = min(values), max(values)
    if low >= 0 and low <= (high - low) * 2:
        low = 0.0
    rough = (high - low or abs(high) or 1.0) / 4
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(one * unit for one in _STEPS if one * unit >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(place * step, 10) for place in range(first, max(last, first + 1) + 1)]


def _values(series: Series) -> list[float]:
    found = [] if series.centre is None else [series.centre]
    for one in series.points:
        found += [value for value in (one.value, one.low, one.high) if value is not None]
    return found


def _axes(ticks: Sequence[float]) -> Iterator[str]:
    for tick in ticks:
        at = _y(tick, ticks)
        yield f'<line x1="{_LEFT}" x2="{_RIGHT}" y1="{at}" y2="{at}" stroke="#d0d0d0" stroke-width="1"/>'
        yield _text(_LEFT - 8, at + 5, number(tick), "end")
    yield f'<line x1="{_LEFT}" x2="{_RIGHT}" y1="{_BOTTOM}" y2="{_BOTTOM}" stroke="{_INK}" stroke-width="1.5"/>'


def _periods(points: Sequence[Point]) -> Iterator[str]:
    """As many as there is room for, the last among them."""
    wide = max(len(_short(one.period)) for one in points)
    most = max(2, min(_MOST_LABELS, int((_RIGHT - _LEFT) / (wide * 10 + 12))))
    every = math.ceil(len(points) / most)
    for place, one in enumerate(points):
        if (len(points) - 1 - place) % every == 0:
            at = _x(place, len(points))
            yield f'<line x1="{at}" x2="{at}" y1="{_BOTTOM}" y2="{_BOTTOM + 6}" stroke="{_INK}" stroke-width="1.5"/>'
            yield _text(at, _BOTTOM + 24, _short(one.period), "middle")


def _short(text: str) -> str:
    """Of a span of days its last day alone."""
    return text.partition("/")[2] or period(text)


def _limits(points: Sequence[Point], ticks: Sequence[float]) -> Iterator[str]:
    half = (_x(1, len(points)) - _x(0, len(points))) / 2 if len(points) > 1 else 20.0
    for name, words in (("high", "upper limit"), ("low", "lower limit")):
        known = [(place, getattr(one, name)) for place, one in enumerate(points) if getattr(one, name) is not None]
        if not known or not any(value for _, value in known):
            continue
        steps = " ".join(
            f"{'M' if not step else 'L'}{_x(place, len(points)) - half:.1f} {_y(value, ticks)} H"
            f"{_x(place, len(points)) + half:.1f}"
            for step, (place, value) in enumerate(known)
        )
        yield f'<path d="{steps}" fill="none" stroke="{_GREY}" stroke-width="1.5" stroke-dasharray="5 4"/>'
        yield _text(_RIGHT + 8, _y(known[-1][1], ticks) + 5, words, "start", _GREY)


def _centre(series: Series, ticks: Sequence[float]) -> Iterator[str]:
    if series.centre is not None:
        at = _y(series.centre, ticks)
        yield f'<line x1="{_LEFT}" x2="{_RIGHT}" y1="{at}" y2="{at}" stroke="{_INK}" stroke-width="2"/>'
        yield _text(_RIGHT + 8, at + 5, f"{_centre_word(series)} {number(series.centre)}", "start")


def _centre_word(series: Series) -> str:
    return "centre" if any(one.high is not None for one in series.points) else "median"


def _line(points: Sequence[Point], ticks: Sequence[float]) -> Iterator[str]:
    places = [(_x(place, len(points)), _y(one.value, ticks)) for place, one in enumerate(points)]
    path = " ".join(f"{x},{y}" for x, y in places)
    yield f'<polyline points="{path}" fill="none" stroke="{_BLUE}" stroke-width="2.5"/>'
    for (x, y), one in zip(places, points, strict=True):
        colour = _SIGNAL if one.signal else _BLUE
        look = f'fill="{"#ffffff" if one.provisional else colour}" stroke="{colour}" stroke-width="2"'
        if one.signal:
            corners = f"{x},{y - 8} {x + 8},{y} {x},{y + 8} {x - 8},{y}"
            yield f'<polygon points="{corners}" {look}/>'
        else:
            yield f'<circle cx="{x}" cy="{y}" r="5" {look}/>'


def _x(place: int, many: int) -> float:
    if many == 1:
        return (_LEFT + _RIGHT) / 2
    return round(_LEFT + 20 + place * (_RIGHT - _LEFT - 40) / (many - 1), 1)


def _y(value: float, ticks: Sequence[float]) -> float:
    share = (value - ticks[0]) / (ticks[-1] - ticks[0])
    return round(_BOTTOM - share * (_BOTTOM - _TOP), 1)


def _text(x: float, y: float, words: str, anchor: str, colour: str = _INK) -> str:
    return f'<text x="{x}" y="{y:.1f}" font-size="16" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'
