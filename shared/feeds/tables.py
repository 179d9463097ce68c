"""Opens delimited text as it comes: plain or gzip, any of the encodings CMS files have had, one line at a time."""

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shared.feeds.rows import Rejection, UnusableFile

# Far above any file of these formats; a small archive that unpacks without end stops here.
MAX_BYTES = 1 << 30

_GZIP_MAGIC = b"\x1f\x8b"
_ROW = "(row)"


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the lines after it. ``file`` is the name alone: a path may name a person."""

    file: str
    columns: tuple[str, ...]
    _lines: Iterator[tuple[int, str]]
    _delimiter: str = ","

    def rows(self) -> Iterator[tuple[int, list[str] | Rejection]]:
        """Line number (the header's is 1 where it comes first) and values, stripped; blank lines are skipped.

        Each line is parsed alone, so that a quote left open damages its own line only.
        """
        width = len(self.columns)
        for number, line in self._lines:
            if not line.strip():
                continue
            values = split(line, self._delimiter)
            if values is None:
                yield number, Rejection(self.file, number, _ROW, "quotes do not match")
            elif len(values) != width:
                yield number, Rejection(self.file, number, _ROW, f"{width} values expected, {len(values)} found")
            elif "\x00" in line:
                yield number, Rejection(self.file, number, _ROW, "contains a NUL character")
            else:
                yield number, values


def open_table(path: Path, delimiter: str = ",") -> Table:
    """Read a file whole and find its header; raises UnusableFile with a sentence that says what is wrong."""
    text = decode(read(path))
    lines = enumerate(io.StringIO(text, newline=None), start=1)
    header = next((line for _, line in lines if line.strip()), None)
    columns = split(header, delimiter) if header is not None else None
    if not columns:
        raise UnusableFile(f"{path.name} is empty or has no header line.")
    return Table(path.name, tuple(columns), lines, delimiter)


def split(line: str, delimiter: str = ",") -> list[str] | None:
    """The values of one line; None where its quotes do not match."""
    line = line.rstrip("\r\n")
    if '"' not in line:
        return [value.strip() for value in line.split(delimiter)]
    try:
        return [value.strip() for value in next(csv.reader((line,), strict=True, delimiter=delimiter))]
    except csv.Error:
        return None


def decode(data: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, else Windows-1252, which older CMS files use."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read(path: Path) -> bytes:
    """A file's bytes, unpacked where it is gzip; raises UnusableFile."""
    try:
        with path.open("rb") as stream:
            if stream.read(2) != _GZIP_MAGIC:
                stream.seek(0)
                return _limited(path, stream.read(MAX_BYTES + 1))
            stream.seek(0)
            with gzip.open(stream) as unpacked:
                return _limited(path, unpacked.read(MAX_BYTES + 1))
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise UnusableFile(f"{path.name} is a damaged or cut-off gzip file.") from None
    except OSError as error:
        raise UnusableFile(f"{path.name} cannot be read: {error.strerror or 'input error'}.") from None


def _limited(path: Path, data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise UnusableFile(f"{path.name} holds more than {MAX_BYTES >> 30} GiB, which no file of this kind does.")
    return data
