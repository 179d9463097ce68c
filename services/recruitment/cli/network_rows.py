"""Files that networks are fed by hand: who joins a cohort, and the changes of a package."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from services.recruitment.cli.steps import participant_id
from shared.cli.many import Row
from shared.cli.wording import broken_rules
from shared.contracts.recruitment.cohorts import JoinCohort
from shared.contracts.replies import Reason
from shared.feeds.rows import Rejection, UnusableFile
from shared.feeds.tables import open_table

_JOINS: Final = ("participant", "role", "joined_on")
_CHANGES: Final = ("driver", "driver_source", "change", "source")


def joins(path: Path, common: Mapping[str, Any]) -> list[Row]:
    """The rows of a CSV file with the column ``participant`` and any of the others; raises UnusableFile.

    ``common`` holds where a row says nothing else. A line that cannot be read, names one a second time or does not fit
    the command is a row with reasons.
    """
    rows: list[Row] = []
    known: set[str] = set()
    for line, values in _read(path, _JOINS, ("participant",)):
        if isinstance(values, Rejection):
            rows.append(Row(line, "", None, (_reason("LINE", f"The line cannot be read: {values.rule}."),)))
            continue
        given = {name: value for name, value in values.items() if value}
        participant = participant_id(given.pop("participant", ""))
        role = {"role": given.pop("role").upper()} if "role" in given else {}
        if participant in known:
            rows.append(Row(line, participant, None, (_reason("REPEATED", "An earlier line names it already."),)))
            continue
        known.add(participant)
        rows.append(_row(line, {**common, **given, **role, "participant": participant}))
    if not rows:
        raise UnusableFile(f"{path.name} names nobody.")
    return rows


def _row(line: int, values: Mapping[str, Any]) -> Row:
    key = str(values["participant"])
    try:
        return Row(line, key, JoinCohort.model_validate(values))
    except ValidationError as error:
        broken = broken_rules(JoinCohort, error)
        return Row(line, key, None, tuple(Reason(code="SCHEMA", field=field, text=rule) for field, rule in broken))


def _reason(code: str, text: str) -> Reason:
    return Reason(code=code, field="participant", text=text)


def drivers(path: Path) -> list[dict[str, Any]]:
    """The drivers of a change package, as a command takes them, from a CSV file with a change a line.

    Columns are driver, driver_source, change and source; a line without driver is of the one before. Raises
    UnusableFile, with the line.
    """
    found: list[dict[str, Any]] = []
    for line, values in _read(path, _CHANGES, _CHANGES):
        if isinstance(values, Rejection):
            raise UnusableFile(f"{path.name}, line {line}: {values.rule}.")
        if values["driver"] and (not found or found[-1]["name"] != values["driver"]):
            found.append({"name": values["driver"], "source": values["driver_source"], "changes": []})
        if not found:
            raise UnusableFile(f"{path.name}, line {line}: the first line says its driver.")
        found[-1]["changes"].append({"text": values["change"], "source": values["source"]})
    if not found:
        raise UnusableFile(f"{path.name} has no changes.")
    return found


def _read(
    path: Path, columns: Sequence[str], needed: Sequence[str]
) -> Iterator[tuple[int, dict[str, str] | Rejection]]:
    table = open_table(path)
    names = tuple(name.strip().lower() for name in table.columns)
    wrong = sorted({name for name in names if name not in columns or names.count(name) > 1})
    missing = [name for name in needed if name not in names]
    if wrong or missing:
        what = f"columns that are unknown or twice: {', '.join(wrong)}" if wrong else f"no column {missing[0]}"
        raise UnusableFile(f"{path.name} has {what}. There may be {', '.join(columns)}.")
    for line, values in table.rows():
        yield line, values if isinstance(values, Rejection) else dict(zip(names, values, strict=True))
