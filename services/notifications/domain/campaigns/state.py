"""A campaign message as it stands, and the machine of its states."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.contracts.notifications.campaigns import Audience, MessageType, Stage, Words
from shared.records.kinds import Record
from shared.records.machine import Machine


class State(StrEnum):
    """How far a campaign has come."""

    PREPARED = "PREPARED"
    APPROVED = "APPROVED"
    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    STOPPED = "STOPPED"
    FINISHED = "FINISHED"


class Action(StrEnum):
    """What can be done with a campaign; ``SEND`` and ``FINISH`` come of time."""

    APPROVE = "APPROVE"
    START = "START"
    SEND = "SEND"
    PAUSE = "PAUSE"
    RESUME = "RESUME"
    STOP = "STOP"
    FINISH = "FINISH"


MACHINE: Final = Machine(
    "the campaign",
    {
        (State.PREPARED, Action.APPROVE): State.APPROVED,
        (State.PREPARED, Action.STOP): State.STOPPED,
        (State.APPROVED, Action.START): State.RUNNING,
        (State.APPROVED, Action.STOP): State.STOPPED,
        (State.RUNNING, Action.SEND): State.RUNNING,
        (State.RUNNING, Action.PAUSE): State.PAUSED,
        (State.RUNNING, Action.STOP): State.STOPPED,
        (State.RUNNING, Action.FINISH): State.FINISHED,
        (State.PAUSED, Action.RESUME): State.RUNNING,
        (State.PAUSED, Action.STOP): State.STOPPED,
        # The end of its time comes for a campaign that is held as well.
        (State.PAUSED, Action.FINISH): State.FINISHED,
    },
)


class Progress(Record):
    """What was requested so far of one stage."""

    requested: int = 0
    complete: bool = False


class Campaign(Record):
    """A campaign; all times are UTC.

    ``cursor`` is the last contact that was looked at, ``population`` how many the audience had when the first stage
    began, ``next_at`` when the next stage or part of one is due. ``sent`` has an entry for each stage that began.
    """

    id: UUID
    name: str
    notice_type: MessageType
    words: Mapping[str, Words]
    audience: Audience
    writer: str
    phone: str
    list_id: str | None
    stages: tuple[Stage, ...]
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    state: State
    prepared_by: str
    prepared_at: dt.datetime
    approved_by: str | None = None
    reason: str | None = None
    next_at: dt.datetime | None = None
    cursor: UUID | None = None
    population: int | None = None
    sent: tuple[Progress, ...] = ()
    left_out: Mapping[str, int] = {}
    ended_at: dt.datetime | None = None

    @property
    def requested(self) -> int:
        """How many notices were requested so far."""
        return sum(one.requested for one in self.sent)

    @property
    def stage(self) -> int:
        """The number, from 1, of the stage that is under way or comes next."""
        return sum(one.complete for one in self.sent) + 1
