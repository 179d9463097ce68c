"""Waits until every service says that it makes progress."""

import threading
import time
from typing import Final

import httpx

from shared.cli.read import address
from shared.runtime.supervisor import SERVICES, Platform

PATIENCE_SECONDS: Final = 90.0
POLL_SECONDS: Final = 0.1


def wait_ready(platform: Platform, stop: threading.Event | None = None) -> list[str]:
    """Empty once all four are ready; otherwise, after the patience or the stop, why which is not."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    missing = not_ready(platform)
    while missing and time.monotonic() < give_up:
        if (stop or _NEVER).wait(POLL_SECONDS):
            break
        platform.watch()
        missing = not_ready(platform)
    return missing


_NEVER: Final = threading.Event()


def not_ready(platform: Platform) -> list[str]:
    """One sentence for each service that does not (yet) make progress."""
    reasons = []
    settings = platform.settings()
    for service in SERVICES:
        note = settings.data_dir / "run" / f"service-{service}.json"
        if not note.exists():
            reasons.append(f"{service} has not started yet (see {platform.stack.layout.logs / service}.log)")
            continue
        try:
            answer = httpx.get(f"{address(settings, service)}/ready", timeout=2)
            reasons += [str(reason) for reason in answer.json()["reasons"]]
        except (httpx.HTTPError, ValueError, KeyError):
            reasons.append(f"{service} does not answer")
    return reasons
