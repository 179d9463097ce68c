"""Files and folders of notifications: which are read, in which format, and what becomes of each message."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from shared.feeds import tables
from shared.feeds.adt import fhir, hl7, v2
from shared.feeds.adt.notices import Taker
from shared.feeds.lines import Fault
from shared.feeds.rows import Outcome, Rejection, UnusableFile

SUFFIXES: Final = (".hl7", ".adt", ".json", ".ndjson")  # what of a folder is read; a file named itself may have any
_BEGINNINGS: Final = ("MSH", "FHS", "BHS")


def find(paths: Sequence[Path]) -> list[Path]:
    """The files, and those in the folders, sorted within each; raises UnusableFile for a folder without any."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in SUFFIXES)
        if not inside:
            raise UnusableFile(f"The folder {path.name} has no file ending in {', '.join(SUFFIXES)}.")
        found += inside
    return found


def read(path: Path, taker: Taker) -> Iterator[Outcome]:
    """The outcome of every message; a rejection's line is the message's number in the file, from 1.

    Raises UnusableFile for a file that is neither HL7 v2 nor FHIR in JSON (one bundle, or one on each line).
    """
    text = tables.decode(tables.read(path))
    start = text.lstrip("\ufeff\x0b \t\r\n")
    if start.startswith(_BEGINNINGS):
        return _hl7(path.name, text, taker)
    if start.startswith("{"):
        return _fhir(path.name, text, taker)
    raise UnusableFile(f"{path.name} holds neither HL7 v2 messages nor a FHIR bundle in JSON.")


def _hl7(file: str, text: str, taker: Taker) -> Iterator[Outcome]:
    for number, message in enumerate(hl7.messages(text), start=1):
        if message is None:
            yield Rejection(file, number, "MSH", "not a message header with its delimiters")
            continue
        try:
            yield v2.read(message, taker)
        except Fault as error:
            yield Rejection(file, number, error.column, error.rule)


def _fhir(file: str, text: str, taker: Taker) -> Iterator[Outcome]:
    for number, bundle in enumerate(_bundles(text), start=1):
        if bundle is None:
            yield Rejection(file, number, "(message)", "not JSON")
            continue
        try:
            yield fhir.read(bundle, taker)
        except Fault as error:
            yield Rejection(file, number, error.column, error.rule)


def _bundles(text: str) -> Iterator[object]:
    """The one document the text is, else what each line is where one is a resource; None for what is not JSON."""
    whole = _parsed(text)
    if whole is None:
        lines = [_parsed(line) for line in text.splitlines() if line.strip()]
        if any(isinstance(line, dict) and "resourceType" in line for line in lines):
            return iter(lines)
    return iter((whole,))


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
