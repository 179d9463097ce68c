"""Files of value sets, one set put together from one or several of them, sent whole or not at all."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shared.contracts.feeds import VALUE_SETS, ValueSetPart
from shared.feeds.lines import Fault
from shared.feeds.rows import Folded, Outcome, Rejection, Row, UnusableFile
from shared.feeds.tables import open_table
from shared.feeds.value_sets.layouts import NAME, Entry, Layout, missing, recognise, unquoted

PART_CODES: Final = 2_000
ENDINGS: Final = ("*.csv", "*.csv.gz")

_VERSION: Final = re.compile(r"[0-9A-Za-z.-]{1,40}")
_LONGEST_SOURCE: Final = 300
_PACKED: Final = Folded("packed with others")
_REPEATED: Final = Folded("repeated")
_NO_PART: Final = Folded("no part of the set")
_HELD_BACK: Final = Folded("held back")


@dataclass(frozen=True, slots=True)
class ValueSet:
    """One version of one set and the files it comes from."""

    name: str
    version: str
    files: Sequence[tuple[Path, Layout]]

    def rows(self) -> Iterator[Outcome]:
        """The outcome of every row of its files: a record for each part, the other rows folded.

        A set with a rejected row is not sent, since a code that is missing would change results in silence.
        """
        entries: dict[Entry, None] = {}
        faults = False
        for path, layout in self.files:
            for outcome in _entries(path, layout):
                if isinstance(outcome, Entry):
                    if outcome not in entries:
                        entries[outcome] = None
                        continue
                    outcome = _REPEATED  # noqa: PLW2901 - said again, in the same or another file
                faults = faults or isinstance(outcome, Rejection)
                yield outcome
        if faults:
            yield from (_HELD_BACK for _ in entries)
            return
        yield from self._parts(sorted(entries))

    def _parts(self, entries: Sequence[Entry]) -> Iterator[Outcome]:
        starts = range(0, len(entries), PART_CODES)
        sources = "; ".join(dict.fromkeys(f"{layout.source} ({path.name})" for path, layout in self.files))
        for number, start in enumerate(starts, start=1):
            codes = entries[start : start + PART_CODES]
            part = ValueSetPart(
                name=self.name,
                version=self.version,
                part=number,
                parts=len(starts),
                source=sources[:_LONGEST_SOURCE],
                codes=tuple(codes),
            )
            yield from (_PACKED for _ in codes[1:])
            yield Row(VALUE_SETS.name, self.name, part.wire_type(), part.model_dump_json().encode())


def find(paths: Sequence[Path], version: str, name: str | None = None) -> list[ValueSet]:
    """The sets in these files and folders; raises UnusableFile for what cannot be one.

    ``name`` is the set of files in our own layout, whose names are it otherwise. Of a folder, files of no known
    layout are passed over.
    """
    if not _VERSION.fullmatch(version):
        raise UnusableFile("A version is 1 to 40 letters, digits, dots and dashes, such as 2019.1.")
    found: dict[str, list[tuple[Path, Layout]]] = defaultdict(list)
    for path in paths:
        inside = path.is_dir()
        for file in sorted({file for end in ENDINGS for file in path.glob(end)}) if inside else [path]:
            layout = recognise(file, [unquoted(column) for column in open_table(file).columns], name)
            if layout is not None:
                found[layout.set].append((file, layout))
            elif not inside:
                raise UnusableFile(f"{file.name} is in no known layout of a value set, such as columns code,meaning.")
    if not found:
        raise UnusableFile("There is no file with a value set.")
    _check(found)
    return [ValueSet(name, version, tuple(files)) for name, files in sorted(found.items())]


def _check(found: Mapping[str, Sequence[tuple[Path, Layout]]]) -> None:
    for name, files in found.items():
        if not NAME.fullmatch(name):
            raise UnusableFile(f"{files[0][0].name} does not name a value set in small letters, digits and dashes.")
        if still := missing(name, [path for path, _ in files]):
            raise UnusableFile(f"The value set {name} also needs {', '.join(still)}.")


def _entries(path: Path, layout: Layout) -> Iterator[Entry | Rejection | Folded]:
    table = open_table(path)
    columns = [unquoted(column) for column in table.columns]
    where = {column: columns.index(column) for column in layout.columns}
    for line, values in table.rows():
        if isinstance(values, Rejection):
            yield values
            continue
        try:
            entry = layout.read({column: unquoted(values[position]) for column, position in where.items()})
        except Fault as fault:
            yield Rejection(table.file, line, fault.column, fault.rule)
        else:
            yield _NO_PART if entry is None else entry
