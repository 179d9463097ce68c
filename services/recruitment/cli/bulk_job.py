"""A bulk job: the rows it recruits, kept on disk until every one is answered, so that it can be gone on with."""

import datetime as dt
import hashlib
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self
from uuid import UUID

import orjson
from pydantic import ValidationError

from shared.cli.many import Row
from shared.cli.publish import milliseconds, uuid7
from shared.cli.wording import broken_rules
from shared.contracts.recruitment.pipeline_commands import EnrollFacility
from shared.contracts.replies import Reason
from shared.feeds.rows import Rejection, UnusableFile
from shared.feeds.tables import open_table

COLUMNS: Final = ("ccn", "recruited_on", "contact_name", "contact_email")
_CLOSED: Final = 0o600  # a contact may be named in it


@dataclass(frozen=True, slots=True)
class Job:
    """Rows in their order, with ids of commands that follow from job and line: sent again, they are no others."""

    id: UUID
    rows: tuple[Row, ...]

    def command_id(self, row: Row) -> UUID:
        """The id of a row's command. It has the job's time in it, by which services know how long to remember it."""
        digest = hashlib.sha256(f"{self.id}/{row.line}".encode()).digest()
        return uuid7(self.id.int >> 80, int.from_bytes(digest[:10]) >> 6)

    def store(self, folder: Path) -> None:
        """Write the job down, readable for its user alone."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        rows = [
            [
                row.line,
                row.key,
                row.command and row.command.model_dump(mode="json"),
                [one.model_dump() for one in row.reasons],
            ]
            for row in self.rows
        ]
        path = _path(folder, self.id)
        draft = path.with_suffix(".partial")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _CLOSED), "wb") as stream:  # noqa: PTH123
            stream.write(orjson.dumps(rows))
        draft.replace(path)

    @classmethod
    def load(cls, folder: Path, job: UUID) -> Self:
        """A job that was not finished; raises UnusableFile where there is none."""
        try:
            rows = orjson.loads(_path(folder, job).read_bytes())
        except FileNotFoundError:
            raise UnusableFile(f"There is no unfinished job {job}.") from None
        return cls(job, tuple(_row(*values) for values in rows))

    def forget(self, folder: Path) -> None:
        """Every row is answered: nothing of the job is kept."""
        _path(folder, self.id).unlink(missing_ok=True)


def new_job(rows: Sequence[Row], now: dt.datetime) -> Job:
    """A job that begins ``now`` (UTC)."""
    return Job(uuid7(milliseconds(now), secrets.randbits(74)), tuple(rows))


def from_file(path: Path, common: Mapping[str, Any]) -> list[Row]:
    """The rows of a CSV file with the column ``ccn`` and any of the others; raises UnusableFile.

    ``common`` are the fields that hold where a row says nothing else. A line that cannot be read or does not fit the
    command is a row with reasons.
    """
    table = open_table(path)
    columns = tuple(name.strip().lower() for name in table.columns)
    wrong = sorted({name for name in columns if name not in COLUMNS or columns.count(name) > 1})
    if wrong or "ccn" not in columns:
        what = f"has columns that are unknown or twice: {', '.join(wrong)}" if wrong else "has no column ccn"
        raise UnusableFile(f"{path.name} {what}. There may be {', '.join(COLUMNS)}; ccn must be.")
    return list(_rows(table.rows(), columns, common))


def _rows(
    lines: Iterator[tuple[int, list[str] | Rejection]], columns: tuple[str, ...], common: Mapping[str, Any]
) -> Iterator[Row]:
    for line, values in lines:
        if isinstance(values, Rejection):
            yield Row(line, "", None, (Reason(code="LINE", text=f"The line cannot be read: {values.rule}."),))
        else:
            given = {name: value for name, value in zip(columns, values, strict=True) if value}
            yield row_of(line, {**common, **given, "ccn": given.get("ccn", "").upper()})


def row_of(line: int, values: Mapping[str, Any]) -> Row:
    """A row of these fields."""
    ccn = str(values["ccn"])
    try:
        return Row(line, ccn, EnrollFacility.model_validate(values))
    except ValidationError as error:
        reasons = tuple(
            Reason(code="SCHEMA", field=field, text=rule) for field, rule in broken_rules(EnrollFacility, error)
        )
        return Row(line, ccn, None, reasons)


def _row(line: int, ccn: str, command: Mapping[str, Any] | None, reasons: Sequence[Mapping[str, Any]]) -> Row:
    return Row(
        line,
        ccn,
        EnrollFacility.model_validate(command) if command else None,
        tuple(map(Reason.model_validate, reasons)),
    )


def _path(folder: Path, job: UUID) -> Path:
    return folder / f"{job}.json"
