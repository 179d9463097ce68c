"""The most memory a process held while something ran."""

import threading
import time
from typing import Final, Self

import psutil

_MIB: Final = 1024 * 1024
_LOOK: Final = 0.02  # seconds between two looks


class Peak:
    """Looks at the resident set of this process in a thread of its own while the block runs."""

    seconds = 0.0

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._before = self._most = 0

    @property
    def mib(self) -> dict[str, float]:
        """MiB before the block and at most while it ran."""
        return {"before_mib": round(self._before / _MIB), "peak_mib": round(self._most / _MIB)}

    def __enter__(self) -> Self:
        self._before = self._most = self._process.memory_info().rss
        self._began = time.perf_counter()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._began
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(_LOOK):
            self._most = max(self._most, self._process.memory_info().rss)
