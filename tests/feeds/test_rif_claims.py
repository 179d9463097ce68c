"""RIF claims become one record for each version of a claim, whatever their lines; damage costs its own line."""

import datetime as dt
from pathlib import Path

import pytest

from shared.contracts.feeds import CareClaim, DrugFill, InpatientClaim
from shared.feeds.reference import Reference
from shared.feeds.rif import claims, fills
from tests.feeds.rif_files import FILL, STAY, Row, put
from tests.feeds.support import sorted_out

D = dt.date


def stays(folder: Path, reference: Reference, *rows: Row | str) -> list[InpatientClaim]:
    found, rejections, _, _ = sorted_out(claims.read(put(folder, "inpatient", *rows), "inpatient", reference))
    assert not rejections
    return [InpatientClaim.model_validate_json(row.value) for row in found]


def care(folder: Path, kind: str, reference: Reference, *rows: Row) -> CareClaim:
    (row,), rejections, _, _ = sorted_out(claims.read(put(folder, kind, *rows), kind, reference))
    assert not rejections
    return CareClaim.model_validate_json(row.value)


def test_a_stay_has_the_facts_of_its_lines(tmp_path: Path, reference: Reference) -> None:
    (stay,) = stays(tmp_path, reference, STAY, STAY | {"REV_CNTR": "0250"}, STAY | {"REV_CNTR": "0001"})
    assert stay == InpatientClaim(
        beneficiary=reference.beneficiary("-1"),
        claim=reference.claim("D77"),
        version=1,
        action="original",
        provider="360134",
        admission=D(2023, 2, 2),
        discharge=D(2023, 2, 9),
        status="01",
        frequency="1",
        drg="291",
        paid=561_250,
        diagnoses=("I5033", "T148XX"),
        poa="Y-",
        icd=10,
        received=D(2023, 2, 17),
    )


def test_a_principal_diagnosis_beside_the_list_goes_first_and_is_not_repeated(
    tmp_path: Path, reference: Reference
) -> None:
    listed = {"ICD_DGNS_CD1": "E119", "ICD_DGNS_CD2": "I5033", "CLM_POA_IND_SW1": "N", "CLM_POA_IND_SW2": "W"}
    (stay,) = stays(tmp_path, reference, STAY | listed)
    assert (stay.diagnoses, stay.poa) == (("I5033", "E119"), "WN")


def test_the_revision_follows_the_version_code_or_else_the_day(tmp_path: Path, reference: Reference) -> None:
    early = {"CLM_ADMSN_DT": "25-Sep-2015", "NCH_BENE_DSCHRG_DT": "30-Sep-2015", "PRNCPAL_DGNS_VRSN_CD": ""}
    cases: list[tuple[Row, int]] = [
        ({"PRNCPAL_DGNS_VRSN_CD": "9"}, 9),
        (early, 9),
        (early | {"NCH_BENE_DSCHRG_DT": "01-Oct-2015"}, 10),
    ]
    for changes, icd in cases:
        (stay,) = stays(tmp_path, reference, {**STAY, **changes})
        assert stay.icd == icd


def test_a_patient_who_has_not_left_has_the_last_day_billed(tmp_path: Path, reference: Reference) -> None:
    (stay,) = stays(tmp_path, reference, STAY | {"NCH_BENE_DSCHRG_DT": "", "PTNT_DSCHRG_STUS_CD": "30"})
    assert (stay.discharge, stay.status) == (D(2023, 2, 9), "30")


