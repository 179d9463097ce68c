"""Keeps one server process and stops it when its owner goes away; run as a script, standard library only.

Standard input: one line of JSON (the specification), then signal numbers to pass on, one a line; its end means stop.
The kernel closes that pipe however the owner ends, SIGKILL included. Standard output: one line of JSON with the
server's pid, or why there is none. Exit status: the server's, or 128 + signal.
"""

import ctypes
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

_PR_SET_PDEATHSIG = 1


def _tie_to(keeper: int) -> Callable[[], None]:
    """A function for the child: die when the keeper dies (Linux). A change of user would undo it, so it runs after."""
    libc = ctypes.CDLL(None)

    def tie() -> None:
        os.umask(0o077)
        if sys.platform == "linux":
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != keeper:
                os._exit(1)

    return tie


def _spawn(spec: dict[str, Any]) -> "subprocess.Popen[bytes]":
    log = os.open(spec["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    identity: dict[str, Any] = {}
    if spec["user"] is not None:
        identity = {"user": spec["user"], "group": spec["group"], "extra_groups": []}
    try:
        return subprocess.Popen(
            spec["argv"],
            env=spec["env"],
            cwd=spec["cwd"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=spec["inherit"],
            preexec_fn=_tie_to(os.getpid()),  # noqa: PLW1509 - this script has one thread
            **identity,
        )
    finally:
        os.close(log)


def _signal(server: "subprocess.Popen[bytes]", number: int) -> None:
    if server.poll() is None:
        server.send_signal(number)


def _stop(server: "subprocess.Popen[bytes]", steps: list[list[float]]) -> None:
    """Ask ever more firmly: each step is a signal and the seconds to wait after it; SIGKILL ends the list."""
    for number, patience in steps:
        _signal(server, int(number))
        try:
            server.wait(patience)
        except subprocess.TimeoutExpired:
            continue
        return
    _signal(server, signal.SIGKILL)
    server.wait()


def _watch(server: "subprocess.Popen[bytes]", woken: int) -> bool:
    """Pass signals on until the server ends (False) or the owner is gone (True)."""
    pending = b""
    while server.poll() is None:
        ready, _, _ = select.select([0, woken], [], [])
        if woken in ready:
            note = os.read(woken, 64)
            if signal.SIGTERM in note:
                return True
        if 0 in ready:
            received = os.read(0, 256)
            if not received:
                return True
            *lines, pending = (pending + received).split(b"\n")
            for line in lines:
                _signal(server, int(line))
    return False


def main() -> int:
    """Run one server to its end."""
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    spec = json.loads(_first_line())
    try:
        server = _spawn(spec)
    except (OSError, subprocess.SubprocessError) as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
        return 127
    for descriptor in spec["inherit"]:
        os.set_inheritable(descriptor, False)
    print(json.dumps({"pid": server.pid}), flush=True)
    if _watch(server, woken):
        _stop(server, spec["stop"])
    status = server.wait()
    return status if status >= 0 else 128 - status


def _first_line() -> bytes:
    # Byte by byte: what follows the line belongs to the watch.
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            raise SystemExit(0)
        line += byte
    return line


if __name__ == "__main__":
    sys.exit(main())
