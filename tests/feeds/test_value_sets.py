"""Value sets are read in the layouts they are published in, and sent in parts, whole or not at all."""

from pathlib import Path

import pytest

from shared.contracts.feeds import ValueSetPart
from shared.feeds.rows import Counts, Rejection, UnusableFile
from shared.feeds.value_sets import files
from shared.feeds.value_sets.files import ValueSet, find
from tests.feeds.support import sorted_out, write

TUVA = {
    "always_planned_ccs_diagnosis_category": ("ccs_diagnosis_category,description", "45,Chemotherapy"),
    "always_planned_ccs_procedure_category": ("ccs_procedure_category,description", "064,Bone marrow transplant"),
    "potentially_planned_ccs_procedure_category": ('"ccs_procedure_category","description"', '"45","PTCA, heart"'),
    "potentially_planned_icd_10_pcs": ("icd_10_pcs,description", "0270046,Dilation"),
    "acute_diagnosis_ccs": ("ccs_diagnosis_category,description", "2,Septicemia"),
    "acute_diagnosis_icd_10_cm": ("icd_10_cm,description", "A150,Tuberculosis"),
}


def parts(one: ValueSet) -> tuple[list[ValueSetPart], list[Rejection], Counts]:
    rows, rejections, _, counts = sorted_out(one.rows())
    assert {(row.topic, row.key) for row in rows} <= {("qio.feeds.value-sets.v1", one.name)}
    return [ValueSetPart.model_validate_json(row.value) for row in rows], rejections, counts


def test_our_own_layout_is_named_by_its_file_or_by_hand(tmp_path: Path) -> None:
    path = write(
        tmp_path / "low-income-areas.csv",
        "code,meaning",
        "zip:44130,low_income",
        "zip:44131,low_income",
        "",
        "ssa:36170,x",
    )
    (one,) = find([path], "2026")
    (part,), rejections, counts = parts(one)
    assert not rejections
    assert (part.name, part.version, part.part, part.parts) == ("low-income-areas", "2026", 1, 1)
    assert part.codes == (("ssa:36170", "x"), ("zip:44130", "low_income"), ("zip:44131", "low_income"))
    assert counts.as_json() == {"read": 3, "records": 1, "rejected": 0, "repaired": 0, "packed with others": 2}
    assert [one.name for one in find([path], "2026", "other-areas")] == ["other-areas"]


def test_a_large_set_is_sent_in_parts_in_the_order_of_its_codes(tmp_path: Path) -> None:
    lines = [f"{number},ingredient" for number in range(4_001)]
    (one,) = find([write(tmp_path / "drug-ingredients.csv", "code,meaning", *lines, lines[0])], "1")
    made, _, counts = parts(one)
    assert [(part.part, part.parts, len(part.codes)) for part in made] == [(1, 3, 2000), (2, 3, 2000), (3, 3, 1)]
    assert [code for part in made for code in part.codes] == sorted((str(n), "ingredient") for n in range(4_001))
    assert (counts.read, counts.folded["repeated"]) == (4_002, 1)


def test_ccs_files_are_known_by_their_columns_and_lose_their_quotes_and_zeros(tmp_path: Path) -> None:
    for name, code in (("dx", "ICD-10-CM"), ("pr", "ICD-10-PCS")):
        write(
            tmp_path / f"ccs_{name}.csv",
            f"'{code} CODE','CCS CATEGORY','{code} CODE DESCRIPTION','MULTI CCS LVL 1'",
            "'A150 ','01 ',\"Tuberculosis, of lung\",'1'",
            "'A154','657',\"Tuberculosis\",' '",
        )
    found = find([tmp_path], "2019.1")
    assert [one.name for one in found] == ["ccs-diagnoses", "ccs-procedures"]
    for one in found:
        (part,), rejections, _ = parts(one)
        assert not rejections
        assert part.codes == (("A150", "1"), ("A154", "657"))
        assert part.source.startswith("AHRQ HCUP Clinical Classifications Software")


def test_a_set_of_several_files_is_put_together(tmp_path: Path) -> None:
    for name, lines in TUVA.items():
        write(tmp_path / f"{name}.csv.gz", *lines, packed=True)
    write(tmp_path / "gender.csv", "description", "male")
    (one,) = find([tmp_path], "2022")
    (part,), _, _ = parts(one)
    assert part.name == "planned-readmission"
    assert set(part.codes) == {
        ("45", "always_dx_ccs"),
        ("64", "always_px_ccs"),
        ("45", "potential_px_ccs"),
        ("0270046", "potential_px"),
        ("2", "acute_dx_ccs"),
        ("A150", "acute_dx"),
    }


