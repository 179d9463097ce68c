"""A test of change as it stands: its cycles, and what can be done with it."""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise
from typing import Final

from shared.contracts.recruitment.change_test_commands import Decision, Measured
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.recruitment.steps import Signatory
from shared.records.kinds import Record
from shared.records.machine import Machine


class TestPhase(StrEnum):
    """What was done last with the cycle that a test is in, or how the test ended."""

    __test__ = False

    PLANNED = "PLANNED"
    CARRIED_OUT = "CARRIED_OUT"
    STUDIED = "STUDIED"
    ADOPTED = "ADOPTED"
    ABANDONED = "ABANDONED"


class TestStep(StrEnum):
    """What can be done with a test."""

    __test__ = False

    CARRY_OUT = "CARRY_OUT"
    STUDY = "STUDY"
    ADOPT = "ADOPT"
    ADAPT = "ADAPT"
    ABANDON = "ABANDON"
    SHARE = "SHARE"
    CORRECT = "CORRECT"


UNDER_WAY: Final = (TestPhase.PLANNED, TestPhase.CARRIED_OUT, TestPhase.STUDIED)
TEST_MACHINE: Final = Machine(
    "the test of change",
    {
        (TestPhase.PLANNED, TestStep.CARRY_OUT): TestPhase.CARRIED_OUT,
        (TestPhase.CARRIED_OUT, TestStep.STUDY): TestPhase.STUDIED,
        (TestPhase.STUDIED, TestStep.ADOPT): TestPhase.ADOPTED,
        (TestPhase.STUDIED, TestStep.ADAPT): TestPhase.PLANNED,
        **{(phase, TestStep.ABANDON): TestPhase.ABANDONED for phase in UNDER_WAY},
        **{(phase, TestStep.SHARE): phase for phase in TestPhase},
        **{(phase, TestStep.CORRECT): phase for phase in TestPhase},
    },
)
ACTS: Final = {
    Decision.ADOPT: TestStep.ADOPT,
    Decision.ADAPT: TestStep.ADAPT,
    Decision.ABANDON: TestStep.ABANDON,
}


class Cycle(Record):
    """One turn of plan, do, study, act, as far as it has come."""

    prediction: str
    planned_on: dt.date
    done: str | None = None
    done_on: dt.date | None = None
    learned: str | None = None
    values: tuple[Measured, ...] = ()
    studied_on: dt.date | None = None
    decision: Decision | None = None
    reason: str | None = None
    acted_on: dt.date | None = None

    def days(self) -> Iterator[dt.date]:
        """Its days, in the order that they are to stand in."""
        return (one for one in (self.planned_on, self.done_on, self.studied_on, self.acted_on) if one is not None)


class Wish(Record):
    """Whether a participant agreed to something, who said so in what office, and when."""

    agreed: bool
    said_by: Signatory
    said_on: dt.date


class Amendment(Record):
    """Which fields of which cycle were corrected, and why."""

    cycle: int
    fields: tuple[str, ...]
    because: str


class ChangeTest(Record):
    """A test of change; ``version`` and ``change`` name a change of the network's change package."""

    id: str
    network: str
    cohort: str
    participant: str
    topic: Topic
    version: int | None
    change: int | None
    aim: str
    cycles: tuple[Cycle, ...]
    phase: TestPhase = TestPhase.PLANNED
    shared: bool = False
    wish: Wish | None = None
    corrections: tuple[Amendment, ...] = ()

    def last_day(self) -> dt.date:
        """The last day on which something was done with it."""
        return max(self.cycles[-1].days())

    def adopted_on(self) -> dt.date | None:
        """Since when the change stays; None where it does not."""
        return self.cycles[-1].acted_on if self.phase is TestPhase.ADOPTED else None

    def in_order(self) -> bool:
        """Whether no day of it is before the one that goes before it."""
        return all(one <= then for one, then in pairwise(day for cycle in self.cycles for day in cycle.days()))
