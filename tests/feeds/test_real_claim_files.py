"""The real files of claims, read and compared with plain counting of the same files by the csv module alone."""

import csv
import datetime as dt
import gzip
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from shared.contracts.feeds import CareClaim, DrugFill, EnrolmentYear, InpatientClaim
from shared.feeds.reference import Reference
from shared.feeds.rif import claims, enrolment, files, fills
from shared.feeds.rows import Counts, Folded, Outcome, Rejection, Row
from shared.feeds.synthea import encounters, medications, people
from shared.feeds.synthea import files as synthea
from tests.feeds.support import sorted_out


@pytest.fixture
def rif(data: Path) -> Path:
    folder = data / "synthea_rif_ohio_450"
    if not folder.is_dir():
        pytest.skip("the RIF files are no part of this copy of the data")
    return folder


@pytest.fixture
def export(data: Path) -> Path:
    folder = data / "synthea_csv_ma_102"
    if not folder.is_dir():
        pytest.skip("the Synthea export is no part of this copy of the data")
    return folder


def table(path: Path, delimiter: str) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d-%b-%Y").replace(tzinfo=dt.UTC).date()


def test_enrolment_of_the_ohio_files(rif: Path, reference: Reference) -> None:
    found = files.find(rif)
    rows, rejections, _, _ = sorted_out(enrolment.read(found, reference))
    years = {(year.beneficiary, year.year): year for year in map(EnrolmentYear.model_validate_json, _values(rows))}
    lines = [line for path in found.beneficiaries for line in table(path, "|")]
    assert not rejections
    assert len(years) == len(lines) == 1862
    for line in lines:
        year = years[reference.beneficiary(line["BENE_ID"]), int(line["RFRNC_YR"])]
        both = sum(line[f"MDCR_ENTLMT_BUYIN_{month}_IND"] in {"3", "C"} for month in range(1, 13))
        if not line["DEATH_DT"] and day(line["COVSTART"]).year < year.year:
            assert len({(d.year, d.month) for span in year.eligible for d in _days(*span)}) == both
        assert year.area == (
            f"ssa:{line['BENE_COUNTY_CD']}" if line["BENE_ZIP_CD"] == "00000" else f"zip:{line['BENE_ZIP_CD']}"
        )
        assert year.death == (day(line["DEATH_DT"]) if line["DEATH_DT"] else None)
        assert len(year.dual) == 12
    assert {len(year.carries) for year in years.values()} == {13}


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]


def _values(rows: Iterable[Row]) -> list[bytes]:
    return [row.value for row in rows]


def test_stays_of_the_ohio_files(rif: Path, reference: Reference) -> None:
    path = rif / "inpatient.csv.gz"
    rows, rejections, folded, counts = sorted_out(claims.read(path, "inpatient", reference))
    lines = table(path, "|")
    sound = {line["CLM_ID"]: line for line in lines if line["PRVDR_NUM"]}
    stays = [InpatientClaim.model_validate_json(value) for value in _values(rows)]
    assert (counts.read, len(stays)) == (len(lines), len(sound)) == (3533, 899)
    assert (len(rejections), len(folded)) == (4, 3533 - 899 - 4)
    assert {bad.field for bad in rejections} == {"PRVDR_NUM"}
    assert Counter((stay.provider, stay.admission, stay.discharge, stay.status) for stay in stays) == Counter(
        (
            line["PRVDR_NUM"],
            day(line["CLM_ADMSN_DT"]),
            day(line["NCH_BENE_DSCHRG_DT"]),
            line["PTNT_DSCHRG_STUS_CD"].zfill(2),
        )
        for line in sound.values()
    )
    assert sum(stay.paid or 0 for stay in stays) == sum(
        int(line["CLM_PMT_AMT"].replace(".", "")) for line in sound.values()
    )
    assert sum(len(set(stay.diagnoses)) for stay in stays) == sum(
        len({line["PRNCPAL_DGNS_CD"], *(line[f"ICD_DGNS_CD{place}"] for place in range(1, 26))} - {""})
        for line in sound.values()
    )
    assert all(len(stay.poa or "") == len(stay.diagnoses) for stay in stays)


