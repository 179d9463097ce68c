"""A facility's own monthly counts are read by whose they are; what cannot be is named by line, column and rule."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.compiled_counts import HOME_COUNTS, HOSPITAL_COUNTS
from shared.feeds import counts
from shared.feeds.rows import Outcome, Rejection, Row, UnusableFile
from tests.feeds.support import write

TODAY = dt.date(2018, 6, 15)
HEADER = "ccn,measure,month,numerator,denominator,version,action"
STAFF = "365001,staff-stability,2018-03,60,80,,"
FALLS = "360001,harm-fall,2018-03,5,1000,,"


def read(tmp_path: Path, *lines: str, header: str = HEADER) -> list[Outcome]:
    return list(counts.read(counts.open_counts(write(tmp_path / "counts.csv", header, *lines)), TODAY))


def told(outcome: Outcome) -> Any:
    assert isinstance(outcome, Row)
    return {**HOME_COUNTS, **HOSPITAL_COUNTS}[outcome.wire_type](outcome.value)


def test_counts_go_to_the_topic_of_who_counted(tmp_path: Path) -> None:
    rows = read(tmp_path, STAFF, FALLS)
    assert [row.topic for row in rows if isinstance(row, Row)] == [
        "qio.feeds.home-counts.v1",
        "qio.feeds.hospital-counts.v1",
    ]
    home, hospital = map(told, rows)
    assert (home.ccn, home.month, home.numerator, home.denominator, home.version) == ("365001", "2018-03", 60, 80, 1)
    assert (hospital.measure, hospital.action) == ("harm-fall", "original")


def test_a_denominator_that_is_not_known_is_none_and_a_correction_has_its_version(tmp_path: Path) -> None:
    first, second, third = map(
        told,
        read(
            tmp_path, STAFF.replace(",80,", ",,"), STAFF[:-1] + "2,adjust", "365001,staff-stability,2018-03,,,3,cancel"
        ),
    )
    assert (first.denominator, second.denominator) == (None, 80)
    assert [(one.version, one.action) for one in (second, third)] == [(2, "adjust"), (3, "cancel")]
    (without,) = map(told, read(tmp_path, "365001,staff-stability,2018-03,60,80", header=HEADER[:-15]))
    assert (without.version, without.action) == (1, "original")


@pytest.mark.parametrize(
    ("line", "column", "rule"),
    [
        (STAFF.replace("365001", "3650011"), "CCN", "not six digits or capital letters"),
        (STAFF.replace("staff-stability", "harm-fall"), "MEASURE", "none of the known values"),
        (FALLS.replace("harm-fall", "staff-stability"), "MEASURE", "none of the known values"),
        (STAFF.replace("2018-03", "2018-13"), "MONTH", "not written as this field is"),
        (STAFF.replace("2018-03", "Mar 18"), "MONTH", "not written as this field is"),
        (STAFF.replace("2018-03", "2018-07"), "MONTH", "lies in the future"),
        (STAFF.replace(",60,", ",,"), "NUMERATOR", "is missing"),
        (STAFF.replace(",60,", ",-1,"), "NUMERATOR", "below zero"),
        (STAFF.replace(",60,", ",60.5,"), "NUMERATOR", "not a whole number"),
        (STAFF.replace(",60,", ",81,"), "NUMERATOR", "is above the denominator"),
        ("365001,catheter-infections,2018-03,3,2,,", "NUMERATOR", "is above the denominator"),
        (STAFF.replace(",80,", ",eighty,"), "DENOMINATOR", "not a whole number"),
        (STAFF[:-1] + "0,", "VERSION", "below the lowest possible value"),
        (STAFF + "undo", "ACTION", "none of the known values"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_by_column_and_rule_and_its_neighbour_goes_on(
    tmp_path: Path, line: str, column: str, rule: str
) -> None:
    wrong, right = read(tmp_path, line, STAFF)
    assert wrong == Rejection("counts.csv", 2, column, rule)
    assert isinstance(right, Row)


def test_more_harms_than_discharges_can_be(tmp_path: Path) -> None:
    assert told(read(tmp_path, FALLS.replace(",1000,", ",4,"))[0]).numerator == 5


def test_another_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="with the columns ccn, measure, month, numerator, denominator"):
        counts.open_counts(write(tmp_path / "a.csv", "ccn,month", "365001,2018-03"))
