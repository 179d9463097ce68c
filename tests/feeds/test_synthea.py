"""Synthea exports become enrolment from 65 on, claims without codes, and fills by their dispenses."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from services.measures.domain.facilities import is_acute
from shared.contracts.feeds import CCN_PATTERN, CareClaim, DrugFill, EnrolmentYear, InpatientClaim
from shared.feeds.reference import Reference
from shared.feeds.rows import Outcome, UnusableFile
from shared.feeds.synthea import encounters, medications, people
from shared.feeds.synthea.files import Folder, find
from shared.feeds.synthea.medications import Course, fills
from tests.feeds.support import sorted_out, write

D = dt.date
PATIENTS = "Id,BIRTHDATE,DEATHDATE,STATE,ZIP"
ENCOUNTERS = "Id,START,STOP,PATIENT,ORGANIZATION,ENCOUNTERCLASS"
MEDICATIONS = "START,STOP,PATIENT,ENCOUNTER,CODE,DISPENSES"
OLD = "p1,1950-07-16,,Massachusetts,02038"
STAY = "e1,2020-07-08T21:31:13Z,2020-07-10T21:31:13Z,p1,o1,inpatient"
LAST = "e9,2021-03-04T10:00:00Z,2021-03-04T10:15:00Z,p1,o1,wellness"
DRUG = "2020-01-01T05:56:58Z,2020-01-30T05:56:58Z,p1,e1,308136,3"


def folder(
    path: Path, patients: tuple[str, ...] = (OLD,), visits: tuple[str, ...] = (), drugs: tuple[str, ...] = ()
) -> Folder:
    write(path / "patients.csv", PATIENTS, *patients)
    write(path / "encounters.csv.gz", ENCOUNTERS, *visits, LAST, packed=True)
    write(path / "medications.csv", MEDICATIONS, *drugs)
    return find(path)


def test_a_life_is_enrolled_from_the_month_of_65_to_the_last_day_of_the_files(
    tmp_path: Path, reference: Reference
) -> None:
    rows, _, _, counts = sorted_out(people.enrolment(folder(tmp_path), reference))
    years = [EnrolmentYear.model_validate_json(row.value) for row in rows]
    assert [year.year for year in years] == [2015, 2016, 2017, 2018, 2019, 2020, 2021]
    assert years[0].eligible == ((D(2015, 7, 1), D(2015, 12, 31)),)
    assert years[-1].eligible == ((D(2021, 1, 1), D(2021, 3, 4)),)
    assert {(year.area, year.birth, year.carries) for year in years} == {
        ("zip:02038", D(1950, 7, 16), ("age", "drugs", "inpatient", "outpatient", "snf"))
    }
    assert (counts.read, counts.records, counts.further) == (1, 7, 6)


def test_a_life_ends_with_death_and_one_before_65_or_1990_has_no_year(tmp_path: Path, reference: Reference) -> None:
    died, young, long_ago = (
        "p2,1920-02-02,1990-05-06,Massachusetts,00000",
        "p3,1990-01-01,,Ohio,44130",
        "p4,1900-01-01,",
    )
    found = folder(tmp_path, (died, young, f"{long_ago}1989-01-01,Ohio,44130"))
    (row,), _, folded, _ = sorted_out(people.enrolment(found, reference))
    year = EnrolmentYear.model_validate_json(row.value)
    assert (year.eligible, year.death, year.area) == (((D(1990, 1, 1), D(1990, 5, 6)),), D(1990, 5, 6), "ssa:22999")
    assert [fold.why for fold in folded] == ["before_enrolment"] * 2


def test_encounters_become_claims_by_their_class(tmp_path: Path, reference: Reference) -> None:
    kinds = ("snf", "hospice", "emergency", "ambulatory")
    visits = (STAY, *(f"{kind},2020-08-01T01:00:00Z,2020-08-03T01:00:00Z,p1,o1,{kind}" for kind in kinds))
    early = "e7,2014-01-01T00:00:00Z,2014-01-02T00:00:00Z,p1,o1,inpatient"
    rows, rejections, folded, _ = sorted_out(encounters.read(folder(tmp_path, (OLD,), (*visits, early)), reference))
    stay = InpatientClaim.model_validate_json(rows[0].value)
    assert (stay.admission, stay.discharge, stay.diagnoses) == (D(2020, 7, 8), D(2020, 7, 10), ())
    assert (stay.claim, stay.provider) == (reference.claim("e1"), encounters.provider("o1"))
    others = [CareClaim.model_validate_json(row.value) for row in rows[1:]]
    assert [(claim.setting, claim.emergency, claim.last) for claim in others] == [
        ("snf", False, D(2020, 8, 3)),
        ("hospice", False, D(2020, 8, 3)),
        ("outpatient", True, D(2020, 8, 3)),
    ]
    assert not rejections
    assert [fold.why for fold in folded] == ["other_classes", "before_enrolment", "other_classes"]


def test_a_provider_is_a_stable_code_that_is_no_ccn_and_counts_as_acute() -> None:
    """The code is fixed: another one would make other hospitals of the same."""
    code = encounters.provider("74ab949d-17ac-3309-83a0-13b4405c66aa")
    assert code == "XCFWE2"
    assert CCN_PATTERN.fullmatch(code)
    assert not re.match("[0-9]", code)
    assert is_acute(code)


@pytest.mark.parametrize(
    ("first", "last", "dispenses", "expected"),
    [
        (D(2020, 1, 1), D(2020, 1, 30), 3, [(D(2020, 1, 1), 10), (D(2020, 1, 11), 10), (D(2020, 1, 21), 10)]),
        (D(2020, 1, 1), D(2020, 1, 1), 1, [(D(2020, 1, 1), 1)]),
        (D(2020, 1, 1), D(2020, 1, 2), 21, [(D(2020, 1, 1), 1), (D(2020, 1, 2), 1)]),
        (D(2020, 1, 1), D(2020, 12, 31), 1, [(D(2020, 1, 1), 90)]),
    ],
)
def test_dispenses_are_spread_over_the_course(first: D, last: D, dispenses: int, expected: list[tuple[D, int]]) -> None:
    assert fills(Course("", "1", first, last, dispenses)) == expected


def test_a_course_that_goes_on_reaches_to_the_last_day_and_no_fill_comes_after_death(
    tmp_path: Path, reference: Reference
) -> None:
    died = "p2,1940-01-01,2020-01-15,Ohio,44130"
    drugs = ("2021-02-03T00:00:00Z,,p1,e1,1,3", DRUG.replace("p1", "p2"))
    rows, _, _, counts = sorted_out(medications.read(folder(tmp_path, (OLD, died), (), drugs), reference))
    found = [DrugFill.model_validate_json(row.value) for row in rows]
    assert [(fill.filled, fill.days) for fill in found] == [
        (D(2021, 2, 3), 10),
        (D(2021, 2, 13), 10),
        (D(2021, 2, 23), 10),
        (D(2020, 1, 1), 10),
        (D(2020, 1, 11), 10),
    ]
    assert len({fill.fill for fill in found}) == 5
    assert (counts.read, counts.further) == (2, 3)


Reader = Callable[[Folder, Reference], Iterable[Outcome]]


@pytest.mark.parametrize(
    ("read", "sound", "line", "field", "rule"),
    [
        (people.enrolment, OLD, ",1950-07-16,,Ohio,44130", "ID", "missing"),
        (people.enrolment, OLD, "p2,50-07-16,,Ohio,44130", "BIRTHDATE", "not a day as YYYY-MM-DD"),
        (people.enrolment, OLD, "p2,1950-07-16,1949-01-01,Ohio,44130", "DEATHDATE", "before the birth"),
        (people.enrolment, OLD, "p2,1950-07-16,,Ohio,4130", "ZIP", "not a ZIP code of five digits"),
        (people.enrolment, OLD, OLD.replace("02038", "02039"), "ID", "a second, different row for this patient"),
        (encounters.read, STAY, STAY.replace("p1", "p8"), "PATIENT", "no sound row of this patient among the patients"),
        (encounters.read, STAY, STAY.replace("e1,2020", "e2,2021"), "STOP", "before the start"),
        (encounters.read, STAY, STAY.replace("o1", ""), "ORGANIZATION", "missing"),
        (encounters.read, STAY, STAY.replace("07-10", "07-11"), "ID", "a second, different row for this encounter"),
        (medications.read, DRUG, DRUG.replace("308136", "RX"), "CODE", "not an RxNorm identifier"),
        (medications.read, DRUG, DRUG.removesuffix("3") + "0", "DISPENSES", "not a number from 1 to 9999"),
        (medications.read, DRUG, DRUG.replace("01-30", "02-30"), "STOP", "not a day as YYYY-MM-DD"),
        (medications.read, DRUG, DRUG.replace("2020-01-30", "2019-12-30"), "STOP", "before the start"),
    ],
)
def test_a_damaged_row_is_named_and_the_rest_is_loaded(
    tmp_path: Path, reference: Reference, read: Reader, sound: str, line: str, field: str, rule: str
) -> None:
    lines = (sound, line, sound)
    patients = lines if sound == OLD else (OLD,)
    found = folder(tmp_path, patients, lines if sound == STAY else (), lines if sound == DRUG else ())
    rows, rejections, folded, _ = sorted_out(read(found, reference))
    assert rows
    assert "repeated" in [fold.why for fold in folded]
    assert [(bad.line, bad.field, bad.rule) for bad in rejections] == [(3, field, rule)]


def test_a_folder_that_is_no_export_is_refused(tmp_path: Path, reference: Reference) -> None:
    with pytest.raises(UnusableFile, match=r"no Synthea export: no patients\.csv, encounters\.csv, medications\.csv"):
        find(tmp_path)
    found = folder(tmp_path)
    found.encounters.write_bytes(found.encounters.read_bytes()[:-9])
    with pytest.raises(UnusableFile, match="has no encounter that ends, or cannot be read"):
        list(people.enrolment(found, reference))