@pytest.mark.parametrize(
    ("kind", "found", "rejected"),
    [("outpatient", 10818, 527), ("snf", 44, 0), ("hha", 179, 16), ("hospice", 140, 0)],
)
def test_claims_of_other_settings_of_the_ohio_files(
    rif: Path, reference: Reference, kind: str, found: int, rejected: int
) -> None:
    path = rif / f"{kind}.csv.gz"
    rows, rejections, _, counts = sorted_out(claims.read(path, kind, reference))
    lines = table(path, "|")
    sound = {line["CLM_ID"]: line for line in lines if line["PRVDR_NUM"].strip()}
    care = [CareClaim.model_validate_json(value) for value in _values(rows)]
    assert (counts.read, len(care), len(rejections)) == (len(lines), len(sound), len(lines) - len(_sound(lines)))
    assert (len(care), len(rejections)) == (found, rejected)
    assert Counter((claim.provider, claim.first, claim.last) for claim in care) == Counter(
        (line["PRVDR_NUM"], day(line["CLM_FROM_DT"]), day(line["CLM_THRU_DT"])) for line in sound.values()
    )


def _sound(lines: list[dict[str, str]]) -> list[dict[str, str]]:
    return [line for line in lines if line["PRVDR_NUM"].strip()]


def test_drug_events_of_the_ohio_files(rif: Path, reference: Reference) -> None:
    path = rif / "pde.csv.gz"
    rows, rejections, _, _ = sorted_out(fills.read(path, reference))
    found = [DrugFill.model_validate_json(value) for value in _values(rows)]
    lines = table(path, "|")
    assert not rejections
    assert len(found) == len(lines) == 19_020
    assert Counter((fill.code, fill.filled, fill.days) for fill in found) == Counter(
        (line["PROD_SRVC_ID"], day(line["SRVC_DT"]), int(line["DAYS_SUPLY_NUM"])) for line in lines
    )


def test_the_massachusetts_export(export: Path, reference: Reference) -> None:
    folder = synthea.find(export)
    patients = {line["Id"]: line for line in table(folder.patients, ",")}
    last = max(line["STOP"][:10] for line in table(folder.encounters, ","))
    rows, rejections, _, counts = sorted_out(people.enrolment(folder, reference))
    starts = {number: max("1990-01-01", _turns_65(line["BIRTHDATE"])) for number, line in patients.items()}
    ends = {number: min(last, line["DEATHDATE"] or last) for number, line in patients.items()}
    years = sum(max(0, int(ends[number][:4]) - int(starts[number][:4]) + 1) for number in _alive(starts, ends))
    assert (len(rows), counts.read, len(rejections)) == (years, 102, 0)

    rows, rejections, folded, counts = sorted_out(encounters.read(folder, reference))
    wanted = Counter(
        line["ENCOUNTERCLASS"] for line in table(folder.encounters, ",") if line["STOP"][:10] >= starts[line["PATIENT"]]
    )
    assert not rejections
    kinds = Counter(row.wire_type for row in rows)
    assert kinds["feeds.InpatientClaim.v1"] == wanted["inpatient"]
    assert kinds["feeds.CareClaim.v1"] == wanted["snf"] + wanted["hospice"] + wanted["emergency"]
    assert counts.read == len(rows) + len(folded) == 22_715

    rows, rejections, _, counts = sorted_out(medications.read(folder, reference))
    lines = table(folder.medications, ",")
    damaged = [line for line in lines if line["STOP"] and line["STOP"][:10] < line["START"][:10]]
    assert (counts.read, len(rejections)) == (len(lines), len(damaged)) == (40_696, 78)
    assert len({row.value for row in rows}) == len(rows)


def _turns_65(birth: str) -> str:
    return f"{int(birth[:4]) + 65}-{birth[5:7]}-01"


def _alive(starts: dict[str, str], ends: dict[str, str]) -> list[str]:
    return [number for number in starts if starts[number] <= ends[number]]


def test_counts_of_every_real_file_add_up(rif: Path, reference: Reference) -> None:
    found = files.find(rif)
    for kind, path in found.others.items():
        read = fills.read(path, reference) if kind == "pde" else claims.read(path, kind, reference)
        outcomes: list[Outcome] = list(read)
        counts = Counts()
        for outcome in outcomes:
            counts.add(outcome)
        by_kind = Counter(type(outcome) for outcome in outcomes)
        assert counts.read == len(table(path, "|")) == by_kind[Row] + by_kind[Rejection] + by_kind[Folded]