def test_adjustments_and_cancels_are_higher_versions_of_the_family_they_adjust(
    tmp_path: Path, reference: Reference
) -> None:
    again = {"CLM_ID": "-78", "FI_DOC_CLM_CNTL_NUM": "D78", "FI_ORIG_CLM_CNTL_NUM": "D77", "CLM_FREQ_CD": "7"}
    third = {"CLM_ID": "-79", "FI_DOC_CLM_CNTL_NUM": "D79", "FI_ORIG_CLM_CNTL_NUM": "D78", "FI_CLM_ACTN_CD": "4"}
    adjusted = STAY | again | {"NCH_WKLY_PROC_DT": "03-Mar-2023"}
    cancelled = STAY | third | {"NCH_WKLY_PROC_DT": "03-Mar-2023"}
    found = stays(tmp_path, reference, cancelled, adjusted, STAY)
    assert {stay.claim for stay in found} == {reference.claim("D77")}
    by_version = sorted(found, key=lambda stay: stay.version)
    assert [stay.action for stay in by_version] == ["original", "adjust", "cancel"]
    assert by_version[0].version == 1
    # The same adjustment alone in a later delivery has the same family and version.
    assert stays(tmp_path, reference, adjusted) == [by_version[1]]


def test_a_credit_goes_before_its_debit_and_a_later_cancel_after_both(tmp_path: Path, reference: Reference) -> None:
    on_one_day = [STAY | {"FI_CLM_ACTN_CD": code, "CLM_ID": f"-{code}"} for code in "234"]
    later = STAY | {"CLM_FREQ_CD": "7", "NCH_WKLY_PROC_DT": "24-Feb-2023", "CLM_ID": "-5"}
    found = stays(tmp_path, reference, later, *on_one_day)
    by_version = sorted(found, key=lambda stay: stay.version)
    assert [stay.action for stay in by_version] == ["cancel", "adjust", "cancel", "adjust"]


def test_claims_of_one_number_are_one_family_without_control_numbers(tmp_path: Path, reference: Reference) -> None:
    bare = STAY | {"FI_DOC_CLM_CNTL_NUM": ""}
    found = stays(tmp_path, reference, bare, bare | {"CLM_FREQ_CD": "8"})
    assert [(stay.claim, stay.action) for stay in found] == [
        (reference.claim("-77"), "original"),
        (reference.claim("-77"), "cancel"),
    ]


@pytest.mark.parametrize(
    ("line", "emergency", "observation"),
    [
        ({"REV_CNTR": "0450"}, True, False),
        ({"REV_CNTR": "0459"}, True, False),
        ({"REV_CNTR": "0981"}, True, False),
        ({"REV_CNTR": "0460"}, False, False),
        ({"REV_CNTR": "0762"}, False, True),
        ({"REV_CNTR": "0760", "HCPCS_CD": "G0378"}, False, True),
    ],
)
def test_one_line_makes_an_outpatient_claim_emergency_or_observation(
    tmp_path: Path, reference: Reference, line: Row, emergency: bool, observation: bool
) -> None:
    claim = care(tmp_path, "outpatient", reference, {**STAY, **line}, STAY | {"REV_CNTR": "0001"})
    assert (claim.setting, claim.emergency, claim.observation) == ("outpatient", emergency, observation)


def test_nights_of_a_hospice_patient_in_a_facility_come_from_respite_and_general_inpatient_lines(
    tmp_path: Path, reference: Reference
) -> None:
    def line(centre: str, day: str, units: str) -> Row:
        return STAY | {"REV_CNTR": centre, "REV_CNTR_DT": day, "REV_CNTR_UNIT_CNT": units}

    lines = [line("0651", "02-Feb-2023", "3"), line("0656", "05-Feb-2023", "2"), line("0655", "07-Feb-2023", "1.0")]
    claim = care(tmp_path, "hospice", reference, *lines, line("0656", "09-Feb-2023", "1"))
    assert claim.nights == ((D(2023, 2, 5), D(2023, 2, 7)), (D(2023, 2, 9), D(2023, 2, 9)))
    assert care(tmp_path, "hha", reference, *lines).nights == ()


def test_a_nursing_home_claim_ends_with_the_last_day_billed(tmp_path: Path, reference: Reference) -> None:
    claim = care(tmp_path, "snf", reference, STAY | {"NCH_BENE_DSCHRG_DT": "01-Aug-2023"})
    assert (claim.setting, claim.first, claim.last) == ("snf", D(2023, 2, 2), D(2023, 2, 9))


