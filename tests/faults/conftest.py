"""The platforms that faults are tried on, and one line of JSON for each fault at the end of the run."""

import json
from collections.abc import Callable, Iterator

import pytest

from tests.faults.evidence import Findings
from tests.faults.rounds import Rounds
from tests.support.platform import Trial, running_platform

_LINES: list[str] = []

Report = Callable[..., None]


@pytest.fixture(scope="session")
def report() -> Report:
    """Note one fault: its id, what was done, what was found, and the seconds until all was worked off."""

    def note(fault: str, what: str, found: Findings, seconds: float, **more: object) -> None:
        line = {"id": fault, "what": what, "lost": found.lost, "double": found.double, "recovery_s": round(seconds, 2)}
        _LINES.append(json.dumps({**line, **more}))

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each fault."""
    if _LINES:
        terminalreporter.section("faults")
        for line in _LINES:
            terminalreporter.write_line(line)


@pytest.fixture(scope="package")
def trial() -> Iterator[Trial]:
    """A platform that faults are tried on one after another; each leaves it whole."""
    with running_platform() as running:
        yield running


@pytest.fixture(scope="package")
def rounds(trial: Trial) -> Rounds:
    """The rounds played on the platform, one after another."""
    return Rounds(trial)


@pytest.fixture(scope="module")
def own_trial() -> Iterator[Trial]:
    """A platform for faults that leave traces, such as dead letters."""
    with running_platform() as running:
        yield running
