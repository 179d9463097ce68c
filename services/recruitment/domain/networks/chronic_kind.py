"""A chronic care improvement program as it stands, and how it changes by its events."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from shared.contracts.message import Event
from shared.contracts.recruitment.chronic_care import (
    CHRONIC_CARE,
    ChronicCareProgramEnded,
    ChronicCareProgramStarted,
    ChronicCareRecorded,
    Condition,
)
from shared.records.kinds import Kind, Record
from shared.records.machine import Machine


class ProgramStatus(StrEnum):
    """Whether a program goes on."""

    RUNNING = "RUNNING"
    ENDED = "ENDED"


class ProgramStep(StrEnum):
    """What can happen to a program. Figures come in late: they can be recorded after its end as well."""

    RECORD = "RECORD"
    END = "END"


PROGRAM_MACHINE: Final = Machine(
    "the program",
    {
        (ProgramStatus.RUNNING, ProgramStep.RECORD): ProgramStatus.RUNNING,
        (ProgramStatus.RUNNING, ProgramStep.END): ProgramStatus.ENDED,
        (ProgramStatus.ENDED, ProgramStep.RECORD): ProgramStatus.ENDED,
    },
)


class Figures(Record):
    """Beneficiaries of a month, None: from 1 to 10; ``revision`` from 2 on corrects, ``because`` says why."""

    invited: int | None
    taking_part: int | None
    ended: int | None
    revision: int
    because: str | None = None


class ChronicCare(Record):
    """The program of one sponsor; ``months`` by month (YYYY-MM), ``ended_on`` is its last day."""

    id: str
    network: str
    sponsor: str
    conditions: tuple[Condition, ...]
    started_on: dt.date
    months: Mapping[str, Figures] = {}
    status: ProgramStatus = ProgramStatus.RUNNING
    ended_on: dt.date | None = None
    reason: str | None = None


def _evolve(before: ChronicCare | None, event: Event, at: dt.datetime) -> ChronicCare:
    del at
    if isinstance(event, ChronicCareProgramStarted):
        told = event.model_dump(include={"network", "sponsor", "conditions", "started_on"})
        return ChronicCare(id=event.program, **told)
    assert before is not None, "a program is started first"
    if isinstance(event, ChronicCareRecorded):
        figures = Figures(**event.model_dump(include=set(Figures.model_fields)))
        return before.model_copy(update={"months": dict(sorted({**before.months, event.month: figures}.items()))})
    assert isinstance(event, ChronicCareProgramEnded)
    ended = event.model_dump(include={"ended_on", "reason"})
    return before.model_copy(update={"status": ProgramStatus.ENDED, **ended})


PROGRAM: Final = Kind(
    name="chronic-care",
    state=ChronicCare,
    events=(ChronicCareProgramStarted, ChronicCareRecorded, ChronicCareProgramEnded),
    begins=(ChronicCareProgramStarted,),
    id_of=lambda event: event.program,
    evolve=_evolve,
    topic=CHRONIC_CARE.name,
)
