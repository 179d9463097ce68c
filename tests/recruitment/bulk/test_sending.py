"""Sending a job: many on their way, every answer counted once, and an interrupted one gone on with."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from services.recruitment.cli.bulk_job import Job, new_job, row_of
from shared.cli.ask import NoAnswer
from shared.cli.many import IN_FLIGHT, Tally, send, write_rejects
from shared.contracts.message import Command
from shared.contracts.recruitment.pipeline_commands import EnrollFacility
from shared.contracts.replies import CommandAccepted, CommandRejected, Reason
from tests.recruitment.bulk.test_job import COMMON, NOW

Answer = CommandAccepted | CommandRejected


class FakeService:
    """Answers a command once it has had the chance to answer others, the same command always the same."""

    def __init__(self) -> None:
        self.decided: dict[UUID, Answer] = {}
        self.effects: list[str] = []
        self.falls_silent_after: int | None = None
        self.on_their_way = self.most = 0

    async def ask(self, command: Command, key: str, command_id: UUID | None = None) -> Answer:
        assert isinstance(command, EnrollFacility)
        assert command_id is not None
        assert key == command.ccn
        self.on_their_way += 1
        self.most = max(self.most, self.on_their_way)
        await asyncio.sleep(0)
        self.on_their_way -= 1
        if self.falls_silent_after is not None and len(self.decided) >= self.falls_silent_after:
            raise NoAnswer("silent")
        if command_id not in self.decided:
            self.decided[command_id] = self._decide(command, command_id)
        return self.decided[command_id]

    def _decide(self, command: EnrollFacility, command_id: UUID) -> Answer:
        kind = command.wire_type()
        if int(command.ccn) % 5 == 0 or command.ccn in self.effects:
            reason = Reason(code="ALREADY_MEMBER", field="collaborative", text="It is, already.", citation="a source")
            return CommandRejected(command_id=command_id, command_type=kind, reasons=(reason,))
        self.effects.append(command.ccn)
        return CommandAccepted(command_id=command_id, command_type=kind, made={})


def job_of(rows: int) -> Job:
    return new_job([row_of(line, {**COMMON, "ccn": f"{100_000 + line}"}) for line in range(2, rows + 2)], NOW)


async def send_job(job: Job, service: FakeService, tally: Tally, tick: Callable[[int], None]) -> None:
    await send(job.rows, service, tally, tick, key=lambda row: row.key, command_id=job.command_id)


async def test_counts_add_up_and_many_are_on_their_way_but_not_more_than_allowed() -> None:
    job, service, ticks = job_of(2_000), FakeService(), list[int]()
    tally = Tally(job.rows)
    await send_job(job, service, tally, ticks.append)
    assert (len(tally.accepted), len(tally.refused), tally.answered) == (1_600, 400, 2_000)
    assert sorted(row.key for row, _ in tally.accepted) == sorted(service.effects)
    assert sum(ticks) == 2_000
    assert service.most == IN_FLIGHT


async def test_a_silent_service_ends_the_job_and_going_on_has_no_second_effect(tmp_path: Path) -> None:
    job, service = job_of(900), FakeService()
    service.falls_silent_after = 500
    job.store(tmp_path)
    first = Tally(job.rows)
    with pytest.raises(NoAnswer):
        await send_job(job, service, first, lambda _: None)
    assert first.answered < 900
    service.falls_silent_after = None
    again, whole = Job.load(tmp_path, job.id), Tally(job.rows)
    await send_job(again, service, whole, lambda _: None)
    assert (len(whole.accepted), len(whole.refused)) == (720, 180)
    assert len(service.effects) == len(set(service.effects)) == 720
    assert len(service.decided) == 900


async def test_refused_rows_are_written_with_line_and_every_reason_in_order(tmp_path: Path) -> None:
    rows = [
        row_of(4, {**COMMON, "ccn": "1"}),
        row_of(2, {**COMMON, "ccn": "100005"}),
        row_of(3, {**COMMON, "ccn": "100006"}),
    ]
    job = new_job(rows, NOW)
    tally = Tally(job.rows)
    await send_job(job, FakeService(), tally, lambda _: None)
    path = tmp_path / "deep" / "rejects.csv"
    write_rejects(path, tally.refused, "ccn")
    assert path.read_text().splitlines() == [
        "line,ccn,code,field,reason,source",
        '2,100005,ALREADY_MEMBER,collaborative,"It is, already.",a source',
        "4,1,SCHEMA,ccn,must be of this form: CMS Certification Number.,",
    ]
    write_rejects(path, [], "ccn")
    assert not path.exists()
