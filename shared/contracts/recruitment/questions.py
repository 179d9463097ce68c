"""Questions and answers of learning networks, each moderated before others see it."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.learning_terms import LearningId, NetworkId
from shared.contracts.recruitment.learning_terms import Topic as LearningTopic
from shared.contracts.recruitment.people_terms import PersonId
from shared.contracts.recruitment.terms import Said
from shared.contracts.topic import Confidentiality, Gaps, Topic

Author = Annotated[
    str,
    Field(
        pattern=r"^(person:[a-z0-9][a-z0-9-]{1,59}"
        r"|participant:([0-9A-Z]{6}|npi:[0-9]{10}|own:[a-z0-9][a-z0-9-]{1,59}))$",
        description="person: and the id of one of the QIO's people, or participant: and a participant's id",
    ),
]
AnswerNumber = Annotated[int, Field(ge=1, le=200, description="counts the answers of a question from 1")]


class Moderation(StrEnum):
    """What a moderator decides of a question or an answer."""

    PUBLISH = "PUBLISH"
    REJECT = "REJECT"
    WITHDRAW = "WITHDRAW"


class Mark(StrEnum):
    """What is said of an answer: that it helped somebody, or that it is the one that was looked for."""

    HELPFUL = "HELPFUL"
    ACCEPTED = "ACCEPTED"


class AskQuestion(Command):
    """Ask a network something; nobody sees it before it is published."""

    TYPE: ClassVar[str] = "recruitment.AskQuestion"

    network: NetworkId
    asker: Author
    topic: LearningTopic
    text: Said
    asked_on: dt.date


class AnswerQuestion(Command):
    """Answer a published question, from whatever network; nobody sees it before it is published."""

    TYPE: ClassVar[str] = "recruitment.AnswerQuestion"

    question: LearningId
    answerer: Author
    text: Said
    answered_on: dt.date


class ModeratePost(Command):
    """Publish, reject or withdraw a question, or its answer of that number; nobody moderates what they wrote.

    A rejection and a withdrawal say why.
    """

    TYPE: ClassVar[str] = "recruitment.ModeratePost"

    question: LearningId
    answer: AnswerNumber | None = None
    decision: Moderation
    moderator: PersonId
    decided_on: dt.date
    reason: Said | None = None


class MarkAnswer(Command):
    """Mark a published answer: HELPFUL by anybody else, once each; ACCEPTED by whoever asked, in place of another.

    The same again: no change.
    """

    TYPE: ClassVar[str] = "recruitment.MarkAnswer"

    question: LearningId
    answer: AnswerNumber
    mark: Mark
    by: Author
    marked_on: dt.date


class _OfQuestion(Event):
    question: LearningId
    network: NetworkId
    actor: str


class QuestionAsked(_OfQuestion):
    """Somebody asked a network something."""

    TYPE: ClassVar[str] = "recruitment.QuestionAsked"

    asker: Author
    topic: LearningTopic
    text: str
    asked_on: dt.date


class QuestionAnswered(_OfQuestion):
    """Somebody answered a question."""

    TYPE: ClassVar[str] = "recruitment.QuestionAnswered"

    answer: AnswerNumber
    answerer: Author
    text: str
    answered_on: dt.date


class PostModerated(_OfQuestion):
    """A question, or the answer of that number, was published, rejected or withdrawn."""

    TYPE: ClassVar[str] = "recruitment.PostModerated"

    answer: AnswerNumber | None
    decision: Moderation
    moderator: PersonId
    decided_on: dt.date
    reason: str | None


class AnswerMarked(_OfQuestion):
    """An answer helped somebody, or is the one that was looked for."""

    TYPE: ClassVar[str] = "recruitment.AnswerMarked"

    answer: AnswerNumber
    mark: Mark
    by: Author
    marked_on: dt.date


ASKED: tuple[type[Command], ...] = (AskQuestion, AnswerQuestion, ModeratePost, MarkAnswer)

QUESTIONS = Topic(
    name="qio.recruitment.questions.v1",
    owner="recruitment",
    summary="Questions and answers of learning networks: asked, answered, moderated, marked.",
    messages=(QuestionAsked, QuestionAnswered, PostModerated, AnswerMarked),
    key="question id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (QUESTIONS,)
