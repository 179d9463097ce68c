"""The supervisor starts a child that ended again, waits longer each time, and stops all of them."""

import signal
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from shared.runtime import supervisor
from shared.runtime.supervisor import FIRST_DELAY, LONGEST_DELAY, STEADY_SECONDS, Child, Platform
from shared.stack.process import ServerProcess, ServerSpec

PATIENCE = 30.0


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(supervisor, "time", made)
    return made


def _child(tmp_path: Path, code: str, started: float) -> Child:
    spec = ServerSpec(
        name="toy",
        argv=[sys.executable, "-c", code],
        env={},
        cwd=tmp_path,
        log=tmp_path / "toy.log",
        stop=((signal.SIGTERM, 5.0),),
    )
    return Child(spec, ServerProcess(spec), started)


def _platform(tmp_path: Path, child: Child) -> Platform:
    platform = Platform(tmp_path / "data")
    platform.stack = SimpleNamespace(stop=lambda: None)  # type: ignore[assignment]
    platform.children["toy"] = child
    return platform


def _await_end(child: Child) -> None:
    give_up = time.monotonic() + PATIENCE
    while child.process.running():
        assert time.monotonic() < give_up
        time.sleep(0.01)


def test_a_child_that_ended_is_started_again_after_a_growing_delay(tmp_path: Path, clock: Clock) -> None:
    child = _child(tmp_path, "raise SystemExit(7)", clock.now)
    platform = _platform(tmp_path, child)
    delays = []
    for _ in range(9):
        _await_end(child)
        platform.watch()  # sees the end
        assert child.due is not None
        delays.append(child.due - clock.now)
        first = child.process
        clock.now = child.due - 0.001
        platform.watch()
        assert child.process is first, "not before its time"
        clock.now = child.due
        platform.watch()
        assert child.process is not first
    assert child.restarts == 9
    assert delays == sorted(delays)
    assert delays[0] == 2 * FIRST_DELAY
    assert delays[-1] == delays[-2] == LONGEST_DELAY
    platform.stop()


def test_a_child_that_had_run_for_long_is_started_again_soon(tmp_path: Path, clock: Clock) -> None:
    child = _child(tmp_path, "pass", clock.now)
    child.delay = LONGEST_DELAY
    platform = _platform(tmp_path, child)
    _await_end(child)
    clock.now += STEADY_SECONDS + 1
    platform.watch()
    assert child.due == clock.now + FIRST_DELAY
    platform.stop()


def test_a_child_that_runs_is_left_alone_and_ends_with_the_platform(tmp_path: Path) -> None:
    child = _child(tmp_path, "import time; time.sleep(600)", time.monotonic())
    platform = _platform(tmp_path, child)
    first = child.process
    platform.watch()
    assert child.process is first
    assert child.restarts == 0
    platform.stop()
    assert not first.running()
    assert platform.children == {}
    platform.stop()
