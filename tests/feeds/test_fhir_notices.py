"""FHIR admit and discharge notifications become encounter notices."""

import copy
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.feeds import EncounterNotice
from shared.feeds.adt import files
from shared.feeds.adt.notices import Facilities, Taker
from shared.feeds.reference import Reference
from shared.feeds.rows import Counts, Folded, Rejection, Row
from tests.feeds.support import sorted_out

TODAY = dt.date(2026, 7, 1)
SYSTEM = "http://terminology.hl7.org/CodeSystem/discharge-disposition"
BUNDLE: dict[str, Any] = {
    "resourceType": "Bundle",
    "type": "message",
    "timestamp": "2026-01-14T22:30:00.5Z",
    "entry": [
        {
            "fullUrl": "urn:uuid:1",
            "resource": {
                "resourceType": "MessageHeader",
                "id": "1",
                "eventCoding": {"code": "notification-discharge"},
                "focus": [{"reference": "urn:uuid:2"}],
                "sender": {"reference": "Organization/4"},
            },
        },
        {
            "fullUrl": "urn:uuid:2",
            "resource": {
                "resourceType": "Encounter",
                "id": "2",
                "status": "finished",
                "class": {"code": "IMP"},
                "identifier": [{"system": "urn:gsh", "value": "V1"}],
                "subject": {"reference": "urn:uuid:3"},
                "serviceProvider": {"reference": "Organization/4"},
                "period": {"start": "2026-01-10T23:50:00-05:00", "end": "2026-01-14T17:15:00-05:00"},
                "diagnosis": [{"condition": {"reference": "urn:uuid:5"}}],
                "hospitalization": {"dischargeDisposition": {"coding": [{"system": SYSTEM, "code": "exp"}]}},
            },
        },
        {
            "fullUrl": "urn:uuid:3",
            "resource": {
                "resourceType": "Patient",
                "id": "3",
                "identifier": [
                    {"system": "urn:gsh", "value": "000123"},
                    {"type": {"coding": [{"code": "MC"}]}, "value": "1EG4TE5MK73"},
                ],
            },
        },
        {
            "fullUrl": "urn:uuid:4",
            "resource": {
                "resourceType": "Organization",
                "id": "4",
                "name": "Good Sam",
                "identifier": [{"system": "urn:oid:2.16.840.1.113883.4.336", "value": "360134"}],
            },
        },
        {
            "fullUrl": "urn:uuid:5",
            "resource": {
                "resourceType": "Condition",
                "id": "5",
                "encounter": {"reference": "Encounter/2"},
                "code": {
                    "coding": [
                        {"system": "http://snomed.info/sct", "code": "84114007"},
                        {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I50.23"},
                    ]
                },
            },
        },
    ],
}
HEADER, ENCOUNTER, PATIENT, HOSPITAL = range(4)


def changed(at: int, **values: Any) -> dict[str, Any]:
    """The bundle with other values in one resource; None removes."""
    bundle = copy.deepcopy(BUNDLE)
    resource = bundle["entry"][at]["resource"]
    resource.update(values)
    for name in [name for name, value in values.items() if value is None]:
        del resource[name]
    return bundle


def taken(tmp_path: Path, *bundles: Any, facilities: tuple[str, ...] = ()) -> tuple[list[Any], list[Rejection], Counts]:
    path = tmp_path / "a.json"
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in bundles))
    taker = Taker(Facilities.of(facilities), Reference(bytes(range(32))), TODAY)
    rows, rejections, _, counts = sorted_out(files.read(path, taker))
    return [EncounterNotice.model_validate_json(row.value) for row in rows], rejections, counts


def test_a_discharge_is_told_with_the_days_of_the_hospital(tmp_path: Path, reference: Reference) -> None:
    (notice,), _, _ = taken(tmp_path, BUNDLE)
    assert notice == EncounterNotice(
        beneficiary=reference.beneficiary("1EG4TE5MK73"),
        visit=reference.visit("urn:gsh V1"),
        version=int(dt.datetime(2026, 1, 14, 22, 30, tzinfo=dt.UTC).timestamp()),
        action="adjust",
        provider="360134",
        admission=dt.date(2026, 1, 10),
        discharge=dt.date(2026, 1, 14),
        status="20",
        diagnoses=("I5023",),
        told=dt.date(2026, 1, 14),
    )


def test_an_encounter_in_progress_is_open_whatever_its_period_says(tmp_path: Path) -> None:
    (notice,), _, _ = taken(tmp_path, changed(ENCOUNTER, status="in-progress"))
    assert (notice.discharge, notice.status) == (None, None)


