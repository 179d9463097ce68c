"""``qio network session-pack``: what is handed out at a session, as HTML or PDF."""

from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import TypeAdapter

from services.recruitment.cli.frame import AsJson
from services.recruitment.cli.pack_figures import figures
from services.recruitment.domain.packs.blocks import Pack
from services.recruitment.domain.packs.gathered import Gathered
from services.recruitment.domain.packs.pack import UNREACHABLE, pack, wanted
from services.recruitment.domain.packs.rendering import NotPrintable, html_of, pdf_of
from shared.cli.output import as_json, fail, say
from shared.cli.read import get

_TEMPLATES: Final = Path(__file__).parent.parent / "templates"
GATHERED: Final = TypeAdapter(Gathered)
Folder = Annotated[Path, typer.Option("-o", "--out", help="The folder to write into.", file_okay=False)]


def add_to(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("session-pack")(session_pack)


def session_pack(
    session: Annotated[str, typer.Argument(metavar="SESSION", help="As the list shows it.")],
    out: Folder = Path(),
    html: Annotated[bool, typer.Option("--html", help="One page of HTML; both when neither is named.")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="A PDF, a page and more for each participant.")] = False,
    json: AsJson = False,
) -> None:
    """Make the pack of a session: cover, agenda, who takes part, and a page for each registered participant."""
    found = GATHERED.validate_python(get("recruitment", f"/learning-sessions/{session}/pack"))
    shown = figures(wanted(found))
    files = _write(pack(found, shown), out / session, html=html or not pdf, pdf=pdf or not html)
    charts = sum(any(shown.of(topic, one.place.participant) for topic in one.topics) for one in found.known)
    if json:
        as_json({
            "session": session, "participants": len(found.known), "with_figures": charts,
            "measures_answered": shown.answered, "files": [str(one) for one in files],
        })  # fmt: skip
        return
    if not shown.answered:
        say(UNREACHABLE)
    say(f"{len(found.known):,} participants, {charts:,} with figures: see {', '.join(str(one) for one in files)}")


def _write(made: Pack, stem: Path, *, html: bool, pdf: bool) -> list[Path]:
    files: dict[str, bytes] = {}
    try:
        if html:
            files[".html"] = html_of(made, (_TEMPLATES / "pack.html.j2").read_text(encoding="utf-8")).encode()
        if pdf:
            files[".pdf"] = pdf_of(made, (_TEMPLATES / "pack.typ").read_text(encoding="utf-8"))
    except NotPrintable as verdict:
        fail(f"The pack cannot be printed: {verdict}.")
    written = []
    try:
        stem.parent.mkdir(parents=True, exist_ok=True)
        for suffix, content in files.items():
            path = stem.with_name(stem.name + suffix)
            path.write_bytes(content)
            written.append(path)
    except OSError as error:
        fail(f"{stem.parent} cannot be written to: {error.strerror}.")
    return written
