"""Files come in any of CMS's encodings, packed or not, and one bad line costs one line."""

import gzip
from pathlib import Path

import pytest

from shared.feeds.rows import Rejection, UnusableFile
from shared.feeds.tables import open_table
from tests.feeds.support import write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_name_with_an_accent_is_read_in_every_encoding(tmp_path: Path, encoding: str, packed: bool) -> None:
    path = write(tmp_path / "homes.csv", "ccn,name", "015009,Doña Ana Manor", encoding=encoding, packed=packed)
    table = open_table(path)
    assert table.columns == ("ccn", "name")
    assert list(table.rows()) == [(2, ["015009", "Doña Ana Manor"])]


def test_line_numbers_are_those_of_an_editor(tmp_path: Path) -> None:
    path = tmp_path / "homes.csv"
    path.write_bytes(b'\r\nccn,name\r\n1,"a, b"\r\n\r\n2,c')
    assert list(open_table(path).rows()) == [(3, ["1", "a, b"]), (5, ["2", "c"])]


def test_a_bad_line_does_not_take_its_neighbours_along(tmp_path: Path) -> None:
    path = write(tmp_path / "homes.csv", "ccn,name", '1,"never closed', "2,b", "3", "4,a,b", "5,\x00", "6,f")
    found = list(open_table(path).rows())
    assert [values for _, values in found if not isinstance(values, Rejection)] == [["2", "b"], ["6", "f"]]
    assert [values[1:] for _, values in found if isinstance(values, Rejection)] == [
        (2, "(row)", "quotes do not match"),
        (4, "(row)", "2 values expected, 1 found"),
        (5, "(row)", "2 values expected, 3 found"),
        (6, "(row)", "contains a NUL character"),
    ]


def test_an_unusable_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    empty = write(tmp_path / "empty.csv", "", "  ")
    with pytest.raises(UnusableFile, match="is empty or has no header"):
        open_table(empty)
    cut = tmp_path / "cut.csv.gz"
    cut.write_bytes(gzip.compress(b"ccn,name\n" * 1000)[:-20])
    with pytest.raises(UnusableFile, match="damaged or cut-off gzip"):
        open_table(cut)
    with pytest.raises(UnusableFile, match=r"none\.csv cannot be read: No such file"):
        open_table(tmp_path / "none.csv")
    with pytest.raises(UnusableFile, match="cannot be read: Is a directory"):
        open_table(tmp_path)
