"""The live board: what happens now, how far, what waits, what went wrong. Plain lines where there is no terminal."""

import sys
import threading
import time
from types import TracebackType
from typing import Any, Final, Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from shared.story.poll import Poller

PLAIN_SECONDS: Final = 5.0
GOAL_PERCENT: Final = 20  # fewer readmissions by 2019, the program's aim
_LAST_LINES: Final = 6


class Board:
    """Shows the poller's view until closed; ``say`` adds a line about what happens."""

    def __init__(self, poller: Poller) -> None:
        self._poller = poller
        self._console = Console()
        self._said: list[str] = []
        self._started = time.monotonic()
        self._stop = threading.Event()
        self._live: Live | None = None
        self._plain: threading.Thread | None = None

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live = Live(get_renderable=self._draw, console=self._console, refresh_per_second=2)
            self._live.start()
        else:
            self._plain = threading.Thread(target=self._lines, name="lines", daemon=True)
            self._plain.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        if self._live is not None:
            self._live.stop()
        if self._plain is not None:
            self._plain.join(timeout=2)

    def say(self, text: str) -> None:
        """A step of the story."""
        line = f"{time.monotonic() - self._started:6.1f} s  {text}"
        self._said.append(line)
        if self._live is None:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    def _lines(self) -> None:
        while not self._stop.wait(PLAIN_SECONDS):
            parts = []
            for name, view in self._poller.views.items():
                state = f"{view.rate:,.0f}/s" if view.ready else view.why
                parts.append(f"{name} {view.records:,.0f} records ({state})")
            self.say("; ".join(parts))

    def _draw(self) -> RenderableType:
        happening = Text("\n".join(self._said[-_LAST_LINES:]) or "starting")
        return Group(
            self._services(),
            _side_by_side(self._program(), self._cases(), self._notices()),
            Panel(happening, title="What happens", title_align="left"),
        )

    def _services(self) -> RenderableType:
        table = Table(expand=True, title="Services", title_justify="left")
        for name in ("service", "state", "records", "per second", "waiting", "to publish", "dead letters", "restarts"):
            table.add_column(name, justify="left" if name in ("service", "state") else "right")
        for name, view in self._poller.views.items():
            state = Text("ready", style="green") if view.ready else Text(view.why[:60], style="yellow")
            dead = Text(f"{view.dead:,.0f}", style="red" if view.dead else "")
            numbers = (f"{value:,.0f}" for value in (view.records, view.rate, view.lag, view.outbox))
            table.add_row(name, state, *numbers, dead, str(view.restarts))
        return table

    def _program(self) -> RenderableType:
        recruitment = self._poller.views["recruitment"].summary
        measures = self._poller.views["measures"].summary
        rows = [
            ("facilities", recruitment.get("facilities")),
            ("recruited", recruitment.get("recruited")),
            ("communities", recruitment.get("communities")),
            ("beneficiaries", measures.get("beneficiaries")),
            ("claims", measures.get("claims")),
            ("results", measures.get("cells")),
        ]
        return _facts("Program", rows + _rates(measures))

    def _cases(self) -> RenderableType:
        summary = self._poller.views["complaints"].summary
        rows = [(state.lower().replace("_", " "), count) for state, count in summary.get("cases", {}).items()]
        hours: dict[str, int] = {}
        for row in summary.get("open_deadlines", []):
            hours[row["hours"]] = hours.get(row["hours"], 0) + row["deadlines"]
        order = ("overdue", "under 4", "under 24", "under 72", "72 and more")
        rows += [(f"due: {key} h" if key != "overdue" else "OVERDUE", hours[key]) for key in order if key in hours]
        missed = sum(summary.get("missed_deadlines", {}).values())
        return _facts("Cases and hours to deadline", [*rows, ("missed", missed)])

    def _notices(self) -> RenderableType:
        summary = self._poller.views["notifications"].summary
        return _facts("Notices", [(key, summary.get(key)) for key in ("queued", "delivered", "failed", "tasks")])


def _rates(measures: dict[str, Any]) -> list[tuple[str, object]]:
    """Each measure per 1,000: the latest quarter, and how much fewer than at baseline against the goal."""
    rows: list[tuple[str, object]] = []
    for trend in measures.get("trends", []):
        fewer = f"{trend['improvement_percent']} %" if trend["improvement_percent"] else "-"
        rows.append((f"{trend['measure']} {trend['period']}", trend["value"]))
        rows.append((f"  fewer since {trend['baseline_period']}", fewer))
    return [*rows, ("  goal by 2019", f"{GOAL_PERCENT} %")]


def _side_by_side(*panels: RenderableType) -> RenderableType:
    grid = Table.grid(expand=True, padding=(0, 1))
    for _ in panels:
        grid.add_column(ratio=1)
    grid.add_row(*panels)
    return grid


def _facts(title: str, rows: list[tuple[str, Any]]) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column()
    table.add_column(justify="right")
    for name, value in rows:
        table.add_row(name, f"{value:,}" if isinstance(value, int) else str(value if value is not None else "-"))
    return Panel(table, title=title, title_align="left")
