"""qio reviewers on-call and gaps: who answers, and when nobody does."""

from typing import Annotated
from uuid import UUID, uuid4

import typer

from services.complaints.reviewers.talk import read, send, upper
from shared.cli.output import as_json, say
from shared.contracts.reviewers import Profession, PutOnCall, Specialty, TakeOffCall

calls = typer.Typer(help="Who is on call.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
ReviewerId = Annotated[UUID, typer.Argument(metavar="REVIEWER", help="Id of the reviewer.")]
State = Annotated[str, typer.Option(help="State of service, two letters.")]
Kind = Annotated[Profession, typer.Option("--profession", help="Whose peer is wanted.")]
Field = Annotated[Specialty | None, typer.Option("--specialty", help="A specialist only.")]


@calls.command("put")
def put_on_call(
    reviewer: ReviewerId,
    *,
    start: Annotated[str, typer.Option(help="With zone: 2026-07-04T17:00-05:00.")],
    end: Annotated[str, typer.Option(help="With zone.")],
    states: Annotated[list[str], typer.Option("--state", help="State of service; may be repeated.")],
    profession: Kind,
    specialty: Field = None,
    json: Json = False,
) -> None:
    """Put a reviewer on call."""
    values = {"start": start, "end": end, "states": [state.upper() for state in states], "profession": profession}
    send(PutOnCall, reviewer, {**values, "shift_id": uuid4(), "specialty": specialty}, json=json)


@calls.command("off")
def take_off_call(
    reviewer: ReviewerId, shift: Annotated[UUID, typer.Argument(help="Id of the shift.")], json: Json = False
) -> None:
    """Take a shift back; one that has begun ends now."""
    send(TakeOffCall, reviewer, {"shift_id": shift}, json=json)


@calls.command("show")
def show_on_call(
    state: State,
    profession: Kind = Profession.MD,
    specialty: Field = None,
    at: Annotated[str | None, typer.Option(help="With zone; now unless given.")] = None,
    json: Json = False,
) -> None:
    """Who answers; exits 1 when nobody does."""
    rows = read("/roster/on-call", state=upper(state), profession=profession, specialty=specialty, at=at)
    if json:
        as_json(rows)
    else:
        for row in rows:
            say(f"{row['name']}  {row['phone'] or '-'}  {row['reviewer_id']}  until {row['until_local']}")
    if not rows:
        raise SystemExit("Nobody is on call.")


def gaps(
    state: State,
    profession: Kind = Profession.MD,
    specialty: Field = None,
    start: Annotated[str | None, typer.Option(help="With zone; now unless given.")] = None,
    end: Annotated[str | None, typer.Option(help="With zone; a week later unless given.")] = None,
    json: Json = False,
) -> None:
    """When nobody is on call, so that the roster can be filled before the weekend."""
    period = {"start": start, "end": end}
    rows = read("/roster/gaps", state=upper(state), profession=profession, specialty=specialty, **period)
    if json:
        as_json(rows)
        return
    for row in rows:
        say(f"{row['start_local']}  to  {row['end_local']}  ({row['hours']} h)")
    say(f"{len(rows)} gaps")
