"""Sets a pack as one page of HTML that needs nothing else, and as tagged PDF (PDF/UA-1): always the same bytes."""

import json
import unicodedata
from dataclasses import fields
from typing import Any, Final

import typst
from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from services.recruitment.domain.packs.blocks import Block, Pack, Picture

# Marks that turn the direction of what follows: nobody's name needs to override what others wrote (UAX 9).
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class NotPrintable(Exception):  # noqa: N818 - a verdict about the pack
    """The pack cannot be printed; the text says why and holds nothing of the pack."""


def html_of(pack: Pack, source: str) -> str:
    """The pack by a template; every value is escaped, and of drawings only our own are let through."""
    environment = SandboxedEnvironment(
        loader=DictLoader({"pack": source}), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    # Drawn by ``drawing`` alone, which escapes what it writes.
    environment.filters["drawn"] = Markup
    return environment.get_template("pack").render(pack=_said(pack))


def pdf_of(pack: Pack, source: str) -> bytes:
    """The pack by a constant typst document; raises NotPrintable where a character cannot be shown."""
    inputs = {"pack": json.dumps(_said(pack))}
    try:
        made = typst.compile(
            source.encode(), format="pdf", sys_inputs=inputs, pdf_standards="ua-1", ignore_system_fonts=True
        )
    except typst.TypstError as error:
        raise NotPrintable(_why(error)) from None
    assert isinstance(made, bytes)
    return made


def _why(error: typst.TypstError) -> str:
    """Without the compiler's own words, which quote the pack."""
    if "could not be displayed" in error.message:
        return "A character of it is in no font at hand; --html shows it"
    return "The typesetter refuses it; --html shows it"


def _said(pack: Pack) -> dict[str, Any]:
    pages = [
        {
            "anchor": page.anchor,
            "title": _clean(page.title),
            "subtitle": _clean(page.subtitle),
            "blocks": [_block(one) for one in page.blocks],
        }
        for page in pack.pages
    ]
    return {
        "title": _clean(pack.title),
        "foot": _clean(pack.foot),
        "cover": [_block(one) for one in pack.cover],
        "pages": pages,
    }


def _block(block: Block) -> dict[str, Any]:
    values = {one.name: getattr(block, one.name) for one in fields(block)}
    drawn = {"svg": values.pop("svg")} if isinstance(block, Picture) else {}
    return {"kind": block.kind, **{name: _each(value) for name, value in values.items()}, **drawn}


def _each(value: Any) -> Any:
    if isinstance(value, str):
        return _clean(value)
    return [_each(one) for one in value]


def _clean(text: str) -> str:
    """One line without control characters."""
    kept = (
        " " if unicodedata.category(char) == "Cc" else char
        for char in unicodedata.normalize("NFC", text)
        if char not in _TURNING
    )
    return " ".join("".join(kept).split())
