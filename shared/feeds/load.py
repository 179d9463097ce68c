"""Carries what a reader yields to its topics, and writes down what was not loaded."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from shared.feeds.rows import Counts, Outcome, Rejection, Row

TICK_ROWS = 1_000


class Publisher(Protocol):
    """Sends one record; may wait while too many are on their way."""

    async def send(self, topic: str, key: str, wire_type: str, value: bytes) -> None:
        """Hand over one record; it is safe only after the publisher's flush."""
        ...


class Rejects:
    """The file of rejected rows, made with the first one; it names places and rules, never values."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._partial = path.with_name(f".{path.name}.partial")
        self._rows: list[Rejection] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._flush()
        if self._partial.exists():
            self._partial.replace(self.path)
        elif kind is None:
            self.path.unlink(missing_ok=True)  # an earlier reading's

    def add(self, rejection: Rejection) -> None:
        """Write one down."""
        self.count += 1
        self._rows.append(rejection)
        if len(self._rows) >= TICK_ROWS:
            self._flush()

    def _flush(self) -> None:
        if not self._rows:
            return
        first = self.count == len(self._rows)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._partial.open("w" if first else "a", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            if first:
                writer.writerow(Rejection._fields)
            writer.writerows(self._rows)
        self._rows.clear()


async def load(
    outcomes: Iterable[Outcome], publisher: Publisher, rejects: Rejects, tick: Callable[[int], None]
) -> Counts:
    """Send every record, write every rejection, count both; ``tick`` hears of progress in rows."""
    counts = Counts()
    unreported = 0
    for outcome in outcomes:
        counts.add(outcome)
        if isinstance(outcome, Row):
            await publisher.send(outcome.topic, outcome.key, outcome.wire_type, outcome.value)
        elif isinstance(outcome, Rejection):
            rejects.add(outcome)
        unreported += 1
        if unreported == TICK_ROWS:
            tick(unreported)
            unreported = 0
    tick(unreported)
    return counts