def test_a_cancelled_encounter_cancels_the_visit(tmp_path: Path) -> None:
    (notice,), _, _ = taken(tmp_path, changed(ENCOUNTER, status="entered-in-error", period=None))
    assert (notice.action, notice.admission) == ("cancel", dt.date(2026, 1, 14))


def test_other_classes_and_plans_are_left_out(tmp_path: Path) -> None:
    _, _, counts = taken(
        tmp_path,
        changed(ENCOUNTER, **{"class": {"code": "EMER"}}),
        changed(ENCOUNTER, **{"class": {"code": "AMB"}}),
        changed(ENCOUNTER, status="planned"),
    )
    assert counts.folded == {"not inpatient": 2, "not begun": 1}


def test_a_hospital_may_be_known_by_its_name_or_another_number(tmp_path: Path) -> None:
    named = changed(HOSPITAL, identifier=[{"system": "http://hl7.org/fhir/sid/us-npi", "value": "9941339100"}])
    for given in ("good sam=361300", "9941339100=361300"):
        (notice,), _, _ = taken(tmp_path, named, facilities=(given,))
        assert notice.provider == "361300"


@pytest.mark.parametrize(
    ("bundle", "field", "rule"),
    [
        ("{broken", "(message)", "not JSON"),
        ([], "Bundle.type", "not a message"),
        (BUNDLE | {"type": "transaction"}, "Bundle.type", "not a message"),
        (BUNDLE | {"entry": []}, "MessageHeader", "missing"),
        (BUNDLE | {"timestamp": "yesterday"}, "Bundle.timestamp", "not a FHIR time with at least a day"),
        (BUNDLE | {"timestamp": "2027-01-01T00:00:00Z"}, "Bundle.timestamp", "lies in the future"),
        (changed(HEADER, focus=None), "MessageHeader.focus", "not an encounter of the message"),
        (changed(ENCOUNTER, identifier=None), "Encounter.identifier", "missing"),
        (changed(ENCOUNTER, period={"start": "2026-01-10"}), "Encounter.period.end", "missing"),
        (changed(ENCOUNTER, period={"start": "2026-01-10", "end": "2026-01-09"}), "discharge", "before admission"),
        (changed(PATIENT, identifier=None), "Patient.identifier", "missing"),
        (
            changed(HOSPITAL, identifier=[{"system": "urn:other", "value": "360134"}]),
            "Encounter.serviceProvider",
            "a facility without a CMS certification number",
        ),
    ],
)
def test_a_bad_bundle_is_rejected_by_number_field_and_rule(tmp_path: Path, bundle: Any, field: str, rule: str) -> None:
    notices, rejections, _ = taken(tmp_path, BUNDLE, bundle, BUNDLE)
    assert rejections == [Rejection("a.json", 2, field, rule)]
    assert len(notices) == 2


def test_a_broken_first_line_leaves_the_others(tmp_path: Path) -> None:
    notices, rejections, _ = taken(tmp_path, "{broken", BUNDLE, BUNDLE)
    assert rejections == [Rejection("a.json", 1, "(message)", "not JSON")]
    assert len(notices) == 2


def test_a_bundle_over_many_lines_is_one_message(tmp_path: Path) -> None:
    notices, rejections, _ = taken(tmp_path, json.dumps(BUNDLE, indent=2))
    assert (len(notices), rejections) == (1, [])
    assert taken(tmp_path, json.dumps(BUNDLE, indent=2)[:-5])[1] == [Rejection("a.json", 1, "(message)", "not JSON")]


def test_the_public_examples_give_a_transfer_and_a_discharge_of_one_visit(data: Path, reference: Reference) -> None:
    taker = Taker(Facilities.of(["Holy Family Hospital=220080"]), reference, TODAY)
    paths = files.find([data / "fhir_admit_discharge_notifications"])
    outcomes = [outcome for path in paths for outcome in files.read(path, taker)]
    assert outcomes.count(Folded("not inpatient")) == 4  # emergencies
    told = [EncounterNotice.model_validate_json(one.value) for one in outcomes if isinstance(one, Row)]
    assert len({notice.visit for notice in told}) == 1
    assert [(n.provider, n.admission, n.discharge, n.status) for n in sorted(told, key=lambda n: n.version)] == [
        ("220080", dt.date(2018, 10, 21), None, None),
        ("220080", dt.date(2018, 10, 21), dt.date(2018, 10, 23), "01"),
    ]
