"""What comes again, from anyone and from any place, has no second effect; what is missing is found."""

import asyncio
import datetime as dt
import signal
import time
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from aiokafka import AIOKafkaProducer, ConsumerRecord

from shared.cli.ask import Line
from shared.contracts.catalog import TOPICS
from shared.contracts.recruitment.pipeline import PUBLIC_NETWORK
from shared.contracts.recruitment.pipeline_commands import EnrollFacility
from shared.messaging import crash
from shared.runtime.supervisor import SERVICES
from shared.stack.endpoints import KAFKA_ADMIN
from tests.faults import evidence, workload
from tests.faults.conftest import Report
from tests.faults.rounds import Rounds, flowing
from tests.support.platform import Trial, until, within

TIMES: Final = 10
SESSION_MS: Final = "2000"
READ: Final = tuple(topic.name for topic in TOPICS if set(topic.readers) & set(SERVICES))
_BACK: Final = "UPDATE consumer_offset SET next = 0"
_CASE_STATE: Final = "SELECT version, course::text FROM case_file WHERE case_id = $1"


async def test_every_record_coming_ten_times_more_changes_nothing(trial: Trial, rounds: Rounds, report: Report) -> None:
    await rounds.calm()
    recorded = await trial.records(*READ)

    async def deed() -> float:
        began = time.monotonic()
        await _send_again(trial, recorded, TIMES)
        return began

    found, seconds = await rounds.unchanged_by(deed)
    report("records:tenfold", "every record of every topic ten times more", found, seconds, records=len(recorded))
    for service in ("recruitment", "complaints", "notifications"):
        assert await trial.metric("qio_records_total", service, {"outcome": "repeated"}) >= TIMES


async def _send_again(trial: Trial, records: Sequence[ConsumerRecord], times: int = 1) -> None:
    async with AIOKafkaProducer(**trial.settings.kafka(KAFKA_ADMIN)) as producer:
        for _ in range(times):
            sent = [
                await producer.send(record.topic, key=record.key, value=record.value, headers=list(record.headers))
                for record in records
            ]
            await asyncio.gather(*sent)


async def test_a_replay_from_offset_0_with_the_inbox_intact_changes_nothing(
    trial: Trial, rounds: Rounds, report: Report
) -> None:
    await rounds.calm()

    async def deed() -> float:
        for service in SERVICES:
            await trial.kill(service)
            async with trial.database(service) as conn:
                await conn.execute(_BACK)
        began = time.monotonic()
        for service in SERVICES:
            await trial.start(service)
        return began

    found, seconds = await rounds.unchanged_by(deed)
    report("replay:restart", "offsets set to 0, services restarted", found, seconds)


async def test_offsets_set_back_under_running_services_are_read_from_there_without_a_gap(
    trial: Trial, rounds: Rounds, report: Report
) -> None:
    await rounds.calm()
    recorded = await trial.records(*READ)

    async def fault() -> float:
        for service in SERVICES:
            async with trial.database(service) as conn:
                await conn.execute(_BACK)
        began = time.monotonic()
        # A consumer finds out at its next record, and the round's may have been taken already.
        await _send_again(trial, recorded)
        return began

    found, seconds = await rounds.under(fault)
    report("replay:live", "offsets set to 0 while messages flow", found, seconds)
    assert '"event": "fenced"' in "".join(trial.log(service) for service in SERVICES)


async def test_a_frozen_service_that_wakes_after_another_took_over_writes_nothing(
    trial: Trial, rounds: Rounds, report: Report
) -> None:
    began = time.monotonic()
    fenced = False
    # What the frozen process holds when it wakes depends on whether its fetch was waiting at the broker just then.
    for attempt in range(3):
        fenced = await _freeze(trial, f"frozen-{attempt}")
        if fenced:
            break
    await trial.start("complaints")
    await trial.quiet()
    found = await evidence.look(trial)
    report("consumer:frozen", "SIGSTOP past the session timeout, another took over, SIGCONT", found, _since(began))
    assert (found.lost, found.double, found.dead_letters, found.broken) == (0, 0, 0, [])
    assert fenced


