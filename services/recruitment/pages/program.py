"""Statements of work with their tasks and aims, and the collaboratives: part of the page of recruitment."""

from collections.abc import Iterator
from typing import Final

from services.recruitment.domain.pipeline.collaboratives import COLLABORATIVES
from services.recruitment.domain.program.catalogue import STATEMENTS, Aim, Statement
from services.recruitment.domain.program.terms import Bound, Precision
from services.recruitment.pages.cells import plain, table

_STATEMENTS: Final = """
## Statements of work

Days are as closely given as their source gives them: a month stands where it names no day, and UNKNOWN where no source
gives either. A task without a code in its source has a word of our own, marked (ours). A command that names a task is
refused on a day on which its statement of work surely did not hold. `qio program statements`, `tasks` and `aims` print
the same.
"""
_COLLABORATIVES: Final = """
## Collaboratives

No last day of joining is asserted where no source gives one.
"""


def statements() -> str:
    """Every statement of work, the earliest first."""
    return _STATEMENTS + "".join(map(_statement, STATEMENTS))


def collaboratives() -> str:
    """What participants can be recruited into."""
    rows = (
        (
            f"`{one.code}`",
            one.name,
            f"{one.opens} to {one.closes or '…'}",
            ", ".join(plain(setting) for setting in sorted(one.settings)),
            ", ".join(f"`{task}`" for task in one.tasks),
            one.source,
        )
        for one in COLLABORATIVES.values()
    )
    return _COLLABORATIVES + table(("code", "name", "joining", "settings", "work for", "source"), rows)


def _statement(one: Statement) -> str:
    terms = (
        (", ".join(plain(role) for role in sorted(term.roles)), _day(term.start), _day(term.end), term.source)
        for term in one.terms
    )
    parts = [f"\n### {one.name}\n\nContractors: {one.contractors} ({one.source}).\n"]
    parts += [f"\n- {text}" for text in one.initiatives]
    parts += ["\n"] if one.initiatives else []
    parts.append(table(("QIOs", "from", "to", "source"), terms))
    if one.tasks:
        rows = (
            (f"`{task.key}`" + ("" if task.code else " (ours)"), task.title, "; ".join(task.initiatives), task.source)
            for task in one.tasks
        )
        parts.append(table(("task", "title", "initiatives", "source"), rows))
    else:
        parts.append("\nTasks and aims: UNKNOWN; they come from contracts that staff enter.\n")
    if one.aims:
        parts.append(table(("aim", "change", "source"), ((aim.text, _change(aim), aim.source) for aim in one.aims)))
    return "".join(parts)


def _day(bound: Bound) -> str:
    if bound.precision is not Precision.UNKNOWN:
        return str(bound)
    return ", ".join(("UNKNOWN", *_limits(bound)))


def _limits(bound: Bound) -> Iterator[str]:
    if bound.earliest:
        yield f"not before {bound.earliest}"
    if bound.latest:
        yield f"not after {bound.latest}"


def _change(aim: Aim) -> str:
    if aim.change_percent is None:
        return "UNKNOWN"
    return f"{aim.change_percent:+} %" + (f" by {aim.by_year}" if aim.by_year else "")
