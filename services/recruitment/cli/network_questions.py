"""Questions to networks and their answers, part of ``qio network``: asked, answered, moderated, marked, found."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import AsJson, listed
from services.recruitment.cli.network_base import Network, OfNetwork
from services.recruitment.cli.network_match import OnTopic
from services.recruitment.cli.steps import participant_id
from services.recruitment.cli.work_frame import After, Day, Limit, day, listing, perform
from services.recruitment.domain.peers.question_kind import PostStatus
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.recruitment.questions import (
    AnswerQuestion,
    AskQuestion,
    Mark,
    MarkAnswer,
    ModeratePost,
    Moderation,
)

_WHO = "person: and the id of one of the QIO's people, or a participant's id."
Question = Annotated[str, typer.Argument(metavar="QUESTION", help="As the list shows it.")]
Text = Annotated[str, typer.Argument(help="In a sentence or some, naming no person.")]
By = Annotated[str, typer.Option(help=_WHO)]
Answer = Annotated[int | None, typer.Option("--answer", help="Which answer, from 1; the question when left out.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    for function in (ask, answer, moderate, mark, search, questions, question):
        app.command()(function)


def ask(network: Network, text: Text, *, topic: OnTopic, by: By, on: Day = None, json: AsJson = False) -> None:
    """Ask a network something; others see it once it is published."""
    values = {"network": network, "asker": author(by), "topic": topic, "text": text, "asked_on": day(on)}
    perform(AskQuestion, values, network, "{question} waits for a moderator.", json=json)


def answer(question: Question, text: Text, *, by: By, on: Day = None, json: AsJson = False) -> None:
    """Answer a published question; others see it once it is published."""
    values = {"question": question, "answerer": author(by), "text": text, "answered_on": day(on)}
    perform(AnswerQuestion, values, question, "Answer {answer} of {question} waits for a moderator.", json=json)


def moderate(
    question: Question,
    decision: Annotated[Moderation, typer.Argument(case_sensitive=False)],
    *,
    moderator: Annotated[str, typer.Option(help="The id of one of the QIO's people, who did not write it.")],
    number: Answer = None,
    reason: Annotated[str | None, typer.Option(help="Why it is rejected or withdrawn.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Publish, reject or withdraw a question or one of its answers."""
    values = {
        "question": question,
        "answer": number,
        "decision": decision,
        "moderator": moderator.removeprefix("person:"),
        "decided_on": day(on),
        "reason": reason,
    }
    perform(ModeratePost, values, question, "It is {status}.", json=json)


def mark(
    question: Question,
    number: Annotated[int, typer.Argument(metavar="ANSWER", help="Which answer, from 1.")],
    what: Annotated[Mark, typer.Argument(case_sensitive=False)],
    *,
    by: By,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Say that an answer helped, or (whoever asked) that it is the one that was looked for."""
    values = {"question": question, "answer": number, "mark": what, "by": author(by), "marked_on": day(on)}
    perform(MarkAnswer, values, question, "Answer {answer} helped {helpful}; changed: {changed}.", json=json)


def search(
    words: Annotated[str, typer.Argument(help='As in a search engine: "together", -without, or.')],
    *,
    network: OfNetwork = None,
    topic: Annotated[Topic | None, typer.Option(case_sensitive=False)] = None,
    limit: Annotated[int, typer.Option(min=1, max=100)] = 20,
    json: AsJson = False,
) -> None:
    """Published questions and answers with these words, the best first."""
    found = get("recruitment", "/question-search", words=words, network=network, topic=topic, limit=limit)
    if json or not found:
        listed(found, str, "published questions with these words", json=json)
        return
    for one in found:
        _tell(one)


def question(question: Question, json: AsJson = False) -> None:
    """One published question with its published answers."""
    found = get("recruitment", f"/network-questions/{question}")
    if json:
        as_json(found)
    else:
        _tell(found)


def _tell(found: dict[str, Any]) -> None:
    say(f"{found['id']}  {found['topic']}  {found['text']}")
    for one in found["answers"]:
        accepted = ", accepted" if one["number"] == found["accepted"] else ""
        say(f"    {one['number']}. {one['text']} ({one['answerer']}, helped {one['helpful']}{accepted})")


def questions(
    *,
    network: OfNetwork = None,
    topic: Annotated[Topic | None, typer.Option(case_sensitive=False)] = None,
    status: Annotated[PostStatus | None, typer.Option(case_sensitive=False)] = None,
    answers: Annotated[
        PostStatus | None, typer.Option(case_sensitive=False, help="Only those with an answer that stands so.")
    ] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """All questions for those who moderate, with how many answers wait."""
    filters = {"network": network, "topic": topic, "status": status, "answers": answers}
    listing("/network-questions", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    waiting = sum(one["status"] == PostStatus.SUBMITTED for one in row["answers"])
    told = f"{len(row['answers'])} answers, {waiting} waiting"
    return f"{row['id']:<30}  {row['status']:<9}  {row['topic']}: {row['text']} ({told})"


def author(text: str) -> str:
    """Whose words they are: one of the QIO's people, or a participant, with or without saying so."""
    if text.startswith("person:"):
        return text
    return f"participant:{participant_id(text.removeprefix('participant:'))}"
