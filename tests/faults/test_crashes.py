"""Every service is killed at every named point; whatever was under way is finished once and only once."""

import asyncio
import importlib
import time
from collections.abc import Sequence
from typing import Final

import pytest

from shared.cli.services import load
from shared.messaging import crash
from shared.runtime.supervisor import SERVICES
from tests.faults.conftest import Report
from tests.faults.rounds import Rounds
from tests.support.platform import Trial

# The points in the order in which one message passes them, so that a service that died at one can die at the next.
PATH: Final = (
    *("batch-locked", "batch-decided", "batch-saved"),  # first: only messages pass these, feeds do not
    *("batch-polled", "batch-opened", "batch-claimed", "batch-published", "batch-committed"),
    *("ticker-claimed", "ticker-fired", "activity-counted"),
    *("folder-folded", "folder-published", "folder-committed"),
    *("relay-read", "relay-sent"),
    *("sender-claimed", "sender-sent", "sender-recorded"),
    "relay-deleted",
)
WORKERS: Final = {"complaints": ("ticker-", "activity-"), "measures": ("folder-",), "notifications": ("sender-",)}
ROUNDS: Final = 4
# Not passed on this path: the trial has no partner with a receiver, and nobody in it is written to on paper. A courier
# is killed at each of its points in tests/notifications/webhooks/test_courier.py, a printer at each of its own in
# tests/notifications/delivery/test_printer_killed.py.
ELSEWHERE: Final = ("webhook-", "printer-")


def points_of(service: str) -> list[str]:
    """The points a service can reach: everyone's message path, and its own worker's."""
    return [point for point in PATH if point.startswith(("batch-", "relay-", *WORKERS.get(service, ())))]


def plan(number: int) -> dict[str, list[str]]:
    """Where each service dies in a round, one death after the other."""
    return {service: points_of(service)[number::ROUNDS] for service in SERVICES}


def test_every_declared_point_is_visited_in_every_service_that_can_reach_it() -> None:
    importlib.import_module("shared.runtime.run")
    for service in SERVICES:
        load(service)
    declared = {point for point in crash.declared() if not point.startswith(ELSEWHERE)}
    assert set(PATH) == declared
    for service in SERVICES:
        visited = [point for number in range(ROUNDS) for point in plan(number)[service]]
        assert sorted(visited) == sorted(points_of(service))
    assert {point for service in SERVICES for point in points_of(service)} == declared


async def _die(trial: Trial, service: str, points: Sequence[str], deaths: dict[str, float]) -> None:
    """Let a service die at one point after the other, and at last start it as it should be."""
    for point, following in zip(points, (*points[1:], ""), strict=True):
        status = await trial.ended(service)
        deaths[point] = time.monotonic()
        assert status == crash.EXIT_STATUS, f"not at {point}: {trial.process(service).log_tail()}"
        await trial.start(service, **({"QIO_CRASH_AT": following} if following else {}))


@pytest.mark.parametrize("number", range(ROUNDS))
async def test_services_killed_at_every_point_lose_nothing_and_repeat_nothing(
    trial: Trial, rounds: Rounds, report: Report, number: int
) -> None:
    deadly = plan(number)
    deaths: dict[str, dict[str, float]] = {service: {} for service in deadly}

    async def fault() -> float:
        for service, points in deadly.items():
            await trial.kill(service)
            await trial.start(service, QIO_CRASH_AT=points[0])
        await asyncio.gather(*(_die(trial, service, deadly[service], deaths[service]) for service in deadly))
        return time.monotonic()

    # Wherever a process dies, its sender may be between the mail server's 250 and the record of it.
    found, _ = await rounds.under(fault, mail_may_repeat=True)
    quiet = time.monotonic()
    for service, points in deaths.items():
        for point, died in points.items():
            report(f"kill:{service}:{point}", "exit 137 at the point, restarted", found, quiet - died)
    assert {service: list(points) for service, points in deaths.items()} == deadly
