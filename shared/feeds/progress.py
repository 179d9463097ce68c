"""Shows how far a feed has come: a moving line on a terminal, plain lines elsewhere, always on standard error."""

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

_PLAIN_EVERY_SECONDS = 5.0


class Progress:
    """Counts rows under a label; safe to use on and off a terminal."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bar = _bar(console) if console.is_terminal else None
        self._label = ""
        self._of = ""
        self._rows = 0
        self._total = 0
        self._started = self._spoken = time.monotonic()
        self._task = self._bar.add_task("", rows="", rate="") if self._bar else None

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def begin(self, label: str, rows: int | None = None) -> None:
        """The next rows belong to this; so many there will be, where that is known."""
        self._label, self._rows = label, 0
        self._of = "" if rows is None else f" of {rows:,}"
        self.add(0)
        if self._bar is None:
            self._say(f"{label} ...")

    def add(self, rows: int) -> None:
        """So many more rows are done."""
        self._rows += rows
        self._total += rows
        rate = self._total / max(0.001, time.monotonic() - self._started)
        if self._bar is not None and self._task is not None:
            self._bar.update(
                self._task, description=self._label, rows=f"{self._rows:,}{self._of}", rate=f"{rate:,.0f} rows/s"
            )
        elif time.monotonic() - self._spoken >= _PLAIN_EVERY_SECONDS:
            self._say(f"{self._label}: {self._rows:,}{self._of} rows, {rate:,.0f} rows/s")

    def _say(self, text: str) -> None:
        self._spoken = time.monotonic()
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


def _bar(console: Console) -> Bar:
    return Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.fields[rows]}"),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )
