"""``qio recruit``: targets, and how far each participant has come."""

import datetime as dt
from typing import Annotated

import typer

from services.recruitment.cli import bulk, targets
from services.recruitment.cli.frame import SETTINGS, AsJson, date
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.contracts.recruitment.pipeline import EnrollFacility
from shared.runtime.clock import utc_now

app = typer.Typer(help="Targets and enrolment in collaboratives.", **SETTINGS)
bulk.add_to(app)
targets.add_to(app)


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
