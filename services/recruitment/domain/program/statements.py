"""Which statement of work holds on a day, which tasks it has, and why a task cannot be worked on."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from services.recruitment.domain.program.catalogue import STATEMENTS, Statement, Task
from services.recruitment.domain.program.terms import Bound, Precision, Term
from shared.contracts.recruitment.program import Role
from shared.contracts.replies import Reason

__all__ = [
    "STATEMENTS",
    "Statement",
    "Task",
    "reason_against",
    "statement",
    "statement_on",
    "task",
    "term",
    "when",
    "why_none",
]

# One contractor of each state had both halves of the work until July 2014.
_BOTH_HALVES: Final = Role.STATE_QIO
_IMPROVEMENT: Final = frozenset({Role.STATE_QIO, Role.QIN_QIO})


def statement(number: int) -> Statement | None:
    """A statement of work by its number (9 to 13)."""
    return next((one for one in STATEMENTS if one.number == number), None)


def term(found: Statement, role: Role) -> Term | None:
    """When a QIO of this role worked under a statement of work; None where it had no such QIOs."""
    return next((one for one in found.terms if role in one.roles), None)


def statement_on(day: dt.date, role: Role = Role.QIN_QIO) -> Statement | None:
    """The statement of work in force for a role on a day.

    None where none was (August to October 2019), and where the sources do not settle it: before August 2011, in
    months of which they give no day (November 2019), and between November 2024 and May 2025. A state's one
    contractor counts as either role before August 2014.
    """
    return next((one for one, held in _terms(role) if held.surely(day)), None)


def why_none(day: dt.date, role: Role = Role.QIN_QIO) -> str:
    """Why no statement of work can be named for a day, in a sentence; empty where one can."""
    if statement_on(day, role) is not None:
        return ""
    before = [(one, held) for one, held in _terms(role) if held.ended(day) or _may_have_ended(held, day)]
    if not before:
        return f"No source gives the first day of the {next(_terms(role))[0].name}."
    last, ended = before[-1]
    text = f"The {last.name} ended {when(ended.end)}"
    after = [(one, held) for one, held in _terms(role) if one.number > last.number and _may_begin(held, day)]
    if not after:
        return f"{text}; no source names a later one."
    following, begun = after[0]
    if begun.start.precision is Precision.UNKNOWN:
        return f"{text}; no source gives the first day of the {following.name}."
    return f"{text} and the {following.name} began {when(begun.start)}: the day lies between the contracts."


def _may_have_ended(held: Term, day: dt.date) -> bool:
    return held.end.earliest is not None and day > held.end.earliest


def _may_begin(held: Term, day: dt.date) -> bool:
    return held.start.latest is None or day < held.start.latest


def task(code: str, day: dt.date) -> Task | None:
    """A task of the statement of work in force on a day, by its code or our word for it; None where there is none."""
    found = statement_on(day)
    return next((one for one in found.tasks if one.key == code), None) if found else None


def known_tasks() -> list[str]:
    """The tasks that a source of ours names, by their codes or our words, in the order of text."""
    return sorted({one.key for each in STATEMENTS for one in each.tasks})


def reason_against(task_code: str, day: dt.date, field: str) -> Reason | None:
    """Why a task cannot be worked on on a day; None when it can. ``field`` is where the task was named."""
    having = [one for one in STATEMENTS if any(known.key == task_code for known in one.tasks)]
    if not having:
        known = ", ".join(known_tasks())
        text = f"No statement of work that we have a source for has a task {task_code[:40]}; there are {known}."
        return Reason(code="TASK_UNKNOWN", field=field, text=text)
    held = [(one, found) for one in having for found in one.terms if not found.roles.isdisjoint(_IMPROVEMENT)]
    if any(found.possibly(day) for _, found in held):
        return None
    past = [(one, found) for one, found in held if found.ended(day)]
    if past:
        return _ended(*past[-1], day, field)
    one, found = held[0]
    text = f"The task {task_code} came with the {one.name}, which began {when(found.start)}."
    return Reason(code="BEFORE_STATEMENT", field=field, text=text, citation=found.source)


def _ended(one: Statement, found: Term, day: dt.date, field: str) -> Reason:
    later = statement(one.number + 1)
    following = term(later, Role.QIN_QIO) if later else None
    if following is not None and _may_begin(following, day):
        return Reason(code="BETWEEN_CONTRACTS", field=field, text=why_none(day), citation=found.source)
    text = f"The {one.name} ended {when(found.end)}."
    return Reason(code="STATEMENT_ENDED", field=field, text=text, citation=found.source)


def when(bound: Bound) -> str:
    """The bound in a sentence: ``on 31 July 2019``, ``in November 2019``."""
    if bound.precision is Precision.UNKNOWN:
        limit = f"not before {bound.earliest}" if bound.earliest else f"by {bound.latest}"
        return f"{limit} (no source gives the day)"
    return f"on {bound}" if bound.precision is Precision.DAY else f"in {bound}"


def _terms(role: Role) -> Iterator[tuple[Statement, Term]]:
    for one in STATEMENTS:
        for held in one.terms:
            if role in held.roles or _BOTH_HALVES in held.roles:
                yield one, held
