"""Synthea medications as drug fills, with RxNorm codes.

A row is a course from START to STOP with a number of dispenses, not of days. The rule: the fills begin at equal
intervals from START on, the first on START; each lasts until the next begins, at least a day and at most 90, the
longest usual supply of a fill. A course that goes on (no STOP) is taken to reach to the last day of the files or the
day of death. There are never more fills than days. Fills after that last day, and courses that end before the patient's
enrolment begins, are left out.
"""

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import orjson

from shared.contracts.feeds import CARE, DrugFill
from shared.feeds.lines import Fault, Line, lines
from shared.feeds.reference import Reference
from shared.feeds.rows import Folded, Outcome, Rejection, Row
from shared.feeds.synthea.files import MEDICATION_COLUMNS, Folder, day, some_day
from shared.feeds.synthea.people import BEFORE, Person, known, owner

_LONGEST: Final = 90
_RXNORM = re.compile(r"[0-9]{1,11}")
_COUNT = re.compile(r"[1-9][0-9]{0,3}")


class Course(NamedTuple):
    """A row: what was dispensed how often over which days, both included. ``name`` tells it from every other row."""

    name: str
    code: str
    first: dt.date
    last: dt.date
    dispenses: int


def read(folder: Folder, reference: Reference) -> Iterator[Outcome]:
    """Every row in the order of the file, with a record for each fill."""
    people = known(folder)
    seen: set[str] = set()
    for line in lines(folder.medications, MEDICATION_COLUMNS):
        if isinstance(line, Rejection):
            yield line
            continue
        try:
            person = owner(line, people)
            course = _course(line, person)
        except Fault as fault:
            yield line.rejection(fault)
            continue
        if course.last < person.first or course.first > person.last:
            yield Folded(BEFORE if course.last < person.first else "after_enrolment")
        elif course.name in seen:
            yield Folded("repeated")
        else:
            seen.add(course.name)
            yield from _rows(course, person, reference)


def fills(course: Course) -> list[tuple[dt.date, int]]:
    """The first day of each fill and its days of supply."""
    length = (course.last - course.first).days + 1
    count = min(course.dispenses, length)
    starts = [length * number // count for number in range(count + 1)]
    return [
        (course.first + dt.timedelta(days=start), min(_LONGEST, following - start))
        for start, following in itertools.pairwise(starts)
    ]


def _course(line: Line, person: Person) -> Course:
    code, dispenses = line.need("CODE"), line.need("DISPENSES")
    if not _RXNORM.fullmatch(code):
        raise Fault("CODE", "not an RxNorm identifier")
    if not _COUNT.fullmatch(dispenses):
        raise Fault("DISPENSES", "not a number from 1 to 9999")
    first, last = some_day(line, "START"), day(line, "STOP")
    if last is not None and last < first:
        raise Fault("STOP", "before the start")
    name = "/".join(line.get(column) for column in MEDICATION_COLUMNS)
    return Course(name, code, first, last or max(first, person.last), int(dispenses))


def _rows(course: Course, person: Person, reference: Reference) -> Iterator[Row]:
    beneficiary = reference.beneficiary(person.number)
    for number, (filled, days) in enumerate(fills(course)):
        if filled > person.last:
            return
        value = {
            "beneficiary": beneficiary,
            "fill": reference.fill(f"{course.name}/{number}"),
            "version": 1,
            "action": "original",
            "filled": filled,
            "days": days,
            "system": "rxnorm",
            "code": course.code,
        }
        yield Row(CARE.name, beneficiary, DrugFill.wire_type(), orjson.dumps(value), further=number > 0)
