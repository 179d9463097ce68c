"""Synthea patients as enrolment: one ``EnrolmentYear`` for each year of life under Medicare that the files tell of.

The files have no enrolment. The rule ``life-from-65-v1``: a person is in Original Medicare from the first day of the
month of the 65th birthday, but not before 1990, to the day of death or the last day of the files (the latest end of an
encounter). Payers are not asked, because the export has no names for them.

Residence is the ZIP code; a person whose ZIP is 00000 belongs to an unknown county (999) of the state. The years carry
age, drugs and inpatient, outpatient and skilled-nursing encounters; diagnoses are SNOMED codes and are left out.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import orjson

from shared.contracts.feeds import ENROLMENT, EnrolmentYear
from shared.feeds.lines import Fault, Line, lines
from shared.feeds.reference import Reference
from shared.feeds.rows import Folded, Outcome, Rejection, Row
from shared.feeds.synthea.files import PATIENT_COLUMNS, Folder, day, some_day
from shared.program.ssa import CODE_BY_STATE
from shared.program.states import STATES

BASIS: Final = "life-from-65-v1"
CARRIES: Final = ("age", "drugs", "inpatient", "outpatient", "snf")
BEFORE: Final = "before_enrolment"

_MEDICARE_AGE: Final = 65
_EARLIEST: Final = dt.date(1990, 1, 1)
_UNKNOWN_COUNTY: Final = "999"
_CODE_BY_NAME: Final = {state.name: CODE_BY_STATE[state.code] for state in STATES.values()}
_ZIP = re.compile(r"([0-9]{5})(-?[0-9]{4})?")


class Person(NamedTuple):
    """A patient and the days of enrolment, first and last; none of them where ``last`` is before ``first``."""

    number: str
    area: str
    birth: dt.date
    death: dt.date | None
    first: dt.date
    last: dt.date


def enrolment(folder: Folder, reference: Reference) -> Iterator[Outcome]:
    """Every patient: a record for each year, or a reason why there is none."""
    seen: dict[str, Person] = {}
    for found in _read(folder):
        if isinstance(found, Rejection):
            yield found
            continue
        line, person = found
        first = seen.setdefault(person.number, person)
        if first is not person:
            again = Fault("ID", "a second, different row for this patient")
            yield Folded("repeated") if first == person else line.rejection(again)
        elif person.last < person.first:
            yield Folded(BEFORE)
        else:
            yield from _years(person, reference)


def known(folder: Folder) -> dict[str, Person]:
    """The patients whose rows are sound, by number."""
    people: dict[str, Person] = {}
    for found in _read(folder):
        if not isinstance(found, Rejection):
            people.setdefault(found[1].number, found[1])
    return people


def owner(line: Line, people: dict[str, Person]) -> Person:
    """The patient a row belongs to; raises Fault where the patient is unknown or was rejected."""
    person = people.get(line.need("PATIENT"))
    if person is None:
        raise Fault("PATIENT", "no sound row of this patient among the patients")
    return person


def _read(folder: Folder) -> Iterator[tuple[Line, Person] | Rejection]:
    for line in lines(folder.patients, PATIENT_COLUMNS):
        if isinstance(line, Rejection):
            yield line
            continue
        try:
            yield line, _person(line, folder.last_day)
        except Fault as fault:
            yield line.rejection(fault)


def _person(line: Line, last_day: dt.date) -> Person:
    number, birth, death = line.need("ID"), some_day(line, "BIRTHDATE"), day(line, "DEATHDATE")
    if death is not None and death < birth:
        raise Fault("DEATHDATE", "before the birth")
    first = dt.date(birth.year + _MEDICARE_AGE, birth.month, 1)
    return Person(number, _area(line), birth, death, max(first, _EARLIEST), min(last_day, death or last_day))


def _area(line: Line) -> str:
    match = _ZIP.fullmatch(line.get("ZIP"))
    if match is None:
        raise Fault("ZIP", "not a ZIP code of five digits")
    if match[1] != "00000":
        return f"zip:{match[1]}"
    state = _CODE_BY_NAME.get(line.get("STATE"))
    if state is None:
        raise Fault("STATE", "not the name of a state, which is needed where the ZIP code is 00000")
    return f"ssa:{state}{_UNKNOWN_COUNTY}"


def _years(person: Person, reference: Reference) -> Iterator[Row]:
    beneficiary = reference.beneficiary(person.number)
    for year in range(person.first.year, person.last.year + 1):
        days = max(person.first, dt.date(year, 1, 1)), min(person.last, dt.date(year, 12, 31))
        value = {
            "beneficiary": beneficiary,
            "year": year,
            "version": 1,
            "area": person.area,
            "eligible": (days,),
            "death": person.death,
            "basis": BASIS,
            "birth": person.birth,
            "dual": (),
            "moves": (),
            "conditions": (),
            "carries": CARRIES,
        }
        further = year > person.first.year
        wire = orjson.dumps(value)
        yield Row(ENROLMENT.name, beneficiary, EnrolmentYear.wire_type(), wire, further=further)
