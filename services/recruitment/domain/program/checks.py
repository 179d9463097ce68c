"""Reasons that several commands about the program share: days, states, tasks, sources."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from services.recruitment.domain.communities.days import today_anywhere
from services.recruitment.domain.program.statements import Statement, when
from services.recruitment.domain.program.terms import Term
from shared.contracts.recruitment.qio_contracts import ContractTask, Role
from shared.contracts.replies import Reason
from shared.program.states import PACIFIC_TERRITORIES, STATES

# qioprogram.org: from August 2014 each QIN-QIO serves a region of two to six states or territories.
_NETWORK_SIZE: Final = range(2, 7)


def in_the_future(day: dt.date, field: str, now: dt.datetime) -> Iterator[Reason]:
    """A day that nobody of the program has reached yet; ``now`` is in UTC."""
    if day > today_anywhere(now):
        yield Reason(code="IN_THE_FUTURE", field=field, text="The day is in the future.")


def before_day(day: dt.date, other: dt.date, field: str, what: str) -> Iterator[Reason]:
    """A day before another that must come first; ``what`` says what that is."""
    if day < other:
        yield Reason(code="TOO_EARLY", field=field, text=f"The day is before {other}, when {what}.")


def outside_term(found: Statement, held: Term, starts_on: dt.date, ends_on: dt.date) -> Iterator[Reason]:
    """Days that are the wrong way round or outside the statement of work."""
    if ends_on < starts_on:
        yield Reason(code="END_BEFORE_START", field="ends_on", text="The last day is before the first.")
    for day, field in ((starts_on, "starts_on"), (ends_on, "ends_on")):
        if held.not_begun(day):
            text = f"The {found.name} began {when(held.start)}."
            yield Reason(code="BEFORE_STATEMENT", field=field, text=text, citation=held.source)
        if held.ended(day):
            text = f"The {found.name} ended {when(held.end)}."
            yield Reason(code="STATEMENT_ENDED", field=field, text=text, citation=held.source)


def about_states(states: Sequence[str], field: str = "states") -> Iterator[Reason]:
    """States that are none, or that are given twice."""
    for position, state in enumerate(states):
        if state not in STATES:
            text = f"{state} is not a state or territory of the program."
            yield Reason(code="STATE_UNKNOWN", field=f"{field}[{position}]", text=text)
        elif state in states[:position]:
            yield Reason(code="STATE_REPEATED", field=f"{field}[{position}]", text=f"{state} is given twice.")


def about_size(role: Role, statement: Statement, states: Iterable[str], field: str) -> Iterator[Reason]:
    """A state's contractor with several states; a network of the 11th statement with fewer than two or more than six.

    Pacific territories are counted with Hawaii.
    """
    counted = {"HI" if state in PACIFIC_TERRITORIES else state for state in states}
    if not counted:
        yield Reason(code="NO_STATE", field=field, text="No state would be left.")
    elif role is Role.STATE_QIO and len(counted) > 1:
        text = "Until July 2014 there was one contract for each state."
        yield Reason(code="ONE_STATE", field=field, text=text, citation=statement.source)
    elif role is Role.QIN_QIO and statement.number == 11 and len(counted) not in _NETWORK_SIZE:
        text = (
            f"A QIN-QIO served two to six states, the Pacific territories counted with Hawaii; this is {len(counted)}."
        )
        yield Reason(code="NETWORK_SIZE", field=field, text=text, citation=statement.source)


def about_tasks(tasks: Sequence[ContractTask], statement: Statement, field: str) -> Iterator[Reason]:
    """Tasks given twice, and tasks that no source of ours names and that come without a title of their own."""
    known = [one.key for one in statement.tasks]
    for position, task in enumerate(tasks):
        where = f"{field}[{position}]"
        if any(one.key == task.key for one in tasks[:position]):
            yield Reason(code="TASK_REPEATED", field=where, text=f"The task {task.key} is given twice.")
        elif task.key not in known and task.title is None:
            named = f"it names {', '.join(known)}" if known else "it names none"
            text = f"Our source of the {statement.name} does not name a task {task.key} ({named}): give its title."
            yield Reason(code="TASK_UNKNOWN", field=where, text=text, citation=statement.source)


def without_source(source: str) -> Iterator[Reason]:
    """A source that says nothing, where nothing may be entered without one."""
    if source.strip().upper() == "UNKNOWN":
        text = "Enter the document or notice that says so; without one it stays UNKNOWN."
        yield Reason(code="SOURCE_MISSING", field="source", text=text)
