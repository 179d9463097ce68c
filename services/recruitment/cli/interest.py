"""``qio interest``: anyone who wants in or offers something."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, date, listed, said, words
from services.recruitment.cli.steps import participant_id
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.recruitment.interest import (
    AnswerInterest,
    CloseInterest,
    Direction,
    Enquirer,
    InterestState,
    RegisterInterest,
    RouteInterest,
)
from shared.runtime.clock import utc_now
from shared.runtime.purpose import Purpose

app = typer.Typer(help="Interest in the program: offered or asked by anyone, routed and answered.", **SETTINGS)

InterestId = Annotated[UUID, typer.Argument(help="The interest's id.")]
On = Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="Today when left out.")]
LedTo = Annotated[str | None, typer.Option("--participant", help="The participant it led to.")]
LedInto = Annotated[str | None, typer.Option("--collaborative", help="The engagement it led to.")]


def _add_register(name: str, direction: Direction, about: str) -> None:
    @app.command(name, help=about)
    def register(
        subject: Annotated[str, typer.Argument(help="What, in their words.")],
        zip_code: Annotated[str, typer.Option("--zip", help="Their ZIP code: it finds the local network.")],
        who: Annotated[str, typer.Option("--name", help="Their name. Confidential.")],
        as_what: Annotated[
            Enquirer, typer.Option("--as", case_sensitive=False, help="As what they write.")
        ] = Enquirer.PERSON,
        email: Annotated[str | None, typer.Option(help="Without one, staff send the letters.")] = None,
        phone: Annotated[str | None, typer.Option()] = None,
        language: Annotated[str, typer.Option(help="en, es, ...")] = "en",
        participant: Annotated[str | None, typer.Option(help="Their id, where they are a participant.")] = None,
        on: On = None,
        json: AsJson = False,
    ) -> None:
        values = {
            "direction": direction,
            "enquirer": as_what,
            "subject": subject,
            "zip_code": zip_code,
            "received_on": on or utc_now().date(),
            "name": who,
            "email": email,
            "phone": phone,
            "language": language,
            "participant": participant and participant_id(participant),
        }
        # The key says nothing about who asks; what is asked of it later is keyed by its id.
        made = ask(command_of(RegisterInterest, values), "new-interest")
        _say(made, json=json)


_add_register("ask", Direction.ASK, "Take in what somebody wants.")
_add_register("offer", Direction.OFFER, "Take in what somebody offers.")


@app.command("list")
def list_interests(
    interest_state: Annotated[InterestState | None, typer.Option("--is", help="How far it has come.")] = None,
    direction: Annotated[Direction | None, typer.Option(help="Asked or offered.")] = None,
    state: Annotated[str | None, typer.Option(help="Postal code.")] = None,
    network: Annotated[str | None, typer.Option(help="QIN-QIO; UNKNOWN: with staff.")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Not answered by the day we promised.")] = False,
    after: Annotated[str | None, typer.Option(help="The last id of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
    json: AsJson = False,
) -> None:
    """Interests, the first due first; who asks is not shown here."""
    found = get(
        "recruitment",
        "/interests",
        interest_state=interest_state and interest_state.value,
        direction=direction and direction.value,
        state=state and state.upper(),
        qin_qio=network,
        due_before=utc_now().date().isoformat() if overdue else None,
        after=after,
        limit=limit,
    )
    listed(found, _line, "interests", after, json=json)


def _line(row: dict[str, Any]) -> str:
    what = f"{words(row['interest_state']):<8}  {words(row['direction']):<5}"
    return f"{row['interest']}  {what}  {row['zip_code']}  due {row['answer_due_on']}  {row['qin_qio']}"


@app.command("show")
def show_interest(interest: InterestId, json: AsJson = False) -> None:
    """One interest with who asks. Confidential."""
    found = get("recruitment", f"/interests/{interest}", purpose=Purpose.QUALITY_IMPROVEMENT)
    if json:
        as_json(found)
        return
    for field, value in found.items():
        if not isinstance(value, list):
            say(f"{field.replace('_', ' '):<18}{'-' if value is None else said(field, value)}")
    for one in found["routings"]:
        say(f"{'routed':<18}{one['routed_on']} to {one['qin_qio']} ({one['reason']})")
    for one in found["answers"]:
        say(f"{'answered':<18}{one['answered_on']}: {one['text']}")


@app.command()
def route(
    interest: InterestId,
    to: Annotated[str, typer.Option(help="Name of the QIN-QIO that is to answer.")],
    reason: Annotated[str, typer.Option(help="Why this one.")],
    on: On = None,
    json: AsJson = False,
) -> None:
    """Give an interest to a network by hand."""
    values = {"interest": interest, "qin_qio": to, "routed_on": on or utc_now().date(), "reason": reason}
    _say(ask(command_of(RouteInterest, values), str(interest)), json=json)


@app.command()
def answer(
    interest: InterestId,
    text: Annotated[str, typer.Argument(help="The answer, as it is sent.")],
    participant: LedTo = None,
    collaborative: LedInto = None,
    on: On = None,
    json: AsJson = False,
) -> None:
    """Answer, and have the answer sent."""
    values = {"interest": interest, "answer": text, "answered_on": on or utc_now().date()}
    _say(ask(command_of(AnswerInterest, values | _lead(participant, collaborative)), str(interest)), json=json)


@app.command()
def close(
    interest: InterestId,
    reason: Annotated[str, typer.Option(help="What came of it.")],
    participant: LedTo = None,
    collaborative: LedInto = None,
    on: On = None,
    json: AsJson = False,
) -> None:
    """Close an interest with what came of it."""
    values = {"interest": interest, "reason": reason, "closed_on": on or utc_now().date()}
    _say(ask(command_of(CloseInterest, values | _lead(participant, collaborative)), str(interest)), json=json)


def _lead(participant: str | None, collaborative: str | None) -> dict[str, Any]:
    return {
        "participant": participant and participant_id(participant),
        "collaborative": collaborative and collaborative.upper(),
    }


def _say(made: dict[str, Any], *, json: bool) -> None:
    if json:
        as_json(made)
        return
    say(f"Interest {made['interest']} is {made['state'].lower()}.")
    if made["why_with_staff"]:
        say(f"The local network is UNKNOWN ({made['why_with_staff']}): our staff answer.")
    else:
        say(f"To answer: {made['qin_qio']}.")
    if made["state"] in {InterestState.RECEIVED, InterestState.ROUTED}:
        say(f"We promise an answer by {made['answer_due_on']}; the day is our own, no rule sets one.")
