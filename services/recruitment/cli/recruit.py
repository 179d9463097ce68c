"""``qio recruit``: targets, and how far each participant has come."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli import bulk, campaigns, steps, targets
from services.recruitment.cli.frame import SETTINGS, AsJson, date, listed, words
from services.recruitment.cli.steps import Participant, Task, participant_id
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.message import Command
from shared.contracts.recruitment.pipeline_commands import EnrollFacility, RecruitParticipant
from shared.contracts.recruitment.steps import Stage
from shared.runtime.clock import utc_now

app = typer.Typer(help="Targets, the recruitment pipeline, and enrolment in collaboratives.", **SETTINGS)
bulk.add_to(app)
targets.add_to(app)
steps.add_to(app)
app.add_typer(campaigns.app, name="campaign")


@app.command()
def enroll(
    ccn: Annotated[str, typer.Argument(help="CMS Certification Number, or npi: or own: with an id.")],
    collaborative: Annotated[str, typer.Option(help="For example NNHQCC.")],
    on: Annotated[
        dt.date | None, typer.Option(parser=date, metavar="DATE", help="Day of joining; today when left out.")
    ] = None,
    contact_name: Annotated[str | None, typer.Option(help="Whom to welcome.")] = None,
    contact_email: Annotated[str | None, typer.Option(help="Without one, staff send the welcome.")] = None,
    task: Task = None,
    json: AsJson = False,
) -> None:
    """Recruit a participant into a collaborative, from wherever it stands."""
    identifier, day = participant_id(ccn), on or utc_now().date()
    values = {
        "collaborative": collaborative.upper(),
        "contact_name": contact_name,
        "contact_email": contact_email,
        "task": task,
    }
    command: Command
    if ":" in identifier:
        command = command_of(RecruitParticipant, {**values, "participant": identifier, "on": day})
    else:
        command = command_of(EnrollFacility, {**values, "ccn": identifier, "recruited_on": day})
    made = ask(command, identifier)
    if json:
        as_json(made)
        return
    say(f"{made['name']} ({identifier}) joined {made['collaborative']} on {day}.")
    say(f"Network: {made['qin_qio']}. Membership {made['membership_id']}.")


@app.command("list")
def list_engagements(
    stage: Annotated[Stage | None, typer.Option(help="At this stage only.")] = None,
    collaborative: Annotated[str | None, typer.Option(help="Of this collaborative only.")] = None,
    state: Annotated[str | None, typer.Option(help="Postal code.")] = None,
    campaign: Annotated[str | None, typer.Option(help="Invited by this campaign only.")] = None,
    after: Annotated[str | None, typer.Option(help="The last engagement of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
    json: AsJson = False,
) -> None:
    """Who has come how far with which collaborative."""
    found = get(
        "recruitment",
        "/engagements",
        stage=stage and stage.value,
        collaborative=collaborative and collaborative.upper(),
        state=state and state.upper(),
        campaign=campaign,
        after=after,
        limit=limit,
    )
    listed(found, _line, "engagements", after, json=json)


@app.command()
def stages(
    collaborative: Annotated[str | None, typer.Option(help="Of this collaborative only.")] = None,
    state: Annotated[str | None, typer.Option(help="Postal code.")] = None,
    json: AsJson = False,
) -> None:
    """How many are at each stage."""
    found = get(
        "recruitment",
        "/engagements/stages",
        collaborative=collaborative and collaborative.upper(),
        state=state and state.upper(),
    )
    if json:
        as_json(found)
        return
    for name, participants in found.items():
        say(f"{name.lower():<12}{participants:>8,}")


@app.command("show")
def show_engagement(
    participant: Participant,
    collaborative: Annotated[str, typer.Option(help="For example NNHQCC.")],
    json: AsJson = False,
) -> None:
    """One participant and one collaborative, with every step and correction."""
    found = get("recruitment", f"/engagements/{participant_id(participant)}/{collaborative.upper()}")
    if json:
        as_json(found)
        return
    say(f"{found['name']} and {found['collaborative']}: {(found['stage'] or 'not begun').lower()}")
    for number, step in enumerate(found["steps"], start=1):
        struck = "  struck" if step.get("struck") else ""
        say(f"{number:>3}  {step['since']}  {step['stage'].lower():<10}  {step.get('reason') or ''}{struck}")
    for one in found["corrections"]:
        right = f"to {one['since']}" if one["since"] else "struck"
        say(f"step {one['step']} of {one['was']} was corrected: {right}, because: {one['reason']}")


@app.command()
def collaboratives(json: AsJson = False) -> None:
    """The collaboratives there are, for whom, and where that is written."""
    found = get("recruitment", "/collaboratives")
    if json:
        as_json(found)
        return
    for row in found:
        settings = ", ".join(map(words, row["settings"]))
        say(f"{row['code']:<10}  {row['name']}, since {row['opens']}. For: {settings}. ({row['source']})")


def _line(row: dict[str, Any]) -> str:
    stage, name = (row["stage"] or "none").lower(), (row["name"] or "-")[:40]
    return f"{row['engagement']:<24}  {row['state'] or '-':<2}  {name:<40}  {stage:<10}  {row['since'] or '-'}"
