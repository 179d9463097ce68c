"""Files of infections become counts and surveys; what cannot be is named by line, column and rule."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.compiled_infections import INFECTIONS
from shared.feeds.infections.files import open_infections
from shared.feeds.infections.hospital_compare import COMPUTED, PART, WITH_REJECTED, Vintage
from shared.feeds.rows import Folded, Outcome, Rejection, Row, UnusableFile
from tests.feeds.support import sorted_out, write

TODAY = dt.date(2024, 6, 1)
OLD = "Provider ID,State,Measure ID,Compared to National,Score,Footnote,Measure Start Date,Measure End Date"
NEW = "Facility ID,State,Measure ID,Compared to National,Score,Footnote,Start Date,End Date"
OWN = "ccn,infection,location,period,baseline,observed,predicted,exposure,patient_days,unit,source,version,action"
ICU = "361301,CLABSI,ICU,2023-03,2022,1,,90,200,IN:ACUTE:CC:MS,,,"
SURVEY = "ccn,year,kind,patient_days,admissions,beds,icu_beds,version,action"


def of_cms(header: str, *rows: str) -> tuple[str, ...]:
    """Rows of measure id and score, of one hospital and the year 2015."""
    cells = (row.split("=") for row in rows)
    return header, *(f"330003,NY,{name},,{score},,01/01/2015,12/31/2015" for name, score in cells)


def read(tmp_path: Path, *lines: str, vintage: Vintage | None = None) -> list[Outcome]:
    path = write(tmp_path / "hai.csv", *lines)
    return list(open_infections(path, vintage or Vintage(dt.date(2017, 3, 9)), TODAY)())


def told(outcome: Outcome) -> Any:
    assert isinstance(outcome, Row)
    return INFECTIONS[outcome.wire_type](outcome.value)


@pytest.mark.parametrize(
    ("header", "days", "limit"), [(OLD, "DOPC_DAYS", "CI_LOWER"), (NEW, "DOPC", "CILOWER")], ids=["old", "new"]
)
def test_old_and_new_ids_make_the_same_record(tmp_path: Path, header: str, days: str, limit: str) -> None:
    rows = (f"HAI_1_{days}=2436", "HAI_1_ELIGCASES=1.640", "HAI_1_NUMERATOR=4", "HAI_1_SIR=2.439", f"HAI_1_{limit}=.8")
    records, rejections, folded, _ = sorted_out(read(tmp_path, *of_cms(header, *rows)))
    assert not rejections
    assert sorted(one.why for one in folded) == sorted([COMPUTED, COMPUTED, PART, PART])
    (record,) = map(told, records)
    assert (record.ccn, record.infection, record.location) == ("330003", "CLABSI", "FACILITY")
    assert (record.period, record.source, record.version) == ("2015-01-01/2015-12-31", "hospital_compare", 20170309)
    assert (record.observed, record.predicted, record.exposure, record.baseline) == (4, "1.640", 2436, "2006-08")


def test_what_is_not_available_takes_back_what_was_told_and_is_not_zero(tmp_path: Path) -> None:
    rows = (
        "HAI_3_NUMERATOR=Not Available",
        "HAI_3_ELIGCASES=Not Available",
        "HAI_4_NUMERATOR=0",
        "HAI_4_ELIGCASES=0.5",
    )
    first, second = map(told, sorted_out(read(tmp_path, *of_cms(OLD, *rows)))[0])
    assert (first.infection, first.action, first.observed) == ("SSI_COLO", "cancel", None)
    assert (second.infection, second.action, second.observed) == ("SSI_HYST", "original", 0)


@pytest.mark.parametrize(
    ("row", "column", "rule"),
    [
        ("HAI_1_ELIGCASES=-1.5", "SCORE", "below zero"),
        ("HAI_1_ELIGCASES=many", "SCORE", "not a decimal number"),
        ("HAI_1_NUMERATOR=-1", "SCORE", "below zero"),
        ("HAI_1_NUMERATOR=1.5", "SCORE", "not a whole number"),
        ("HAI_1_NUMERATOR=2437", "SCORE", "is more than there were days or procedures"),
        ("HAI_9_NUMERATOR=1", "MEASURE ID", "no number of infections that is known"),
        ("PSI_90_SAFETY=1", "MEASURE ID", "no number of infections that is known"),
    ],
)
def test_a_wrong_row_is_named_and_its_record_left_out_while_the_others_go_on(
    tmp_path: Path, row: str, column: str, rule: str
) -> None:
    part = row.partition("=")[0]
    sound = [one for one in ("HAI_1_DOPC_DAYS=2436", "HAI_1_NUMERATOR=4") if not one.startswith(part)]
    lines = of_cms(OLD, *sound, row, "HAI_2_NUMERATOR=1", "HAI_2_ELIGCASES=2")
    records, rejections, folded, _ = sorted_out(read(tmp_path, *lines))
    assert rejections == [Rejection("hai.csv", len(sound) + 2, column, rule)]
    assert [told(one).infection for one in records] == (["CAUTI"] if "HAI_1" in row else ["CLABSI", "CAUTI"])
    assert [one.why for one in folded].count(WITH_REJECTED) == (len(sound) if "HAI_1" in row else 0)


def test_a_number_told_twice_is_folded_and_one_told_differently_is_rejected(tmp_path: Path) -> None:
    same = read(tmp_path, *of_cms(OLD, "HAI_1_NUMERATOR=4", "HAI_1_NUMERATOR=4"))
    assert [type(one) for one in same] == [Folded, Row]
    other = read(tmp_path, *of_cms(OLD, "HAI_1_NUMERATOR=4", "HAI_1_NUMERATOR=5"))
    assert other == [
        Rejection("hai.csv", 3, "MEASURE ID", "a second, different row of this number"),
        Folded(WITH_REJECTED),
    ]


@pytest.mark.parametrize(
    ("line", "baseline", "wanted"),
    [
        ("01/01/2015,12/31/2015", None, "2006-08"),
        ("04/01/2015,03/31/2016", None, "2015"),
        ("2022-01-01,2022-12-31", None, "2015"),
        ("01/01/2022,12/31/2022", "2022", "2022"),
    ],
)
def test_the_baseline_is_that_of_the_time_or_as_said(tmp_path: Path, line: str, baseline: Any, wanted: str) -> None:
    (row,) = read(
        tmp_path, NEW, f"330003,NY,HAI_6_NUMERATOR,,3,,{line}", vintage=Vintage(dt.date(2024, 1, 1), baseline)
    )
    assert told(row).baseline == wanted


def test_a_month_is_a_month_and_a_lost_zero_comes_back(tmp_path: Path) -> None:
    (row,) = read(tmp_path, NEW, "10001,AL,HAI_6_NUMERATOR,,3,,02/01/2016,02/29/2016")
    assert (told(row).ccn, told(row).period) == ("010001", "2016-02")
    assert isinstance(row, Row)
    assert row.repaired


def test_a_hospitals_own_counts_and_survey_are_read(tmp_path: Path) -> None:
    record = told(read(tmp_path, OWN, ICU)[0])
    assert (record.source, record.version, record.action) == ("facility", 1, "original")
    assert (record.observed, record.predicted, record.exposure, record.unit) == (1, None, 90, "IN:ACUTE:CC:MS")
    survey = told(read(tmp_path, SURVEY, "361301,2023,critical_access,8900,1000,25,4,2,adjust")[0])
    assert (survey.kind, survey.patient_days, survey.admissions, survey.version) == ("critical_access", 8900, 1000, 2)


@pytest.mark.parametrize(
    ("line", "column", "rule"),
    [
        (ICU.replace("361301", "3613"), "CCN", "not six digits or capital letters"),
        (ICU.replace("CLABSI", "VAE"), "INFECTION", "none of the known values"),
        (ICU.replace("2023-03", "March"), "PERIOD", "not written as this field is"),
        (ICU.replace("2023-03", "2024-07"), "PERIOD", "lies in the future"),
        (ICU.replace("2023-03", "2023-02-01/2023-02-30"), "PERIOD", "has a day that is not in the calendar"),
        (ICU.replace("2023-03", "9999-12"), "PERIOD", "has a day that is not in the calendar"),
        (ICU.replace("2023-03", "2023-03-01/2101-01-01"), "PERIOD", "ends after 2100"),
        (ICU.replace("2022,1,", "2009,1,"), "BASELINE", "none of the known values"),
        (ICU.replace("2022,1,", "2022,,"), "OBSERVED", "is missing"),
        (ICU.replace("2022,1,", "2022,91,"), "OBSERVED", "is more than there were days or procedures"),
        (ICU.replace("2022,1,,", "2022,1,-0.5,"), "PREDICTED", "below zero"),
        (ICU.replace(",200,", ",89,"), "EXPOSURE", "has more device days than patient days"),
        (ICU.replace("MS,,", "MS,hospital_compare,"), "SOURCE", "neither nhsn nor facility"),
        (ICU[:-1] + "0,", "VERSION", "below the lowest possible value"),
        (ICU + "void", "ACTION", "none of the known values"),
    ],
)
def test_a_wrong_row_of_a_hospital_is_named_by_column_and_rule(
    tmp_path: Path, line: str, column: str, rule: str
) -> None:
    wrong, right = read(tmp_path, OWN, line, ICU)
    assert wrong == Rejection("hai.csv", 2, column, rule)
    assert isinstance(right, Row)


@pytest.mark.parametrize(
    ("line", "column", "rule"),
    [
        ("361301,2025,acute,9,9,9,9,,", "YEAR", "lies in the future"),
        ("361301,2023,acute,,9,9,9,,", "PATIENT_DAYS", "missing"),
        ("361301,2023,acute,8,9,9,9,,", "PATIENT_DAYS", "is less than a day for every admission"),
        ("361301,2023,acute,9,0,9,9,,", "ADMISSIONS", "below the lowest possible value"),
        ("361301,2023,acute,9,9,9,10,,", "ICU_BEDS", "is more than all beds"),
        ("361301,2023,spa,9,9,9,9,,", "KIND", "none of the known values"),
    ],
)
def test_a_wrong_survey_is_named_by_column_and_rule(tmp_path: Path, line: str, column: str, rule: str) -> None:
    assert read(tmp_path, SURVEY, line) == [Rejection("hai.csv", 2, column, rule)]


def test_another_file_and_one_of_cms_without_its_date_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="neither Hospital Compare's file of infections nor"):
        open_infections(write(tmp_path / "a.csv", "a,b", "1,2"), None, TODAY)
    with pytest.raises(UnusableFile, match="--as-of"):
        open_infections(write(tmp_path / "a.csv", *of_cms(NEW, "HAI_1_NUMERATOR=1")), None, TODAY)


def test_every_row_of_new_yorks_file_is_accounted_for(data: Path) -> None:
    path = data / "hai_ny_cms_2015" / "hai_hospital_ny_cy2015_counts.csv.gz"
    records, rejections, folded, counts = sorted_out(open_infections(path, Vintage(dt.date(2017, 3, 9)), TODAY)())
    # 172 hospitals x 6 infections x 3 numbers; "Not Available" stands in 149 of the 1,032 numbers of infections
    assert (counts.read, len(records), len(folded), rejections) == (3096, 1032, 2064, [])
    assert sum(told(one).action == "cancel" for one in records) == 149
