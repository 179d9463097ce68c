"""CMS's Hospital General Information of two vintages becomes listings; damaged numbers are mended or rejected."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from shared.contracts.feeds import HospitalListed
from shared.feeds.hospitals import HospitalFile
from shared.feeds.rows import Outcome, Rejection, Row, UnusableFile
from tests.feeds.support import sorted_out, write

AS_OF = dt.date(2026, 6, 1)
HEADER = (
    "Facility ID,Facility Name,Address,City/Town,State,ZIP Code,County/Parish,"
    "Hospital Type,Hospital Ownership,Emergency Services,Hospital overall rating"
)
GOOD_SAM = "360134,GOOD  SAMARITAN,375 DIXMYTH AVE,CINCINNATI,OH,45220,HAMILTON,Acute Care Hospitals,Physician,Yes,4"
SOUTHEAST = "010001,SOUTHEAST HEALTH,1108 ROSS CLARK CIRCLE,DOTHAN,AL,36301,HOUSTON,Acute Care Hospitals,Local,No,"


def read(tmp_path: Path, *rows: str) -> list[Outcome]:
    return list(HospitalFile(write(tmp_path / "hgi.csv", HEADER, *rows), AS_OF).rows())


def test_a_hospital_is_read(tmp_path: Path) -> None:
    (row,) = read(tmp_path, GOOD_SAM)
    assert isinstance(row, Row)
    assert (row.topic, row.key, row.repaired) == ("qio.feeds.hospitals.v1", "360134", False)
    assert HospitalListed.model_validate_json(row.value) == HospitalListed(
        ccn="360134",
        as_of=AS_OF,
        name="GOOD SAMARITAN",
        state="OH",
        zip_code="45220",
        county="HAMILTON",
        kind="Acute Care Hospitals",
        ownership="Physician",
        emergency=True,
        rating=4,
    )


def test_what_is_not_available_is_unknown(tmp_path: Path) -> None:
    cells = GOOD_SAM.replace("Physician,Yes,4", "Not Available,,Not Available")
    (row,) = read(tmp_path, cells)
    assert isinstance(row, Row)
    listed = HospitalListed.model_validate_json(row.value)
    assert (listed.ownership, listed.emergency, listed.rating) == (None, None, None)


def test_a_number_that_lost_its_zero_is_mended_and_counted(tmp_path: Path) -> None:
    *_, counts = sorted_out(read(tmp_path, SOUTHEAST.replace("010001", "10001"), GOOD_SAM))
    assert (counts.records, counts.repaired) == (2, 1)
    (row,) = read(tmp_path, SOUTHEAST.replace("010001", "10001"))
    assert isinstance(row, Row)
    assert row.key == "010001"


@pytest.mark.parametrize(
    ("old", "new", "field", "rule"),
    [
        ("010001", "1.00E+04", "Facility ID", "not six digits or capital letters"),
        ("010001", "1001", "Facility ID", "not six digits or capital letters"),
        (
            "010001",
            "20001",
            "Facility ID",
            "five digits that are no number of the row's state without its leading zero",
        ),
        (",AL,", ",XX,", "State", "not the postal code of a state or territory"),
        ("36301", "3630", "ZIP Code", "not a ZIP code of five digits"),
        (",No,", ",Sometimes,", "Emergency Services", "neither Yes nor No"),
        (",No,", ",No,6", "Hospital overall rating", "not a rating from 1 to 5"),
        ("SOUTHEAST HEALTH", "", "Facility Name", "string too short"),
    ],
)
def test_a_wrong_cell_is_named_by_place_and_rule(tmp_path: Path, old: str, new: str, field: str, rule: str) -> None:
    row = SOUTHEAST.replace(old, new)
    assert read(tmp_path, GOOD_SAM, row)[1] == Rejection("hgi.csv", 3, field, rule)


def test_a_second_row_of_a_number_is_left_out_when_equal_and_else_rejected(tmp_path: Path) -> None:
    _, rejections, folded, _ = sorted_out(read(tmp_path, GOOD_SAM, GOOD_SAM, GOOD_SAM.replace("Yes,4", "Yes,3")))
    assert len(folded) == 1
    assert rejections == [Rejection("hgi.csv", 4, "Facility ID", "a second, different row for this number")]


def test_another_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="not CMS's Hospital General Information: no column for ccn, name"):
        HospitalFile(write(tmp_path / "a.csv", "a,State,ZIP Code,Hospital Type"), AS_OF)


@pytest.mark.parametrize(
    ("file", "hospitals", "rated", "critical"),
    [("hgi_amaresh_2024.csv.gz", 5_398, 2_834, 1_369), ("hgi_alice_2026-06.csv.gz", 5_432, 3_182, 1_378)],
)
def test_both_public_vintages_are_read_whole(data: Path, file: str, hospitals: int, rated: int, critical: int) -> None:
    path = data / "hospital_general_information" / file
    rows, rejections, folded, counts = sorted_out(HospitalFile(path, AS_OF).rows())
    assert (len(rows), len(rejections), len(folded), counts.repaired) == (hospitals, 0, 0, 0)
    listed = [HospitalListed.model_validate_json(row.value) for row in rows]
    assert sum(one.rating is not None for one in listed) == rated
    assert Counter(one.kind for one in listed)["Critical Access Hospitals"] == critical
