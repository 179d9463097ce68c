"""Mentoring of community leaders: who mentors whom on what, the sessions, the goals, the end."""

import datetime as dt
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.communities import CommunityId
from shared.contracts.recruitment.terms import Said
from shared.contracts.recruitment.work import Title, WorkId
from shared.contracts.topic import Confidentiality, Gaps, Topic

Professional = Annotated[
    str,
    Field(
        pattern=r"^(person:[a-z0-9][a-z0-9-]{1,59}"
        r"|participant:([0-9A-Z]{6}|npi:[0-9]{10}|own:[a-z0-9][a-z0-9-]{1,59}))$",
        description="person: and the id of one of the QIO's people, or participant: and the id of a coalition's member",
    ),
]
Minutes = Annotated[int, Field(ge=1, le=1440, description="minutes")]


class StartMentoring(Command):
    """Start the mentoring of a community leader, with goals by name; mentor and leader are two."""

    TYPE: ClassVar[str] = "recruitment.StartMentoring"

    coalition: CommunityId
    mentor: Professional
    leader: Professional
    topic: Title
    goals: tuple[Title, ...] = Field(min_length=1, max_length=20)
    started_on: dt.date


class RecordMentoringSession(Command):
    """Record a session held; one a day at most, so the same day again is refused."""

    TYPE: ClassVar[str] = "recruitment.RecordMentoringSession"

    mentoring: WorkId
    held_on: dt.date
    minutes: Minutes
    about: Said


class RecordMentoringGoal(Command):
    """Record that a goal was met; ``goal`` counts the goals from 1."""

    TYPE: ClassVar[str] = "recruitment.RecordMentoringGoal"

    mentoring: WorkId
    goal: int = Field(ge=1, le=20)
    met_on: dt.date


class EndMentoring(Command):
    """End the mentoring; goals not met stay so."""

    TYPE: ClassVar[str] = "recruitment.EndMentoring"

    mentoring: WorkId
    ended_on: dt.date
    reason: Said


class _OfMentoring(Event):
    mentoring: WorkId
    coalition: CommunityId
    actor: str


class MentoringStarted(_OfMentoring):
    """A community leader has a mentor."""

    TYPE: ClassVar[str] = "recruitment.MentoringStarted"

    number: int = Field(ge=1)
    mentor: Professional
    leader: Professional
    topic: str
    goals: tuple[str, ...]
    started_on: dt.date


class MentoringSessionRecorded(_OfMentoring):
    """A session was held."""

    TYPE: ClassVar[str] = "recruitment.MentoringSessionRecorded"

    held_on: dt.date
    minutes: int = Field(ge=1)
    about: str


class MentoringGoalMet(_OfMentoring):
    """A goal was met; ``goal`` counts from 1."""

    TYPE: ClassVar[str] = "recruitment.MentoringGoalMet"

    goal: int = Field(ge=1)
    met_on: dt.date


class MentoringEnded(_OfMentoring):
    """A mentoring ended; ``ended_on`` is its last day."""

    TYPE: ClassVar[str] = "recruitment.MentoringEnded"

    ended_on: dt.date
    reason: str


ASKED: tuple[type[Command], ...] = (StartMentoring, RecordMentoringSession, RecordMentoringGoal, EndMentoring)

MENTORING = Topic(
    name="qio.recruitment.mentoring.v1",
    owner="recruitment",
    summary="Mentoring of community leaders: started, sessions, goals, ended.",
    messages=(MentoringStarted, MentoringSessionRecorded, MentoringGoalMet, MentoringEnded),
    key="mentoring id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (MENTORING,)
