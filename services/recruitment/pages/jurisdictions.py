"""Which QIO answered for which states from when on: part of the page of recruitment."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from services.recruitment.domain.program.answering import Answer, answer, roles_on
from services.recruitment.pages.cells import table
from shared.contracts.recruitment.program import Role
from shared.program.states import STATES

FIRST: Final = dt.date(2008, 1, 1)
LAST: Final = dt.date(2030, 12, 1)
_HEADINGS: Final = {
    Role.STATE_QIO: "One contractor for both halves of the work",
    Role.QIN_QIO: "QIN-QIOs",
    Role.BFCC_QIO: "BFCC-QIOs",
}
_INTRODUCTION: Final = f"""
## Who answers for a state

What our sources say of {FIRST.year} to {LAST.year}; an answer holds until the day of the next. Where it is UNKNOWN, the
source says why, and `qio program network configure` names a QIO with a source of its own; where a source names one,
staff cannot enter another. *Unconfirmed* lists agree with published counts of states, but were not found themselves.
`qio program jurisdiction` answers for any day.
"""


def jurisdictions() -> str:
    """A table for each role that QIOs had."""
    head = ("from", "QIO", "area", "states", "standing", "source")
    return _INTRODUCTION + "".join(f"\n### {title}\n{table(head, _rows(role))}" for role, title in _HEADINGS.items())


def changes(role: Role) -> Iterator[tuple[dt.date, tuple[Answer, ...]]]:
    """All answers, and the first of the month from which on they hold; every change is on one."""
    before: tuple[Answer, ...] = ()
    for months in range((LAST.year - FIRST.year) * 12 + LAST.month):
        day = dt.date(FIRST.year + months // 12, months % 12 + 1, 1)
        answers = tuple(answer(state, role, day, None) for state in STATES) if role in roles_on(day) else ()
        if answers and answers != before:
            yield day, answers
        before = answers


def _rows(role: Role) -> Iterator[tuple[object, ...]]:
    for day, answers in changes(role):
        alike: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
        for one in answers:
            alike[one.area or "", one.qio, one.standing, one.source].append(one.state)
        for (area, qio, standing, source), states in sorted(alike.items(), key=lambda item: _order(*item[0])):
            yield day, qio, area, _told(states), standing, source


def _told(states: list[str]) -> str:
    return "all" if len(states) == len(STATES) else " ".join(sorted(states))


def _order(area: str, qio: str, standing: str, source: str) -> tuple[int, str, str, str]:
    """Areas by their number: ``Region 10`` after ``Region 9``."""
    return int(area.rpartition(" ")[2]) if area else 0, qio, standing, source
