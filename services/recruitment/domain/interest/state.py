"""An interest as it stands; who asks is a record of its own."""

import datetime as dt
from uuid import UUID

from shared.contracts.recruitment.interest import Direction, Enquirer, InterestState
from shared.records.kinds import Record


class Routing(Record):
    """Who is to answer, from when, and by what source or for what reason."""

    qin_qio: str
    routed_on: dt.date
    reason: str
    actor: str
    at: dt.datetime


class Answer(Record):
    """What was answered."""

    answered_on: dt.date
    text: str
    actor: str
    at: dt.datetime


class Interest(Record):
    """What somebody asks for or offers. ``qin_qio`` is who is to answer, UNKNOWN while it lies with staff.

    ``participant`` and ``collaborative`` say what it led to, or who asked where that is known from the start.
    """

    id: UUID
    interest_state: InterestState
    direction: Direction
    enquirer: Enquirer
    subject: str
    zip_code: str
    state: str
    received_on: dt.date
    answer_due_on: dt.date
    why_with_staff: str | None
    language: str
    qin_qio: str
    routings: tuple[Routing, ...] = ()
    answers: tuple[Answer, ...] = ()
    participant: str | None = None
    collaborative: str | None = None
    closed_on: dt.date | None = None
    outcome: str | None = None

    def latest(self) -> dt.date:
        """The last day on which something happened to it."""
        days = [self.received_on, *(one.routed_on for one in self.routings), *(one.answered_on for one in self.answers)]
        return max(days)
