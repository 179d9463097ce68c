"""MDS records of residents, in CSV and JSON lines, become records; what is wrong is named by place and rule only."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.compiled_residents import RESIDENTS
from shared.contracts.residents import ITEMS, ResidentAssessed, ResidentMoved
from shared.feeds.reference import Reference
from shared.feeds.residents import files
from shared.feeds.residents.records import HEAD
from shared.feeds.rows import Rejection, UnusableFile
from tests.feeds.support import sorted_out, write

TODAY = dt.date(2018, 12, 31)
QUARTERLY = {
    "RESIDENT": "R-1", "RECORD": "77", "A0100B": "365001", "A0050": "1",
    "A0310A": "02", "A0310B": "99", "A0310F": "99", "A1600": "20180101", "A2300": "20180401",
    "G0110A1": "3", "M0210": "1", "M0300B1": "0", "M0300C1": "2", "M0300D1": "-", "J1900C": "^", "C0500": "15",
}  # fmt: skip


def as_csv(*rows: dict[str, str]) -> list[str]:
    columns = list(dict.fromkeys([*HEAD, *(name for row in rows for name in row)]))
    return [",".join(columns), *(",".join(row.get(column, "") for column in columns) for row in rows)]


def read(tmp_path: Path, reference: Reference, *rows: dict[str, Any], name: str = "a.csv") -> list[Any]:
    lines = as_csv(*rows) if name.endswith("csv") else [json.dumps(row) for row in rows]
    return list(files.read(files.open_residents(write(tmp_path / name, *lines)), reference, TODAY))


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_an_assessment_is_read_with_its_answers_and_without_what_was_not_asked(
    tmp_path: Path, reference: Reference, name: str
) -> None:
    (row,) = read(tmp_path, reference, QUARTERLY, name=name)
    assert (row.topic, row.key, row.repaired) == ("qio.feeds.residents.v1", "365001", False)
    told = ResidentAssessed.model_validate_json(row.value)
    assert (told.version, told.action, told.A2300) == (1, "original", dt.date(2018, 4, 1))
    answered = {item: getattr(told, item) for item in ITEMS if getattr(told, item) is not None}
    assert answered == {"G0110A1": 3, "M0210": 1, "M0300B1": 0, "M0300C1": 2, "C0500": 15}
    assert RESIDENTS[row.wire_type](row.value).M0300C1 == 2


def test_numbers_of_json_are_read_as_text_is(tmp_path: Path, reference: Reference) -> None:
    in_text, in_numbers = (
        read(tmp_path, reference, row, name="a.jsonl")
        for row in (QUARTERLY, QUARTERLY | {"A0050": 1, "G0110A1": 3, "C0500": 15, "A0310A": "02", "M0300D1": None})
    )
    assert in_text == in_numbers


def test_people_are_told_by_references_that_differ_between_homes(tmp_path: Path, reference: Reference) -> None:
    rows, *_ = sorted_out(read(tmp_path, reference, QUARTERLY, QUARTERLY | {"A0100B": "365002"}))
    assert all(b"R-1" not in row.value and b'"77"' not in row.value for row in rows)
    one, other = (ResidentAssessed.model_validate_json(row.value) for row in rows)
    assert one.resident == reference.resident("365001", "R-1") != other.resident
    assert one.record != other.record


def test_modification_and_inactivation_are_later_versions_of_one_record(tmp_path: Path, reference: Reference) -> None:
    changed = QUARTERLY | {"A0050": "2", "X0800": "01", "M0300C1": "0"}
    gone = {name: QUARTERLY[name] for name in ("RESIDENT", "RECORD", "A0100B")} | {
        "A0050": "3", "X0800": "02", "X0600A": "02", "X0600B": "99", "X0600F": "99", "X0700A": "20180401"
    }  # fmt: skip
    rows, rejections, *_ = sorted_out(read(tmp_path, reference, QUARTERLY, changed, gone))
    assert not rejections
    told = [ResidentAssessed.model_validate_json(row.value) for row in rows]
    assert [(one.version, one.action, one.M0300C1) for one in told] == [
        (1, "original", 2),
        (2, "adjust", 0),
        (3, "cancel", None),
    ]
    assert len({one.record for one in told}) == 1


@pytest.mark.parametrize(
    ("cells", "kind", "on"),
    [
        ({"A0310F": "01", "A1600": "2018-03-05"}, "01", dt.date(2018, 3, 5)),
        ({"A0310F": "12", "A2000": "2018-03-06"}, "12", dt.date(2018, 3, 6)),
        ({"A0310F": "10", "A2000": "2018-03-07"}, "10", dt.date(2018, 3, 7)),
    ],
)
def test_tracking_records_tell_a_move(
    tmp_path: Path, reference: Reference, cells: dict[str, str], kind: str, on: dt.date
) -> None:
    head = {name: QUARTERLY[name] for name in ("RESIDENT", "RECORD", "A0100B", "A0050")}
    (row,) = read(tmp_path, reference, head | cells)
    told = ResidentMoved.model_validate_json(row.value)
    assert (told.A0310F, told.on) == (kind, on)
    assert RESIDENTS[row.wire_type](row.value).on == on


def test_a_discharge_with_an_assessment_is_one_record_of_both(tmp_path: Path, reference: Reference) -> None:
    (row,) = read(tmp_path, reference, QUARTERLY | {"A0310F": "11", "A2000": "2018-04-02"})
    told = ResidentAssessed.model_validate_json(row.value)
    assert (told.A0310A, told.A0310F) == ("02", "11")
    assert str(told.A2000) == "2018-04-02"


def test_a_code_that_lost_its_zero_is_mended_and_counted(tmp_path: Path, reference: Reference) -> None:
    *_, counts = sorted_out(read(tmp_path, reference, QUARTERLY | {"A0310A": "2"}, QUARTERLY))
    assert (counts.records, counts.repaired) == (2, 1)


NOT_WHOLE = "not a whole number of one or two digits"
CORRECTION = "a modified or inactivated record has a correction number from 1 on, a new one has none"


@pytest.mark.parametrize(
    ("cells", "field", "rule"),
    [
        ({"RESIDENT": ""}, "RESIDENT", "missing"),
        ({"RECORD": ""}, "RECORD", "missing"),
        ({"A0100B": "36501"}, "A0100B", "not a certification number of six digits or capital letters"),
        ({"A0050": "4"}, "A0050", "neither 1 (new), 2 (modified) nor 3 (inactivated)"),
        ({"X0800": "1"}, "X0800", CORRECTION),
        ({"A0050": "2"}, "X0800", CORRECTION),
        ({"A0310A": "07"}, "A0310A", "not a code of this item"),
        ({"A0310F": "13"}, "A0310F", "not a code of this item"),
        ({"A2300": "04/01/2018"}, "A2300", "not a date as YYYY-MM-DD or YYYYMMDD"),
        ({"A2300": "2018-02-29"}, "A2300", "not a day of the calendar"),
        ({"A2300": "2019-01-01"}, "A2300", "lies in the future"),
        ({"A2300": "2010-09-30", "A1600": ""}, "A2300", "is before 1 October 2010, when MDS 3.0 began"),
        ({"A2300": ""}, "A2300", "missing"),
        ({"A0310F": "01", "A1600": ""}, "A1600", "missing"),
        ({"A0310F": "01", "A1600": "1949-12-31"}, "A1600", "is before 1950"),
        ({"A1600": "2018-04-02"}, "A1600", "is after the assessment or the discharge"),
        ({"A2000": "2018-04-02"}, "A2000", "belongs to a discharge (A0310F 10 or 11), and to nothing else"),
        ({"A0310F": "10"}, "A2000", "belongs to a discharge (A0310F 10 or 11), and to nothing else"),
        ({"G0110A1": "5"}, "G0110A1", "not a code of this item"),
        ({"M0300C1": "10"}, "M0300C1", "above the highest code of this item"),
        ({"M0300C1": "two"}, "M0300C1", NOT_WHOLE),
        ({"M0300C1": "-1"}, "M0300C1", NOT_WHOLE),
        ({"C0500": "16"}, "C0500", "is above 15, its highest score"),
        ({"D0600": "99"}, "D0600", "is above 30, its highest score"),
    ],
)
def test_a_wrong_row_is_named_by_place_item_and_rule_and_its_neighbours_go_on(
    tmp_path: Path, reference: Reference, cells: dict[str, str], field: str, rule: str
) -> None:
    for name in ("a.csv", "a.jsonl"):
        first, wrong, last = read(tmp_path, reference, QUARTERLY, QUARTERLY | cells, QUARTERLY, name=name)
        assert wrong == Rejection(name, 3 if name == "a.csv" else 2, field, rule)
        assert first == last


@pytest.mark.parametrize(
    ("line", "field", "rule"),
    [
        ("{", "(row)", "no JSON object"),
        ("[1]", "(row)", "no JSON object"),
        (json.dumps(QUARTERLY | {"C0500": 1.5}), "C0500", "neither text nor a whole number"),
        (json.dumps(QUARTERLY | {"C0500": True}), "C0500", "neither text nor a whole number"),
        (json.dumps(QUARTERLY | {"RESIDENT": {"name": "x"}}), "RESIDENT", "neither text nor a whole number"),
    ],
)
def test_what_json_can_do_wrong_is_named_too(
    tmp_path: Path, reference: Reference, line: str, field: str, rule: str
) -> None:
    path = write(tmp_path / "a.jsonl", json.dumps(QUARTERLY), line)
    assert list(files.read(path, reference, TODAY))[1] == Rejection("a.jsonl", 2, field, rule)


def test_another_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="neither MDS records in JSON lines nor the columns RESIDENT, RECORD"):
        files.open_residents(write(tmp_path / "a.csv", "RESIDENT,RECORD", "1,2"))
