"""An intervention as it stands, with its months, pauses and changes."""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from pydantic import Field

from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.intervention_terms import Comparison, EndReason, InterventionType, StatedResult
from shared.records.kinds import Record
from shared.records.machine import Machine


class Phase(StrEnum):
    """Whether an intervention is delivered."""

    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    ENDED = "ENDED"


class Step(StrEnum):
    """What can be done with an intervention."""

    CHANGE = "CHANGE"
    RECORD = "RECORD"
    PAUSE = "PAUSE"
    RESUME = "RESUME"
    END = "END"
    CORRECT = "CORRECT"


# Figures come late: months can be recorded and the first and last day put right when all is over.
MACHINE: Final = Machine(
    "the intervention",
    {
        (Phase.RUNNING, Step.CHANGE): Phase.RUNNING,
        (Phase.RUNNING, Step.RECORD): Phase.RUNNING,
        (Phase.RUNNING, Step.PAUSE): Phase.PAUSED,
        (Phase.RUNNING, Step.END): Phase.ENDED,
        (Phase.RUNNING, Step.CORRECT): Phase.RUNNING,
        (Phase.PAUSED, Step.CHANGE): Phase.PAUSED,
        (Phase.PAUSED, Step.RECORD): Phase.PAUSED,
        (Phase.PAUSED, Step.RESUME): Phase.RUNNING,
        (Phase.PAUSED, Step.END): Phase.ENDED,
        (Phase.PAUSED, Step.CORRECT): Phase.PAUSED,
        (Phase.ENDED, Step.RECORD): Phase.ENDED,
        (Phase.ENDED, Step.CORRECT): Phase.ENDED,
    },
)


class Dose(Record):
    """What was delivered in a month, as last corrected."""

    units: int
    revision: int


class Reach(Record):
    """Who was reached in a month, as last corrected; ``beneficiaries`` None: from 1 to 10."""

    beneficiaries: int | None
    areas: int
    facilities: int
    revision: int


class Pause(Record):
    """A time without delivery, from ``since`` up to ``until``, the first day it went on again."""

    since: dt.date
    reason: str
    until: dt.date | None = None


class Change(Record):
    """What was changed on a day, in words."""

    on: dt.date
    what: str


class Intervention(Record):
    """An intervention; ``dose`` and ``reach`` by month, ``number`` which of the community's coalitions it is of.

    ``ended_on`` is its last day. ``areas`` are how many there were at its start: its event, or that of
    the last correction of it, says which.
    """

    id: str
    coalition: str
    number: int
    name: str
    kind: InterventionType
    kind_text: str | None
    stratum: str
    settings: tuple[Setting, ...]
    measures: tuple[str, ...]
    started_on: dt.date
    dose_unit: str
    planned_dose: int | None
    community_version: int
    areas: int
    comparison: Comparison
    comparison_communities: tuple[str, ...]
    phase: Phase = Phase.RUNNING
    dose: dict[str, Dose] = Field(default_factory=dict)
    reach: dict[str, Reach] = Field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()
    changes: tuple[Change, ...] = ()
    ended_on: dt.date | None = None
    end_reason: EndReason | None = None
    result: StatedResult | None = None
    statement: str | None = None

    def days(self) -> Iterator[dt.date]:
        """Every day within it on which something is recorded, its start and end left out."""
        yield from (one.on for one in self.changes)
        for pause in self.pauses:
            yield pause.since
            if pause.until is not None:
                yield pause.until

    @property
    def latest_day(self) -> dt.date:
        """The last day of what is recorded, its end left out."""
        return max((self.started_on, *self.days()))

    @property
    def months(self) -> tuple[str, ...]:
        """The months with dose or reach, in order."""
        return tuple(sorted(self.dose.keys() | self.reach.keys()))
