"""Where pictures go: files, words on the screen, or JSON; and how a command ends that could not draw."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

from services.measures.commands.pictures import index
from services.measures.pictures import words
from services.measures.pictures.describing import Scene, described
from shared.cli.output import as_json, fail, say

MISSING: Final = (
    "Pictures are drawn with matplotlib, which is not installed: pip install 'qio[pictures]'. "
    "Without it --text tells the picture in words."
)
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Wanted:
    """Files to write, and what to print."""

    svg: Path | None
    png: Path | None
    text: bool
    json: bool


@dataclass(frozen=True, slots=True)
class Made:
    """Scenes by unit; ``missed`` says of other units why there is none."""

    scenes: Mapping[str, Scene]
    missed: Mapping[str, str]


def of_each(units: Sequence[str], build: Callable[[str], Scene], missing: Sequence[str] = ()) -> Made:
    """The scene of every unit; a unit that cannot be shown stops no other."""
    scenes: dict[str, Scene] = {}
    missed = dict.fromkeys(missing, "there are no figures of it")
    for unit in units:
        try:
            scenes[unit] = build(unit)
        except ValueError as error:
            missed[unit] = str(error)
    return Made(scenes, missed)


def send(make: Callable[[], Made], wanted: Wanted) -> None:
    """Make the scenes and write or print them; ends with status 2 for a wrong input, with 1 if a unit was missed."""
    try:
        made = make()
    except ValueError as error:
        _refuse(str(error))
    if not made.scenes and len(made.missed) == 1:
        _refuse(*made.missed.values())
    written = _write(made, wanted)
    if wanted.json:
        shown = [_row(unit, scene) for unit, scene in made.scenes.items()]
        as_json({"pictures": shown, "missed": dict(made.missed), "files": [path.name for path in written]})
    elif wanted.text or not written:
        say("\n\n".join("\n".join(described(scene)) for scene in made.scenes.values()))
    else:
        drawn = [path.name for path in written if path.name != index.NAME]
        names = ", ".join([*drawn[:5], *(["and so on"] if len(drawn) > 5 else [])])
        beside = f"; {index.NAME}" if len(drawn) < len(written) else ""
        say(f"Wrote {words.counted(len(drawn), 'picture')}: {names}{beside}.")
    if made.missed:
        fail("\n".join(f"{words.clean(unit)}: {why}." for unit, why in made.missed.items()))


def _refuse(sentence: str) -> NoReturn:
    fail(f"{sentence[:1].upper()}{sentence[1:]}.", 2)


def _row(unit: str, scene: Scene) -> dict[str, Any]:
    return {"unit": unit, "kind": type(scene).__name__.lower(), "scene": asdict(scene), "words": described(scene)}


def _write(made: Made, wanted: Wanted) -> list[Path]:
    if wanted.svg is None and wanted.png is None:
        return []
    try:
        from services.measures.pictures import drawing  # noqa: PLC0415 - takes a second to load
    except ModuleNotFoundError:
        fail(MISSING, 2)
    several = len(made.scenes) + len(made.missed) > 1
    written: list[Path] = []
    try:
        if wanted.svg is not None:
            for path, scene in _paths(wanted.svg, ".svg", made.scenes, several=several):
                path.write_text(drawing.as_svg(scene), encoding="utf-8")
                written.append(path)
        if wanted.png is not None:
            for path, scene in _paths(wanted.png, ".png", made.scenes, several=several):
                path.write_bytes(drawing.as_png(scene))
                written.append(path)
        if several:
            written += _index(made, written)
    except OSError as error:
        fail(f"The picture cannot be written: {error.strerror}.", 2)
    return written


def _index(made: Made, written: Sequence[Path]) -> list[Path]:
    """One page in each folder."""
    units = [unit for unit, _ in zip(made.scenes, written, strict=False)]
    found = []
    for folder in dict.fromkeys(path.parent for path in written):
        own = [path.name for path in written if path.parent == folder]
        files = {unit: own[place :: len(units)] for place, unit in enumerate(units)}
        (folder / index.NAME).write_text(index.page(made.scenes, files, made.missed), encoding="utf-8")
        found.append(folder / index.NAME)
    return found


def _paths(path: Path, ending: str, scenes: Mapping[str, Scene], *, several: bool) -> list[tuple[Path, Scene]]:
    if not several and not path.is_dir():
        return [(path, scene) for scene in scenes.values()]
    path.mkdir(parents=True, exist_ok=True)
    names = file_names(list(scenes))
    return [(path / f"{names[unit]}{ending}", scene) for unit, scene in scenes.items()]


def file_names(units: Sequence[str]) -> dict[str, str]:
    """A name for the file of each unit: letters, digits, dashes and underscores alone, none twice, case aside."""
    found: dict[str, str] = {}
    taken = set[str]()
    for unit in units:
        plain = re.sub(r"[^A-Za-z0-9_-]+", "-", unit).strip("-")[:_LONGEST] or "facility"
        name, number = plain, 2
        while name.lower() in taken:
            name, number = f"{plain}-{number}", number + 1
        taken.add(name.lower())
        found[unit] = name
    return found
