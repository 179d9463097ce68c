"""A page beside the pictures of a cohort: every one with its words, in the order they were asked for."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Final

from services.measures.pictures import words
from services.measures.pictures.describing import Scene, described

NAME: Final = "index.html"
_STYLE: Final = "body{font:18px sans-serif;margin:2em;max-width:70em}img{width:100%;height:auto}article{margin:3em 0}"


def page(scenes: Mapping[str, Scene], files: Mapping[str, Sequence[str]], missed: Mapping[str, str]) -> str:
    """The page; names are made harmless, and nothing is loaded from elsewhere."""
    many = words.counted(len(scenes), "picture")
    listed = "\n".join(f'<li><a href="#{number}">{_text(scene)}</a></li>' for number, scene in _numbered(scenes))
    shown = "\n".join(
        _article(number, scene, files[unit]) for (number, scene), unit in zip(_numbered(scenes), scenes, strict=True)
    )
    left = "".join(f"<li>{escape(words.clean(unit))}: {escape(why)}.</li>\n" for unit, why in missed.items())
    without = f"<h2>Without a picture</h2>\n<ul>\n{left}</ul>\n" if left else ""
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"/><title>{many}</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n<h1>{many}</h1>\n<ol>\n{listed}\n</ol>\n{shown}\n{without}"
        "</body>\n</html>\n"
    )


def _numbered(scenes: Mapping[str, Scene]) -> list[tuple[int, Scene]]:
    return list(enumerate(scenes.values(), 1))


def _text(scene: Scene) -> str:
    return escape(f"{scene.told.subject}: {scene.told.headline}")


def _article(number: int, scene: Scene, files: Sequence[str]) -> str:
    said = "<br/>\n".join(escape(line) for line in described(scene))
    links = " ".join(f'<a href="{name}">{Path(name).suffix.removeprefix(".").upper()}</a>' for name in files)
    return (
        f'<article id="{number}">\n<h2>{_text(scene)}</h2>\n'
        f'<img src="{files[0]}" alt="{escape(scene.told.headline)}"/>\n'
        f"<details><summary>In words</summary><p>{said}</p></details>\n<p>{links}</p>\n</article>"
    )
