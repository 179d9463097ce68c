"""What the command line and the read API tell of statements of work, contracts and deliverables: plain values."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from services.recruitment.domain.program.answering import Answer, contact_on
from services.recruitment.domain.program.state import Deliverable, Objective, QioContact, QioContract
from services.recruitment.domain.program.statements import STATEMENTS, Statement, statement_on
from services.recruitment.domain.program.terms import Term
from services.recruitment.domain.program.timeline import as_of, due_on, status
from shared.contracts.recruitment.qio_contracts import Role

Row = dict[str, Any]


def statements(on: dt.date | None = None) -> list[Row]:
    """All statements of work, or those in force for QIN-QIOs or BFCC-QIOs on a day."""
    found: Iterable[Statement] = STATEMENTS
    if on is not None:
        held = (statement_on(on, Role.QIN_QIO), statement_on(on, Role.BFCC_QIO))
        found = tuple(one for one in STATEMENTS if one in held)
    return [
        {
            "number": one.number,
            "name": one.name,
            "terms": [_term(held) for held in one.terms],
            "contractors": one.contractors,
            "tasks": [task.key for task in one.tasks],
            "initiatives": list(one.initiatives),
            "source": one.source,
        }
        for one in found
    ]


def _term(held: Term) -> Row:
    return {
        "roles": sorted(role.value for role in held.roles),
        "from": str(held.start),
        "from_precision": held.start.precision.value,
        "to": str(held.end),
        "to_precision": held.end.precision.value,
        "source": held.source,
    }


def tasks(statement: int | None = None, on: dt.date | None = None) -> list[Row]:
    """Tasks with their initiatives, of one statement of work or of the one in force on a day."""
    held = statement_on(on) if on is not None else None
    return [
        {
            "statement": one.number,
            "task": task.key,
            "code": task.code,
            "title": task.title,
            "initiatives": list(task.initiatives),
            "source": task.source,
        }
        for one in STATEMENTS
        if (statement is None or one.number == statement) and (on is None or one is held)
        for task in one.tasks
    ]


def aims(statement: int | None = None) -> list[Row]:
    """Aims; number and year are UNKNOWN where the source gives none."""
    return [
        {
            "statement": one.number,
            "aim": aim.text,
            "change_percent": "UNKNOWN" if aim.change_percent is None else aim.change_percent,
            "by_year": "UNKNOWN" if aim.by_year is None else aim.by_year,
            "source": aim.source,
        }
        for one in STATEMENTS
        if statement is None or one.number == statement
        for aim in one.aims
    ]


def answered(answer: Answer, day: dt.date) -> Row:
    """Who answers for a state."""
    return {
        "state": answer.state,
        "on": day.isoformat(),
        "role": answer.role.value,
        "qio": answer.qio,
        "area": answer.area,
        "standing": answer.standing.value,
        "source": answer.source,
    }


def listed(answer: Answer, contact: QioContact | None, day: dt.date) -> Row:
    """A line of the directory: who answers, and how to reach them as far as it was entered."""
    found = contact_on(contact, day, answer.qio)
    return {
        **answered(answer, day),
        "phone": found.phone if found else None,
        "website": found.website if found else None,
        "address": found.address if found else None,
        "contact_since": found.since.isoformat() if found else None,
        "contact_source": (found.source if found else None) or "UNKNOWN: no contact is entered",
    }


def contract_on(contract: QioContract, day: dt.date) -> Row:
    """A contract as it was on a day; ``standing`` is one of NOT_BEGUN, IN_FORCE and ENDED."""
    terms = as_of(contract, day)
    standing = "NOT_BEGUN" if terms is None else "IN_FORCE" if terms.in_force else "ENDED"
    return {
        "contract": contract.id,
        "qio": contract.qio,
        "role": contract.role.value,
        "statement": contract.statement,
        "on": day.isoformat(),
        "standing": standing,
        "states": list(terms.states if terms else contract.states),
        "tasks": [task.model_dump() for task in (terms.tasks if terms else contract.tasks)],
        "starts_on": contract.starts_on.isoformat(),
        "ends_on": (terms.ends_on if terms else contract.ends_on).isoformat(),
        "changes_by_then": terms.changes if terms else 0,
        "source": contract.source,
    }


def deliverable_on(deliverable: Deliverable, day: dt.date) -> Row:
    """A deliverable as it stood on a day; ``stage`` is how far it has come by now."""
    return {
        "contract": deliverable.contract,
        "deliverable": deliverable.deliverable,
        "title": deliverable.title,
        "task": deliverable.task,
        "on": day.isoformat(),
        "due_on": due_on(deliverable, day).isoformat(),
        "first_due_on": deliverable.dues[0].due_on.isoformat(),
        "status": status(deliverable, day).value,
        "stage": deliverable.stage.value,
        "source": deliverable.dues[-1].source,
    }


def objective(found: Objective) -> Row:
    """An objective with its last wording and assessment."""
    wording = found.wordings[-1]
    assessed = found.assessments[-1] if found.assessments else None
    return {
        "contract": found.contract,
        "objective": found.objective,
        "year": found.year,
        "begins_on": found.begins_on.isoformat(),
        "stage": found.stage.value,
        "task": wording.task,
        "text": wording.text,
        "target": wording.target,
        "source": wording.source,
        "result": assessed.result.value if assessed else None,
        "value": assessed.value if assessed else None,
        "assessed_on": assessed.assessed_on.isoformat() if assessed else None,
    }
