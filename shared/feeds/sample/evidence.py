"""Made-up health records of some practices, as FHIR R4 resources: who is seen for what, what is done, corrections."""

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any, Final

from shared.feeds.evidence.codes import CVX, LOINC, RXNORM, SNOMED
from shared.feeds.sample.plan import Plan

Made = dict[str, Any]
PRACTICES: Final = ("9990000001", "9990000002", "9990000003")
"""An NPI begins with 1 or 2, so these are nobody's."""
_PATIENTS: Final = 60
_YOUNGEST, _OLDEST = 20, 88
_SEEN: Final = 0.9  # of the years
_AMENDED, _WRONG = 0.04, 0.02  # of the blood pressures
# SNOMED code, share of patients: hypertension, ischemic heart disease, diabetes, frailty, Alzheimer's, renal failure.
_CONDITIONS: Final = (
    ("59621000", 0.45),
    ("414545008", 0.2),
    ("44054006", 0.2),
    ("248279007", 0.05),
    ("26929004", 0.05),
    ("46177005", 0.03),
)
# RxNorm code, share of patients: atorvastatin, aspirin, warfarin, varenicline.
_DRUGS: Final = (("83367", 0.35), ("1191", 0.3), ("11289", 0.05), ("636671", 0.05))
# What is done on a preventive visit: resource, system, code, share.
_DONE: Final = (
    ("Immunization", CVX, "140", 0.5),
    ("Immunization", CVX, "215", 0.15),
    ("Procedure", SNOMED, "73761001", 0.08),
    ("Procedure", SNOMED, "71651007", 0.3),
    ("Procedure", SNOMED, "225323000", 0.2),
    ("Procedure", SNOMED, "385763009", 0.01),
)
_CLASSES: Final = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
_SMOKER, _NEVER = "449868002", "266919005"


def evidence(plan: Plan, practice: str) -> Iterator[Made]:
    """Every version of every resource of a practice, patient by patient in the order they were made."""
    for number in range(_PATIENTS):
        chance = plan.chance("evidence", int(practice) * 1000 + number)
        patient = f"{practice}-{number:03d}"
        yield from _numbered(_life(plan, chance, patient), patient)


def _numbered(made: Iterator[Made], patient: str) -> Iterator[Made]:
    """The resources with ids, whose they are, and first versions."""
    whose = {"reference": f"Patient/{patient}"}
    names = {"Patient": {}, "Immunization": {"patient": whose}}
    for number, one in enumerate(made):
        head = {"id": f"{patient}-{number:03d}", "meta": {"versionId": "1"}}
        yield {**head, **names.get(one["resourceType"], {"subject": whose}), **one}


def _life(plan: Plan, chance: Random, patient: str) -> Iterator[Made]:
    age = chance.randint(_YOUNGEST, _OLDEST)
    birth = dt.date(plan.last_day.year - age, chance.randint(1, 12), chance.randint(1, 28))
    sex = chance.choice(("female", "male"))
    yield {"resourceType": "Patient", "id": patient, "birthDate": birth.isoformat(), "gender": sex}
    before = plan.first_day - dt.timedelta(days=chance.randint(1, 2000))
    for code, share in _CONDITIONS:
        if chance.random() < share:
            yield {"resourceType": "Condition", "code": _coded(SNOMED, code), "onsetDateTime": before.isoformat()}
    for code, share in _DRUGS:
        if chance.random() < share:
            yield _order(code, before)
    smoker = chance.random() < 0.2  # of adults
    for year in range(plan.first_year, plan.first_year + plan.years):
        if chance.random() < _SEEN:
            yield from _year(chance, patient, year, smoker=smoker)


def _year(chance: Random, patient: str, year: int, *, smoker: bool) -> Iterator[Made]:
    first = dt.date(year, chance.randint(1, 6), chance.randint(1, 28))
    yield _visit("162673000", first)
    yield _observed("72166-2", first, valueCodeableConcept=_coded(SNOMED, _SMOKER if smoker else _NEVER))
    for kind, system, code, share in _DONE:
        if chance.random() < share:
            yield _done(kind, system, code, first)
    yield from _pressure(chance, f"{patient}-bp{year}a", first)
    for number in range(chance.randint(0, 2)):
        on = dt.date(year, 7 + 2 * number, chance.randint(1, 28))
        yield _visit("185349003", on)
        yield from _pressure(chance, f"{patient}-bp{year}{number}", on)


def _pressure(chance: Random, name: str, on: dt.date) -> Iterator[Made]:
    """A reading, sometimes with the version that amends it or says that it was entered in error."""
    told = _observed("85354-9", on, component=_halves(chance)) | {"id": name}
    yield told
    draw = chance.random()
    if draw < _AMENDED:
        yield told | {"status": "amended", "meta": {"versionId": "2"}, "component": _halves(chance)}
    elif draw < _AMENDED + _WRONG:
        yield told | {"status": "entered-in-error", "meta": {"versionId": "2"}}


def _halves(chance: Random) -> list[Made]:
    values = {"8480-6": chance.randint(112, 158), "8462-4": chance.randint(62, 96)}
    return [
        {"code": _coded(LOINC, code), "valueQuantity": {"value": value, "code": "mm[Hg]"}}
        for code, value in values.items()
    ]


def _visit(code: str, on: dt.date) -> Made:
    seen = {
        "class": {"system": _CLASSES, "code": "AMB"},
        "type": [_coded(SNOMED, code)],
        "period": {"start": on.isoformat()},
    }
    return {"resourceType": "Encounter", "status": "finished", **seen}


def _observed(code: str, on: dt.date, **said: Any) -> Made:
    told = {"status": "final", "code": _coded(LOINC, code), "effectiveDateTime": on.isoformat()}
    return {"resourceType": "Observation", **told, **said}


def _done(kind: str, system: str, code: str, on: dt.date) -> Made:
    if kind == "Immunization":
        said = {"vaccineCode": _coded(system, code), "occurrenceDateTime": on.isoformat()}
    else:
        said = {"code": _coded(system, code), "performedDateTime": on.isoformat()}
    return {"resourceType": kind, "status": "completed", **said}


def _order(code: str, on: dt.date) -> Made:
    told = {"status": "active", "intent": "order", "authoredOn": on.isoformat()}
    return {"resourceType": "MedicationRequest", **told, "medicationCodeableConcept": _coded(RXNORM, code)}


def _coded(system: str, code: str) -> Made:
    return {"coding": [{"system": system, "code": code}]}
