"""Measures a running platform: a command's way, memory idle and after load: python -m benchmarks.platform"""

import argparse
import asyncio
import tempfile
from pathlib import Path

import uvloop

from benchmarks import commands, memory
from benchmarks.claims import payload
from shared.cli.publish import FeedPublisher
from shared.cli.ready import wait_ready
from shared.contracts.feeds import CLAIMS, ENROLMENT, EnrolmentYear, InpatientClaim
from shared.runtime.settings import Settings
from shared.runtime.supervisor import Platform
from shared.story.quiet import until_quiet


async def measure(platform: Platform, count: int) -> None:
    """Look, ask, load, look again."""
    settings = platform.settings()
    idle = await asyncio.to_thread(memory.look, platform)
    await commands.measure(settings, platform.stack.endpoints, count)
    sent = await _load(settings)
    if await until_quiet(settings, 120):
        raise TimeoutError("the load was not worked off in time")
    loaded = await asyncio.to_thread(memory.look, platform)
    await asyncio.to_thread(memory.tell, idle, loaded, f"{sent} feed records and {count + commands.WARM} appeals")


async def _load(settings: Settings) -> int:
    async with FeedPublisher(settings) as publisher:
        for key, value in payload.enrolment():
            await publisher.send(ENROLMENT.name, key, EnrolmentYear.wire_type(), value)
        for key, value in payload.claims("mixed"):
            await publisher.send(CLAIMS.name, key, InpatientClaim.wire_type(), value)
    return publisher.sent


def main() -> None:
    """Start a platform of its own, measure, remove it."""
    parser = argparse.ArgumentParser(description="Command latency and memory of a running platform.")
    parser.add_argument("--count", type=int, default=500)
    arguments = parser.parse_args()
    platform = Platform(Path(tempfile.mkdtemp(prefix="qio-bench-")))
    try:
        platform.start()
        missing = wait_ready(platform)
        if missing:
            raise SystemExit("; ".join(missing))
        uvloop.run(measure(platform, arguments.count))
    finally:
        platform.stop()
        platform.stack.erase()


if __name__ == "__main__":
    main()
