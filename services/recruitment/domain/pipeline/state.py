"""How far a participant has come with a collaborative, and campaigns of invitations."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from shared.contracts.recruitment.steps import Agreement, InvitationMessage, Stage
from shared.records.kinds import Record


class Step(Record):
    """A stage that was reached, and the day it counts from; ``struck`` when it was recorded by mistake."""

    stage: Stage
    since: dt.date
    actor: str
    at: dt.datetime
    reason: str | None = None
    agreement: Agreement | None = None
    campaign: UUID | None = None
    wave: int | None = None
    task: str | None = None
    membership_id: UUID | None = None
    qin_qio: str | None = None
    struck: bool = False


class Correction(Record):
    """A step (counted from 1) that was recorded wrongly: from ``was`` to ``since``, or struck where that is None."""

    step: int
    was: dt.date
    since: dt.date | None
    reason: str
    actor: str
    at: dt.datetime


class Engagement(Record):
    """One participant and one collaborative; ``steps`` are all stages reached, in the order they were recorded.

    What stands follows from the steps that are not struck. ``stage`` is None when all of them are. The membership is
    there from being recruited, also for graduates, until the participant withdraws.
    """

    participant: str
    collaborative: str
    stage: Stage | None
    steps: tuple[Step, ...]
    corrections: tuple[Correction, ...] = ()
    membership_id: UUID | None = None
    recruited_on: dt.date | None = None
    qin_qio: str | None = None
    agreement: Agreement | None = None
    task: str | None = None

    def standing(self) -> Iterator[tuple[int, Step]]:
        """The steps that stand, with their numbers from 1."""
        return ((number, step) for number, step in enumerate(self.steps, start=1) if not step.struck)

    def last(self) -> Step | None:
        """The last step that stands."""
        return next((step for step in reversed(self.steps) if not step.struck), None)


class Campaign(Record):
    """A campaign of invitations; whom it invited stands with their engagements."""

    id: UUID
    name: str
    collaborative: str
    message: InvitationMessage
    waves: int
    started_on: dt.date
    closed_on: dt.date | None = None
    reason: str | None = None


def engagement_id(participant: str, collaborative: str) -> str:
    """The id of an engagement."""
    return f"{participant}|{collaborative}"
