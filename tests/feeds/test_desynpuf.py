"""DE-SynPUF becomes enrolment and claims that satisfy the contracts, and nothing is lost on the way."""

import csv
import datetime as dt
import gzip
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from shared.contracts.feeds import EnrolmentYear, InpatientClaim
from shared.feeds.desynpuf import claims, enrolment
from shared.feeds.desynpuf.conditions import CONDITIONS
from shared.feeds.desynpuf.files import YEARS, Sample, find_samples
from shared.feeds.reference import Reference
from shared.feeds.rows import Row, UnusableFile
from tests.feeds.support import sorted_out, write

SUMMARY = (
    '"DESYNPUF_ID","BENE_DEATH_DT","SP_STATE_CODE","BENE_COUNTY_CD","BENE_HI_CVRAGE_TOT_MONS",'
    '"BENE_SMI_CVRAGE_TOT_MONS","BENE_HMO_CVRAGE_TOT_MONS"'
)
ORPHAN = "a later segment whose first segment is missing or was rejected"
CLAIM = '"DESYNPUF_ID","CLM_ID","SEGMENT","PRVDR_NUM","CLM_ADMSN_DT","NCH_BENE_DSCHRG_DT"'


def folder(
    path: Path, summaries: dict[int, list[str]] | None = None, claim_lines: tuple[str, ...] = (), number: int = 1
) -> Path:
    path.mkdir(exist_ok=True)
    for year in YEARS:
        name = f"DE1_0_{year}_Beneficiary_Summary_File_Sample_{number}.csv"
        write(path / name, SUMMARY, *(summaries or {}).get(year, []))
    write(path / f"DE1_0_2008_to_2010_Inpatient_Claims_Sample_{number}.csv.gz", CLAIM, *claim_lines, packed=True)
    return path


def years(rows: list[Row]) -> list[EnrolmentYear]:
    return [EnrolmentYear.model_validate_json(row.value) for row in rows]


def stays(rows: list[Row]) -> list[InpatientClaim]:
    return [InpatientClaim.model_validate_json(row.value) for row in rows]


def test_a_life_in_three_years(tmp_path: Path, reference: Reference) -> None:
    found = folder(
        tmp_path / "f",
        {2008: ["B1,,39,230,5,7,0"], 2009: ["B1,,39,230,12,12,0"], 2010: ["B1,20100301,39,230,12,12,12"]},
    )
    rows, _, _, _ = sorted_out(enrolment.read(find_samples(found)[1], reference))
    who = reference.beneficiary("B1")
    assert {row.key for row in rows} == {who}
    one, two, three = years(rows)
    assert one.eligible == ((dt.date(2008, 8, 1), dt.date(2008, 12, 31)),)
    assert two.eligible == ((dt.date(2009, 1, 1), dt.date(2009, 12, 31)),)
    assert (three.eligible, three.death) == ((), dt.date(2010, 3, 1))
    assert {(year.area, year.basis, year.version) for year in (one, two, three)} == {
        ("ssa:39230", "month-counts-v1", 1)
    }


@pytest.mark.parametrize(
    ("line", "field", "rule"),
    [
        (",,39,230,12,12,0", "DESYNPUF_ID", "missing"),
        ("B1,20081301,39,230,12,12,0", "BENE_DEATH_DT", "not a date as YYYYMMDD"),
        ("B1,,3,230,12,12,0", "SP_STATE_CODE", "not two digits"),
        ("B1,,39,,12,12,0", "BENE_COUNTY_CD", "not three digits"),
        ("B1,,39,230,13,12,0", "BENE_HI_CVRAGE_TOT_MONS", "not a number of months from 0 to 12"),
        ("B1,,39,230,12,,0", "BENE_SMI_CVRAGE_TOT_MONS", "not a number of months from 0 to 12"),
        ("B1,,39,230,12,12,-1", "BENE_HMO_CVRAGE_TOT_MONS", "not a number of months from 0 to 12"),
        ("B2,,39,231,12,12,0", "DESYNPUF_ID", "a second, different row for this beneficiary"),
    ],
)
def test_a_bad_summary_is_named_and_the_rest_is_loaded(
    tmp_path: Path, reference: Reference, line: str, field: str, rule: str
) -> None:
    found = folder(tmp_path / "f", {2008: ["B2,,39,230,12,12,0", line, "B2,,39,230,12,12,0"]})
    rows, rejections, folded, _ = sorted_out(enrolment.read(find_samples(found)[1], reference))
    assert len(rows) == len(folded) == 1
    assert rejections == [("DE1_0_2008_Beneficiary_Summary_File_Sample_1.csv", 3, field, rule)]


MARKS = SUMMARY + "".join(f',"{name}"' for name in ("BENE_BIRTH_DT", *CONDITIONS))


