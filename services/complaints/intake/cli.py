"""qio case intake: the interview with a caller, resumed where it was left, until it is a case."""

import sys
from typing import Annotated, Any
from uuid import UUID, uuid4

import typer

from services.complaints.intake import asking, talk, words
from shared.cli.output import as_json, fail, say
from shared.contracts.intake import (
    AbandonIntake,
    AnswerIntake,
    CompleteIntake,
    ContactKind,
    DeclareOutage,
    StartIntake,
    WhyAbandoned,
)
from shared.runtime.clock import utc_now

app = typer.Typer(help="Interviews with callers.", no_args_is_help=True, add_completion=False)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines; nothing is asked.")]
IntakeId = Annotated[UUID, typer.Argument(metavar="INTAKE", help="Id of the interview.")]
Answers = Annotated[list[str] | None, typer.Option("--answer", metavar="QUESTION=VALUE", help="An answer.")]
From = Annotated[
    str | None, typer.Option("--answers", metavar="FILE", help="JSON object of answers; - is standard input.")
]
Contacts = Annotated[
    list[str] | None,
    typer.Option("--contact", metavar="KIND=AT", help=f"With zone; KIND is one of {', '.join(ContactKind)}."),
]


@app.command()
def start(
    *,
    voicemail: Annotated[str | None, typer.Option(help="When a voicemail was left, with zone.")] = None,
    answered: Annotated[str | None, typer.Option(help="When the call was answered, with zone.")] = None,
    contact: Contacts = None,
    language: Annotated[str, typer.Option(help="en or es.")] = "en",
    answer: Answers = None,
    answers: From = None,
    json: Json = False,
) -> None:
    """Begin an interview; the request counts from its first contact, a call answered now unless one is given."""
    contacts = words.contacts(contact)
    given = ((ContactKind.VOICEMAIL_LEFT, voicemail), (ContactKind.CALL_ANSWERED, answered))
    contacts += [{"kind": kind, "at": at} for kind, at in given if at is not None]
    intake_id = uuid4()
    view = talk.send(
        StartIntake,
        str(intake_id),
        intake_id=intake_id,
        language=language,
        contacts=contacts or [{"kind": ContactKind.CALL_ANSWERED, "at": utc_now()}],
        answers=words.answers(answer, answers),
    )
    _go_on(view, json=json)


@app.command("answer")
def answer_intake(
    intake: IntakeId, *, contact: Contacts = None, answer: Answers = None, answers: From = None, json: Json = False
) -> None:
    """Give answers, and note contacts such as a call back."""
    given = words.answers(answer, answers)
    view = talk.send(AnswerIntake, str(intake), intake_id=intake, contacts=words.contacts(contact), answers=given)
    _print(view, json=json)


@app.command()
def resume(
    intake: Annotated[UUID | None, typer.Argument(metavar="[INTAKE]", help="Id of the interview.")] = None,
    *,
    callback: Annotated[
        str | None, typer.Option(help="The number to call back; - reads it from standard input.")
    ] = None,
    json: Json = False,
) -> None:
    """Take an interview up again, by its id or by the number to call back."""
    if (intake is None) is (callback is None):
        raise typer.BadParameter("give the id of the interview or --callback")
    if intake is None:
        number = sys.stdin.readline().strip() if callback == "-" else callback or ""
        intake = _one(talk.find(number))
    _go_on(talk.read(f"/intakes/{intake}"), json=json)


@app.command()
def complete(
    intake: IntakeId,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    json: Json = False,
) -> None:
    """Make it a case; cases of the same person are pointed out first."""
    view = talk.read(f"/intakes/{intake}")
    if view["case_id"] is None:
        asking.show(view)
        raise SystemExit(1)
    alike = talk.read(f"/intakes/{intake}/alike")
    if not json:
        asking.tell(view, set())
        _warn(alike, view["case_id"])
    if asking.at_terminal() and not (yes or json):
        typer.confirm("File it?", abort=True)
    made = talk.send(CompleteIntake, str(intake), intake_id=intake, case_id=view["case_id"])
    if json:
        as_json({**made, "alike": alike})
        return
    if made["joined"]:
        say("The request joined the case there is; the earliest receipt holds.")
    say(f"Case {made['case_id']}  {made['case_type']}  {made['state']}  {made['timeliness']}  {made['region']}")
    say(f"Received {made['received_local']}")