DAMAGED = [
    ({"BENE_ID": ""}, "BENE_ID", "missing"),
    ({"CLM_ID": ""}, "CLM_ID", "missing"),
    ({"PRVDR_NUM": ""}, "PRVDR_NUM", "missing"),
    ({"PRVDR_NUM": "60134"}, "PRVDR_NUM", "not six digits or capital letters"),
    ({"PRVDR_NUM": "1.20E+05"}, "PRVDR_NUM", "not six digits or capital letters"),
    ({"CLM_ADMSN_DT": "02-Feb-23"}, "CLM_ADMSN_DT", "not a day as DD-Mon-YYYY"),
    ({"CLM_ADMSN_DT": "31-Feb-2023"}, "CLM_ADMSN_DT", "not a day as DD-Mon-YYYY"),
    ({"CLM_ADMSN_DT": "20230202"}, "CLM_ADMSN_DT", "not a day as DD-Mon-YYYY"),
    ({"CLM_ADMSN_DT": ""}, "CLM_ADMSN_DT", "missing"),
    ({"NCH_BENE_DSCHRG_DT": "01-Feb-2023"}, "NCH_BENE_DSCHRG_DT", "before the admission"),
    ({"NCH_WKLY_PROC_DT": "00-Feb-2023"}, "NCH_WKLY_PROC_DT", "not a day as DD-Mon-YYYY"),
    ({"FI_CLM_ACTN_CD": "X"}, "FI_CLM_ACTN_CD", "not an action code (1 to 9)"),
    ({"CLM_FREQ_CD": "11"}, "CLM_FREQ_CD", "not one digit or capital letter"),
    ({"PTNT_DSCHRG_STUS_CD": "A"}, "PTNT_DSCHRG_STUS_CD", "not one or two digits"),
    ({"CLM_PMT_AMT": "1e3"}, "CLM_PMT_AMT", "not dollars and cents"),
    ({"PRNCPAL_DGNS_CD": "I50.33"}, "PRNCPAL_DGNS_CD", "not three to eight digits or capital letters"),
    ({"ICD_DGNS_CD2": "i10"}, "ICD_DGNS_CD2", "not [0-9A-Z]{3,8} without a dot"),
    ({"ICD_PRCDR_CD1": "02"}, "ICD_PRCDR_CD1", "not [0-9A-Z]{3,7} without a dot"),
    ({"CLM_POA_IND_SW1": "yes"}, "CLM_POA_IND_SW1", "not one digit or capital letter"),
    ({"PRNCPAL_DGNS_VRSN_CD": "10"}, "PRNCPAL_DGNS_VRSN_CD", "neither 0 (ICD-10) nor 9 (ICD-9)"),
    ({"REV_CNTR": "450"}, "REV_CNTR", "not four digits"),
    ({"PRVDR_NUM": "360135"}, "PRVDR_NUM", "not what the first line of the claim says"),
    ({"FI_DOC_CLM_CNTL_NUM": "D9"}, "CLM_ID", "a second, different claim of this family and version"),
]


@pytest.mark.parametrize(("changes", "field", "rule"), DAMAGED)
def test_a_damaged_line_is_named_and_the_rest_is_loaded(
    tmp_path: Path, reference: Reference, changes: Row, field: str, rule: str
) -> None:
    path = put(tmp_path, "inpatient", STAY, {**STAY, **changes}, STAY)
    rows, rejections, folded, counts = sorted_out(claims.read(path, "inpatient", reference))
    assert (len(rows), len(folded), counts.read) == (1, 1, 3)
    assert rejections == [("inpatient.csv", 3, field, rule)]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"REV_CNTR_UNIT_CNT": "two", "REV_CNTR_DT": "05-Feb-2023"}, "REV_CNTR_UNIT_CNT"),
        ({"REV_CNTR_UNIT_CNT": "400", "REV_CNTR_DT": "05-Feb-2023"}, "REV_CNTR_UNIT_CNT"),
        ({"REV_CNTR_UNIT_CNT": "2", "REV_CNTR_DT": ""}, "REV_CNTR_DT"),
    ],
)
def test_nights_that_cannot_be_told_reject_their_line(
    tmp_path: Path, reference: Reference, line: Row, field: str
) -> None:
    path = put(tmp_path, "hospice", STAY, STAY | {"REV_CNTR": "0656", **line})
    rows, rejections, _, _ = sorted_out(claims.read(path, "hospice", reference))
    assert len(rows) == 1
    assert [(bad.line, bad.field) for bad in rejections] == [(3, field)]


