"""A bulk job: rows as the file has them, errors by line, ids that stay when it is gone on with."""

import datetime as dt
import stat
from pathlib import Path
from typing import Any

import pytest

from services.recruitment.cli.bulk_job import Job, from_file, new_job, row_of
from shared.cli.many import Row
from shared.contracts.envelope import Envelope
from shared.contracts.recruitment.pipeline_commands import EnrollFacility
from shared.feeds.rows import UnusableFile
from shared.messaging.gate import inbox_day

NOW = dt.datetime(2026, 3, 6, 16, 30, tzinfo=dt.UTC)
COMMON: dict[str, Any] = {"actor": "cli:t", "collaborative": "NNHQCC", "recruited_on": dt.date(2015, 3, 6)}


def rows_of(folder: Path, *lines: str) -> list[Row]:
    path = folder / "homes.csv"
    path.write_text("\n".join(lines) + "\n")
    return from_file(path, COMMON)


def test_a_row_says_what_the_command_asks_for_and_the_rest_is_common(tmp_path: Path) -> None:
    first, second = rows_of(
        tmp_path,
        "CCN,recruited_on,contact_name,contact_email",
        "225009,2014-09-01,Ida Oakhanger,ida@home.example",
        "02500f,,,",
    )
    assert isinstance(first.command, EnrollFacility)
    assert isinstance(second.command, EnrollFacility)
    assert (first.line, first.key, first.command.recruited_on) == (2, "225009", dt.date(2014, 9, 1))
    assert (first.command.contact_name, first.command.contact_email) == ("Ida Oakhanger", "ida@home.example")
    assert second.key == second.command.ccn == "02500F"
    assert second.command.model_dump(exclude_defaults=True) == {**COMMON, "ccn": "02500F"}


def test_what_cannot_be_asked_has_its_line_and_every_reason_and_stops_no_other(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        "ccn,recruited_on",
        "225009,yesterday",
        "",
        "12,tomorrow",
        '"225010,2015-01-01',
        "225010,2015-01-01,more",
        "225010,2015-01-01",
    )
    wrong = [(row.line, [reason.field for reason in row.reasons]) for row in rows if row.command is None]
    assert wrong == [(2, ["recruited_on"]), (4, ["ccn", "recruited_on"]), (5, [None]), (6, [None])]
    assert [row.line for row in rows if row.command] == [7]
    texts = " ".join(reason.text for row in rows for reason in row.reasons)
    assert "quotes do not match" in texts
    assert "2 values expected, 3 found" in texts
    assert "yesterday" not in texts


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("number,recruited_on", "unknown or twice: number"),
        ("ccn,ccn", "unknown or twice: ccn"),
        ("recruited_on", "has no column ccn"),
        ("", "is empty"),
    ],
)
def test_a_file_with_other_columns_is_refused_whole(tmp_path: Path, header: str, told: str) -> None:
    with pytest.raises(UnusableFile, match=told):
        rows_of(tmp_path, header)


def test_ids_are_of_job_and_line_and_date_from_the_job() -> None:
    rows = [row_of(line, {**COMMON, "ccn": "225009"}) for line in range(2, 1_002)]
    job, another = new_job(rows, NOW), new_job(rows, NOW)
    ids = {job.command_id(row) for row in rows}
    assert len(ids) == len(rows)
    assert ids.isdisjoint({another.command_id(row) for row in rows})
    later = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
    days = {inbox_day(Envelope(one, "t", "s", later, "k", one)) for one in ids}
    assert days == {NOW.date()}  # the service knows it again on another day


def test_a_job_comes_back_from_disk_as_it_was_closed_to_others_and_is_forgotten(tmp_path: Path) -> None:
    job = new_job(rows_of(tmp_path, "ccn,contact_name", "225009,Ida Oakhanger", "12,"), NOW)
    folder = tmp_path / "bulk"
    job.store(folder)
    (path,) = folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = Job.load(folder, job.id)
    assert again == job
    assert [again.command_id(row) for row in again.rows] == [job.command_id(row) for row in job.rows]
    job.forget(folder)
    with pytest.raises(UnusableFile, match="no unfinished job"):
        Job.load(folder, job.id)
