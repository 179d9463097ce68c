"""``qio community coalition``: form a coalition, who is in it, and what it has built."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli import coalition_aims, coalition_views
from services.recruitment.cli.frame import SETTINGS, AsJson, date, split
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.contracts.message import Command
from shared.contracts.recruitment.coalition_commands import (
    EndCoalition,
    FormCoalition,
    JoinCoalition,
    LeaveCoalition,
    RecordInfrastructure,
    ReopenInfrastructure,
    SeatCoalitionMember,
)
from shared.contracts.recruitment.coalition_terms import Role
from shared.runtime.clock import utc_now

app = typer.Typer(help="Coalitions over communities.", **SETTINGS)
coalition_aims.add_to(app)
coalition_views.add_to(app)

Community = Annotated[str, typer.Argument(help="The community's id.")]
Participant = Annotated[str, typer.Argument(help="A participant: CCN, npi:… or own:…")]
Day = Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="Today when left out.")]
Why = Annotated[str, typer.Option(help="Why, in a sentence that names no person.")]


def add_to(community: typer.Typer) -> None:
    """Add the commands to ``qio community``."""
    community.add_typer(app, name="coalition")


def send(kind: type[Command], community: str, json: bool, **values: Any) -> dict[str, Any] | None:
    """Ask for a change of a coalition; what it made, None where it was printed as JSON already."""
    made = ask(command_of(kind, {"community": community, **values}), community)
    if not json:
        return made
    as_json(made)
    return None


def code(text: str) -> str:
    """A word of a list as it is in contracts: ``patient-partner`` is PATIENT_PARTNER."""
    return text.upper().replace("-", "_")


@app.command()
def form(
    community: Community,
    task: Annotated[str, typer.Option(help="C.2 or C.3.")],
    members: Annotated[list[str] | None, typer.Option("--member", help="Repeated or with commas.")] = None,
    conveners: Annotated[list[str] | None, typer.Option("--convener", help="Repeated or with commas.")] = None,
    lead: Annotated[str | None, typer.Option(help="Who leads it; a member as well.")] = None,
    patient_partner: Annotated[str | None, typer.Option(help="Whose seat it is; a member as well.")] = None,
    name: Annotated[str | None, typer.Option(help="The community's when left out.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Form a coalition over a community, with at least one member besides its conveners."""
    made = send(
        FormCoalition,
        community,
        json,
        task=task.upper(),
        formed_on=on or utc_now().date(),
        name=name,
        conveners=split(conveners),
        members=split(members),
        lead=lead,
        patient_partner=patient_partner,
    )
    if made:
        say(f"{made['name']} ({made['task']}) is formed on {made['formed_on']} with {made['members']} participants.")
        if made["missing"]:
            say(f"Nobody yet from: {', '.join(made['missing']).lower().replace('_', ' ')}.")


@app.command()
def join(
    community: Community,
    participant: Participant,
    role: Annotated[str, typer.Option(help="member, convener, lead or patient-partner.")] = Role.MEMBER.value,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Make a participant a member."""
    day = on or utc_now().date()
    if made := send(JoinCoalition, community, json, participant=participant, role=code(role), on=day):
        say(f"{made['participant']} joined {made['name']} on {made['on']} as {_words(made['role'])}.")


@app.command()
def leave(community: Community, participant: Participant, reason: Why, on: Day = None, json: AsJson = False) -> None:
    """Let a member go; the day is the first on which it is none."""
    day = on or utc_now().date()
    if made := send(LeaveCoalition, community, json, participant=participant, on=day, reason=reason):
        say(f"{made['participant']} left {made['name']} on {made['on']}.")


@app.command()
def seat(
    community: Community,
    role: Annotated[str, typer.Argument(help="convener, lead, patient-partner, or member to give a seat up.")],
    participant: Participant,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Give a member another role; who held the seat before is a plain member again."""
    day = on or utc_now().date()
    if made := send(SeatCoalitionMember, community, json, participant=participant, role=code(role), on=day):
        instead = f" instead of {made['instead_of']}" if made["instead_of"] else ""
        say(f"{made['participant']} is {_words(made['role'])} of {made['name']} since {made['on']}{instead}.")


@app.command()
def infrastructure(
    community: Community,
    item: Annotated[str, typer.Argument(help="charter, governance, lead, meeting-rhythm or data-agreement.")],
    evidence: Annotated[str | None, typer.Option(help="Where it can be read; without it the item is reopened.")] = None,
    on: Day = None,
    review_by: Annotated[
        dt.date | None, typer.Option(parser=date, metavar="DATE", help="It lapses after that day.")
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why it is reopened.")] = None,
    json: AsJson = False,
) -> None:
    """Record that an item of the infrastructure is done, with evidence; or reopen it, with a reason."""
    day = on or utc_now().date()
    if evidence is not None:
        values = {"item": code(item), "evidence": evidence, "done_on": day, "review_by": review_by}
        made = send(RecordInfrastructure, community, json, **values)
    else:
        made = send(ReopenInfrastructure, community, json, item=code(item), on=day, reason=reason)
    if made:
        say(f"{_words(made['item']).capitalize()} of {made['name']} is {_words(made['state'])}.")
        missing = ", ".join(map(_words, made["missing"]))
        say("All of the infrastructure is done." if made["all_done"] else f"Not done: {missing}.")


@app.command()
def end(community: Community, reason: Why, on: Day = None, json: AsJson = False) -> None:
    """End a coalition; the day is the first on which it is none."""
    if made := send(EndCoalition, community, json, on=on or utc_now().date(), reason=reason):
        say(f"{made['name']} ended on {made['ended_on']}.")


def _words(text: str) -> str:
    return text.replace("_", " ").lower()
