"""Lines as they are printed: the address as the post wants it, and places where long runs may break."""

import re
import textwrap
import unicodedata
from typing import Final

from services.notifications.domain.words import clean, isolated, one_line
from shared.contracts.notifications.terms import PostalAddress

BREAK: Final = "\u200b"  # zero width space: a line may always end here (UAX 14, LB8)
_RUN: Final = 20  # characters; the widest 20 of 18 points fit on a line
_NAME_LINE: Final = 34
_NARROW_LINE: Final = 26  # the widest capitals of 8 points that the window shows on one line
_OPENING: Final = frozenset({"Ps", "Pi", "Pf"})
_NOT_IN_ADDRESS: Final = re.compile(r"(?<!\d)[.]|[.](?!\d)|[^\w\s.#/&+-]|_")


def breakable(value: str) -> str:
    """The value with a place to break after every twenty characters without one.

    A space counts as one where a line surely may end: not before closing marks such as ``!`` or after opening ones
    (UAX 14, LB13 to LB17).
    """
    made: list[str] = []
    run = 0
    text = unicodedata.normalize("NFC", value)
    for before, char, after in zip("\0" + text, text, text[1:] + "\0", strict=False):
        if char == " " and after.isalnum() and before not in "\"'" and unicodedata.category(before) not in _OPENING:
            run = 0
        elif run >= _RUN and unicodedata.category(char)[0] != "M" and before != "\u200d":
            made.append(BREAK)
            run = 1
        else:
            run += 1
        made.append(char)
    return "".join(made)


def printable(value: str) -> bool:
    """Whether no character is one that only some font of its own gives a meaning (private use, unassigned)."""
    return all(unicodedata.category(char) not in {"Co", "Cn"} for char in value)


def address_lines(name: str, postal: PostalAddress, name_lines: int = 2) -> tuple[str, ...]:
    """Name, street and city as USPS Publication 28 prefers them: capitals, no punctuation, two spaces before the ZIP.

    Accents stay. A long name is cut on the envelope alone: the letter says it in full, and mail is delivered by its
    address, of which nothing is ever cut.
    """
    city = f"{_postal(postal.city)} {postal.state}\u00a0 {postal.zip_code}"
    lines = (*_named(_postal(name), name_lines), *(_postal(line) for line in postal.lines), city)
    return tuple(isolated(line) for line in lines)


def _named(name: str, lines: int) -> list[str]:
    width = _NAME_LINE if lines > 1 else _NARROW_LINE
    wrapped = textwrap.wrap(name, width, break_on_hyphens=False)
    if len(wrapped) > lines:
        return [*wrapped[: lines - 1], f"{wrapped[lines - 1][: width - 1]}…"]
    return wrapped


def _postal(line: str) -> str:
    plain = one_line(clean(line))
    bare = one_line(_NOT_IN_ADDRESS.sub("", plain.replace(",", " ").replace(";", " ")))
    return unicodedata.normalize("NFC", (bare or plain).upper())
