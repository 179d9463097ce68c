"""Tables of a Synthea export are read by the rules of the resources they stand for, real exports to the end."""

import datetime as dt
import gzip
from collections import Counter
from pathlib import Path

import pytest

from shared.contracts.compiled_evidence import EVIDENCE
from shared.feeds import parts
from shared.feeds.reference import Reference
from shared.feeds.rows import Outcome, Rejection, Row
from tests.feeds.support import sorted_out, write
from tests.support.data import real_data

TODAY = dt.date(2024, 12, 31)
DATA = real_data()
needs_data = pytest.mark.skipif(DATA is None, reason="the public files are not here")


def read(folder: Path, reference: Reference, today: dt.date = TODAY) -> list[Outcome]:
    return [row for part in parts.evidence([folder], "ma-1", reference, today) for row in part.rows()]


def export(folder: Path) -> None:
    write(folder / "patients.csv", "Id,BIRTHDATE,GENDER", "p1,1960-05-05,F", "p2,1961-13-05,M")
    write(
        folder / "encounters.csv",
        "Id,START,STOP,PATIENT,ENCOUNTERCLASS,CODE",
        "e1,2024-03-01T10:00:00Z,2024-03-01T11:00:00Z,p1,ambulatory,185349003",
        "e2,2024-04-01T10:00:00Z,2024-04-02T11:00:00Z,p1,inpatient,185347001",
    )
    write(folder / "conditions.csv", "START,STOP,PATIENT,CODE", "2015-01-01,2014-01-01,p1,59621000")
    write(
        folder / "observations.csv",
        "DATE,PATIENT,ENCOUNTER,CODE,VALUE,UNITS",
        "2024-03-01T10:00:00Z,p1,e1,8480-6,138.7,mm[Hg]",
        "2024-04-01T10:00:00Z,p1,e2,8462-4,88,mm[Hg]",
        "2024-03-01T10:00:00Z,p1,e1,72166-2,Never smoker,",
    )
    write(folder / "procedures.csv", "START,STOP,PATIENT,CODE", "2019-01-01T10:00:00Z,,p1,73761001")
    write(folder / "immunizations.csv", "DATE,PATIENT,CODE", "2023-10-10T10:00:00Z,p1,140")


def test_every_table_is_read_and_wrong_rows_are_named_by_their_columns(tmp_path: Path, reference: Reference) -> None:
    export(tmp_path)
    rows, rejections, folded, counts = sorted_out(read(tmp_path, reference))
    assert rejections == [
        Rejection("patients.csv", 3, "BIRTHDATE", "not a FHIR date with a day"),
        Rejection("conditions.csv", 2, "STOP", "is before the first day"),
    ]
    told = [EVIDENCE[row.wire_type](row.value) for row in rows]
    assert [one.setting for one in told if hasattr(one, "setting")] == ["outpatient", "inpatient"]
    noted = {name for one in told if hasattr(one, "concepts") for name in one.concepts}
    assert noted == {"visit", "colonoscopy", "influenza_vaccine"}
    assert (counts.read, len(folded)) == (10, 2)


@needs_data
def test_a_real_export_is_read_to_the_last_row(reference: Reference) -> None:
    assert DATA is not None
    folder = DATA / "synthea_csv_ma_102"
    rows, rejections, folded, counts = sorted_out(read(folder, reference, dt.date(2030, 1, 1)))
    lines = 0
    for name in ("patients", "encounters", "conditions", "medications"):
        with gzip.open(folder / f"{name}.csv.gz", "rt") as stream:
            lines += sum(1 for _ in stream) - 1
    # As counted by its makers: 102 people, 22,715 encounters, 40,696 medications; and 12,619 conditions.
    assert counts.read == lines == 102 + 22_715 + 40_696 + 12_619
    assert len({one.patient for one in (EVIDENCE[row.wire_type](row.value) for row in rows)}) == 102
    assert Counter(one.rule for one in rejections) == {"is before the first day": 2}
    assert {one.why for one in folded} == {"not asked for"}


@needs_data
@pytest.mark.parametrize(
    ("folder", "entries"), [("fhir_admit_discharge_notifications", 57), ("fhir_deqm_examples", 63)]
)
def test_real_bundles_are_read_to_the_last_entry(reference: Reference, folder: str, entries: int) -> None:
    assert DATA is not None
    rows, rejections, _, counts = sorted_out(read(DATA / folder, reference))
    assert not rejections
    assert counts.read == entries
    assert all(isinstance(row, Row) for row in rows)
