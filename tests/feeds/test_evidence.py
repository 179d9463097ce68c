"""FHIR resources of a practice's record become facts by what they say; corrections replace, errors are taken back."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from shared.contracts import evidence
from shared.contracts.compiled_evidence import EVIDENCE
from shared.feeds import parts
from shared.feeds.reference import Reference
from shared.feeds.rows import Folded, Outcome, Rejection, Row, UnusableFile
from tests.feeds.support import write

TODAY = dt.date(2024, 12, 31)
PRACTICE = "1234567893"
SNOMED, LOINC = "http://snomed.info/sct", "http://loinc.org"
Made = dict[str, Any]


def entry(kind: str, **content: Any) -> Made:
    whose = {"patient" if kind == "Immunization" else "subject": {"reference": "Patient/p1"}}
    return {"resourceType": kind, "id": f"{kind}-1", **whose, **content}


def coded(system: str, code: str) -> Made:
    return {"coding": [{"system": system, "code": code}]}


def quantity(value: float, unit: str) -> Made:
    return {"value": value, "code": unit}


PERSON = {"resourceType": "Patient", "id": "p1", "birthDate": "1960-05-05", "gender": "female"}
PRESSURE = entry(
    "Observation",
    status="final",
    code=coded(LOINC, "85354-9"),
    effectiveDateTime="2024-09-10T10:00:00-05:00",
    component=[
        {"code": coded(LOINC, "8480-6"), "valueQuantity": quantity(138, "mm[Hg]")},
        {"code": coded(LOINC, "8462-4"), "valueQuantity": quantity(92.6, "mm[Hg]")},
    ],
)
TENSE = entry("Condition", code=coded(SNOMED, "59621000"), onsetDateTime="2015-02-02")
VISIT = entry("Encounter", status="finished", type=[coded(SNOMED, "185349003")], period={"start": "2024-03-01"})
STATIN = entry(
    "MedicationRequest",
    status="active",
    intent="order",
    authoredOn="2024-01-05",
    medicationCodeableConcept=coded("http://www.nlm.nih.gov/research/umls/rxnorm", "83367"),
)
SCOPE = entry("Procedure", status="completed", code=coded(SNOMED, "73761001"), performedDateTime="2019-04-04")
SHOT = entry("Immunization", status="completed", vaccineCode=coded("http://hl7.org/fhir/sid/cvx", "140"))
SHOT["occurrenceDateTime"] = "2023-10-10"


def read(tmp_path: Path, reference: Reference, *resources: object, name: str = "a.ndjson") -> list[Outcome]:
    path = write(tmp_path / name, *(one if isinstance(one, str) else json.dumps(one) for one in resources))
    return [outcome for part in parts.evidence([path], PRACTICE, reference, TODAY) for outcome in part.rows()]


def facts(outcomes: list[Outcome]) -> list[Any]:
    """What was read, by the compiled decoders and the contracts alike."""
    models = {model.wire_type(): model for model in evidence.EVIDENCE.messages}
    found = []
    for row in outcomes:
        assert isinstance(row, Row), row
        assert (row.topic, row.key) == ("qio.feeds.evidence.v1", PRACTICE)
        EVIDENCE[row.wire_type](row.value)
        found.append(models[row.wire_type].model_validate_json(row.value))
    return found


def test_a_patient_is_told_by_birth_and_sex_and_a_reference(tmp_path: Path, reference: Reference) -> None:
    (row,) = read(tmp_path, reference, PERSON)
    assert isinstance(row, Row)
    assert b"p1" not in row.value
    (told,) = facts([row])
    assert (told.birth, told.sex, told.version) == (dt.date(1960, 5, 5), "female", 1)
    assert told.patient == reference.patient(PRACTICE, "p1") != reference.patient("another", "p1")


def test_a_blood_pressure_has_both_halves_rounded_down_on_the_day_as_it_is_written(
    tmp_path: Path, reference: Reference
) -> None:
    (told,) = facts(read(tmp_path, reference, PRESSURE))
    assert (told.systolic, told.diastolic, told.on, told.setting) == (138, 92, dt.date(2024, 9, 10), "outpatient")


@pytest.mark.parametrize(("place", "setting"), [("AMB", "outpatient"), ("IMP", "inpatient"), ("EMER", "emergency")])
def test_a_blood_pressure_knows_where_it_was_taken_from_an_encounter_of_any_file(
    tmp_path: Path, reference: Reference, place: str, setting: str
) -> None:
    taken = PRESSURE | {"encounter": {"reference": "https://ehr.example/fhir/Encounter/Encounter-1/_history/2"}}
    write(tmp_path / "b.ndjson", json.dumps(taken))
    write(tmp_path / "z.ndjson", json.dumps(VISIT | {"class": {"code": place}}))
    rows = [row for part in parts.evidence([tmp_path], PRACTICE, reference, TODAY) for row in part.rows()]
    assert facts(rows[:1])[0].setting == setting


@pytest.mark.parametrize(
    ("resource", "concepts", "first", "last"),
    [
        (TENSE, ("essential_hypertension",), "2015-02-02", None),
        (TENSE | {"abatementDateTime": "2016-01-01"}, ("essential_hypertension",), "2015-02-02", "2016-01-01"),
        (
            TENSE | {"clinicalStatus": coded("http://terminology.hl7.org/x", "resolved")},
            ("essential_hypertension",),
            "2015-02-02",
            "2015-02-02",
        ),
        (
            TENSE | {"code": coded("http://hl7.org/fhir/sid/icd-10-cm", "I25.10")},
            ("ascvd", "ischemic_vascular_disease"),
            "2015-02-02",
            None,
        ),
        (VISIT, ("visit",), "2024-03-01", None),
        (STATIN, ("statin",), "2024-01-05", None),
        (STATIN | {"status": "completed"}, ("statin",), "2024-01-05", "2024-01-05"),
        (
            STATIN | {"dispenseRequest": {"validityPeriod": {"end": "2024-06-30"}}},
            ("statin",),
            "2024-01-05",
            "2024-06-30",
        ),
        (STATIN | {"doNotPerform": True, "reasonCode": [{}]}, ("statin_not_given",), "2024-01-05", None),
        (SCOPE, ("colonoscopy",), "2019-04-04", None),
        (SHOT, ("influenza_vaccine",), "2023-10-10", None),
        (SHOT | {"status": "not-done", "statusReason": {}}, ("influenza_vaccine_not_given",), "2023-10-10", None),
    ],
)
def test_resources_say_their_concepts_and_days(
    tmp_path: Path, reference: Reference, resource: Made, concepts: tuple[str, ...], first: str, last: str | None
) -> None:
    (told,) = facts(read(tmp_path, reference, resource))
    assert (told.concepts, told.first.isoformat(), told.last and told.last.isoformat()) == (concepts, first, last)


def finding(code: str, **content: Any) -> Made:
    return entry("Observation", status="final", code=coded(LOINC, code), effectiveDateTime="2024-05-05", **content)


@pytest.mark.parametrize(
    ("observation", "concept"),
    [
        (finding("13457-7", valueQuantity=quantity(190, "mg/dL")), "ldl_190_or_more"),
        (finding("79423-0", valueQuantity=quantity(20.5, "%")), "ascvd_risk_20_or_more"),
        (finding("72166-2", valueCodeableConcept=coded(SNOMED, "449868002")), "tobacco_user"),
        (finding("72166-2", valueCodeableConcept=coded(SNOMED, "266919005")), "tobacco_non_user"),
        (finding("71802-3", valueCodeableConcept=coded(SNOMED, "160734000")), "lives_in_nursing_home"),
        (finding("71802-3", valueCodeableConcept=coded(SNOMED, "1")), "lives_elsewhere"),
        (finding("29771-3", valueQuantity=quantity(0, "ng/mL")), "stool_blood_test"),
    ],
)
def test_findings_are_reduced_to_what_a_measure_asks(
    tmp_path: Path, reference: Reference, observation: Made, concept: str
) -> None:
    assert facts(read(tmp_path, reference, observation))[0].concepts == (concept,)


@pytest.mark.parametrize(
    "resource",
    [
        finding("13457-7", valueQuantity=quantity(189.9, "mg/dL")),
        finding("72166-2", valueCodeableConcept=coded(SNOMED, "77386006")),
        PRESSURE | {"status": "preliminary"},
        TENSE | {"code": coded(SNOMED, "73595000")},
        VISIT | {"class": {"code": "IMP"}},
        VISIT | {"status": "planned"},
        STATIN | {"intent": "proposal"},
        SCOPE | {"status": "in-progress"},
        SHOT | {"status": "not-done"},
    ],
)
def test_what_no_measure_asks_for_is_left_out_and_taken_back_if_an_earlier_version_said_more(
    tmp_path: Path, reference: Reference, resource: Made
) -> None:
    assert read(tmp_path, reference, resource) == [Folded("not asked for")]
    (told,) = facts(read(tmp_path, reference, resource | {"meta": {"versionId": "2"}}))
    assert (told.TYPE, told.version) == ("feeds.EvidenceWithdrawn", 2)


@pytest.mark.parametrize(
    "known_by", [{}, {"meta": {"versionId": "3"}}, {"meta": {"lastUpdated": "2024-12-01T00:00:00Z"}}]
)
def test_what_was_entered_in_error_is_a_later_version_that_takes_the_fact_back(
    tmp_path: Path, reference: Reference, known_by: Made
) -> None:
    wrong = [PRESSURE | {"status": "entered-in-error"}, TENSE | {"verificationStatus": coded("x", "entered-in-error")}]
    for before, after in zip((PRESSURE, TENSE), wrong, strict=True):
        old = before | ({"meta": {"lastUpdated": "2024-11-01T00:00:00Z"}} if "lastUpdated" in str(known_by) else {})
        first, last = facts(read(tmp_path, reference, old, after | known_by))
        assert (first.patient, first.fact) == (last.patient, last.fact)
        assert last.version > first.version
        assert last.action == "cancel"


def test_an_amended_reading_is_a_later_version_even_where_versions_are_not_told(
    tmp_path: Path, reference: Reference
) -> None:
    first, last = facts(read(tmp_path, reference, PRESSURE, PRESSURE | {"status": "amended"}))
    assert (first.version, last.version, first.fact == last.fact) == (1, 2, True)


def test_entries_of_a_bundle_refer_to_each_other_by_address(tmp_path: Path, reference: Reference) -> None:
    taken = PRESSURE | {"subject": {"reference": "urn:uuid:aa"}, "encounter": {"reference": "urn:uuid:bb"}}
    nameless = {name: value for name, value in VISIT.items() if name != "id"} | {"class": {"code": "EMER"}}
    entries = [
        {"fullUrl": "urn:uuid:aa", "resource": PERSON},
        {"fullUrl": "urn:uuid:cc", "resource": taken},
        {"fullUrl": "urn:uuid:bb", "resource": nameless},
        {"resource": {"resourceType": "Organization"}},
    ]
    text = json.dumps({"resourceType": "Bundle", "entry": entries}, indent=1)
    *rows, _, other = read(tmp_path, reference, text, name="a.json")
    person, pressure = facts(rows)
    assert person.patient == pressure.patient
    assert pressure.setting == "emergency"
    assert other == Folded("other resources")


def wrong_pressure(value: object, unit: str = "mm[Hg]") -> Made:
    return finding("8480-6", valueQuantity={"value": value, "code": unit})


@pytest.mark.parametrize(
    ("resource", "field", "rule"),
    [
        ("{", "(entry)", "no JSON object"),
        ("[]", "(entry)", "no JSON object"),
        (PERSON | {"id": "SECRET ID"}, "Patient.id", "not a FHIR id"),
        (PERSON | {"birthDate": ""}, "Patient.birthDate", "missing"),
        (PERSON | {"birthDate": "1960-05"}, "Patient.birthDate", "not a FHIR date with a day"),
        (PERSON | {"birthDate": "1960-02-30"}, "Patient.birthDate", "not a FHIR date with a day"),
        (PERSON | {"birthDate": "1899-12-31"}, "Patient.birthDate", "is before 1900"),
        (PERSON | {"birthDate": "2025-01-01"}, "Patient.birthDate", "lies in the future"),
        (PERSON | {"gender": "SECRET"}, "Patient.gender", "not a code of this field"),
        (TENSE | {"subject": {"reference": "Group/1"}}, "Condition.subject", "not a reference to a patient by id"),
        (TENSE | {"onsetDateTime": "2015"}, "Condition.onsetDateTime", "not a FHIR date with a day"),
        (TENSE | {"abatementDateTime": "2014-01-01"}, "(last day)", "is before the first day"),
        (VISIT | {"period": {"start": "2025-01-01"}}, "Encounter.period.start", "lies in the future"),
        (SHOT | {"occurrenceDateTime": None}, "Immunization.occurrenceDateTime", "missing"),
        (wrong_pressure("138"), "Observation.valueQuantity.value", "not a number, or beyond all measure"),
        (wrong_pressure(10**400), "Observation.valueQuantity.value", "not a number, or beyond all measure"),
        (wrong_pressure(138, "kPa"), "Observation.valueQuantity.code", "not in mm[Hg]"),
        (wrong_pressure(401), "systolic", "above the highest that can be"),
        (wrong_pressure(-1), "systolic", "below the lowest that can be"),
        (TENSE | {"meta": {"lastUpdated": "yesterday"}}, "meta.lastUpdated", "not a FHIR instant"),
        (
            STATIN | {"medicationReference": {"reference": "Medication/SECRET"}},
            "MedicationRequest.medicationReference",
            "a drug that is told elsewhere; only codes are read",
        ),
    ],
)
def test_a_wrong_entry_is_named_by_line_field_and_rule_and_its_neighbours_go_on(
    tmp_path: Path, reference: Reference, resource: Made | str, field: str, rule: str
) -> None:
    first, wrong, last = read(tmp_path, reference, PERSON, resource, TENSE)
    assert wrong == Rejection("a.ndjson", 2, field, rule)
    assert isinstance(first, Row)
    assert isinstance(last, Row)


def test_a_practice_has_a_number_and_a_folder_has_files(tmp_path: Path, reference: Reference) -> None:
    with pytest.raises(UnusableFile, match="2 to 40 letters"):
        parts.evidence([tmp_path], "no practice", reference, TODAY)
    with pytest.raises(UnusableFile, match="no file ending in"):
        parts.evidence([tmp_path], PRACTICE, reference, TODAY)


def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(tmp_path: Path, reference: Reference) -> None:
    (tmp_path / "a.json.gz").write_bytes(b"\x1f\x8b cut off")
    write(tmp_path / "b.json", json.dumps(PERSON))
    bad, good = (row for part in parts.evidence([tmp_path], PRACTICE, reference, TODAY) for row in part.rows())
    assert bad == Rejection("a.json.gz", 1, "(file)", "a.json.gz is a damaged or cut-off gzip file.")
    assert isinstance(good, Row)
