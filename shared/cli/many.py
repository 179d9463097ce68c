"""Sends the commands of many rows with many on their way at once, and gathers every answer."""

import asyncio
import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from aiokafka.errors import KafkaError

from shared.cli.ask import NoAnswer
from shared.contracts.message import Command
from shared.contracts.replies import CommandAccepted, CommandRejected, Reason

IN_FLIGHT: Final = 256  # enough to fill the service's batches, few enough to be answered within seconds


class Row(NamedTuple):
    """A line of a file, or rank on a list, and what is asked for; reasons where nothing can be.

    ``key`` names the row for whoever wrote it: its number, its key in their own system.
    """

    line: int
    key: str
    command: Command | None
    reasons: tuple[Reason, ...] = ()


Refusal = tuple[Row, tuple[Reason, ...]]


class Line(Protocol):
    """Where commands are sent and answered."""

    async def ask(
        self, command: Command, key: str, command_id: UUID | None = None
    ) -> CommandAccepted | CommandRejected:
        """Send and wait."""
        ...


class Tally:
    """What became of each row so far."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.accepted: list[tuple[Row, Mapping[str, object]]] = []
        self.refused: list[Refusal] = [(row, row.reasons) for row in rows if row.command is None]
        self.rows = len(rows)

    @property
    def answered(self) -> int:
        """Rows that are settled, for good or bad."""
        return len(self.accepted) + len(self.refused)

    def why(self) -> Counter[str]:
        """How many rows were refused for what, by the code of the first reason."""
        return Counter(reasons[0].code for _, reasons in self.refused)


async def send(
    rows: Iterable[Row],
    line: Line,
    tally: Tally,
    tick: Callable[[int], None],
    *,
    key: Callable[[Row], str],
    command_id: Callable[[Row], UUID | None] = lambda _: None,
) -> None:
    """Ask for every row that can be asked for; ``tally`` has the answers so far also when this raises.

    ``key`` is the aggregate a row's command is about. Raises NoAnswer or KafkaError. Sending again is safe where
    ``command_id`` gives the same id again, for what was carried out is answered as it was then; without it the command
    itself must be one that may be repeated.
    """
    waiting = iter(rows)

    async def asker() -> None:
        for row in waiting:
            if row.command is None:
                continue
            answer = await line.ask(row.command, key(row), command_id(row))
            if isinstance(answer, CommandRejected):
                tally.refused.append((row, answer.reasons))
            else:
                tally.accepted.append((row, answer.made))
            tick(1)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(IN_FLIGHT):
                group.create_task(asker())
    except* (NoAnswer, KafkaError) as failed:
        raise failed.exceptions[0] from None


def write_rejects(path: Path, refused: Iterable[Refusal], key: str) -> None:
    """One line for each reason, in the order of the rows; a file of an earlier run is replaced or goes.

    ``key`` is the name of the column that the rows' keys come from.
    """
    lines = list(_lines(refused))
    if not lines:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.partial")
    with draft.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("line", key, "code", "field", "reason", "source"))
        writer.writerows(lines)
    draft.replace(path)


def _lines(refused: Iterable[Refusal]) -> Iterator[tuple[object, ...]]:
    for row, reasons in sorted(refused, key=lambda one: one[0].line):
        for reason in reasons:
            yield row.line, row.key, reason.code, reason.field or "", reason.text, reason.citation or ""
