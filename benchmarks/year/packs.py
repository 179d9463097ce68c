"""The packs of the year, made as the command line makes them, with a measure of each way."""

import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import services.recruitment
from benchmarks.year import bare
from benchmarks.year.figures import Answers
from services.recruitment.cli.pack_figures import asked
from services.recruitment.domain.packs.gathered import Gathered
from services.recruitment.domain.packs.pack import pack, wanted
from services.recruitment.domain.packs.rendering import html_of, pdf_of

_TEMPLATES: Final = Path(services.recruitment.__file__).parent / "templates"


def make(found: Sequence[Gathered], homes: tuple[str, ...], out: Path | None) -> dict[str, float]:
    """Seconds for all packs as pages, HTML, PDF and bare PDF; written into ``out`` where one is given."""
    html, paper = ((_TEMPLATES / name).read_text(encoding="utf-8") for name in ("pack.html.j2", "pack.typ"))
    seconds: dict[str, float] = defaultdict(float)
    for number, one in enumerate(found, 1):
        begin = time.perf_counter()
        made = pack(one, asked(wanted(one), Answers(homes, one.on)))
        paged = time.perf_counter()
        text = html_of(made, html)
        written = time.perf_counter()
        printed = pdf_of(made, paper)
        ended = time.perf_counter()
        for part, took in (("pages", paged - begin), ("html", written - paged), ("pdf", ended - written)):
            seconds[part] += took
        seconds["bare"] += bare.pages([f"{page.title} {page.blocks}" for page in made.pages])
        if out is not None:
            (out / f"{number:02d}.html").write_text(text, encoding="utf-8")
            (out / f"{number:02d}.pdf").write_bytes(printed)
    return seconds
