"""What a pack is made of: blocks of words, lists, tables and drawings, set as HTML or in print alike."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """What the blocks after it are about."""

    kind: ClassVar[str] = "heading"

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    kind: ClassVar[str] = "words"

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list, one line each."""

    kind: ClassVar[str] = "items"

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Labels, each with its value."""

    kind: ClassVar[str] = "rows"

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head, as many cells in each."""

    kind: ClassVar[str] = "table"

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing (SVG), its caption, and the same in words for those who do not see it."""

    kind: ClassVar[str] = "picture"

    svg: str
    caption: str
    alt: str


Block: TypeAlias = Heading | Words | Items | Rows | Table | Picture


@dataclass(frozen=True, slots=True)
class Page:
    """A page of its own; ``anchor`` is what links within the pack point to."""

    anchor: str
    title: str
    subtitle: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """The whole pack; ``foot`` stands on every page."""

    title: str
    foot: str
    cover: tuple[Block, ...]
    pages: tuple[Page, ...]
