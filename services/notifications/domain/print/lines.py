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
_OPENING: Final = frozenset({"Ps", "Pi", "Pf", "Po"})
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
        if char == " " and after.isalnum() and unicodedata.category(before) not in _OPENING:
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


def address_lines(name: str, postal: PostalAddress) -> tuple[str, ...]:
    """Name, street and city as USPS Publication 28 prefers them: capitals, no punctuation, two spaces before the ZIP.

    Accents stay. A long name is cut on the envelope alone: the letter says it in full, and mail is delivered by its
    address, of which nothing is ever cut.
    """
    named = textwrap.wrap(_postal(name), _NAME_LINE, break_on_hyphens=False)
    if len(named) > 2:
        named = [named[0], f"{named[1][: _NAME_LINE - 1]}…"]
    city = f"{_postal(postal.city)} {postal.state}\u00a0 {postal.zip_code}"
    return tuple(isolated(line) for line in (*named, *(_postal(line) for line in postal.lines), city))


def _postal(line: str) -> str:
    plain = one_line(clean(line))
    bare = one_line(_NOT_IN_ADDRESS.sub("", plain.replace(",", " ").replace(";", " ")))
    return unicodedata.normalize("NFC", (bare or plain).upper())
