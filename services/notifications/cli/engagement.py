"""``qio voices``: stories, feedback, surveys, decision aids and invitations of patients and families."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import typer

from services.notifications.cli import campaigns, stories
from services.notifications.cli.list_frame import Json, asked, get, rows_of, told
from services.notifications.cli.stories import DAY, Phone, Writer

app = typer.Typer(name="voices", help="The voice of patients and families.", no_args_is_help=True)
feedback = typer.Typer(help="What they taught us, and what was changed because of it.", no_args_is_help=True)
survey = typer.Typer(help="The survey after a closed case.", no_args_is_help=True)
aid = typer.Typer(help="Decision aids.", no_args_is_help=True)
app.add_typer(stories.app, name="story")
app.add_typer(feedback, name="feedback")
app.add_typer(survey, name="survey")
app.add_typer(aid, name="aid")

Code = Annotated[str, typer.Argument(metavar="CODE", help="The code of the invitation.")]


@feedback.command("record")
def record_feedback(
    learned: Annotated[str, typer.Argument(help="What was learned, in words that tell of nobody.")],
    *,
    topic: Annotated[str, typer.Option(help="What it is about.")],
    source: Annotated[str, typer.Option(help="SURVEY, STORY, CALL or MEETING.")],
    on: Annotated[datetime, typer.Option(formats=DAY, help="When it was learned.")],
    json: Json = False,
) -> None:
    """Keep what patients and families taught us."""
    from shared.contracts.notifications.engagement import RecordFeedback  # noqa: PLC0415 - keeps others quick

    values = {"learned": learned, "topic": topic, "source": source.upper(), "learned_on": on.date()}
    made = asked(RecordFeedback, topic, values, json=json)
    told(f"Feedback {made['feedback']} is kept.", json=json)


@feedback.command("return")
def return_feedback(
    which: Annotated[UUID, typer.Argument(metavar="FEEDBACK", help="The feedback's id.")],
    changed: Annotated[str, typer.Argument(help="What was changed because of it.")],
    *,
    to: Annotated[str, typer.Option(help="coalition:c1, collaborative:NNHQCC, state:MA …")],
    on: Annotated[datetime, typer.Option(formats=DAY, help="When they were told.")],
    json: Json = False,
) -> None:
    """You said, we did: record that the network was told what was changed."""
    from shared.contracts.notifications.engagement import ReturnFeedback  # noqa: PLC0415

    values = {"feedback": which, "place": to, "on": on.date(), "changed": changed}
    made = asked(ReturnFeedback, str(which), values, json=json)
    told(f"It was returned {made['returned']} times by now.", json=json)


@feedback.command("list")
def list_feedback(
    topic: Annotated[str | None, typer.Option(help="Of this topic.")] = None,
    after: Annotated[UUID | None, typer.Option(help="The last id of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
    json: Json = False,
) -> None:
    """Feedback by id, with how often it was returned."""
    rows = get("/voices/feedback", topic=topic, after=after and str(after), limit=limit)
    rows_of(rows, lambda row: f"{row['id']}  {row['topic']}: returned {len(row['returned'])} times", "more", json=json)


@survey.command("questions")
def questions(json: Json = False) -> None:
    """What is asked now."""
    found = get("/voices/survey/questions")
    rows_of(found["questions"], lambda row: f"{row['id']:<12} {row['text']['en']}", "questions", json=json)


@survey.command("answer")
def answer(
    code: Code,
    *,
    score: Annotated[list[str] | None, typer.Option("--score", help="QUESTION=1 to 5, which is best.")] = None,
    words: Annotated[list[str] | None, typer.Option("--words", help="QUESTION=what they said.")] = None,
    how: Annotated[str, typer.Option(help="PHONE, LETTER or ONLINE.")],
    on: Annotated[datetime, typer.Option(formats=DAY, help="When they answered.")],
    version: Annotated[str, typer.Option(help="Of the questions.")] = "1",
    language: Annotated[str, typer.Option(help="In which they answered.")] = "en",
    json: Json = False,
) -> None:
    """Keep the answers to a survey."""
    from shared.contracts.notifications.engagement import RecordSurveyAnswer  # noqa: PLC0415

    values = {
        "code": code,
        "version": version,
        "scores": dict(_pair(one) for one in score or ()),
        "words": dict(_pair(one) for one in words or ()),
        "language": language,
        "how": how.upper(),
        "answered_on": on.date(),
    }
    made = asked(RecordSurveyAnswer, "survey", values, json=json)
    told("The answers are kept." if made["changed"] else "They were kept already.", json=json)


@survey.command("withdraw")
def withdraw(code: Code, json: Json = False) -> None:
    """Whoever answered takes the answers back: they are erased."""
    from shared.contracts.notifications.engagement import WithdrawSurveyAnswer  # noqa: PLC0415

    made = asked(WithdrawSurveyAnswer, "survey", {"code": code}, json=json)
    told("The answers are erased." if made["changed"] else "There are none.", json=json)


@survey.command("results")
def results(json: Json = False) -> None:
    """Counts by month, group of cases and question; small numbers are withheld."""
    rows_of(get("/voices/survey/results"), _result, "answers", json=json)


@aid.command("list")
def aids(json: Json = False) -> None:
    """The decision aids there are."""
    rows_of(get("/voices/aids"), _aid, "aids", json=json)


@aid.command("order")
def order(
    which: Annotated[str, typer.Argument(metavar="AID", help="Its id: qio voices aid list.")],
    contact: Annotated[UUID, typer.Argument(metavar="CONTACT", help="Who gets it.")],
    *,
    writer: Writer,
    phone: Phone,
    json: Json = False,
) -> None:
    """Send a decision aid to a contact."""
    from shared.contracts.notifications.engagement import OrderAid  # noqa: PLC0415

    values = {"aid": which, "contact": contact, "office": {"name": writer, "phone": phone}}
    made = asked(OrderAid, str(contact), values, json=json)
    told(f"Notice {made['notice_id']} is asked for.", json=json)


@app.command("invite")
def invite(
    name: Annotated[str, typer.Argument(help="What staff call it.")],
    *,
    words: Annotated[list[str], typer.Option("--words", help="LANGUAGE=FILE, en and es: the first line is the title.")],
    writer: Writer,
    phone: Phone,
    state: Annotated[list[str] | None, typer.Option("--state", help="Of this state; may be repeated.")] = None,
    community: Annotated[list[str] | None, typer.Option("--community", help="Of this community.")] = None,
    stage: Annotated[list[str] | None, typer.Option("--stage", help="As of qio messages prepare.")] = None,
    json: Json = False,
) -> None:
    """Prepare a message that invites beneficiaries, residents, families and caregivers; somebody else approves it."""
    campaigns.prepare(
        name,
        words=words,
        writer=writer,
        phone=phone,
        stage=stage,
        part=["BENEFICIARY", "RESIDENT", "FAMILY", "CAREGIVER"],
        state=state,
        community=community,
        json=json,
    )


def _pair(text: str) -> tuple[str, str]:
    question, _, value = text.partition("=")
    return question, value


def _result(row: dict[str, Any]) -> str:
    answered = "fewer than 11" if row["answered"] is None else f"{row['answered']:,}"
    lines = [f"{row['month']}  {row['group'].lower()}: {answered} answered"]
    for one in row["questions"]:
        counts = ", ".join(f"{name}: {'withheld' if count is None else count}" for name, count in one["counts"].items())
        lines.append(f"  {one['question']:<12} {counts}")
    return "\n".join(lines)


def _aid(row: dict[str, Any]) -> str:
    overdue = " (overdue)" if row["overdue"] else ""
    return f"{row['aid']:<20} {row['titles']['en']}; to be looked at by {row['review_by']}{overdue}"
