"""Finds the participants of those who were at a webinar, and adds up how many and how long."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from services.recruitment.cli.webinar_file import Join
from services.recruitment.domain.sessions.minutes import covered, minutes
from shared.contracts.recruitment.ids import PARTICIPANT_PATTERN
from shared.feeds.lines import Fault, lines
from shared.feeds.rows import Rejection

_ID: Final = re.compile(PARTICIPANT_PATTERN)
_SHORT_CCN: Final = re.compile(r"[0-9]{5}")


@dataclass(slots=True)
class Book:
    """Whose address is whose: used in memory, never sent, stored or printed."""

    participants: dict[str, str] = field(default_factory=dict)
    rejected: list[Rejection] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Presence:
    """How many people of a participant were there, and the minutes of all of them; ``line`` is its first line."""

    participant: str
    line: int
    people: int
    minutes: int


def read_book(path: Path) -> Book:
    """An address book: a CSV file with the columns email and participant. A bad line leaves the others good."""
    book = Book()
    twice: set[str] = set()
    for line in lines(path, ("EMAIL", "PARTICIPANT")):
        if isinstance(line, Rejection):
            book.rejected.append(line)
            continue
        try:
            email, participant = line.need("EMAIL").lower(), identified(line.need("PARTICIPANT"), "participant")
        except Fault as fault:
            book.rejected.append(line.rejection(fault))
            continue
        if book.participants.setdefault(email, participant) != participant:
            twice.add(email)
            rule = "of another participant in an earlier line; neither is used"
            book.rejected.append(line.rejection(Fault("email", rule)))
    for email in twice:
        del book.participants[email]
    return book


def identified(text: str, column: str) -> str:
    """A participant's id as it is written; spreadsheets take the first zero from a CCN. Raises Fault."""
    given = text.strip()
    given = given.lower() if given[:4].lower() in {"npi:", "own:"} else given.upper()
    given = given.zfill(6) if _SHORT_CCN.fullmatch(given) else given
    if not _ID.fullmatch(given):
        raise Fault(column, "not the id of a participant")
    return given


def matched(joins: Iterable[Join], book: Mapping[str, str], file: str) -> tuple[list[Presence], list[Rejection]]:
    """Presences by participant, and the lines of those whose participant is not known."""
    people: dict[str, dict[str, list[Join]]] = defaultdict(lambda: defaultdict(list))
    rejected = []
    for join in joins:
        try:
            participant = _participant(join, book)
        except Fault as fault:
            rejected.append(Rejection(file, join.line, fault.column, fault.rule))
            continue
        people[participant][join.email or f"name:{join.person or join.line}"].append(join)
    return [_presence(name, of_one) for name, of_one in people.items()], rejected


def _participant(join: Join, book: Mapping[str, str]) -> str:
    known = book.get(join.email) if join.email else None
    if join.participant:
        try:
            return identified(join.participant, "participant")
        except Fault:
            if known is None:
                raise
    if known is None:
        raise Fault("email", "no participant given, and the address is not in the address book")
    return known


def _presence(participant: str, people: Mapping[str, list[Join]]) -> Presence:
    return Presence(
        participant=participant,
        line=min(join.line for joins in people.values() for join in joins),
        people=len(people),
        minutes=sum(minutes(_seconds(joins)) for joins in people.values()),
    )


def _seconds(joins: list[Join]) -> int:
    """What the joins of one person cover; only where no join says when, the durations that the export gives."""
    spans = [join.span for join in joins if join.span is not None]
    return covered(spans) if spans else sum(join.seconds or 0 for join in joins)
