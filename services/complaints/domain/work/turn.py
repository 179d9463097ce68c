"""Whose turn it is in a case: the role of the QIO that must act next, with which steps, and by when."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from services.complaints.domain import clocks, procedures
from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import Deadline, Status
from services.complaints.domain.look import Act, Look
from services.complaints.domain.procedure import Step
from services.complaints.domain.reckoned import Desk, Reckoning
from services.complaints.domain.work.steps import established, forward, ours, parties_of
from shared.contracts.complaints import Obligor
from shared.contracts.work import WorkRole

# Guards that want something done or found before are named after it (``guards.done_before``, ``guards.answered``).
_MISSING = "_MISSING"
_NOBODY = "nobody"


class Turn(NamedTuple):
    """``role`` is None while only others can act; ``steps`` are the role's, the next first.

    ``due``: the act the QIO owes soonest, also where its time is over; None where it owes none.
    """

    role: WorkRole | None
    steps: tuple[str, ...]
    due: Deadline | None


def turn(case: Case, desk: Desk) -> Turn:
    """Whose turn it is in an open case; every open case has exactly one.

    The act owed soonest decides, where a step that does it can be taken now; else the step that leads the case on, or
    what must be done before it. Steps that end a case without a determination come last.
    """
    found = _Situation(case, desk)
    owed = found.owed()
    due = owed[0] if owed else None
    chosen = found.first_needed(owed)
    if chosen is None:
        return Turn(None, (), due)
    more = (step for step in found.possible if step.actor is chosen.actor and step.id != chosen.id and not step.ends)
    return Turn(WorkRole[chosen.actor.name], (chosen.id, *(step.id for step in more)), due)


class _Situation:
    """One case as it stands; what follows from its facts is reckoned only when asked, because it takes longest."""

    def __init__(self, case: Case, desk: Desk) -> None:
        self.case = case
        self.desk = desk
        self.procedure = procedures.of(case.type)
        self.possible = [step for step in ours(self.procedure, case.state) if self._outstanding(step)]

    @cached_property
    def reckoning(self) -> Reckoning:
        return clocks.reckoning(self.case, self.procedure, self.desk)

    def owed(self) -> list[Deadline]:
        """What the QIO still owes, soonest first: acts whose time runs, and those whose time is over undone.

        Of a clock that was started again only the last counts; an act no rule asks for any more is not owed.
        """
        latest = {deadline.rule_id: deadline for deadline in self.case.deadlines}
        found = [one for one in latest.values() if one.obligor is Obligor.QIO and not one.window and self._is_owed(one)]
        return sorted(found, key=lambda one: (one.due_at, one.rule_id))

    def first_needed(self, owed: list[Deadline]) -> Step | None:
        """The step that comes next, or one that must be taken before it and can be taken now."""
        step = self._next(owed)
        for _ in self.possible:
            before = None if step is None else next(self._needed(step), None)
            if before is None or before is step:
                break
            step = before
        return step

    def _next(self, owed: list[Deadline]) -> Step | None:
        leading = forward(self.procedure, self.case.state, self.possible)
        for deadline in owed:
            act = self.desk.book.version(deadline.rule_id, deadline.rule_version).met_by
            doing = next((step for step in self.possible if act is not None and act in established(step)), None)
            if doing is not None or leading is not None:
                return doing or leading
        return leading or next(self._telling(), None)

    def _telling(self) -> Iterator[Step]:
        """Where the case goes on by itself once everybody was told, telling is what it waits for."""
        if any((self.case.state, name) in self.procedure.table for name in self.procedure.automatic):
            yield from (step for step in self.possible if "party" in step.needs)

    def _needed(self, step: Step) -> Iterator[Step]:
        wanted = [guard for guard in step.guards if guard.id.endswith(_MISSING)]
        if not wanted:
            return
        nothing = Act(step=step.id, at=self.case.received_at, actor=_NOBODY)
        look = Look(case=self.case, procedure=self.procedure, step=step, act=nothing, reckoning=self.reckoning)
        for guard in wanted:
            if not guard.holds(look):
                name = guard.id.removesuffix(_MISSING).lower()
                yield from (one for one in self.possible if one.id == name or f"answers.{name}" in one.needs)

    def _outstanding(self, step: Step) -> bool:
        """Whether a step is still to be taken: it leads on, was never taken, or some party was not told yet."""
        if self.procedure.table[self.case.state, step.id] != self.case.state:
            return True
        if "party" in step.needs:
            return any(self.case.course.told(step.id, one) is None for one in parties_of(self.procedure, step))
        return self.case.course.last(step.id) is None

    def _is_owed(self, deadline: Deadline) -> bool:
        if deadline.open:
            return True
        undone = deadline.status is Status.MISSED and deadline.met_at is None
        return undone and self.reckoning.of(deadline.rule_id) is not None
