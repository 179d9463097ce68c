"""A server process whose life is tied to ours: started, signalled and stopped through its keeper."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from shared.stack.errors import StackError

_KEEPER = Path(__file__).with_name("keeper.py")
_CLOCK_SLACK_SECONDS = 2.0
_LOG_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class ProcessId:
    """A process that cannot be mistaken for a later one with the same number; `started` in seconds since 1970 UTC."""

    pid: int
    started: float

    def alive(self) -> bool:
        """Whether this very process still runs (a zombie does not)."""
        try:
            process = psutil.Process(self.pid)
            if abs(process.create_time() - self.started) > _CLOCK_SLACK_SECONDS:
                return False
            return bool(process.status() != psutil.STATUS_ZOMBIE)
        except psutil.NoSuchProcess:
            return False

    @staticmethod
    def of(pid: int) -> "ProcessId":
        """The process that has this number now; one already gone counts as never started."""
        try:
            return ProcessId(pid, psutil.Process(pid).create_time())
        except psutil.NoSuchProcess:
            return ProcessId(pid, 0.0)


@dataclass(frozen=True)
class ServerSpec:
    """What to run and how to end it; `stop` lists signals with the seconds to wait after each, SIGKILL follows."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    cwd: Path
    log: Path
    stop: Sequence[tuple[signal.Signals, float]]
    inherit: Sequence[int] = ()
    user: int | None = None
    group: int | None = None


class ServerProcess:
    """One running server; it ends with its owner, however the owner ends."""

    def __init__(self, spec: ServerSpec) -> None:
        self.spec = spec
        _rotate(spec.log)
        self._keeper = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_KEEPER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C at the terminal is for the owner alone
            pass_fds=tuple(spec.inherit),
        )
        self.id = ProcessId.of(self._introduce())

    def _introduce(self) -> int:
        spec = self.spec
        message = {
            "argv": list(spec.argv),
            "env": dict(spec.env),
            "cwd": str(spec.cwd),
            "log": str(spec.log),
            "stop": [[int(number), patience] for number, patience in spec.stop],
            "inherit": list(spec.inherit),
            "user": spec.user,
            "group": spec.group,
        }
        self._tell(json.dumps(message))
        assert self._keeper.stdout is not None
        with self._keeper.stdout as stream:
            answer = json.loads(stream.readline() or b'{"error": "its keeper ended"}')
        if "error" in answer:
            self.stop()
            raise StackError(f"{spec.name} could not be started: {answer['error']}")
        return int(answer["pid"])

    def _tell(self, line: str) -> None:
        assert self._keeper.stdin is not None
        try:
            os.write(self._keeper.stdin.fileno(), line.encode() + b"\n")
        except BrokenPipeError:
            return  # the keeper has ended, and with it the server

    def running(self) -> bool:
        """Whether the server runs."""
        return self._keeper.poll() is None

    def exit_status(self) -> int | None:
        """The server's exit status (128 + signal when killed); None while it runs."""
        return self._keeper.poll()

    def send(self, number: signal.Signals) -> None:
        """Send the server a signal; nothing happens when it has ended."""
        if self.running():
            self._tell(str(int(number)))

    def wait(self, seconds: float) -> bool:
        """Wait for the server's end; False when it still runs after `seconds`."""
        try:
            self._keeper.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self) -> None:
        """Stop the server by its own steps, at most a few seconds longer than they add up to; idempotent."""
        assert self._keeper.stdin is not None
        self._keeper.stdin.close()
        if not self.wait(sum(patience for _, patience in self.spec.stop) + 5):
            self._keeper.kill()  # the server dies with it
            self._keeper.wait()

    def log_tail(self, lines: int = 5) -> str:
        """The last lines the server wrote, for an error message."""
        try:
            text = self.spec.log.read_text(errors="replace")
        except OSError:
            return ""
        return "\n".join(text.splitlines()[-lines:])


def _rotate(log: Path) -> None:
    """Set a log that has grown large aside, in place of the one before."""
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))
