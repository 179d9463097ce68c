"""``qio facility``: participants of every setting as the platform knows them."""

from typing import Annotated

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson
from shared.cli.output import as_json, say
from shared.cli.read import get

app = typer.Typer(help="Participants of every setting as the platform knows them.", **SETTINGS)


@app.command("list")
def list_facilities(
    state: Annotated[str | None, typer.Option(help="Postal code.")] = None,
    after: Annotated[str | None, typer.Option(help="The last number of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
    json: AsJson = False,
) -> None:
    """Facilities by certification number, a page at a time."""
    found = get("recruitment", "/facilities", state=state and state.upper(), after=after and after.upper(), limit=limit)
    if json:
        as_json(found)
        return
    for row in found:
        stars = f"{row['overall_rating']} stars" if row["overall_rating"] else "not rated"
        say(f"{row['ccn']}  {row['state']}  {row['name'][:44]:<44}  {stars:<9}  {', '.join(row['collaboratives'])}")


@app.command("show")
def show_facility(ccn: Annotated[str, typer.Argument(help="CMS Certification Number.")], json: AsJson = False) -> None:
    """All that is known of one facility."""
    found = get("recruitment", f"/facilities/{ccn.upper()}")
    if json:
        as_json(found)
        return
    memberships = found.pop("memberships")
    for field, value in found.items():
        say(f"{field.replace('_', ' '):<26}{'-' if value is None else value}")
    for member in memberships:
        say(f"{'member':<26}{member['collaborative']} since {member['recruited_on']} ({member['qin_qio']})")