def test_a_cut_off_line_or_file_is_named(tmp_path: Path, reference: Reference) -> None:
    path = put(tmp_path, "inpatient", STAY, "-1|-78|3601")
    rows, rejections, _, _ = sorted_out(claims.read(path, "inpatient", reference))
    assert len(rows) == 1
    assert [(bad.line, bad.field) for bad in rejections] == [(3, "(row)")]
    packed = put(tmp_path, "inpatient", *[STAY] * 100, packed=True)
    packed.write_bytes(packed.read_bytes()[:-30])
    rows, rejections, _, counts = sorted_out(claims.read(packed, "inpatient", reference))
    assert (len(rows), counts.read) == (0, 1)
    assert rejections[0][:3] == ("inpatient.csv.gz", 1, "(file)")


def fill(folder: Path, reference: Reference, *rows: Row) -> list[DrugFill]:
    found, rejections, _, _ = sorted_out(fills.read(put(folder, "pde", *rows), reference))
    assert not rejections
    return [DrugFill.model_validate_json(row.value) for row in found]


def test_a_drug_event_is_a_fill_and_its_deletion_a_higher_version(tmp_path: Path, reference: Reference) -> None:
    adjusted = FILL | {"ADJSTMT_DLTN_CD": "A", "DAYS_SUPLY_NUM": "90", "PD_DT": "10-Feb-2023"}
    deleted = FILL | {"ADJSTMT_DLTN_CD": "D", "PD_DT": "10-Feb-2023"}
    first, second, third = fill(tmp_path, reference, FILL, adjusted, deleted, FILL)
    assert (first.fill, first.filled, first.days) == (reference.fill("-5"), D(2023, 2, 3), 30)
    assert (first.system, first.code) == ("ndc", "00093505698")
    assert [version.action for version in (first, second, third)] == ["original", "adjust", "cancel"]
    assert 1 == first.version < second.version < third.version
    assert {version.fill for version in (first, second, third)} == {first.fill}


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"PDE_ID": ""}, "PDE_ID", "missing"),
        ({"PROD_SRVC_ID": "93505698"}, "PROD_SRVC_ID", "not an NDC of eleven digits"),
        ({"DAYS_SUPLY_NUM": ""}, "DAYS_SUPLY_NUM", "missing"),
        ({"DAYS_SUPLY_NUM": "999"}, "DAYS_SUPLY_NUM", "more than 365 days"),
        ({"DAYS_SUPLY_NUM": "-3"}, "DAYS_SUPLY_NUM", "not a whole number"),
        ({"SRVC_DT": "3-Foo-2023"}, "SRVC_DT", "not a day as DD-Mon-YYYY"),
        ({"ADJSTMT_DLTN_CD": "Q"}, "ADJSTMT_DLTN_CD", "not an adjustment code (A, D, R or blank)"),
        ({"DAYS_SUPLY_NUM": "31"}, "PDE_ID", "a second, different row for this event and version"),
    ],
)
def test_a_damaged_drug_event_is_named_and_the_rest_is_loaded(
    tmp_path: Path, reference: Reference, changes: Row, field: str, rule: str
) -> None:
    path = put(tmp_path, "pde", FILL, {**FILL, **changes}, FILL)
    rows, rejections, folded, _ = sorted_out(fills.read(path, reference))
    assert len(rows) == len(folded) == 1
    assert rejections == [("pde.csv", 3, field, rule)]
