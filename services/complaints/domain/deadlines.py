"""A deadline of one case as a value: made from a rule, met, missed or void, and warned about on the way."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal
from uuid import UUID

from services.complaints.domain import clock
from services.complaints.domain.rule import Rule
from shared.contracts.complaints import Obligor

Percent = Literal[50, 75, 90]
SOFT_LIMITS: tuple[Percent, ...] = (50, 75, 90)
# Acts within the second of ``due_at`` are in time, so the clock speaks only when that second is over.
_GRACE = dt.timedelta(seconds=1)


class Status(StrEnum):
    """MISSED is set by the clock and stays; a late act then only adds ``met_at``."""

    PENDING = "PENDING"
    MET = "MET"
    MISSED = "MISSED"
    VOID = "VOID"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One clock of one case; a change of its basis voids it and makes another. Instants are UTC.

    ``warned`` is the highest soft limit (percent of the time from trigger to due) that was announced. ``wakes``: what
    follows from its end is for the case to decide; other clocks only tell the world, if it may hear (``announced``).
    """

    id: UUID
    rule_id: str
    rule_version: int
    citation: str
    obligor: Obligor
    window: bool
    trigger: str
    trigger_at: dt.datetime
    due_at: dt.datetime
    zone: str
    status: Status = Status.PENDING
    met_at: dt.datetime | None = None
    warned: int = 0
    wakes: bool = True
    announced: bool = True

    @property
    def open(self) -> bool:
        """Whether the clock runs."""
        return self.status is Status.PENDING

    def meet(self, at: dt.datetime) -> "Deadline":
        """The act was done at ``at``: MET, or MISSED when that was too late; the first act counts."""
        if self.met_at is not None or self.status is Status.VOID:
            return self
        if self.open:
            status = Status.MET if clock.in_time(at, self.due_at) else Status.MISSED
            return replace(self, status=status, met_at=at)
        return replace(self, met_at=at)

    def void(self) -> "Deadline":
        """The act is no longer owed; what was met or missed stays so."""
        return replace(self, status=Status.VOID) if self.open else self

    def next_fire_at(self) -> dt.datetime | None:
        """When the clock has something to say next, or None."""
        if not self.open:
            return None
        for percent in () if self.window else SOFT_LIMITS:
            if percent > self.warned:
                return self._soft(percent)
        return self.due_at + _GRACE

    def fire(self, now: dt.datetime) -> tuple["Deadline", Percent | None]:
        """What time did by ``now``: MISSED, or the highest soft limit passed (limits slept through are skipped)."""
        if not self.open:
            return self, None
        if now >= self.due_at + _GRACE:
            return replace(self, status=Status.MISSED), None
        passed = [percent for percent in SOFT_LIMITS if percent > self.warned and now >= self._soft(percent)]
        if not passed or self.window:
            return self, None
        return replace(self, warned=passed[-1]), passed[-1]

    def _soft(self, percent: int) -> dt.datetime:
        return self.trigger_at + (self.due_at - self.trigger_at) * percent / 100


def start(rule: Rule, deadline_id: UUID, trigger_at: dt.datetime, zone: str) -> Deadline:
    """Start a rule's clock at ``trigger_at`` on the facility's clock."""
    return Deadline(
        id=deadline_id,
        rule_id=rule.id,
        rule_version=rule.version,
        citation=rule.citation,
        obligor=Obligor(rule.obligor.value),
        window=rule.window,
        trigger=rule.trigger,
        trigger_at=trigger_at.astimezone(dt.UTC),
        due_at=rule.due(trigger_at, zone),
        zone=zone,
    )
