"""Prints a line for each way a pack is set: python -m benchmarks.packs [--rounds 3]"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import services.recruitment
from benchmarks.packs.cohort import HOMES, TODAY, answer, records
from benchmarks.report import median, say
from benchmarks.year import bare
from services.recruitment.cli.pack_figures import asked
from services.recruitment.domain.packs.blocks import Pack
from services.recruitment.domain.packs.gathering import gathered
from services.recruitment.domain.packs.pack import pack, wanted
from services.recruitment.domain.packs.rendering import html_of, pdf_of

_TEMPLATES: Final = Path(services.recruitment.__file__).parent / "templates"
_HOW: Final = f"{HOMES} participants, each with a chart of 12 quarters, assignments, test, peer, practice; in memory"


def made() -> Pack:
    """The pack from records and answers."""
    found = gathered(records(), TODAY)
    return pack(found, asked(wanted(found), answer))


def main() -> None:
    """Set the pack both ways, some times over."""
    parser = argparse.ArgumentParser(description="The pack of a session for 300 participants.")
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    html, paper = ((_TEMPLATES / name).read_text(encoding="utf-8") for name in ("pack.html.j2", "pack.typ"))
    one = made()
    words = [f"{page.title} {page.blocks}" for page in one.pages]

    say("session pack, made", "ms", _took(made, rounds), None, _HOW)
    say("session pack, HTML", "ms", _took(lambda: html_of(one, html), rounds), None, _HOW)
    how = f"{_HOW}; PDF/UA-1, lines measured; bare is as many words on as many pages, nothing tagged or drawn"
    content = pdf_of(one, paper)
    say(
        "session pack, PDF",
        "ms",
        _took(lambda: pdf_of(one, paper), rounds),
        _took(lambda: bare.pages(words), rounds),
        how,
        size=len(content),
    )


def _took(action: Callable[[], object], rounds: int) -> float:
    """The median of the rounds in milliseconds."""
    found = []
    for _ in range(rounds):
        begin = time.perf_counter()
        action()
        found.append((time.perf_counter() - begin) * 1000)
    return median(found)


if __name__ == "__main__":
    main()
