"""One owner at a time for a data folder, also while the servers of a dead owner are still ending."""

import fcntl
import json
import os
import time
from dataclasses import asdict

from shared.stack.errors import AlreadyRunningError, StackError
from shared.stack.layout import Layout
from shared.stack.process import ProcessId

_LEFTOVER_PATIENCE_SECONDS = 40.0


class FolderLock:
    """Exclusive ownership of a data folder.

    The servers inherit the locked descriptor, so the folder stays locked until the last of them has ended, also when
    their owner was killed.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._descriptor: int | None = None

    @property
    def descriptor(self) -> int:
        """The locked file descriptor, for the servers to inherit."""
        if self._descriptor is None:
            raise RuntimeError("the folder is not locked")
        return self._descriptor

    def acquire(self) -> None:
        """Lock the folder; waits while servers of a dead owner are still stopping.

        Raises:
            AlreadyRunningError: another live process owns it.
            StackError: servers of a dead owner did not end in time.
        """
        descriptor = os.open(self._layout.run / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + _LEFTOVER_PATIENCE_SECONDS
        while not _try_lock(descriptor):
            owner = _owner(descriptor)
            if owner is not None:
                os.close(descriptor)
                raise AlreadyRunningError(
                    f"The stack in {self._layout.root} is already running, owned by process {owner}. "
                    "Use it as it is, stop that process, or choose another data folder."
                )
            if time.monotonic() > deadline:
                os.close(descriptor)
                raise StackError(
                    f"Servers of an earlier run still use {self._layout.root}; their process ids are in "
                    f"{self._layout.stack_file}. End them and retry."
                )
            time.sleep(0.1)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(asdict(ProcessId.of(os.getpid()))).encode(), 0)
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the folder up; idempotent."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _owner(descriptor: int) -> int | None:
    """The live process that took the lock; None when it is gone and only its servers remain."""
    try:
        stored = json.loads(os.pread(descriptor, 200, 0))
        owner = ProcessId(int(stored["pid"]), float(stored["started"]))
    except (ValueError, KeyError):
        return None
    return owner.pid if owner.alive() else None
