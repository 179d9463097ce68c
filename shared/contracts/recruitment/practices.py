"""Practices that worked somewhere, with their evidence: drafted, reviewed, published, shared, retired."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Event
from shared.contracts.recruitment import practice_commands
from shared.contracts.recruitment.learning_terms import LearningId, Topic
from shared.contracts.recruitment.practice_commands import Evidence, Origin
from shared.contracts.recruitment.steps import Signatory
from shared.contracts.topic import Confidentiality, Gaps
from shared.contracts.topic import Topic as KafkaTopic


class _OfPractice(Event):
    practice: LearningId
    actor: str


class PracticeDrafted(_OfPractice):
    """A practice is being written down."""

    TYPE: ClassVar[str] = "recruitment.PracticeDrafted"

    network: str
    title: str
    topic: Topic
    measures: tuple[str, ...]
    summary: str
    evidence: tuple[Evidence, ...]
    origin: Origin | None
    author: str
    drafted_on: dt.date


class PracticeRevised(_OfPractice):
    """The draft of a practice's next version is as this says; no review of it counts yet."""

    TYPE: ClassVar[str] = "recruitment.PracticeRevised"

    title: str
    topic: Topic
    measures: tuple[str, ...]
    summary: str
    evidence: tuple[Evidence, ...]
    author: str
    revised_on: dt.date


class PracticeReviewed(_OfPractice):
    """Somebody who did not write the draft found it fit to be published."""

    TYPE: ClassVar[str] = "recruitment.PracticeReviewed"

    reviewed_by: str
    reviewed_on: dt.date
    judgement: str


class PracticePublished(_OfPractice):
    """The draft is the version of this number, from 1."""

    TYPE: ClassVar[str] = "recruitment.PracticePublished"

    version: int = Field(ge=1)
    published_on: dt.date


class PracticeShared(_OfPractice):
    """For these participants, who had not been written to before, a notice about the practice was requested."""

    TYPE: ClassVar[str] = "recruitment.PracticeShared"

    participants: tuple[str, ...]
    shared_on: dt.date


class NamingWishRecorded(_OfPractice):
    """The origin wants, or does not want, to be named with the practice."""

    TYPE: ClassVar[str] = "recruitment.NamingWishRecorded"

    named: bool
    said_by: Signatory
    said_on: dt.date


class PracticeRetired(_OfPractice):
    """A practice is no longer recommended, or was never published."""

    TYPE: ClassVar[str] = "recruitment.PracticeRetired"

    retired_on: dt.date
    reason: str


ASKED = practice_commands.ASKED

PRACTICES = KafkaTopic(
    name="qio.recruitment.practices.v1",
    owner="recruitment",
    summary="Practices with their evidence: drafted, revised, reviewed, published, shared, retired.",
    messages=(
        PracticeDrafted,
        PracticeRevised,
        PracticeReviewed,
        PracticePublished,
        PracticeShared,
        NamingWishRecorded,
        PracticeRetired,
    ),
    key="practice id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (PRACTICES,)