@app.command()
def abandon(
    intake: IntakeId,
    reason: Annotated[WhyAbandoned, typer.Argument(help="Why it leads to no case.", case_sensitive=False)],
    *,
    json: Json = False,
) -> None:
    """End an interview that leads to no case."""
    _print(talk.send(AbandonIntake, str(intake), intake_id=intake, reason=reason), json=json)


@app.command("list")
def list_intakes(*, limit: Annotated[int, typer.Option(min=1, max=1000)] = 100, json: Json = False) -> None:
    """Interviews that wait, the longest first."""
    rows = talk.read("/intakes", limit=limit)
    if json:
        as_json(rows)
        return
    for row in rows:
        say(
            f"{row['intake_id']}  {row['region'] or '-':<10} received {row['received_at']}  kept to {row['expires_at']}"
        )
    say(f"{len(rows)} interviews")


@app.command()
def questions(*, language: Annotated[str, typer.Option(help="en or es.")] = "en", json: Json = False) -> None:
    """Every question there is, with its choices; which are asked follows from the answers."""
    from services.complaints.domain.intake import script  # noqa: PLC0415 - the rule book takes a while to load
    from services.complaints.domain.intake.questions import QUESTIONS  # noqa: PLC0415

    if language not in script.LANGUAGES:
        raise typer.BadParameter("en or es")
    found = [
        {
            "question": one.id,
            "kind": one.kind.value,
            "choices": list(one.choices),
            "text": script.question(one.id, language),
        }
        for one in QUESTIONS.values()
    ]
    if json:
        as_json(found)
        return
    for one in found:
        say(f"{one['question']:<22} {one['kind']}: {' '.join(one['choices']) or one['text']}")


def outage(
    since: Annotated[str, typer.Argument(help="From when nobody could ask, with zone.")],
    until: Annotated[str, typer.Argument(help="Until when, with zone; the same beginning again corrects the end.")],
    *,
    json: Json = False,
) -> None:
    """Declare that the QIO could not be reached: who was kept from asking has until noon of the next open day."""
    made = talk.send(DeclareOutage, "outage", since=since, until=until)
    if json:
        as_json(made)
    else:
        say(f"Nobody could ask from {made['since']} to {made['until']}.")


def _go_on(view: dict[str, Any], *, json: bool) -> None:
    """Ask on a terminal; elsewhere only show."""
    if json or not asking.at_terminal() or view["state"] != "OPEN":
        _print(view, json=json)
        return
    intake = view["intake_id"]
    view = asking.interview(
        view, lambda answers: talk.send(AnswerIntake, intake, intake_id=intake, answers=talk.referred(answers))
    )
    if view["next"] is None:
        asking.show(view)


def _print(view: dict[str, Any], *, json: bool) -> None:
    if json:
        as_json(view)
    else:
        asking.show(view)


def _warn(alike: list[dict[str, Any]], case_id: str) -> None:
    for one in alike:
        where = "the same facility" if one["same_facility"] else "another facility"
        joins = ", which this request joins" if one["case_id"] == case_id else ""
        say(f"  ! {one['case_id']}  {one['case_type']}  {one['stage']}: the same person, {where}{joins}")


def _one(found: list[dict[str, Any]]) -> UUID:
    if not found:
        fail("There is no open interview with this number.")
    if len(found) > 1:
        for row in found:
            say(f"{row['intake_id']}  received {row['received_at']}")
        fail("There are several; give the id.")
    return UUID(found[0]["intake_id"])