def test_a_year_has_the_birth_and_the_conditions_the_file_marks(tmp_path: Path, reference: Reference) -> None:
    found = folder(tmp_path / "f")
    marks = ["2"] * len(CONDITIONS)
    marks[1] = marks[6] = "1"
    sound, strange = ",".join(marks), ",".join(["3", *marks[1:]])
    lines = [f"B1,,39,230,12,12,0,19430105,{sound}", f"B2,,39,230,12,12,0,,{sound}", f"B3,,39,230,12,12,0,,{strange}"]
    lines.append(f"B4,,39,230,12,12,0,430105,{sound}")
    write(found / "DE1_0_2008_Beneficiary_Summary_File_Sample_1.csv", MARKS, *lines)
    rows, rejections, _, _ = sorted_out(enrolment.read(find_samples(found)[1], reference))
    one, two = years(rows)
    assert (one.birth, two.birth) == (dt.date(1943, 1, 5), None)
    assert one.conditions == ("heart_failure_and_non_ischemic_heart_disease", "diabetes")
    assert (one.carries, two.carries) == (("age", "inpatient"), ("inpatient",))  # the made-up claims have no payments
    assert [(bad.line, bad.field, bad.rule) for bad in rejections] == [
        (4, "SP_ALZHDMTA", "neither 1 (yes) nor 2 (no)"),
        (5, "BENE_BIRTH_DT", "not a date as YYYYMMDD"),
    ]


def test_a_claim_has_its_icd_9_diagnoses(tmp_path: Path, reference: Reference) -> None:
    header = CLAIM + "".join(f',"ICD9_DGNS_CD_{place}"' for place in range(1, 11))
    stay = "2500QH,20100219,20100222"
    lines = (f"B1,1,1,{stay},4280,,V5866,,,,,,,", f"B1,2,1,{stay},4280,42.8,,,,,,,,")
    found = find_samples(folder(tmp_path / "f"))[1]
    write(found.claims, header, *lines, packed=True)
    rows, rejections, _, _ = sorted_out(claims.read(found, reference))
    assert [(stay.diagnoses, stay.icd) for stay in stays(rows)] == [(("4280", "V5866"), 9)]
    assert [(bad.line, bad.field) for bad in rejections] == [(3, "ICD9_DGNS_CD_2")]


def test_a_claim_in_segments_is_one_claim_with_the_facts_of_its_first(tmp_path: Path, reference: Reference) -> None:
    # Shape of claim segments in the real file: the second comes first and claims an earlier admission elsewhere.
    lines = ("B1,77,2,4400MM,20100118,20100222", "B1,77,1,2500QH,20100219,20100222", "B1,78,1,2500QH,20100301,20100302")
    rows, rejections, folded, _ = sorted_out(
        claims.read(find_samples(folder(tmp_path / "f", None, lines))[1], reference)
    )
    assert not rejections
    assert [fold.why for fold in folded] == ["segments"]
    first = stays(rows)[0]
    assert first == InpatientClaim(
        beneficiary=reference.beneficiary("B1"),
        claim=reference.claim("77"),
        version=1,
        action="original",
        provider="2500QH",
        admission=dt.date(2010, 2, 19),
        discharge=dt.date(2010, 2, 22),
    )
    assert rows[0].value == first.model_dump_json().encode()


def test_a_claim_carries_its_drg_and_its_payment_in_cents(tmp_path: Path, reference: Reference) -> None:
    """The real files have negative payments, and ``OTH`` where a DRG is none."""
    header = f'{CLAIM},"CLM_PMT_AMT","CLM_DRG_CD"'
    stay = "2500QH,20100219,20100222"
    lines = (f"B1,1,1,{stay},26000.00,201", f"B1,2,1,{stay},-500.05,OTH", f"B1,3,1,{stay},,", f"B1,4,1,{stay},1e3,201")
    found = find_samples(folder(tmp_path / "f"))[1]
    write(found.claims, header, *lines, packed=True)
    rows, rejections, _, _ = sorted_out(claims.read(found, reference))
    assert [(stay.drg, stay.paid) for stay in stays(rows)] == [("201", 2_600_000), (None, -50_005), (None, None)]
    assert [(bad.line, bad.field, bad.rule) for bad in rejections] == [(5, "CLM_PMT_AMT", "not dollars and cents")]


