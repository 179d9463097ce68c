"""A running platform for all tests of the command line, and the command as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.platform import Trial, running_platform

Qio = Callable[..., "subprocess.CompletedProcess[str]"]
SECONDS = 60.0


def run(*arguments: str, data_dir: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """One call of qio, as the console script makes it; without settings of the caller's environment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QIO_")}
    if data_dir is not None:
        environment["QIO_DATA_DIR"] = str(data_dir)
    return subprocess.run(
        [sys.executable, "-c", "from shared.cli.main import main; main()", *arguments],
        env={**environment, "COLUMNS": "120", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )


@pytest.fixture(scope="package")
def trial() -> Iterator[Trial]:
    """The platform; a test that stops something of it starts it again."""
    with running_platform() as running:
        yield running


@pytest.fixture
def qio(trial: Trial) -> Qio:
    """qio, speaking to the platform."""
    return lambda *arguments: run(*arguments, data_dir=trial.settings.data_dir)
