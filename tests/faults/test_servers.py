"""Kafka, PostgreSQL and the processes around them go away and come back; nothing is lost or done twice."""

import asyncio
import signal
import subprocess
import sys
import time
from itertools import cycle, islice

import psutil
import pytest

from shared.cli.publish import FeedPublisher
from shared.runtime.supervisor import SERVICES
from shared.stack.process import ProcessId
from tests.faults import evidence, workload
from tests.faults.conftest import Report
from tests.faults.rounds import Rounds, flowing
from tests.support.platform import Trial, until
from tests.support.stack import short_folder

LOAD = 5_000


async def test_a_broker_killed_while_messages_flow_loses_nothing(trial: Trial, rounds: Rounds, report: Report) -> None:
    async def fault() -> float:
        await flowing(trial)
        await asyncio.to_thread(trial.platform.stack.kafka.kill)
        began = time.monotonic()
        await asyncio.to_thread(trial.platform.stack.kafka.restart)
        return began

    found, seconds = await rounds.under(fault)
    report("kafka:kill", "SIGKILL and restart while messages flow", found, seconds)


async def test_an_immediate_stop_of_postgresql_dead_letters_nothing(
    trial: Trial, rounds: Rounds, report: Report
) -> None:
    async def fault() -> float:
        await flowing(trial)
        await asyncio.to_thread(trial.platform.stack.postgres.stop, "immediate")
        began = time.monotonic()
        await until(lambda: "batch failed, will be repeated" in trial.log("complaints"), "a batch to fail")
        await asyncio.to_thread(trial.platform.stack.postgres.start)
        return began

    # A sender whose record was cut off may hold its notices until the lease ends, and then mails them again.
    found, seconds = await rounds.under(fault, mail_may_repeat=True)
    report("postgres:immediate-stop", "immediate stop and start while messages flow", found, seconds)


async def test_services_told_to_stop_under_load_drain_and_end_with_status_0(
    trial: Trial, rounds: Rounds, report: Report
) -> None:
    await rounds.calm()
    statuses: list[int] = []

    async def fault() -> float:
        load = asyncio.create_task(_load(trial, rounds, LOAD))
        await flowing(trial)
        began = time.monotonic()
        for service in SERVICES:
            trial.process(service).send(signal.SIGTERM)
        statuses.extend([await trial.ended(service) for service in SERVICES])
        for service in SERVICES:
            await trial.start(service)
        await load
        return began

    found, seconds = await rounds.under(fault)
    report("services:sigterm", f"SIGTERM to all with {LOAD} records on their way", found, seconds)
    assert statuses == [0] * len(SERVICES)


async def _load(trial: Trial, rounds: Rounds, records: int) -> float:
    """Feed records of earlier rounds again: work, and no effect."""
    async with FeedPublisher(trial.settings) as publisher:
        for record in islice(cycle(record for work in rounds.played for record in work.records), records):
            await publisher.send(*workload.wire(record))
    return time.monotonic()


@pytest.mark.parametrize("server", ["kafka", "postgres"])
async def test_a_service_started_without_its_servers_waits_says_so_and_then_works(
    trial: Trial, rounds: Rounds, report: Report, server: str
) -> None:
    stack = trial.platform.stack
    stop, start, name = {
        "kafka": (stack.kafka.stop, stack.kafka.start, "Kafka"),
        "postgres": (lambda: stack.postgres.stop("fast"), stack.postgres.start, "PostgreSQL"),
    }[server]

    async def deed() -> float:
        await trial.kill("complaints")
        await asyncio.to_thread(stop)
        already = len(trial.log("complaints"))
        await trial.start("complaints")
        await until(lambda: f'"needs": "{name}"' in trial.log("complaints")[already:], "the service to say so")
        assert trial.process("complaints").running()
        began = time.monotonic()
        await asyncio.to_thread(start)
        await trial.ready()
        return began

    found, seconds = await rounds.unchanged_by(deed)
    report(f"{server}:away-at-start", "started without it; it comes later", found, seconds)


def test_no_child_outlives_a_supervisor_that_was_killed(report: Report) -> None:
    with short_folder() as folder:
        command = [sys.executable, "-c", "from shared.cli.main import main; main()", "up", "--data-dir", str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as supervisor:
            try:
                _until_ready(supervisor)
                children = [
                    ProcessId.of(child.pid) for child in psutil.Process(supervisor.pid).children(recursive=True)
                ]
                began = time.monotonic()
                supervisor.send_signal(signal.SIGKILL)
                give_up = began + 60
                while any(child.alive() for child in children):
                    assert time.monotonic() < give_up, "a child outlived its supervisor"
                    time.sleep(0.05)
            finally:
                supervisor.kill()
        # Kafka, PostgreSQL, the mailbox and four services, each with its keeper; and PostgreSQL's own.
        assert len(children) >= 14
        report("supervisor:kill", "SIGKILL to the parent", evidence.Findings(), time.monotonic() - began)


def _until_ready(supervisor: "subprocess.Popen[str]") -> None:
    assert supervisor.stdout is not None
    for line in supervisor.stdout:
        if line.startswith("Ready."):
            return
    pytest.fail("the platform did not become ready")
