"""``qio program caseload``: who looks after which participant or community."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, date, listed
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, fail, say
from shared.cli.read import get
from shared.contracts.recruitment.people_commands import AssignCaseload, ReleaseCaseload, TransferCaseload
from shared.contracts.recruitment.people_terms import Part
from shared.runtime.clock import utc_now

app = typer.Typer(help="Who looks after which participant or community.", **SETTINGS)

Participant = Annotated[str | None, typer.Option(help="A participant's id, for example a CCN.")]
Community = Annotated[str | None, typer.Option(help="A community's id.")]
Someone = Annotated[str, typer.Option("--person", help="The id of a member of staff or an expert.")]
Day = Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="Today when left out.")]


def subject_of(participant: str | None, community: str | None, person: str | None = None) -> str:
    """The one subject that is named; ends with a sentence when there is none or several."""
    named = [
        f"{kind}:{identifier}"
        for kind, identifier in (
            ("participant", participant and (participant if ":" in participant else participant.upper())),
            ("community", community),
            ("person", person),
        )
        if identifier
    ]
    if len(named) != 1:
        fail("Name exactly one whom it is about, for example --participant or --community.")
    return named[0]


@app.command()
def assign(
    *,
    person: Someone,
    participant: Participant = None,
    community: Community = None,
    support: Annotated[bool, typer.Option("--support", help="As a support beside the lead.")] = False,
    since: Day = None,
    json: AsJson = False,
) -> None:
    """Give a participant or community to somebody: the one lead, or a support."""
    subject = subject_of(participant, community)
    part = Part.SUPPORT if support else Part.LEAD
    values = {"subject": subject, "person": person, "part": part, "since": since or utc_now().date()}
    made = ask(command_of(AssignCaseload, values), subject)
    if json:
        as_json(made)
        return
    say(f"{made['person']} looks after {made['subject']} as {made['part'].lower()} since {made['since']}.")


@app.command("hand-over")
def hand_over(
    *,
    to: Annotated[str, typer.Option(help="Who leads from then on.")],
    participant: Participant = None,
    community: Community = None,
    on: Annotated[
        dt.date | None,
        typer.Option(parser=date, metavar="DATE", help="First day of the new lead; today when left out."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Make somebody else the lead; who was before stays in the history."""
    subject = subject_of(participant, community)
    made = ask(command_of(TransferCaseload, {"subject": subject, "to": to, "on": on or utc_now().date()}), subject)
    if json:
        as_json(made)
        return
    say(f"{made['subject']} went from {made['before']} to {made['to']} on {made['on']}.")


@app.command()
def release(
    *,
    person: Someone,
    participant: Participant = None,
    community: Community = None,
    last_day: Day = None,
    json: AsJson = False,
) -> None:
    """Somebody looks after it no longer."""
    subject = subject_of(participant, community)
    values = {"subject": subject, "person": person, "last_day": last_day or utc_now().date()}
    made = ask(command_of(ReleaseCaseload, values), subject)
    if json:
        as_json(made)
        return
    say(f"{made['person']} looks after {made['subject']} until {made['last_day']}.")


@app.command("list")
def list_caseloads(
    person: Annotated[str | None, typer.Option(help="Only whom this person looks after.")] = None,
    part: Annotated[Part | None, typer.Option(help="Only leads, or only supports.", case_sensitive=False)] = None,
    state: Annotated[str | None, typer.Option(help="Only participants of this state.")] = None,
    orphaned: Annotated[bool, typer.Option("--orphaned", help="Only what people hold who have left.")] = False,
    on: Day = None,
    after: Annotated[str | None, typer.Option(help="The last one of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 100,
    json: AsJson = False,
) -> None:
    """Who looks after whom on a day."""
    found = get(
        "recruitment",
        "/caseloads",
        person=person,
        part=part and part.value,
        state=state and state.upper(),
        orphaned=orphaned or None,
        on=on and str(on),
        after=after,
        limit=limit,
    )
    listed(found, _line, "caseloads", after, json=json)


@app.command()
def show(participant: Participant = None, community: Community = None, json: AsJson = False) -> None:
    """Who looks and looked after one participant or community."""
    found = get("recruitment", f"/caseloads/{subject_of(participant, community)}")
    if json:
        as_json(found)
        return
    for charge in found["charges"]:
        until = f"until before {charge['until']}" if charge["until"] else "goes on"
        say(f"{charge['person']:<20}  {charge['part'].lower():<8}  since {charge['since']}, {until}")


def _line(row: dict[str, Any]) -> str:
    gone = "" if row["serving"] else "  HAS LEFT"
    who = f"{row['part'].lower():<8}  {row['person']} since {row['since']}{gone}"
    return f"{row['subject']:<30}  {row['name'][:36]:<36}  {who}"
