"""Named points at which a test can make this process die as if killed (``QIO_CRASH_AT=point:n``)."""

import os
from typing import Final

EXIT_STATUS: Final = 137  # what a shell reports for SIGKILL

_declared: set[str] = set()


def declare(*points: str) -> None:
    """Make points known, so that the fault tests can visit every one of them."""
    _declared.update(points)


def declared() -> frozenset[str]:
    """All points of the modules imported so far."""
    return frozenset(_declared)


def _armed() -> tuple[str, int]:
    name, _, count = os.environ.get("QIO_CRASH_AT", "").partition(":")
    return name, int(count or "1")


_point, _left = _armed()


def point(name: str) -> None:
    """Die here when armed for ``name`` and this is the n-th visit; otherwise nothing."""
    global _left  # noqa: PLW0603 - the countdown is per process by design
    if name != _point:
        return
    _left -= 1
    if _left == 0:
        os._exit(EXIT_STATUS)