async def _freeze(trial: Trial, name: str) -> bool:
    """Freeze a service, let another advance the same case, wake it; True when it was fenced. It may write nothing."""
    await trial.start("complaints", QIO_KAFKA_SESSION_TIMEOUT_MS=SESSION_MS)
    await trial.ready("complaints")
    now = dt.datetime.now(dt.UTC)
    async with Line(trial.settings) as line:
        request = workload.filing(name, now - dt.timedelta(minutes=20))
        case = str((await workload.ask(line, request, request.beneficiary))["case_id"])
        physician = workload.reviewer(1_000 + int(name.rpartition("-")[2]))
        await workload.ask(line, physician, str(physician.reviewer_id))
        steps = workload.steps(UUID(case), now, physician.reviewer_id)
        await workload.ask(line, steps[0], case)
        already = _fences(trial)
        trial.process("complaints").send(signal.SIGSTOP)
        held = asyncio.create_task(workload.ask(line, steps[1], case))  # reaches the frozen process, which holds it
        heir = await trial.start_another("complaints", "1", QIO_KAFKA_SESSION_TIMEOUT_MS=SESSION_MS)
        await held
        for step in steps[2:-1]:
            await workload.ask(line, step, case)
        await trial.quiet()  # the heir's letters are on their way; from here only the frozen one could write
        written = await trial.rows("complaints", _CASE_STATE, case)
        trial.process("complaints").send(signal.SIGCONT)
        fenced = await within(lambda: _fences(trial) > already, 10)
        assert await trial.rows("complaints", _CASE_STATE, case) == written
        await workload.ask(line, steps[-1], case)
    await trial.stop(heir)
    return fenced


def _fences(trial: Trial) -> int:
    return trial.log("complaints").count('"event": "fenced"')


def _since(began: float) -> float:
    return time.monotonic() - began


async def test_two_processes_of_one_service_and_the_death_of_the_leading_one(
    trial: Trial, rounds: Rounds, report: Report
) -> None:
    await trial.start("complaints", QIO_KAFKA_SESSION_TIMEOUT_MS=SESSION_MS)
    await trial.ready("complaints")
    second = await trial.start_another("complaints", "1", QIO_KAFKA_SESSION_TIMEOUT_MS=SESSION_MS)
    await until(lambda: '"event": "started"' in trial.log(second), "the second process")

    async def fault() -> float:
        await flowing(trial)
        await trial.kill("complaints")
        return time.monotonic()

    found, seconds = await rounds.under(fault)
    report("service:two-processes", "SIGKILL of the one that leads", found, seconds)
    await trial.start("complaints")
    await trial.stop(second)


async def test_an_outbox_row_deleted_by_hand_is_one_lost_event(trial: Trial, rounds: Rounds, report: Report) -> None:
    work = rounds.fresh()
    await workload.publish(trial, work)
    await trial.quiet()
    await trial.kill("recruitment")
    await trial.start("recruitment", QIO_CRASH_AT="relay-read")
    async with Line(trial.settings) as line:
        command = EnrollFacility(
            actor="tests",
            ccn=work.ccn,
            collaborative="NNHQCC",
            recruited_on=dt.date(2014, 9, 1),
            contact_email="home@example.org",
        )
        asked = asyncio.create_task(workload.ask(line, command, work.ccn))
        assert await trial.ended("recruitment") == crash.EXIT_STATUS
        took = "DELETE FROM outbox WHERE aggregatetype = $1 RETURNING *"
        deleted = await trial.rows("recruitment", took, PUBLIC_NETWORK.name)
        assert len(deleted) == 1
        began = time.monotonic()
        await trial.start("recruitment")
        await asked
    await trial.quiet()
    audited = await trial.audit()
    assert audited.lost == 1
    assert [PUBLIC_NETWORK.name in note for note in audited.notes] == [True]
    found = evidence.Findings(lost=audited.lost)
    report("outbox:row-deleted", "one unpublished row deleted by hand", found, time.monotonic() - began)

    row = deleted[0]
    columns = ", ".join(row.keys())
    places = ", ".join(f"${number}" for number in range(1, len(row) + 1))
    async with trial.database("recruitment") as conn:
        await conn.execute(f"INSERT INTO outbox ({columns}) OVERRIDING SYSTEM VALUE VALUES ({places})", *row.values())
    await trial.quiet()
    assert (await trial.audit()).lost == 0
