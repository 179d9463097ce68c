"""``qio community``: communities, their coalitions and what those do."""

import datetime as dt
import re
from typing import Annotated, Any

import typer

from services.recruitment.cli import coalitions, interventions
from services.recruitment.cli.frame import SETTINGS, AsJson, date, listed, split
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.recruitment.communities import DefineCommunity, DissolveCommunity
from shared.program.ssa import areas_of_state
from shared.runtime.clock import utc_now

app = typer.Typer(help="Communities, their coalitions and what those do.", **SETTINGS)
coalitions.add_to(app)
interventions.add_to(app)

Community = Annotated[str, typer.Argument(help="The community's id.")]
Day = Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="Today when left out.")]


@app.command()
def define(
    name: Annotated[str, typer.Argument(help="The community's name.")],
    identifier: Annotated[str | None, typer.Option("--id", help="Made from the name when left out.")] = None,
    zip_codes: Annotated[list[str] | None, typer.Option("--zip", help="ZIP codes, repeated or with commas.")] = None,
    ssa_counties: Annotated[
        list[str] | None, typer.Option("--ssa-county", help="SSA state and county codes (SSCCC).")
    ] = None,
    ssa_states: Annotated[
        list[str] | None, typer.Option("--ssa-state", help="SSA state codes (SS): all their counties.")
    ] = None,
    effective_from: Annotated[
        dt.date | None, typer.Option("--from", parser=date, metavar="DATE", help="First day; today when left out.")
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why; needed to define it anew.")] = None,
    json: AsJson = False,
) -> None:
    """Define a community, or its next version, by exactly these areas."""
    areas = [f"zip:{code}" for code in split(zip_codes)]
    areas += [f"ssa:{code}" for code in split(ssa_counties)]
    for code in split(ssa_states):
        areas += areas_of_state(code)
    if not areas:
        raise typer.BadParameter("Give at least one --zip, --ssa-county or --ssa-state.")
    community_id = identifier or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    values = {
        "community": community_id,
        "name": name,
        "areas": areas,
        "effective_from": effective_from,
        "reason": reason,
    }
    made = ask(command_of(DefineCommunity, values), community_id)
    if json:
        as_json(made)
        return
    what = "is" if made["changed"] else "was already"
    text = f"{made['name']} ({made['community']}) {what} version {made['version']} with {made['areas']} areas"
    say(f"{text}, from {made['effective_from']}.")


@app.command()
def dissolve(
    identifier: Community,
    reason: Annotated[str, typer.Option(help="Why.")],
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Dissolve a community: its areas are free from that day on. Its coalition must have ended."""
    values = {"community": identifier, "on": on or utc_now().date(), "reason": reason}
    made = ask(command_of(DissolveCommunity, values), identifier)
    if json:
        as_json(made)
        return
    what = f"{made['name']} ({made['community']})"
    say(f"{what} is dissolved from {made['dissolved_on']}; {made['freed']} areas are free.")


@app.command("list")
def list_communities(
    dissolved: Annotated[bool, typer.Option("--dissolved", help="Those dissolved as well.")] = False,
    after: Annotated[str | None, typer.Option(help="The last id of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 1_000,
    json: AsJson = False,
) -> None:
    """Communities by id."""
    found = get("recruitment", "/communities", dissolved=dissolved, after=after, limit=limit)
    listed(found, _line, "communities", after, json=json)


def _line(row: dict[str, Any]) -> str:
    ended = f"  dissolved {row['dissolved_on']}" if row["dissolved_on"] else ""
    return f"{row['community']:<40}  {row['areas']:>5} areas  version {row['version']}  {row['name']}{ended}"


@app.command("show")
def show_community(identifier: Community, json: AsJson = False) -> None:
    """One community with its areas."""
    found = get("recruitment", f"/communities/{identifier}")
    if json:
        as_json(found)
        return
    say(f"{found['name']} ({found['community']}), version {found['version']}")
    if found["dissolved_on"]:
        say(f"Dissolved on {found['dissolved_on']}.")
    say(" ".join(found["areas"]))


@app.command("history")
def history(identifier: Community, json: AsJson = False) -> None:
    """Every version of a community: from when, why, and which areas came and went."""
    found = get("recruitment", f"/communities/{identifier}/history")
    if json:
        as_json(found)
        return
    for one in found["history"]:
        what = "dissolved" if one["dissolves"] else f"{one['name']}"
        say(f"version {one['version']} from {one['since']}: {what}. {one['reason'] or 'No reason was given.'}")
        for sign, areas in (("+", one["added"]), ("-", one["given_up"])):
            if areas:
                say(f"  {sign} {' '.join(areas)}")


@app.command("of")
def community_of(
    zip_code: Annotated[str, typer.Argument(help="A ZIP code of five digits.")], on: Day = None, json: AsJson = False
) -> None:
    """Which community a ZIP code belongs to on a day."""
    found = get("recruitment", f"/communities/of/{zip_code}", on=on and on.isoformat())
    if json:
        as_json(found)
        return
    say(f"{found['zip_code']} belongs to {found['name']} ({found['community']}) on {found['on']}.")
