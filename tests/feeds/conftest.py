"""Real files where this machine has them, and a key to refer to people by."""

from pathlib import Path

import pytest

from shared.feeds.reference import Reference
from tests.support.data import real_data


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real public files; they are no part of the project."""
    folder = real_data()
    if folder is None:
        pytest.skip(
            "counts and quirks of the real files are facts of those files; readers are tested on made-up ones too"
        )
    return folder


@pytest.fixture
def reference() -> Reference:
    """A reference with a key of the tests."""
    return Reference(bytes(range(32)))
