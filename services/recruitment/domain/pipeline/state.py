"""How far a participant has come with a collaborative."""

import datetime as dt
from uuid import UUID

from services.recruitment.domain.kernel.records import Record
from shared.contracts.recruitment.pipeline import Stage


class Step(Record):
    """A stage that was reached, and the day it counts from."""

    stage: Stage
    since: dt.date
    actor: str
    at: dt.datetime


class Engagement(Record):
    """One participant and one collaborative; ``steps`` are all stages reached, in the order they were recorded."""

    participant: str
    collaborative: str
    stage: Stage
    steps: tuple[Step, ...]
    membership_id: UUID | None = None
    recruited_on: dt.date | None = None
    qin_qio: str | None = None


def engagement_id(participant: str, collaborative: str) -> str:
    """The id of an engagement."""
    return f"{participant}|{collaborative}"
