"""Targets of recruitment: how many of whom each task asks for, where and until when."""

import datetime as dt
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.steps import CollaborativeCode
from shared.contracts.recruitment.terms import TaskKey
from shared.contracts.topic import Confidentiality, Gaps, Topic

TargetArea = Annotated[
    str,
    Field(
        pattern=r"^([A-Z]{2}|qin:[a-z][a-z-]{1,39})$",
        description="postal code of a state or territory, US for all, or a network of 2014 to 2019: qin:new-england",
    ),
]
Count = Annotated[int, Field(ge=1, le=1_000_000, description="participants to recruit in the period")]
Percent = Annotated[int, Field(ge=1, le=100, description="percent of the participants eligible in the area")]
Source = Annotated[str, Field(min_length=3, max_length=500, description="the document and section that says it")]


class SetRecruitmentTarget(Command):
    """Set how many participants a task asks to recruit into a collaborative, or amend it from a day on.

    A target is known by task, collaborative and area; its periods do not overlap, and the first day names the period.
    Exactly one of ``number`` and ``share_percent``. ``effective_on``: from when an amendment counts; when left out it
    corrects what was set last. The task must be one of the statement of work of that time. Asking for what holds
    already changes nothing.
    """

    TYPE: ClassVar[str] = "recruitment.SetRecruitmentTarget"

    task: TaskKey
    collaborative: CollaborativeCode
    area: TargetArea
    starts_on: dt.date
    ends_on: dt.date
    number: Count | None = None
    share_percent: Percent | None = None
    effective_on: dt.date | None = None
    source: Source


class RecruitmentTargetSet(Event):
    """A target of the period from ``starts_on`` counts from ``effective_on``; of one day the last that was set does."""

    TYPE: ClassVar[str] = "recruitment.RecruitmentTargetSet"

    task: str
    collaborative: str
    area: str
    starts_on: dt.date
    ends_on: dt.date
    number: int | None = None
    share_percent: int | None = None
    effective_on: dt.date
    source: str
    actor: str


ASKED: tuple[type[Command], ...] = (SetRecruitmentTarget,)

TARGETS = Topic(
    name="qio.recruitment.targets.v1",
    owner="recruitment",
    summary="How many participants each task asks to recruit, by collaborative, area and period.",
    messages=(RecruitmentTargetSet,),
    key="task, collaborative and area, with bars between",
    partitions=1,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS: tuple[Topic, ...] = (TARGETS,)