@pytest.mark.parametrize(
    ("line", "field", "rule"),
    [
        (",1,1,2500QH,20100219,20100222", "DESYNPUF_ID", "missing"),
        ("B1,,1,2500QH,20100219,20100222", "CLM_ID", "missing"),
        ("B1,1,,2500QH,20100219,20100222", "SEGMENT", "not a digit from 1 to 9"),
        ("B1,1,1,25,20100219,20100222", "PRVDR_NUM", "not six digits or capital letters"),
        ("B1,1,1,2500QH,,20100222", "CLM_ADMSN_DT", "missing"),
        ("B1,1,1,2500QH,20100219,", "NCH_BENE_DSCHRG_DT", "missing"),
        ("B1,1,1,2500QH,20100219,20100230", "NCH_BENE_DSCHRG_DT", "not a date as YYYYMMDD"),
        ("B1,1,1,2500QH,20100219,20100218", "NCH_BENE_DSCHRG_DT", "before the admission"),
        (
            "B1,1,2,2500QH,20100219,20100222",
            "SEGMENT",
            "a later segment whose first segment is missing or was rejected",
        ),
        ("B2,9,1,2500QH,20100219,20100223", "CLM_ID", "a second, different first segment of this claim"),
    ],
)
def test_a_bad_claim_is_named_and_the_rest_is_loaded(
    tmp_path: Path, reference: Reference, line: str, field: str, rule: str
) -> None:
    good = "B2,9,1,2500QH,20100219,20100222"
    found = folder(tmp_path / "f", None, (good, line, good))
    rows, rejections, folded, _ = sorted_out(claims.read(find_samples(found)[1], reference))
    assert len(rows) == len(folded) == 1
    assert rejections == [("DE1_0_2008_to_2010_Inpatient_Claims_Sample_1.csv.gz", 3, field, rule)]


def test_a_folder_without_or_with_half_a_sample_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="holds no DE-SynPUF files"):
        find_samples(tmp_path)
    half = folder(tmp_path / "f", number=7)
    (half / "DE1_0_2009_Beneficiary_Summary_File_Sample_7.csv").unlink()
    with pytest.raises(UnusableFile, match="sample 7 is not complete: the beneficiary summary of 2009 not found"):
        find_samples(half)


def _table(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt") as stream:
        yield from csv.DictReader(stream)


def _check(sample: Sample, reference: Reference) -> None:
    """Compare with plain counting of the same files."""
    rows, rejections, _, _ = sorted_out(enrolment.read(sample, reference))
    assert not rejections
    found = {(year.beneficiary, year.year): year for year in years(rows)}
    expected = 0
    for calendar_year, path in sample.summaries.items():
        for line in _table(path):
            expected += 1
            year = found[reference.beneficiary(line["DESYNPUF_ID"]), calendar_year]
            assert f"{year.birth:%Y%m%d}" == line["BENE_BIRTH_DT"]
            assert set(year.conditions) == {name for column, name in CONDITIONS.items() if line[column] == "1"}
            assert year.carries == ("age", "inpatient", "payments")
            a, b, hmo = (int(line[f"BENE_{part}_CVRAGE_TOT_MONS"]) for part in ("HI", "SMI", "HMO"))
            if line["BENE_DEATH_DT"]:
                assert all(last.strftime("%Y%m%d") <= line["BENE_DEATH_DT"] for _, last in year.eligible)
            else:
                assert sum(_whole_months(*span) for span in year.eligible) == max(0, min(a, b) - hmo)
                assert year.death is None
    assert len(rows) == len(found) == expected
    rows, rejections, folded, _ = sorted_out(claims.read(sample, reference))
    lines = list(_table(sample.claims))
    assert not rejections
    assert len(rows) == len({line["CLM_ID"] for line in lines}) == len(lines) - len(folded)
    firsts = sorted(
        (line["CLM_ADMSN_DT"], line["NCH_BENE_DSCHRG_DT"], line["PRVDR_NUM"])
        for line in lines
        if line["SEGMENT"] == "1"
    )
    read = sorted((f"{s.admission:%Y%m%d}", f"{s.discharge:%Y%m%d}", s.provider) for s in stays(rows))
    assert read == firsts
    assert _payments(stays(rows)) == sorted(
        (line["CLM_DRG_CD"], Decimal(line["CLM_PMT_AMT"])) for line in lines if line["SEGMENT"] == "1"
    )
    codes = [f"ICD9_DGNS_CD_{place}" for place in range(1, 11)]
    assert sorted(stay.diagnoses for stay in stays(rows)) == sorted(
        tuple(line[code] for code in codes if line[code]) for line in lines if line["SEGMENT"] == "1"
    )
    assert all(row.value == stay.model_dump_json().encode() for row, stay in zip(rows, stays(rows), strict=True))


def _payments(read: list[InpatientClaim]) -> list[tuple[str, Decimal]]:
    assert all(stay.paid is not None for stay in read)
    return sorted((stay.drg or "OTH", Decimal(stay.paid or 0) / 100) for stay in read)


def _whole_months(first: dt.date, last: dt.date) -> int:
    assert first.day == (last + dt.timedelta(days=1)).day == 1
    assert first.year == last.year
    return last.month - first.month + 1


def test_sample_1_equals_plain_counting(data: Path, reference: Reference) -> None:
    sample = find_samples(data / "desynpuf_10k")[1]
    _check(sample, reference)


@pytest.mark.verify
def test_every_sample_equals_plain_counting(data: Path, reference: Reference) -> None:
    samples = find_samples(data / "desynpuf_10k")
    assert len(samples) == 14
    for sample in samples.values():
        _check(sample, reference)
