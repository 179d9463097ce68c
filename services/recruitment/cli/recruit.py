"""``qio recruit``: targets, and how far each participant has come."""

import datetime as dt
from typing import Annotated

import typer

from services.recruitment.cli import bulk
from services.recruitment.cli.frame import SETTINGS, AsJson, date
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.recruitment.pipeline import EnrollFacility
from shared.runtime.clock import utc_now

app = typer.Typer(help="Targets and enrolment in collaboratives.", **SETTINGS)
bulk.add_to(app)


@app.command()
def enroll(
    ccn: Annotated[str, typer.Argument(help="CMS Certification Number.")],
    collaborative: Annotated[str, typer.Option(help="For example NNHQCC.")],
    on: Annotated[
        dt.date | None, typer.Option(parser=date, metavar="DATE", help="Day of joining; today when left out.")
    ] = None,
    contact_name: Annotated[str | None, typer.Option(help="Whom to welcome.")] = None,
    contact_email: Annotated[str | None, typer.Option(help="Without one, staff send the welcome.")] = None,
    json: AsJson = False,
) -> None:
    """Recruit a facility into a collaborative."""
    values = {
        "ccn": ccn.upper(),
        "collaborative": collaborative.upper(),
        "recruited_on": on or utc_now().date(),
        "contact_name": contact_name,
        "contact_email": contact_email,
    }
    made = ask(command_of(EnrollFacility, values), ccn.upper())
    if json:
        as_json(made)
        return
    say(f"{made['name']} ({made['ccn']}) joined {made['collaborative']} on {made['recruited_on']}.")
    say(f"Network: {made['qin_qio']}. Membership {made['membership_id']}.")


@app.command()
def targets(
    collaborative: Annotated[str, typer.Option(help="For which collaborative.")] = "NNHQCC",
    state: Annotated[str | None, typer.Option(help="Postal code.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 20,
    json: AsJson = False,
) -> None:
    """Whom to invite first, and why."""
    found = get(
        "recruitment", "/targets", collaborative=collaborative.upper(), state=state and state.upper(), limit=limit
    )
    if json:
        as_json(found)
        return
    for row in found:
        say(f"{row['rank']:>4}  {row['ccn']}  {row['state']}  {row['name'][:44]:<44}  {row['score']:>5}  {row['why']}")
