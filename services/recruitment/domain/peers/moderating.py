"""Questions and answers are published, rejected and withdrawn; published answers are marked."""

from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.networks.standing import in_future, too_early, unknown
from services.recruitment.domain.peers.question_kind import (
    ANSWER_MACHINE,
    QUESTION,
    QUESTION_MACHINE,
    Answer,
    PostStatus,
    PostStep,
    Question,
    latest_day,
)
from services.recruitment.domain.people.kinds import PERSON
from services.recruitment.domain.people.standing import person_reason, subject_key, subject_reason
from shared.contracts.recruitment.questions import (
    AnswerMarked,
    Mark,
    MarkAnswer,
    ModeratePost,
    Moderation,
    PostModerated,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against, refused


def _no_answer(question: Question) -> Against:
    return against("ANSWER_UNKNOWN", "answer", f"There are {len(question.answers)} answers.")


def _moderate_keys(command: ModeratePost, ids: Ids) -> Iterable[str]:
    del ids
    return QUESTION.key(command.question), PERSON.key(command.moderator)


def moderate(command: ModeratePost, held: Held, asked: Asked) -> Decided | Against:
    """Decide of a question, or of one of its answers."""
    found = held.get(QUESTION, command.question)
    if found is None:
        return unknown("question")
    if command.answer is not None and command.answer > len(found.answers):
        return _no_answer(found)
    post = found if command.answer is None else found.answers[command.answer - 1]
    machine = QUESTION_MACHINE if command.answer is None else ANSWER_MACHINE
    field = "question" if command.answer is None else "answer"
    if impossible := machine.reason_against(post.status, PostStep(command.decision), field):
        return Against((impossible,))
    reasons = [
        *_against_deciding(command, post),
        *too_early(command.decided_on, latest_day(post), "decided_on", "the last that is recorded of it"),
        *in_future(command.decided_on, asked.now, "decided_on"),
    ]
    if gone := person_reason(held.get(PERSON, command.moderator), command.decided_on, "moderator"):
        reasons.append(gone)
    if refusal := refused(reasons):
        return refusal
    event = PostModerated(**command.model_dump(), network=found.network)
    after = QUESTION.evolve(found, event, asked.now)
    status = after.status if command.answer is None else after.answers[command.answer - 1].status
    return Decided({"question": found.id, "answer": command.answer, "status": status.value}, (event,))


def _against_deciding(command: ModeratePost, post: Question | Answer) -> Iterator[Reason]:
    author = post.asker if isinstance(post, Question) else post.answerer
    if author == f"person:{command.moderator}" and command.decision is not Moderation.WITHDRAW:
        text = "Nobody decides of what they wrote themselves; they can withdraw it."
        yield Reason(code="OWN_POST", field="moderator", text=text)
    if command.decision is not Moderation.PUBLISH and command.reason is None:
        yield Reason(code="REASON_MISSING", field="reason", text="Say why it is not to be seen.")


def _mark_keys(command: MarkAnswer, ids: Ids) -> Iterable[str]:
    del ids
    return QUESTION.key(command.question), subject_key(command.by)


def mark(command: MarkAnswer, held: Held, asked: Asked) -> Decided | Against:
    """Mark an answer of a question that is published."""
    found = held.get(QUESTION, command.question)
    if found is None:
        return unknown("question")
    if command.answer > len(found.answers):
        return _no_answer(found)
    one, made = found.answers[command.answer - 1], {"question": found.id, "answer": command.answer}
    if impossible := _not_seen(found, one):
        return Against((impossible,))
    done = found.accepted == command.answer if command.mark is Mark.ACCEPTED else command.by in one.helpful
    reasons = [
        *_against_marking(command, found, one),
        *too_early(command.marked_on, latest_day(one), "marked_on", "the answer was published"),
        *in_future(command.marked_on, asked.now, "marked_on"),
    ]
    if gone := subject_reason(command.by, held, command.marked_on, "by"):
        reasons.append(gone)
    if refusal := refused(reasons):
        return refusal
    if done:
        return Decided({**made, "helpful": len(one.helpful), "changed": False})
    event = AnswerMarked(**command.model_dump(), network=found.network)
    helpful = len(one.helpful) + (command.mark is Mark.HELPFUL)
    return Decided({**made, "helpful": helpful, "changed": True}, (event,))


def _not_seen(question: Question, answer: Answer) -> Reason | None:
    if question.status is not PostStatus.PUBLISHED:
        text = f"The question is {question.status.value.lower()}; answers of published ones are marked."
        return Reason(code="STATE", field="question", text=text)
    return ANSWER_MACHINE.reason_against(answer.status, PostStep.MARK, "answer")


def _against_marking(command: MarkAnswer, question: Question, answer: Answer) -> Iterator[Reason]:
    if command.mark is Mark.ACCEPTED and command.by != question.asker:
        yield Reason(code="NOT_THE_ASKER", field="by", text="Whoever asked says which answer was looked for.")
    if command.mark is Mark.HELPFUL and command.by == answer.answerer:
        yield Reason(code="OWN_ANSWER", field="by", text="Others say whether an answer helped.")


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(ModeratePost, _moderate_keys, moderate),
    Rule(MarkAnswer, _mark_keys, mark),
)