def test_a_set_that_lacks_a_file_is_refused(tmp_path: Path) -> None:
    for name, lines in list(TUVA.items())[1:]:
        write(tmp_path / f"{name}.csv", *lines)
    with pytest.raises(UnusableFile, match="planned-readmission also needs always_planned_ccs_diagnosis_category"):
        find([tmp_path], "2022")


def test_exclusions_surgery_and_chronic_conditions_are_read(tmp_path: Path) -> None:
    exclusions = write(
        tmp_path / "exclusion_ccs_diagnosis_category.csv",
        "ccs_diagnosis_category,description,exclusion_category",
        *("11,x,Medical Treatment of Cancer", "254,x,Rehabilitation", "657,x,Psychiatric"),
    )
    surgery = write(tmp_path / "surgery_gynecology_cohort.csv", "icd_10_pcs,description", "0270046,x")
    cohorts = write(
        tmp_path / "specialty_cohort.csv",
        "ccs,description,specialty_cohort,procedure_or_diagnosis",
        *("167,x,Surgery/Gynecology,Procedure", "1,x,Medicine,Diagnosis"),
    )
    chronic = write(
        tmp_path / "chronic_conditions.csv",
        "condition_column_name,inclusion_type,code_system,code",
        *("diabetes,Include,ICD-10-CM,E119", "diabetes,Exclude,ICD-10-CM,E118", "opioid,Include,NDC,00093572156"),
    )
    made = {one.name: parts(one) for one in find([exclusions, surgery, cohorts, chronic], "2022")}
    assert {name: set(found[0].codes) for name, (found, _, _) in made.items()} == {
        "hwr-exclusions": {("11", "cancer"), ("254", "rehabilitation"), ("657", "psychiatric")},
        "hwr-surgery": {("0270046", "surgery"), ("167", "surgery_ccs")},
        "chronic-conditions": {("E119", "diabetes")},
    }
    assert made["chronic-conditions"][2].folded["no part of the set"] == 2


@pytest.mark.parametrize(
    ("line", "field", "rule"),
    [
        ("I50.23,heart_failure", "code", "not a code without a dot"),
        (",heart_failure", "code", "not a code without a dot"),
        ("I5023,", "meaning", "not 1 to 200 characters"),
        ("I5023", "(row)", "2 values expected, 1 found"),
    ],
)
def test_a_set_with_a_wrong_row_is_not_sent(tmp_path: Path, line: str, field: str, rule: str) -> None:
    (one,) = find([write(tmp_path / "a.csv", "code,meaning", "E119,diabetes", line)], "1")
    made, rejections, counts = parts(one)
    assert (made, rejections) == ([], [Rejection("a.csv", 3, field, rule)])
    assert (counts.read, counts.folded) == (2, {"held back": 1})


@pytest.mark.parametrize(
    ("name", "header", "version", "sentence"),
    [
        ("a.csv", "a,b", "1", "a.csv is in no known layout of a value set"),
        ("gender.csv", "description", "1", "gender.csv is in no known layout"),
        ("A B.csv", "code,meaning", "1", "A B.csv does not name a value set"),
        ("a.csv", "code,meaning", "2022 1", "A version is 1 to 40 letters"),
    ],
)
def test_what_is_no_value_set_is_refused(tmp_path: Path, name: str, header: str, version: str, sentence: str) -> None:
    with pytest.raises(UnusableFile, match=sentence):
        find([write(tmp_path / name, header)], version)


def test_a_folder_without_any_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "gender.csv", "description", "male")
    with pytest.raises(UnusableFile, match="no file with a value set"):
        find([tmp_path], "1")


def test_the_published_folders_give_every_set(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PART_CODES", 5_000)
    found = {one.name: parts(one) for one in find([data / "tuva_terminology_2022"], "2022")}
    assert {name: sum(len(part.codes) for part in made) for name, (made, _, _) in found.items()} == {
        "planned-readmission": 65 + 80 + 2 + 3 + 12_333 + 2_521,
        "hwr-exclusions": 35 + 1 + 11,
        "hwr-surgery": 1_676 + 89,
        "chronic-conditions": 6_093,
    }
    assert not any(rejections for _, rejections, _ in found.values())
