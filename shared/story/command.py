"""qio run: the two-command promise of the README, from nothing to a summary."""

import asyncio
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from shared.cli.audit import Audit, audit
from shared.cli.output import as_json_line, fail, say
from shared.cli.read import address, fetch
from shared.cli.ready import wait_ready
from shared.contracts.complaints import CaseDetermined, CaseOpened
from shared.contracts.measures import MeasureUpdated
from shared.contracts.notifications import NoticeDelivered
from shared.feeds.rows import UnusableFile
from shared.runtime.settings import Settings
from shared.runtime.supervisor import SERVICES, Platform
from shared.stack.errors import StackError
from shared.story import script
from shared.story.appeals import Refusal
from shared.story.board import Board
from shared.story.poll import Poller
from shared.story.quiet import until_quiet

QUIET_SECONDS = 900.0
WATCH_SECONDS = 0.5


def run(
    data: Annotated[Path | None, typer.Option(help="Real CMS files; without it a sample is generated.")] = None,
    samples: Annotated[str, typer.Option(help="DE-SynPUF samples: numbers with commas, or all.")] = "1",
    once: Annotated[bool, typer.Option("--once", help="End after the story, with a summary.")] = False,
    data_dir: Annotated[Path, typer.Option(help="Where servers keep their data.")] = Path(".qio"),
) -> None:
    """Start everything, stream a program through it, show what happens; --once ends with a summary."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    platform = Platform(data_dir)
    started = time.monotonic()
    try:
        say("Starting Kafka, PostgreSQL and four services ...")
        platform.start()
        missing = wait_ready(platform, stop)
        if missing:
            fail("Not ready: " + "; ".join(missing))
        say(f"Ready after {time.monotonic() - started:.1f} s.")
        _places(platform)
        result = _story(platform, data, _numbers(samples), once=once, stop=stop)
    except (StackError, UnusableFile, Refusal) as error:
        fail(str(error), 2)
    finally:
        platform.stop()
    _summary(result, time.monotonic() - started)
    if result.audit.lost:
        raise SystemExit(1)


@dataclass(frozen=True, slots=True)
class Result:
    """What the story came to: the loss audit and what the services say of themselves."""

    audit: Audit
    recruitment: dict[str, Any]
    measures: dict[str, Any]


def _story(platform: Platform, data: Path | None, samples: list[int], *, once: bool, stop: threading.Event) -> Result:
    settings = platform.settings()
    poller = Poller(platform)
    poller.start()
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(platform, ended), daemon=True)
    watcher.start()
    try:
        with Board(poller) as board:
            _play(settings, data, samples, board)
            if once:
                board.say("Comparing outboxes, topics, offsets, inboxes and effects")
            else:
                board.say("Worked off. The platform stays up; Ctrl-C ends it.")
                stop.wait()
        return Result(
            asyncio.run(audit(settings)),
            fetch(settings, "recruitment", "/summary"),
            fetch(settings, "measures", "/summary"),
        )
    finally:
        ended.set()
        poller.close()
        watcher.join(timeout=5)


def _play(settings: Settings, data: Path | None, samples: list[int], board: Board) -> None:
    source = (
        script.own_sample(settings, script.SAMPLE_PLAN) if data is None else script.real_files(data, settings, samples)
    )
    asyncio.run(script.play(settings, source, board.say))
    board.say("Everything was sent; waiting until all of it is worked off")
    left = asyncio.run(until_quiet(settings, QUIET_SECONDS))
    if left:
        fail(f"{left} messages were not worked off within {QUIET_SECONDS:.0f} s; see the logs in {settings.data_dir}.")


def _watch(platform: Platform, ended: threading.Event) -> None:
    while not ended.wait(WATCH_SECONDS):
        platform.watch()


def _numbers(text: str) -> list[int]:
    """The samples asked for; empty means all of them."""
    if text == "all":
        return []
    try:
        return [int(part) for part in text.split(",")]
    except ValueError:
        fail("--samples takes numbers with commas, or all.", 2)


def _places(platform: Platform) -> None:
    settings = platform.settings()
    for service in SERVICES:
        say(f"  {service:<14} {address(settings, service)}/metrics  (/ready /asyncapi /api/openapi.json)")
    say(f"  mailbox        {platform.mailbox_folder}")
    say(f"  logs           {platform.stack.layout.logs}")
    say("  event catalog  qio catalog list")


def _summary(result: Result, seconds: float) -> None:
    """For people first; the last line is for machines."""
    figures = _figures(result, seconds)
    for trend in result.measures["trends"]:
        say(
            f"{trend['title']}: {trend['value']} in {trend['period']}, "
            f"{trend['baseline']} in {trend['baseline_period']}"
        )
    say(f"{figures['facilities']:,} facilities, {figures['recruited']:,} recruited.")
    say(
        f"{figures['beneficiaries']:,} beneficiaries, {figures['claims']:,} claims, "
        f"{figures['measures_published']:,} results published."
    )
    say(
        f"{figures['cases_opened']:,} appeals opened, {figures['cases_decided']:,} decided, "
        f"{figures['notices_delivered']:,} notices delivered."
    )
    for note in result.audit.notes:
        say(f"LOST  {note}")
    as_json_line(figures)


def _figures(result: Result, seconds: float) -> dict[str, int | float]:
    events = result.audit.events
    return {
        "facilities": result.recruitment["facilities"],
        "recruited": result.recruitment["recruited"],
        "beneficiaries": result.measures["beneficiaries"],
        "claims": result.measures["claims"],
        "measures_published": events[MeasureUpdated.wire_type()],
        "cases_opened": events[CaseOpened.wire_type()],
        "cases_decided": events[CaseDetermined.wire_type()],
        "notices_delivered": events[NoticeDelivered.wire_type()],
        "dead_letters": result.audit.dead_letters,
        "waiting": result.audit.waiting,
        "lost": result.audit.lost,
        "seconds": round(seconds, 1),
    }
