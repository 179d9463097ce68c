"""qio up: the embedded stack and the four services, kept running until it is told to stop."""

import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from shared.cli.output import fail, say
from shared.cli.read import address
from shared.cli.ready import wait_ready
from shared.runtime.supervisor import SERVICES, Platform
from shared.stack.errors import StackError

WATCH_SECONDS = 0.5


def up(data_dir: Annotated[Path, typer.Option(help="Where servers keep their data.")] = Path(".qio")) -> None:
    """Start the embedded stack and the four services, and keep them running until Ctrl-C."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    platform = Platform(data_dir)
    try:
        say("Starting Kafka, PostgreSQL and four services ...")
        platform.start()
        missing = wait_ready(platform, stop)
        if missing:
            fail("Not ready: " + "; ".join(missing))
        _announce(platform)
        while not stop.wait(WATCH_SECONDS):
            platform.watch()
    except StackError as error:
        fail(str(error), 2)
    finally:
        say("Stopping ...")
        platform.stop()


def _announce(platform: Platform) -> None:
    settings = platform.settings()
    for service in SERVICES:
        say(f"  {service:<14} {address(settings, service)}  (/ready /metrics /asyncapi /api/openapi.json)")
    say(f"  mailbox        {platform.mailbox_folder}")
    say(f"  logs           {platform.stack.layout.logs}")
    say("Ready. In another terminal: qio case file --help. Ctrl-C stops everything.")
