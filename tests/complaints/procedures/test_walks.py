"""Random walks of every case type: however people act, no case is decided or closed without what must come before."""

import datetime as dt
from collections import Counter
from random import Random
from typing import Final
from uuid import UUID

import pytest

from services.complaints.domain import procedures
from services.complaints.domain.case import Case
from shared.contracts.complaints import CaseCommand, CaseType
from shared.messaging.handling import Accepted, Refused
from tests.complaints.player.office import Office
from tests.complaints.player.player import Player
from tests.complaints.player.requests import request
from tests.complaints.player.staff import Staff
from tests.complaints.procedures.invariants import broken, misheard
from tests.complaints.procedures.preconditions import unmet

STAFF: Final = Staff()
WALKS: Final = 40  # of each case type
LONGEST: Final = 120  # commands; a case that is not over by then is stuck
FIRST: Final = dt.datetime(2025, 3, 1, tzinfo=dt.UTC)  # every rule of every case type is in force
SPAN: Final = dt.timedelta(days=500)


class Walk:
    """One case from its request to its end; ``wrong`` says in words what should not have been."""

    def __init__(
        self, case_type: CaseType, seed: str, *, mischief: float, received_at: dt.datetime | None = None
    ) -> None:
        chance = Random(seed)
        received_at = received_at or FIRST + chance.random() * SPAN
        self.office = Office(STAFF, received_at + dt.timedelta(minutes=1))
        self.player = Player(chance, STAFF, mischief=mischief)
        self.commands: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.states: list[str] = []
        self.wrong: list[str] = []
        answer = self.office.tell(request(chance, case_type, received_at))
        self.case_id = UUID(str(answer.made["case_id"])) if isinstance(answer, Accepted) else None
        if self.case_id is not None:
            self._note(None, None)

    def go(self, most: int = LONGEST) -> None:
        """Play until nobody wants anything more."""
        if self.case_id is None:
            return
        for _ in range(most):
            command = self.player.next(self.case)
            if command is not None:
                self._take(command)
            elif self.over:
                break
            else:
                self._wait()
        self.wrong += misheard(self.case, self.office.published)

    @property
    def case(self) -> Case:
        assert self.case_id is not None
        return self.office.case(self.case_id)

    @property
    def over(self) -> bool:
        return self.case_id is None or procedures.of(self.case.type).terminal(self.case.state)

    def _take(self, command: CaseCommand) -> None:
        self._pass_time(command)
        before = self.case
        answer = self.office.tell(command)
        self.commands[type(command).__name__] += 1
        if isinstance(answer, Refused):
            self.refused.update(reason.code for reason in answer.reasons)
            if self.case is not before:
                self.wrong.append("a refused command changed the case")
        else:
            self._note(before, command)

    def _pass_time(self, command: CaseCommand) -> None:
        """Time goes on to when the command is sent; the clocks speak first."""
        if command.at.tzinfo is not None and command.at.year < 2990:
            self.office.now = max(self.office.now, command.at)
        before = self.case
        assert self.case_id is not None
        if self.office.tick(self.case_id):
            self._note(before, None)

    def _wait(self) -> None:
        """Nobody does anything until the next clock speaks, if one runs."""
        before = self.case
        ahead = [at for deadline in before.deadlines if (at := deadline.next_fire_at()) is not None]
        if not ahead or self.case_id is None:
            return
        self.office.now = max(self.office.now, min(ahead))
        self.office.tick(self.case_id)
        self._note(before, None)

    def _note(self, before: Case | None, command: CaseCommand | None) -> None:
        self.states.append(self.case.state)
        self.wrong += broken(before, self.case)
        if before is not None:
            self.wrong += unmet(before, command, self.case, STAFF)


def walked(case_type: CaseType, number: int) -> Walk:
    """The walk of that number; every fourth goes by the book."""
    walk = Walk(case_type, f"{case_type}/{number}", mischief=0.0 if number % 4 == 0 else 0.15)
    walk.go()
    return walk


@pytest.mark.parametrize("case_type", CaseType)
def test_no_walk_reaches_a_decision_or_an_end_without_its_preconditions(case_type: CaseType) -> None:
    found = [(number, walk) for number in range(WALKS) if (walk := walked(case_type, number)).wrong or not walk.over]
    assert [(number, walk.wrong or f"stuck: {walk.case.state} {walk.refused}") for number, walk in found] == []


@pytest.mark.verify
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("case_type", CaseType)
def test_a_thousand_walks_of_each_case_type(case_type: CaseType) -> None:
    found = [(number, walk) for number in range(1_000) if (walk := walked(case_type, number)).wrong or not walk.over]
    assert [(number, walk.wrong or f"stuck: {walk.case.state} {walk.refused}") for number, walk in found] == []
