"""Files of CMS's payment programs become scores; what cannot be is named by line, column and rule."""

import datetime as dt
import json
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.compiled_scores import SCORES
from shared.feeds.rows import Folded, Outcome, Rejection, Row, UnusableFile
from shared.feeds.scores.files import open_scores
from tests.feeds.support import sorted_out, write

AS_OF = dt.date(2024, 3, 1)
HRRP = (
    "Facility Name,Facility ID,State,Measure Name,Number of Discharges,Footnote,Excess Readmission Ratio,"
    "Predicted Readmission Rate,Expected Readmission Rate,Number of Readmissions,Start Date,End Date"
)
# CMS, FY 2024 Hospital Readmissions Reduction Program
HF = "SOUTHEAST,010001,AL,READM-30-HF-HRRP,616,,1.1003,23.1263,21.0184,149,07/01/2019,06/30/2022"
HAC = (
    "Facility ID,State,Fiscal Year,PSI 90 Composite Value,PSI 90 W Z Score,CLABSI SIR,CLABSI W Z Score,CAUTI SIR,"
    "CAUTI W Z Score,SSI SIR,SSI W Z Score,CDI SIR,CDI W Z Score,MRSA SIR,MRSA W Z Score,Total HAC Score,"
    "Payment Reduction"
)
# CMS, FY 2024 HAC Reduction Program
REDUCED = "010005,AL,2024,0.9975,0.0239,2.349,2.2883,0.664,-0.0616,1.522,1.1335,0.487,0.0436,0.531,-0.5591,0.4781,Yes"
SAFETY = (
    "Fiscal Year,Facility ID,State,HAI-2 Achievement Threshold,HAI-2 Benchmark,HAI-2 Baseline Rate,"
    "HAI-2 Performance Rate,HAI-2 Achievement Points,HAI-2 Improvement Points,HAI-2 Measure Score,"
    "Combined SSI Measure Score"
)
# CMS, hvbp_safety, fiscal year 2024
CAUTI = "2024,010001,AL,0.650,0.000,0.324,0.437,3 out of 10,0 out of 9,3 out of 10,1 out of 10"
TOTAL = (
    "Fiscal Year,Facility ID,State,Unweighted Normalized Clinical Outcomes Domain Score,"
    "Unweighted Person And Community Engagement Domain Score,Unweighted Normalized Safety Domain Score,"
    "Unweighted Normalized Efficiency And Cost Reduction Domain Score,Total Performance Score"
)
# CMS, hvbp_tps, fiscal year 2024
TPS = "2024,010001,AL,38.333333333333,16.000000000000,8.000000000000,0.000000000000,15.583333333333"


def read(tmp_path: Path, *lines: str) -> list[Outcome]:
    return list(open_scores(write(tmp_path / "scores.csv", *lines), AS_OF)())


def told(outcome: Outcome) -> Any:
    assert isinstance(outcome, Row)
    return SCORES[outcome.wire_type](outcome.value)


def test_readmissions_of_a_condition_are_read_with_the_year_they_are_paid_for(tmp_path: Path) -> None:
    record = told(read(tmp_path, HRRP, HF)[0])
    assert (record.ccn, record.fiscal_year, record.condition, record.version) == ("010001", 2024, "HF", 20240301)
    assert (record.predicted, record.expected, record.ratio) == ("23.1263", "21.0184", "1.1003")
    assert (record.discharges, record.readmissions, record.last) == (616, 149, dt.date(2022, 6, 30))
    later = told(read(tmp_path, HRRP, HF.replace("07/01/2019,06/30/2022", "7/1/2020,6/30/2023"))[0])
    assert later.fiscal_year == 2025


def test_small_numbers_are_no_value_and_a_missing_ratio_takes_back(tmp_path: Path) -> None:
    few = HF.replace(",616,", ",N/A,").replace(",149,", ",Too Few to Report,")
    none = "SOUTHEAST,010001,AL,READM-30-AMI-HRRP,N/A,5,N/A,N/A,N/A,N/A,07/01/2019,06/30/2022"
    first, second = map(told, read(tmp_path, HRRP, few, none))
    assert (first.action, first.discharges, first.readmissions, first.ratio) == ("original", None, None, "1.1003")
    assert (second.action, second.condition, second.ratio) == ("cancel", "AMI", None)


def test_a_total_score_of_harm_is_read_with_its_signs(tmp_path: Path) -> None:
    record = told(read(tmp_path, HAC, REDUCED)[0])
    assert (record.fiscal_year, record.clabsi, record.mrsa_z) == (2024, "2.349", "-0.5591")
    assert (record.total, record.reduced) == ("0.4781", True)
    unsaid = told(read(tmp_path, HAC, REDUCED.replace("0.4781,Yes", "N/A,N/A"))[0])
    assert (unsaid.total, unsaid.reduced, unsaid.action) == (None, None, "original")


def test_measures_and_totals_of_purchasing_are_read(tmp_path: Path) -> None:
    rows = read(tmp_path, SAFETY, CAUTI)
    assert [row.further for row in rows if isinstance(row, Row)] == [False, True]
    measure, combined = map(told, rows)
    assert (measure.measure, measure.performance, measure.achievement, measure.score) == ("HAI-2", "0.437", 3, 3)
    assert (combined.measure, combined.score, combined.threshold) == ("SSI", 1, None)
    total = told(read(tmp_path, TOTAL, TPS)[0])
    assert (total.clinical_outcomes, total.safety, total.total) == (
        "38.333333333333",
        "8.000000000000",
        "15.583333333333",
    )


