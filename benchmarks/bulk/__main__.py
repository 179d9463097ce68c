"""Bulk jobs and bare round trips in turns, on a platform of its own: python -m benchmarks.bulk"""

import argparse
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

import uvloop

from benchmarks.bulk import bare
from benchmarks.report import median, say
from services.recruitment.cli.bulk_job import Job, new_job, row_of
from shared.cli.ask import Line
from shared.cli.many import IN_FLIGHT, Tally, send
from shared.cli.publish import FeedPublisher
from shared.cli.ready import wait_ready
from shared.contracts.feeds import NURSING_HOMES, NursingHomeListed
from shared.runtime.clock import utc_now
from shared.runtime.settings import Settings
from shared.runtime.supervisor import Platform
from shared.story.quiet import until_quiet

STATES = ("MA", "FL", "CA", "OH", "TX", "PR", "HI")
QUIET_SECONDS = 180


async def measure(platform: Platform, count: int, rounds: int) -> None:
    """Each round recruits homes of its own; the medians and their ratio."""
    settings = platform.settings()
    await _list_homes(settings, count * rounds)
    project, yardstick = [], []
    async with AsyncExitStack() as stack:
        line = await stack.enter_async_context(Line(settings))
        trips = await bare.open_trips(stack, platform.stack.endpoints)
        for number in range(rounds):
            job = _job(range(count * number, count * (number + 1)))
            yardstick.append(count / await bare.run(trips, job))
            project.append(count / await _recruited(line, job))
            if await until_quiet(settings, QUIET_SECONDS):
                raise TimeoutError("the events were not worked off in time")
    say(
        "bulk recruiting",
        "commands/s",
        median(project),
        median(yardstick),
        f"{count} homes recruited, {IN_FLIGHT} on their way, each answered; bare produces, echoes, consumes the same",
        project_runs=[round(value) for value in project],
        bare_runs=[round(value) for value in yardstick],
    )


async def _recruited(line: Line, job: Job) -> float:
    """Seconds until every command is answered, all with yes."""
    tally = Tally(job.rows)
    began = time.perf_counter()
    await send(job.rows, line, tally, lambda _: None, key=lambda row: row.key, command_id=job.command_id)
    seconds = time.perf_counter() - began
    if len(tally.accepted) != len(job.rows):
        raise RuntimeError(f"refused: {dict(tally.why())}")
    return seconds


def _job(numbers: range) -> Job:
    common = {"actor": "bench", "collaborative": "NNHQCC", "recruited_on": "2015-03-06"}
    return new_job([row_of(number, {**common, "ccn": _ccn(number)}) for number in numbers], utc_now())


async def _list_homes(settings: Settings, count: int) -> None:
    async with FeedPublisher(settings) as publisher:
        for number in range(count):
            listing = NursingHomeListed(
                ccn=_ccn(number),
                as_of=utc_now().date(),
                name=f"Home {number}",
                address=f"{number} Road",
                city="Somewhere",
                state=STATES[number % len(STATES)],
                zip_code="02139",
                overall_rating=number % 5 + 1,
            )
            value = listing.model_dump_json().encode()
            await publisher.send(NURSING_HOMES.name, listing.ccn, listing.wire_type(), value)
    if await until_quiet(settings, QUIET_SECONDS):
        raise TimeoutError("the homes were not listed in time")


def _ccn(number: int) -> str:
    return f"{100_000 + number}"


def main() -> None:
    """Start a platform of its own, measure, remove it."""
    parser = argparse.ArgumentParser(description="Commands per second of a bulk job beside bare round trips.")
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    platform = Platform(Path(tempfile.mkdtemp(prefix="qio-bench-")))
    try:
        platform.start()
        missing = wait_ready(platform)
        if missing:
            raise SystemExit("; ".join(missing))
        uvloop.run(measure(platform, arguments.count, arguments.rounds))
    finally:
        platform.stop()
        platform.stack.erase()


if __name__ == "__main__":
    main()
