"""Draws participation as a map of tiles (SVG), to be read at the back of a room, also by the colour-blind."""

from collections.abc import Iterator
from html import escape
from typing import Final, NamedTuple

from services.recruitment.domain.reports.participation import Participation, RegionShare, StateShare, percent
from services.recruitment.domain.reports.tiles import COLUMNS, TILES
from shared.program.jurisdictions import UNKNOWN


class Shade(NamedTuple):
    """A class of the legend: the percent it begins with, how it is said, the colour of the tile and of its text."""

    least: int
    words: str
    fill: str
    ink: str


# One hue from light to dark: lightness alone tells the classes apart, and every tile says its numbers as well.
NONE: Final = Shade(0, "none recruited", "#ffffff", "#111111")
SHADES: Final = (
    Shade(75, "75 % and more", "#08306b", "#ffffff"),
    Shade(50, "50 to 74 %", "#63aad6", "#111111"),
    Shade(25, "25 to 49 %", "#a6cde4", "#111111"),
    Shade(0, "up to 24 %", "#dcebf5", "#111111"),
)
EMPTY: Final = Shade(0, "nobody eligible", "#e3e3e3", "#444444")

WIDTH: Final = 1920
HEIGHT: Final = 1080
_TILE: Final = 100
_LEFT: Final = 40
_TOP: Final = 130
_PANEL: Final = _LEFT + COLUMNS * _TILE + 40
# Of the first family that is there; the last is one that is in every font set we draw with.
_FONTS: Final = "DejaVu Sans, Liberation Sans, Arial, Helvetica, DejaVu Sans Mono, sans-serif"
_FITS: Final = 8
_NAME_FITS: Final = 30
_MOST_REGIONS: Final = 20
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRST"


def shade_of(recruited: int, eligible: int) -> Shade:
    """The class of a share."""
    if not eligible:
        return EMPTY
    if not recruited:
        return NONE
    share = percent(recruited, eligible)
    return next(one for one in SHADES if share >= one.least)


def draw(found: Participation, collaborative_name: str) -> str:
    """The map as an SVG document of 1920 by 1080."""
    letters = _letters(found.regions)
    summary = f"{found.recruited:,} of {found.eligible:,} eligible recruited ({_share(found)}) as of {found.as_of}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{_FONTS}" role="img">',
        f"<title>{escape(f'{collaborative_name}: participation by state')}</title>",
        f"<desc>{escape(summary)}</desc>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(_LEFT, 60, escape(collaborative_name), 44, weight="bold"),
        _text(_LEFT, 104, escape(summary), 30),
    ]
    parts += [_tile(one, letters.get(one.network)) for one in found.states]
    parts += _borders({one.state: one.network for one in found.states})
    parts += _legend()
    parts += _regions(found, letters)
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def _letters(regions: tuple[RegionShare, ...]) -> dict[str, str]:
    """A letter for each region; none where there are more than can be told on the map."""
    if len(regions) > _MOST_REGIONS:
        return {}
    return {one.network: letter for one, letter in zip(regions, _LETTERS, strict=False)}


def _tile(one: StateShare, letter: str | None) -> str:
    x, y = _corner(one.state)
    shade = shade_of(one.recruited, one.eligible)
    told = f"{one.recruited:,} of {one.eligible:,} recruited" if one.eligible else EMPTY.words
    network = "" if one.network == UNKNOWN else f"; {one.network}"
    lines = [
        f'<g id="{one.state}" fill="{shade.ink}">',
        f"<title>{escape(f'{one.name}: {told}{network}')}</title>",
        _box(x + 4, y + 4, _TILE - 8, _TILE - 8, shade.fill),
        _text(x + 12, y + 36, one.state, 28, weight="bold"),
    ]
    if letter is not None:
        lines.append(_text(x + _TILE - 10, y + 34, letter, 20, anchor="end"))
    if one.eligible:
        numbers = f"{one.recruited}/{one.eligible}"
        size = 18 if len(numbers) <= _FITS else 16
        lines.append(_text(x + _TILE // 2, y + 65, f"{percent(one.recruited, one.eligible)} %", 27, anchor="middle"))
        lines.append(_text(x + _TILE // 2, y + 88, numbers, size, anchor="middle"))
    return "\n".join((*lines, "</g>"))


def _borders(networks: dict[str, str]) -> Iterator[str]:
    """A thick line wherever a known network ends."""
    at = {place: networks[code] for code, place in TILES.items()}
    for (column, row), network in sorted(at.items()):
        if network == UNKNOWN:
            continue
        x, y = _LEFT + column * _TILE, _TOP + row * _TILE
        sides = {
            (column, row - 1): (x, y, x + _TILE, y),
            (column, row + 1): (x, y + _TILE, x + _TILE, y + _TILE),
            (column - 1, row): (x, y, x, y + _TILE),
            (column + 1, row): (x + _TILE, y, x + _TILE, y + _TILE),
        }
        for neighbour, (x1, y1, x2, y2) in sides.items():
            if at.get(neighbour) != network:
                yield (
                    f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#222222" stroke-width="4" '
                    'stroke-linecap="round"/>'
                )


def _legend() -> Iterator[str]:
    yield _text(_PANEL, 160, "Recruited of those eligible", 28, weight="bold")
    for number, shade in enumerate((*SHADES, NONE, EMPTY)):
        x, y = _PANEL + number % 2 * 330, 182 + number // 2 * 46
        yield _box(x, y, 52, 36, shade.fill)
        yield _text(x + 66, y + 27, escape(shade.words), 24)


def _regions(found: Participation, letters: dict[str, str]) -> Iterator[str]:
    y = 374
    yield _text(_PANEL, y, "QIN-QIO regions", 28, weight="bold")
    if not letters:
        text = "More regions than a map can tell." if found.regions else "UNKNOWN"
        yield _text(_PANEL, y + 40, text, 24)
    for one in found.regions if letters else ():
        y += 42
        yield f'<g id="region-{letters[one.network]}">'
        yield _text(_PANEL, y, letters[one.network], 24, weight="bold")
        name = _short(one.network)
        yield _text(_PANEL + 34, y, escape(name), 22 if len(name) <= _NAME_FITS else 18)
        yield _text(WIDTH - 120, y, f"{one.recruited:,}/{one.eligible:,}", 22, anchor="end")
        yield _text(WIDTH - 30, y, f"{percent(one.recruited, one.eligible)} %", 22, anchor="end")
        yield "</g>"
    if found.unknown_because is not None:
        for number, line in enumerate(_wrapped(f"Not known everywhere: {found.unknown_because}.", 52)):
            yield _text(_PANEL, y + 84 + number * 30, escape(line), 20)


def _short(network: str) -> str:
    """The network's own name, without the firm that leads it."""
    return network.split(" (", 1)[0]


def _wrapped(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


def _share(found: Participation) -> str:
    return f"{percent(found.recruited, found.eligible)} %"


def _corner(state: str) -> tuple[int, int]:
    column, row = TILES[state]
    return _LEFT + column * _TILE, _TOP + row * _TILE


def _box(x: int, y: int, width: int, height: int, fill: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}" stroke="#777777"/>'


def _text(x: int, y: int, escaped: str, size: int, *, weight: str = "normal", anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}">{escaped}</text>'
