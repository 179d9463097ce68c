"""Finds the files of a practice's health record, and reads every entry of them.

FHIR R4 in JSON: one resource on each line (bulk export), or a bundle or single resource in a file. Or the CSV tables of
a Synthea export, in a folder that has patients.csv[.gz].
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from shared.contracts.evidence import PRACTICE
from shared.feeds import tables
from shared.feeds.evidence import resources
from shared.feeds.evidence.facts import Maker
from shared.feeds.evidence.meta import Context
from shared.feeds.fhir_values import Resource, as_object, at, listed, text
from shared.feeds.lines import WHOLE_FILE, Fault
from shared.feeds.reference import Reference
from shared.feeds.rows import Outcome, Rejection, UnusableFile

SUFFIXES: Final = (".json", ".jsonl", ".ndjson")
_ENTRY: Final = "(entry)"


class Entry(NamedTuple):
    """A resource with its number in the file: of its line, or of its entry in a bundle. None is no JSON object."""

    number: int
    resource: Resource | None


def maker(practice: str, reference: Reference, today: dt.date) -> Maker:
    """What makes facts of this practice; raises UnusableFile for a number no practice can have."""
    if not re.fullmatch(PRACTICE.strip("^$"), practice):
        raise UnusableFile("A practice is named by 2 to 40 letters, digits and hyphens, such as its NPI.")
    return Maker(practice, reference, today)


def find(paths: Sequence[Path]) -> list[Path]:
    """The files, and those of the folders, in order; raises UnusableFile for a folder without any."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(one for one in path.rglob("*") if _is_fhir(one)) if path.is_dir() else [path]
        if not inside:
            raise UnusableFile(f"The folder {path.name} has no file ending in {', '.join(SUFFIXES)} or .gz of them.")
        found += inside
    return found


def survey(paths: Sequence[Path]) -> Context:
    """What the entries of all files refer to: bulk exports tell of encounters and of observations in two files."""
    context = Context()
    for path in paths:
        try:
            data = tables.decode(tables.read(path))
        except UnusableFile:
            continue  # told when the file is read
        for entry in _entries(data, context):
            if entry.resource is not None and text(entry.resource, "resourceType") == "Encounter":
                context.settings[f"Encounter/{text(entry.resource, 'id')}"] = resources.setting(entry.resource)
    return context


def read(path: Path, context: Context, maker: Maker) -> Iterator[Outcome]:
    """The outcome of every entry of a file."""
    try:
        data = tables.decode(tables.read(path))
    except UnusableFile as error:
        yield Rejection(path.name, 1, WHOLE_FILE, str(error))
        return
    for number, entry in _entries(data, context):
        if entry is None:
            yield Rejection(path.name, number, _ENTRY, "no JSON object")
            continue
        try:
            yield resources.read(entry, context, maker)
        except Fault as fault:
            yield Rejection(path.name, number, fault.column, fault.rule)


def _entries(data: str, context: Context) -> Iterator[Entry]:
    whole = _object(data)
    if whole is None:
        lines = enumerate(data.split("\n"), start=1)
        yield from (Entry(number, _object(line)) for number, line in lines if line.strip())
    elif text(whole, "resourceType") == "Bundle":
        for number, one in enumerate(listed(whole, "entry"), start=1):
            inside, address = as_object(at(one, "resource")), text(one, "fullUrl")
            if inside and not text(inside, "id"):
                inside = {**inside, "id": address.rpartition(":")[2]}  # a bundle may name its entries by address only
            if address and inside:
                context.addresses[address] = f"{text(inside, 'resourceType')}/{text(inside, 'id')}"
            yield Entry(number, inside or None)
    else:
        yield Entry(1, whole)


def _object(data: str) -> Resource | None:
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _is_fhir(path: Path) -> bool:
    return path.is_file() and path.name.lower().removesuffix(".gz").endswith(SUFFIXES)
