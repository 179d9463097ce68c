"""What can be asked about practices: written with evidence, reviewed, published, shared, retired."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Contract
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.learning_terms import LearningId, NetworkId, Topic
from shared.contracts.recruitment.people_terms import PersonId
from shared.contracts.recruitment.session_terms import OfficePhone
from shared.contracts.recruitment.steps import Signatory
from shared.contracts.recruitment.terms import Line, Said


class EvidenceKind(StrEnum):
    """Where evidence comes from."""

    PUBLISHED_STUDY = "PUBLISHED_STUDY"
    OWN_FIGURES = "OWN_FIGURES"
    PROGRAM_DATA = "PROGRAM_DATA"
    EXPERT_GUIDANCE = "EXPERT_GUIDANCE"


class Evidence(Contract):
    """Why a practice is held to work: of what kind, where it is kept, and how strong it is in words."""

    kind: EvidenceKind
    kept_at: Line = Field(description="a citation, a link or a place in the archive")
    strength: Said


class Origin(Contract):
    """Which participant a practice comes from, since when it does it, and the test of change that it grew out of."""

    participant: ParticipantId
    since: dt.date
    test: LearningId | None = None


Measures = Annotated[
    tuple[Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$", description="a measure of the catalog")], ...],
    Field(max_length=20),
]
EvidenceItems = Annotated[tuple[Evidence, ...], Field(max_length=20)]


class DraftPractice(Command):
    """Begin to write a practice down; evidence can follow, and must before it is published. Again: a second one."""

    TYPE: ClassVar[str] = "recruitment.DraftPractice"

    network: NetworkId
    title: Line
    topic: Topic
    measures: Measures = ()
    summary: Said
    evidence: EvidenceItems = ()
    origin: Origin | None = None
    author: PersonId
    drafted_on: dt.date


class RevisePractice(Command):
    """Write a draft anew, or the next version of a published practice; what is left out stays.

    A review of the draft before counts no more. The same again changes nothing.
    """

    TYPE: ClassVar[str] = "recruitment.RevisePractice"

    practice: LearningId
    title: Line | None = None
    topic: Topic | None = None
    measures: Measures | None = None
    summary: Said | None = None
    evidence: EvidenceItems | None = None
    author: PersonId
    revised_on: dt.date


class ReviewPractice(Command):
    """Record that somebody of the staff who did not write the draft reviewed it and found it fit to be published."""

    TYPE: ClassVar[str] = "recruitment.ReviewPractice"

    practice: LearningId
    reviewed_by: PersonId
    reviewed_on: dt.date
    judgement: Said


class PublishPractice(Command):
    """Publish the draft as the next version; it has evidence and was reviewed. Nobody is written to yet."""

    TYPE: ClassVar[str] = "recruitment.PublishPractice"

    practice: LearningId
    published_on: dt.date


class SharePractice(Command):
    """Write to these participants about a published practice, to each once, however often it is asked.

    Who closed or goes on in another is left out, and so is the origin itself. ``results`` are what was seen with the
    practice, ``office`` and ``phone`` whom participants ask. ``name_origin`` is the origin where it is to be named;
    refused unless its latest recorded wish says so.
    """

    TYPE: ClassVar[str] = "recruitment.SharePractice"

    practice: LearningId
    participants: tuple[ParticipantId, ...] = Field(min_length=1, max_length=1_000)
    results: Said | None = None
    name_origin: ParticipantId | None = None
    office: Line
    phone: OfficePhone
    shared_on: dt.date


class RecordNamingWish(Command):
    """Record whether the origin wants to be named with the practice; the latest wish holds, the same changes nothing.

    Until there is one it is not named.
    """

    TYPE: ClassVar[str] = "recruitment.RecordNamingWish"

    practice: LearningId
    named: bool
    said_by: Signatory
    said_on: dt.date


class RetirePractice(Command):
    """Retire a practice, or give up its draft; nobody takes it up any more, what was learned of it stays."""

    TYPE: ClassVar[str] = "recruitment.RetirePractice"

    practice: LearningId
    retired_on: dt.date
    reason: Said


ASKED: tuple[type[Command], ...] = (
    DraftPractice,
    RevisePractice,
    ReviewPractice,
    PublishPractice,
    SharePractice,
    RecordNamingWish,
    RetirePractice,
)
