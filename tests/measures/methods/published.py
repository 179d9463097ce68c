"""Rows of published files beside the project, on machines that have them."""

import csv
import gzip
from pathlib import Path

import pytest

from tests.support.data import real_data


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a published file; without it the test is skipped, its claim then rests on the rows written down."""
    folder = real_data()
    if folder is None:
        pytest.skip(f"{Path(name).name} is a public file this machine does not have; a few of its rows are tested")
    path = folder / name
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        return list(csv.DictReader(file))