@pytest.mark.parametrize(
    ("header", "line", "column", "rule"),
    [
        (HRRP, HF.replace("010001", "01000X1"), "FACILITY ID", "not six digits or capital letters"),
        (HRRP, HF.replace("HF-HRRP", "HF"), "MEASURE NAME", "no measure of the program"),
        (HRRP, HF.replace("-HF-", "-XYZ-"), "MEASURE NAME", "none of the known values"),
        (HRRP, HF.replace("06/30/2022", "12/01/2019"), "END DATE", "not 30 June, so that the fiscal year is not known"),
        (HRRP, HF.replace("07/01/2019", "07/2019"), "START DATE", "not a day as month/day/year or YYYY-MM-DD"),
        (HRRP, HF.replace("07/01/2019", "07/01/2022"), "END DATE", "is before the first day"),
        (HRRP, HF.replace("23.1263", "-23.1263"), "PREDICTED READMISSION RATE", "below zero"),
        (HRRP, HF.replace("23.1263", "N/A"), "PREDICTED READMISSION RATE", "is missing"),
        (HRRP, HF.replace("21.0184", "0"), "EXPECTED READMISSION RATE", "lies above 0 and at most at 100 percent"),
        (HRRP, HF.replace("1.1003", "1.1006"), "EXCESS READMISSION RATIO", "differs from predicted over expected"),
        (HRRP, HF.replace(",149,", ",617,"), "NUMBER OF READMISSIONS", "is more than there were discharges"),
        (HAC, REDUCED.replace("Yes", "1"), "PAYMENT REDUCTION", "neither Yes nor No"),
        (HAC, REDUCED.replace("2.349", "-2.349"), "CLABSI SIR", "below zero"),
        (HAC, REDUCED.replace(",2024,", ",,"), "FISCAL YEAR", "missing"),
        (HAC, REDUCED.replace(",2024,", ",24,"), "FISCAL YEAR", "below the lowest possible value"),
        (SAFETY, CAUTI.replace("3 out of 10,0", "3,0"), "HAI-2 ACHIEVEMENT POINTS", "not points out of 10"),
        (SAFETY, CAUTI.replace("0 out of 9", "0 out of 10"), "HAI-2 IMPROVEMENT POINTS", "not points out of 9"),
        (
            SAFETY,
            CAUTI.replace("9,3 out", "9,4 out"),
            "HAI-2 MEASURE SCORE",
            "is not the better of achievement and improvement",
        ),
        (SAFETY, CAUTI.replace(",1 out", ",11 out"), "COMBINED SSI MEASURE SCORE", "above the highest possible value"),
        (TOTAL, TPS.replace("8.0000", "x"), "UNWEIGHTED NORMALIZED SAFETY DOMAIN SCORE", "not a decimal number"),
    ],
)
def test_a_wrong_row_is_named_by_column_and_rule_and_gives_no_record(
    tmp_path: Path, header: str, line: str, column: str, rule: str
) -> None:
    sound = {HRRP: HF, HAC: REDUCED, SAFETY: CAUTI, TOTAL: TPS}[header]
    outcomes = read(tmp_path, header, line, sound)
    assert outcomes[0] == Rejection("scores.csv", 2, column, rule)
    assert all(isinstance(one, Row) for one in outcomes[1:])


def test_a_repeated_line_is_folded_and_a_different_one_of_the_same_hospital_rejected(tmp_path: Path) -> None:
    rows = read(tmp_path, SAFETY, CAUTI, CAUTI, CAUTI.replace("0.437", "0.440"))
    assert [type(row) for row in rows] == [Row, Row, Folded, Rejection]
    assert rows[-1] == Rejection("scores.csv", 4, "FACILITY ID", "a second, different row of this hospital and score")


def test_another_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="no hospital file of the programs"):
        open_scores(write(tmp_path / "a.csv", "Facility ID,Score", "010001,1"), AS_OF)


# Rows of each file, records made of them, and records that take back: how often the files say "Not Available" or "N/A".
REAL = [
    ("hospital_readmissions_hrrp/FY_2024_Hospital_Readmissions_Reduction_Program_Hospital", 18774, 18774, 6697),
    ("hospital_readmissions_hrrp/FY_2025_Hospital_Readmissions_Reduction_Program_Hospital", 18510, 18510, 6583),
    ("hospital_hac_hvbp_fy2024/FY_2024_HAC_Reduction_Program_Hospital", 3129, 3129, 0),
    ("hospital_hac_hvbp_fy2024/hvbp_safety", 2474, 7 * 2474, 600 + 447 + 751 + 760 + 1868 + 822 + 37),
    ("hospital_hac_hvbp_fy2024/hvbp_clinical_outcomes", 2474, 6 * 2474, 721 + 80 + 63 + 362 + 1625 + 823),
    ("hospital_hac_hvbp_fy2024/hvbp_tps", 2474, 2474, 0),
]


@pytest.mark.parametrize(("name", "read_rows", "records", "cancels"), REAL)
def test_every_row_of_cms_files_is_taken(data: Path, name: str, read_rows: int, records: int, cancels: int) -> None:
    rows, rejections, folded, counts = sorted_out(open_scores(data / f"{name}.csv.gz", AS_OF)())
    assert (counts.read, len(rows), rejections, folded) == (read_rows, records, [], [])
    actions = Counter(json.loads(row.value)["action"] for row in rows)
    assert actions["cancel"] == cancels
    for row in rows[:: max(1, len(rows) // 200)]:
        record = told(row)
        if getattr(record, "ratio", None):
            assert abs(Fraction(record.predicted) / Fraction(record.expected) - Fraction(record.ratio)) < Fraction(
                1, 10_000
            )
