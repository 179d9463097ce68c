"""What a picture of who learned from whom shows, as data, and the same in words for readers who do not see it."""

import datetime as dt
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.recruitment.domain.practices.spreading import Place

_UNSEEN: Final = frozenset(("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"))


class Look(StrEnum):
    """How a node is told from others, by shape as well as by colour."""

    FIRST = "FIRST"
    ADOPTED = "ADOPTED"
    TRYING = "TRYING"
    ABANDONED = "ABANDONED"
    PLAIN = "PLAIN"


class Line(StrEnum):
    """Why one learned from the other: a practice was taken up, or two were paired."""

    PRACTICE = "PRACTICE"
    PAIRING = "PAIRING"


LOOKS: Final = {
    Look.FIRST: "began with it",
    Look.ADOPTED: "adopted",
    Look.TRYING: "trying",
    Look.ABANDONED: "gave it up",
    Look.PLAIN: "participants",
}
LINES: Final = {Line.PRACTICE: "took a practice up", Line.PAIRING: "was paired"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A participant, or those of a state together; ``x`` and ``y`` from 0 (left, below) to 1.

    Where there is no room for all of its label, the ``tail`` is kept.
    """

    key: str
    label: str
    tail: str = ""
    x: float
    y: float
    look: Look = Look.PLAIN
    many: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """That ``target`` learned from ``source`` (keys of nodes), so many times."""

    source: str
    target: str
    many: int
    line: Line = Line.PRACTICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A picture; of ``arrows`` the first ``shown`` are drawn.

    ``columns`` are headings with the place (0 to 1) they stand at; ``round``: the nodes stand on a circle.
    """

    headline: str
    subject: str
    remarks: tuple[str, ...]
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    shown: int
    columns: tuple[tuple[float, str], ...] = ()
    round: bool = False
    foot: str

    def looks(self) -> tuple[Look, ...]:
        """The looks that there are, for the legend."""
        return tuple(one for one in Look if one in {node.look for node in self.nodes})

    def lines(self) -> tuple[Line, ...]:
        """The lines that there are, for the legend."""
        return tuple(one for one in Line if one in {arrow.line for arrow in self.arrows})


def described(scene: Scene) -> list[str]:
    """The picture in words, the headline first; nothing is left out."""
    labels = {one.key: f"{one.label}{one.tail}" for one in scene.nodes}
    looks = {one.key: LOOKS[one.look] for one in scene.nodes if one.look is not Look.PLAIN}
    nodes = [f"{label}{f': {looks[key]}' if key in looks else ''}" for key, label in labels.items()]
    arrows = [
        f"{labels[one.target]} {LINES[one.line]} from {labels[one.source]}, {counted(one.many, 'time')}"
        if one.line is Line.PRACTICE
        else f"{labels[one.target]} {LINES[one.line]} with {labels[one.source]}, {counted(one.many, 'time')}"
        for one in scene.arrows
    ]
    return [f"{scene.headline}.", f"{scene.subject}.", *scene.remarks, *nodes, *arrows, scene.foot]


def named(participant: str, names: Mapping[str, str], places: Mapping[str, Place]) -> tuple[str, str]:
    """What a participant is called, and its state behind that."""
    tail = f", {places[participant].state}" if participant in places else ""
    return clean(names.get(participant, participant)), tail


def clean(text: str, most: int = 80) -> str:
    """Text on one line without characters that steer, at most so long."""
    whole = "".join(one for one in " ".join(text.split()) if unicodedata.category(one) not in _UNSEEN).strip()
    return whole if len(whole) <= most else whole[: most - 1].rstrip() + "…"


def counted(many: int, one: str, more: str | None = None) -> str:
    """1 state, 2 states."""
    return f"{many:,} {one if many == 1 else more or one + 's'}"


def foot(as_of: dt.date, notes: Sequence[str] = ()) -> str:
    """The last line of a picture. Facilities are named on it and have not all consented to that (42 CFR 480.140)."""
    return " ".join((f"For staff. Source: what the network recorded, as of {as_of.isoformat()}.", *notes))
