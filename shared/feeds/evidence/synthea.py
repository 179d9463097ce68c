"""Tables of a Synthea CSV export as the FHIR resources they stand for, so that one set of rules reads both.

An export is read as it stands: its rows have no versions, and a row is known by all it says. Observations in words,
such as smoking, have no codes and are left out.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from shared.feeds.evidence import resources
from shared.feeds.evidence.codes import CVX, LOINC, RXNORM, SNOMED
from shared.feeds.evidence.facts import Maker
from shared.feeds.evidence.meta import Context
from shared.feeds.lines import Fault, Line, lines
from shared.feeds.rows import Outcome, Rejection

Made = dict[str, Any]
_CLASSES: Final = {"inpatient": "IMP", "emergency": "EMER", "snf": "NONAC", "hospice": "NONAC"}
_NUMBER: Final = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,9})?")


class Table(NamedTuple):
    """``columns`` must be there; ``make`` makes the resource; ``places``: the column of each FHIR field."""

    columns: tuple[str, ...]
    make: Callable[[Line], Made]
    places: Mapping[str, str]


def find(folder: Path) -> dict[str, Path]:
    """The tables of a folder, plain ones before their .gz; none where it has no patients and so is no export."""
    found: dict[str, Path] = {}
    for name in TABLES:
        for path in (folder / f"{name}.csv", folder / f"{name}.csv.gz"):
            if path.is_file():
                found.setdefault(name, path)
    return found if "patients" in found else {}


def survey(found: Mapping[str, Path]) -> Context:
    """Where the patients were seen, for their blood pressures."""
    context = Context()
    if "observations" in found and "encounters" in found:
        for line in lines(found["encounters"], TABLES["encounters"].columns):
            if isinstance(line, Line):
                made = _encounter(line)
                context.settings[f"Encounter/{made['id']}"] = resources.setting(made)
    return context


def read(name: str, path: Path, context: Context, maker: Maker) -> Iterator[Outcome]:
    """The outcome of every row of a table."""
    table = TABLES[name]
    for line in lines(path, table.columns):
        if isinstance(line, Rejection):
            yield line
            continue
        try:
            yield resources.read(table.make(line), context, maker)
        except Fault as fault:
            yield line.rejection(Fault(table.places.get(fault.column, fault.column), fault.rule))


def _patient(line: Line) -> Made:
    sex = {"F": "female", "M": "male", "": ""}.get(line.get("GENDER"), "other")
    return {"resourceType": "Patient", "id": line.get("ID"), "birthDate": line.get("BIRTHDATE"), "gender": sex}


def _encounter(line: Line) -> Made:
    told = _entry(line, "Encounter") | {"id": line.get("ID"), "status": "finished"}
    told["class"] = {"code": _CLASSES.get(line.get("ENCOUNTERCLASS"), "AMB")}
    return told | {"type": [_coded(SNOMED, line)], "period": {"start": line.get("START"), "end": line.get("STOP")}}


def _condition(line: Line) -> Made:
    told = {"onsetDateTime": line.get("START"), "abatementDateTime": line.get("STOP")}
    return _entry(line, "Condition") | told | {"code": _coded(SNOMED, line)}


def _medication(line: Line) -> Made:
    told = _entry(line, "MedicationRequest") | {"medicationCodeableConcept": _coded(RXNORM, line), "intent": "order"}
    told |= {"status": "completed" if line.get("STOP") else "active", "authoredOn": line.get("START")}
    return told | {"dispenseRequest": {"validityPeriod": {"end": line.get("STOP")}}}


def _observation(line: Line) -> Made:
    told = _entry(line, "Observation") | {"status": "final", "code": _coded(LOINC, line)}
    told["encounter"] = {"reference": f"Encounter/{line.get('ENCOUNTER')}"}
    told["effectiveDateTime"] = line.get("DATE")
    if _NUMBER.fullmatch(line.get("VALUE")):
        told["valueQuantity"] = {"value": float(line.get("VALUE")), "code": line.get("UNITS")}
    return told


def _procedure(line: Line) -> Made:
    told = _entry(line, "Procedure") | {"status": "completed", "code": _coded(SNOMED, line)}
    return told | {"performedDateTime": line.get("START") or line.get("DATE")}


def _immunization(line: Line) -> Made:
    told = _entry(line, "Immunization") | {"status": "completed", "vaccineCode": _coded(CVX, line)}
    return told | {"patient": told["subject"], "occurrenceDateTime": line.get("DATE")}


def _entry(line: Line, kind: str) -> Made:
    said = "|".join(line.get(one) for one in ("PATIENT", "ENCOUNTER", "CODE", "START", "STOP", "DATE", "VALUE"))
    number = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()
    return {"resourceType": kind, "id": number, "subject": {"reference": f"Patient/{line.get('PATIENT')}"}}


def _coded(system: str, line: Line) -> Made:
    return {"coding": [{"system": system, "code": line.get("CODE")}]}


def _places(kind: str, **columns: str) -> dict[str, str]:
    told = {f"{kind}.{field.replace('_', '.')}": column for field, column in columns.items()}
    return told | {f"{kind}.subject": "PATIENT", "(last day)": "STOP"}


_STARTS: Final = ("START", "STOP", "PATIENT", "CODE")
_DATED: Final = ("DATE", "PATIENT", "CODE")
TABLES: Final[Mapping[str, Table]] = {
    "patients": Table(
        ("ID", "BIRTHDATE", "GENDER"), _patient, _places("Patient", id="ID", birthDate="BIRTHDATE", gender="GENDER")
    ),
    "encounters": Table(
        ("ID", *_STARTS, "ENCOUNTERCLASS"),
        _encounter,
        _places("Encounter", id="ID", period_start="START", period_end="STOP"),
    ),
    "conditions": Table(_STARTS, _condition, _places("Condition", onsetDateTime="START", abatementDateTime="STOP")),
    "medications": Table(
        _STARTS,
        _medication,
        _places("MedicationRequest", authoredOn="START", dispenseRequest_validityPeriod_end="STOP"),
    ),
    "observations": Table(
        (*_DATED, "ENCOUNTER", "VALUE", "UNITS"),
        _observation,
        _places("Observation", effectiveDateTime="DATE", valueQuantity_value="VALUE", valueQuantity_code="UNITS"),
    ),
    "procedures": Table(("PATIENT", "CODE"), _procedure, _places("Procedure", performedDateTime="START")),
    "immunizations": Table(
        _DATED, _immunization, _places("Immunization", patient="PATIENT", occurrenceDateTime="DATE")
    ),
}
