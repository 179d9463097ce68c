"""Real files where this machine has them, and a key to refer to people by."""

import os
from pathlib import Path

import pytest

from shared.feeds.reference import Reference

_BESIDE = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real public files (``QIO_DATA``, else beside the project); they are no part of the project."""
    folder = Path(os.environ.get("QIO_DATA", _BESIDE))
    if not folder.is_dir():
        pytest.skip("the real public files are not on this machine")
    return folder


@pytest.fixture
def reference() -> Reference:
    """A reference with a key of the tests."""
    return Reference(bytes(range(32)))
