"""RIF beneficiary files become enrolment of the right days, place and inputs; damage is named by line and field."""

import datetime as dt
from pathlib import Path

import pytest

from shared.contracts.feeds import EnrolmentYear
from shared.feeds.reference import Reference
from shared.feeds.rif import enrolment
from shared.feeds.rif.files import find
from shared.feeds.rows import Outcome, UnusableFile
from tests.feeds.rif_files import FILL, PERSON, STAY, put
from tests.feeds.support import sorted_out

D = dt.date
NO_A_B = {f"MDCR_ENTLMT_BUYIN_{month}_IND": "" for month in range(1, 13)}


def read(folder: Path, reference: Reference) -> list[Outcome]:
    return list(enrolment.read(find(folder), reference))


def one(folder: Path, reference: Reference, **changes: str) -> EnrolmentYear:
    put(folder, "beneficiary_2023", PERSON | changes)
    (row,), rejections, _, _ = sorted_out(read(folder, reference))
    assert not rejections
    return EnrolmentYear.model_validate_json(row.value)


def test_months_with_both_parts_outside_advantage_are_eligible(tmp_path: Path, reference: Reference) -> None:
    part_a_only, state_pays = {"MDCR_ENTLMT_BUYIN_3_IND": "1"}, {"MDCR_ENTLMT_BUYIN_4_IND": "C"}
    advantage, demonstration = {"HMO_9_IND": "C", "HMO_10_IND": "1"}, {"HMO_11_IND": "4"}
    year = one(tmp_path, reference, **part_a_only, **state_pays, **advantage, **demonstration)
    assert year.eligible == (
        (D(2023, 1, 1), D(2023, 2, 28)),
        (D(2023, 4, 1), D(2023, 8, 31)),
        (D(2023, 11, 1), D(2023, 12, 31)),
    )


def test_no_day_before_coverage_or_after_death_is_eligible(tmp_path: Path, reference: Reference) -> None:
    year = one(tmp_path, reference, COVSTART="22-Jan-2023", DEATH_DT="07-MAR-2023")
    assert year.eligible == ((D(2023, 1, 22), D(2023, 3, 7)),)
    assert (year.death, year.birth, year.year, year.version) == (D(2023, 3, 7), D(1950, 10, 5), 2023, 1)
    assert one(tmp_path, reference, COVSTART="01-Jan-2024").eligible == ()
    assert one(tmp_path, reference, **NO_A_B).eligible == ()


@pytest.mark.parametrize(
    ("changes", "area"),
    [
        ({}, "zip:44130"),
        ({"BENE_ZIP_CD": "441301234"}, "zip:44130"),
        ({"BENE_ZIP_CD": "00000"}, "ssa:36170"),
        ({"BENE_ZIP_CD": "", "BENE_COUNTY_CD": "170"}, "ssa:36170"),
    ],
)
def test_residence_is_the_zip_or_else_the_county(
    tmp_path: Path, reference: Reference, changes: dict[str, str], area: str
) -> None:
    assert one(tmp_path, reference, **changes).area == area


def test_a_month_without_dual_status_has_none(tmp_path: Path, reference: Reference) -> None:
    year = one(tmp_path, reference, META_DUAL_ELGBL_STUS_JAN_CD="02", META_DUAL_ELGBL_STUS_SEPT_CD="AA")
    assert year.dual == ("02", *["NA"] * 7, "AA", *["NA"] * 3)


def test_a_year_carries_what_the_readable_files_of_the_folder_tell(tmp_path: Path, reference: Reference) -> None:
    assert one(tmp_path, reference).carries == ("age", "dual")
    put(tmp_path, "inpatient", STAY)
    put(tmp_path, "pde", FILL)
    of_a_stay = ("diagnoses", "drugs", "dual", "inpatient", "payments", "poa", "procedures", "status")
    assert one(tmp_path, reference).carries == ("age", *of_a_stay)
    packed = put(tmp_path, "snf", STAY, packed=True)
    put(tmp_path, "hha", STAY)
    assert {"snf", "home_health"} <= set(one(tmp_path, reference).carries)
    packed.write_bytes(packed.read_bytes()[:-9])
    (tmp_path / "hha.csv").write_text("a|b\n1|2\n")
    assert not {"snf", "home_health"} & set(one(tmp_path, reference).carries)


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"BENE_ID": ""}, "BENE_ID", "missing"),
        ({"RFRNC_YR": "23"}, "RFRNC_YR", "not a year from 1990 to 2100"),
        ({"BENE_ZIP_CD": "4130"}, "BENE_ZIP_CD", "not a ZIP code of five digits"),
        ({"BENE_BIRTH_DT": "05-Oct-50"}, "BENE_BIRTH_DT", "not a day as DD-Mon-YYYY"),
        ({"DEATH_DT": "31-Feb-2023"}, "DEATH_DT", "not a day as DD-Mon-YYYY"),
        ({"DEATH_DT": "31-Jan-1950"}, "DEATH_DT", "before the birth"),
        ({"MDCR_ENTLMT_BUYIN_7_IND": "X"}, "MDCR_ENTLMT_BUYIN_7_IND", "not an entitlement code (0 to 3, A to C)"),
        ({"HMO_7_IND": "9"}, "HMO_7_IND", "not an HMO code (0, 1, 2, 4, A to C)"),
        ({"BENE_ZIP_CD": "", "BENE_COUNTY_CD": ""}, "BENE_COUNTY_CD", "missing"),
        ({"BENE_ZIP_CD": "", "STATE_CODE": "34"}, "BENE_COUNTY_CD", "a county of another state than STATE_CODE"),
        ({"META_DUAL_ELGBL_STUS_MAY_CD": "2"}, "META_DUAL_ELGBL_STUS_MAY_CD", "not two digits or capital letters"),
        ({"BENE_ZIP_CD": "44131"}, "BENE_ID", "a second, different row for this person and year"),
    ],
)
def test_a_damaged_row_is_named_and_the_rest_is_loaded(
    tmp_path: Path, reference: Reference, changes: dict[str, str], field: str, rule: str
) -> None:
    put(tmp_path, "beneficiary_2023", PERSON, PERSON | changes, PERSON)
    rows, rejections, folded, counts = sorted_out(read(tmp_path, reference))
    assert (len(rows), len(folded), counts.read) == (1, 1, 3)
    assert rejections == [("beneficiary_2023.csv", 3, field, rule)]


def test_a_cut_off_year_is_named_and_the_other_years_are_loaded(tmp_path: Path, reference: Reference) -> None:
    packed = put(tmp_path, "beneficiary_2022", PERSON | {"RFRNC_YR": "2022"}, packed=True)
    packed.write_bytes(packed.read_bytes()[:-20])
    put(tmp_path, "beneficiary_2023", PERSON, "-2|2023")
    (tmp_path / "beneficiary_2024.csv").write_text("BENE_ID|RFRNC_YR\n-1|2024\n")
    rows, rejections, _, counts = sorted_out(read(tmp_path, reference))
    assert len(rows) == 1
    places = [(bad.file, bad.line, bad.field) for bad in rejections[:3]]
    assert places == [
        ("beneficiary_2022.csv.gz", 1, "(file)"),
        ("beneficiary_2023.csv", 3, "(row)"),
        ("beneficiary_2024.csv", 1, "BENE_BIRTH_DT"),
    ]
    assert counts.read == counts.records + counts.rejected


def test_a_folder_without_enrolment_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="holds no RIF enrolment"):
        find(tmp_path)
    with pytest.raises(UnusableFile, match="cannot be read"):
        find(tmp_path / "none")
