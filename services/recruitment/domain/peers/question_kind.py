"""A question to a network with its answers as they stand, and how they change by their events."""

import datetime as dt
from enum import StrEnum
from typing import Any, Final

from shared.contracts.message import Event
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.recruitment.questions import (
    QUESTIONS,
    AnswerMarked,
    Mark,
    Moderation,
    PostModerated,
    QuestionAnswered,
    QuestionAsked,
)
from shared.records.kinds import Kind, Record
from shared.records.machine import Machine


class PostStatus(StrEnum):
    """Whether others see a question or an answer."""

    SUBMITTED = "SUBMITTED"
    PUBLISHED = "PUBLISHED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"


class PostStep(StrEnum):
    """What can be done with a question (ANSWER) or an answer (MARK), and what a moderator decides of either."""

    PUBLISH = "PUBLISH"
    REJECT = "REJECT"
    WITHDRAW = "WITHDRAW"
    ANSWER = "ANSWER"
    MARK = "MARK"


_MODERATED: Final = {
    (PostStatus.SUBMITTED, PostStep.PUBLISH): PostStatus.PUBLISHED,
    (PostStatus.SUBMITTED, PostStep.REJECT): PostStatus.REJECTED,
    (PostStatus.SUBMITTED, PostStep.WITHDRAW): PostStatus.WITHDRAWN,
    (PostStatus.PUBLISHED, PostStep.WITHDRAW): PostStatus.WITHDRAWN,
}
QUESTION_MACHINE: Final = Machine(
    "the question", {**_MODERATED, (PostStatus.PUBLISHED, PostStep.ANSWER): PostStatus.PUBLISHED}
)
ANSWER_MACHINE: Final = Machine(
    "the answer", {**_MODERATED, (PostStatus.PUBLISHED, PostStep.MARK): PostStatus.PUBLISHED}
)
_AFTER: Final = {
    Moderation.PUBLISH: PostStatus.PUBLISHED,
    Moderation.REJECT: PostStatus.REJECTED,
    Moderation.WITHDRAW: PostStatus.WITHDRAWN,
}


class Decision(Record):
    """What a moderator decided, and when."""

    decision: Moderation
    moderator: str
    on: dt.date
    reason: str | None


class Answer(Record):
    """An answer; ``helpful`` are those whom it helped, in the order they said so."""

    answerer: str
    text: str
    answered_on: dt.date
    status: PostStatus = PostStatus.SUBMITTED
    decisions: tuple[Decision, ...] = ()
    helpful: tuple[str, ...] = ()


class Question(Record):
    """A question with all its answers, of which others see the published ones; ``accepted`` counts from 1."""

    id: str
    network: str
    asker: str
    topic: Topic
    text: str
    asked_on: dt.date
    status: PostStatus = PostStatus.SUBMITTED
    decisions: tuple[Decision, ...] = ()
    answers: tuple[Answer, ...] = ()
    accepted: int | None = None


def latest_day(post: Question | Answer) -> dt.date:
    """The last day on which something was decided of a post, at first when it was written."""
    written = post.asked_on if isinstance(post, Question) else post.answered_on
    return max((written, *(one.on for one in post.decisions)))


def _answered(held: Question, number: int, **changes: Any) -> tuple[Answer, ...]:
    answers = list(held.answers)
    answers[number - 1] = answers[number - 1].model_copy(update=changes)
    return tuple(answers)


def _moderated(held: Question, event: PostModerated) -> dict[str, Any]:
    post = held if event.answer is None else held.answers[event.answer - 1]
    decision = Decision(decision=event.decision, moderator=event.moderator, on=event.decided_on, reason=event.reason)
    changes = {"status": _AFTER[event.decision], "decisions": (*post.decisions, decision)}
    if event.answer is None:
        return changes
    gone = event.decision is Moderation.WITHDRAW and held.accepted == event.answer
    return {
        "answers": _answered(held, event.answer, **changes),
        "accepted": None if gone else held.accepted,
    }


def _marked(held: Question, event: AnswerMarked) -> dict[str, Any]:
    if event.mark is Mark.ACCEPTED:
        return {"accepted": event.answer}
    helpful = (*held.answers[event.answer - 1].helpful, event.by)
    return {"answers": _answered(held, event.answer, helpful=helpful)}


def _evolve(before: Question | None, event: Event, at: dt.datetime) -> Question:
    del at
    if isinstance(event, QuestionAsked):
        return Question(id=event.question, **event.model_dump(exclude={"question", "actor"}))
    assert before is not None, "a question is asked first"
    match event:
        case QuestionAnswered():
            answer = Answer(answerer=event.answerer, text=event.text, answered_on=event.answered_on)
            changes: dict[str, Any] = {"answers": (*before.answers, answer)}
        case PostModerated():
            changes = _moderated(before, event)
        case AnswerMarked():
            changes = _marked(before, event)
        case _:
            raise AssertionError("an event of the kind that nothing evolves by")
    return before.model_copy(update=changes)


QUESTION: Final = Kind(
    name="network-question",
    state=Question,
    events=(QuestionAsked, QuestionAnswered, PostModerated, AnswerMarked),
    begins=(QuestionAsked,),
    id_of=lambda event: event.question,
    evolve=_evolve,
    topic=QUESTIONS.name,
)
