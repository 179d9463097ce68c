"""Questions to a network are asked and answered; nobody sees either before a moderator publishes it."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.networks import belonging
from services.recruitment.domain.networks.kinds import NETWORK, network_of
from services.recruitment.domain.networks.standing import at_work, in_future, learning_id, too_early, unknown
from services.recruitment.domain.peers.question_kind import QUESTION, QUESTION_MACHINE, PostStep, latest_day
from services.recruitment.domain.people.standing import subject_key, subject_reason
from shared.contracts.recruitment.questions import (
    AnswerQuestion,
    AskQuestion,
    QuestionAnswered,
    QuestionAsked,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused

MOST_ANSWERS: Final = 200
# An e-mail address, a telephone number, a Social Security number.
_CONTACT: Final = re.compile(
    r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}|(?<![0-9-])(\([0-9]{3}\) ?|[0-9]{3}[-. ])[0-9]{3}[-. ][0-9]{4}(?![0-9-])"
    r"|(?<![0-9-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![0-9-])"
)


def identifying(text: str, field: str) -> Iterator[Reason]:
    """Why a text cannot be put before a network: it seems to hold how to reach a person, or who one is."""
    if _CONTACT.search(text):
        told = "It seems to hold an e-mail address, a telephone number or a Social Security number. Leave it out."
        yield Reason(code="NAMES_A_PERSON", field=field, text=told)


def _ask_keys(command: AskQuestion, ids: Ids) -> Iterable[str]:
    yield NETWORK.key(command.network)
    yield QUESTION.key(learning_id(command.network, ids("question")))
    yield subject_key(command.asker)
    kind, _, identifier = command.asker.partition(":")
    if kind == "participant":
        yield from belonging.keys(identifier)


def ask(command: AskQuestion, held: Held, asked: Asked) -> Decided | Against:
    """Ask a network; a participant asks one that it could take part in."""
    network, day = held.get(NETWORK, command.network), command.asked_on
    reasons = [
        *at_work(network, day, "asked_on"),
        *in_future(day, asked.now, "asked_on"),
        *identifying(command.text, "text"),
    ]
    kind, _, identifier = command.asker.partition(":")
    if kind == "participant":
        found = belonging.reasons_against(network, identifier, day, held)
        reasons += (one.model_copy(update={"field": "asker"}) for one in found)
    elif gone := subject_reason(command.asker, held, day, "asker"):
        reasons.append(gone)
    if refusal := refused(reasons):
        return refusal
    event = QuestionAsked(**command.model_dump(), question=learning_id(command.network, asked.new_id("question")))
    return Decided({"question": event.question, "network": event.network}, (event,))


def _answer_keys(command: AnswerQuestion, ids: Ids) -> Iterable[str]:
    del ids
    return QUESTION.key(command.question), NETWORK.key(network_of(command.question)), subject_key(command.answerer)


def answer(command: AnswerQuestion, held: Held, asked: Asked) -> Decided | Against:
    """Answer a question; whoever knows may, in the network or not."""
    found = held.get(QUESTION, command.question)
    if found is None:
        return unknown("question")
    if impossible := QUESTION_MACHINE.reason_against(found.status, PostStep.ANSWER, "question"):
        return Against((impossible,))
    day = command.answered_on
    reasons = [
        *at_work(held.get(NETWORK, found.network), day, "answered_on"),
        *too_early(day, latest_day(found), "answered_on", "the question was published"),
        *in_future(day, asked.now, "answered_on"),
        *identifying(command.text, "text"),
    ]
    if gone := subject_reason(command.answerer, held, day, "answerer"):
        reasons.append(gone)
    if len(found.answers) >= MOST_ANSWERS:
        text = f"There are {MOST_ANSWERS} answers. Ask anew."
        reasons.append(Reason(code="TOO_MANY", field="question", text=text))
    if refusal := refused(reasons):
        return refusal
    number = len(found.answers) + 1
    event = QuestionAnswered(**command.model_dump(), network=found.network, answer=number)
    return Decided({"question": found.id, "answer": number}, (event,))


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(AskQuestion, _ask_keys, ask),
    Rule(AnswerQuestion, _answer_keys, answer),
)
