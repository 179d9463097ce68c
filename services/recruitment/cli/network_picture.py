"""``qio network picture``: who learns from whom, and how a practice spread, as a file or in words."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from services.recruitment.cli.frame import AsJson
from services.recruitment.domain.practices.spread_kind import AdoptionStatus
from services.recruitment.domain.practices.spreading import Lesson, Link, Place
from services.recruitment.pictures.learning import learning_scene
from services.recruitment.pictures.scene import Scene, described
from services.recruitment.pictures.spread import spread_scene
from shared.cli.output import as_json, fail, say
from shared.cli.read import get
from shared.contracts.recruitment.adoptions import Way
from shared.runtime.clock import utc_now

_MISSING: Final = (
    "Pictures are drawn with matplotlib, which is not installed: pip install 'qio[pictures]'. "
    "Without -o the picture is told in words."
)


def picture(
    network: Annotated[str, typer.Option(help="The network's id, for example nnhqcc.")],
    practice: Annotated[str | None, typer.Option(help="How this practice spread; left out: all learning.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file that ends in .svg or .png; left out: in words.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Draw who learns from whom in a network, or how one of its practices spread."""
    if output is not None and output.suffix.lower() not in (".svg", ".png"):
        fail("The file ends in .svg or .png.", 2)
    if practice is not None and practice.rpartition(".")[0] != network:
        fail("The practice is of another network.", 2)
    try:
        scene = _learned(network) if practice is None else _spread(practice)
    except ValueError as error:
        fail(f"There is nothing to show: {error}.", 1)
    lines = described(scene)
    if output is not None:
        _write(scene, output)
    if json:
        as_json({"file": None if output is None else output.name, "words": lines})
    else:
        say("\n".join(lines) if output is None else f"Wrote {output.name}. {lines[0]}")


def _spread(practice: str) -> Scene:
    found = get("recruitment", f"/practices/{practice}/spread")
    places, names = _where(found["participants"])
    return spread_scene(found["title"], [_link(one) for one in found["links"]], places, names, utc_now().date())


def _learned(network: str) -> Scene:
    title = get("recruitment", f"/learning-networks/{network}")["name"]
    found = get("recruitment", f"/learning-networks/{network}/lessons")
    places, names = _where(found["participants"])
    lessons = [
        Lesson(one["teacher"], one["learner"], tuple(one["practices"]), dt.date.fromisoformat(one["since"]))
        for one in found["lessons"]
    ]
    pairings = [(one["teacher"], one["learner"]) for one in found["pairings"]]
    return learning_scene(title, lessons, pairings, places, names, utc_now().date())


def _link(row: Mapping[str, Any]) -> Link:
    return Link(
        participant=row["participant"],
        teacher=row["teacher"],
        way=Way(row["way"]) if row["way"] else None,
        since=dt.date.fromisoformat(row["since"]),
        generation=row["generation"],
        status=AdoptionStatus(row["status"]),
        adopted_on=dt.date.fromisoformat(row["adopted_on"]) if row["adopted_on"] else None,
    )


def _where(found: Mapping[str, Mapping[str, str]]) -> tuple[dict[str, Place], dict[str, str]]:
    places = {name: Place(state=one["state"], region=one["region"]) for name, one in found.items()}
    return places, {name: one["name"] for name, one in found.items()}


def _write(scene: Scene, output: Path) -> None:
    try:
        from services.recruitment.pictures import drawing  # noqa: PLC0415 - takes a second to load
    except ModuleNotFoundError:
        fail(_MISSING, 2)
    try:
        if output.suffix.lower() == ".svg":
            output.write_text(drawing.as_svg(scene), encoding="utf-8")
        else:
            output.write_bytes(drawing.as_png(scene))
    except OSError as error:
        fail(f"The picture cannot be written: {error.strerror}.", 2)
