"""``qio community``: communities, their coalitions and what those do."""

import re
from typing import Annotated

import typer

from services.recruitment.cli import coalitions, interventions
from services.recruitment.cli.frame import SETTINGS, AsJson, split
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.recruitment.communities import DefineCommunity
from shared.program.ssa import areas_of_state

app = typer.Typer(help="Communities, their coalitions and what those do.", **SETTINGS)
coalitions.add_to(app)
interventions.add_to(app)


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
    json: AsJson = False,
) -> None:
    """Define a community, or its next version, by exactly these areas."""
    areas = [f"zip:{code}" for code in split(zip_codes)]
    areas += [f"ssa:{code}" for code in split(ssa_counties)]
    for code in split(ssa_states):
        areas += areas_of_state(code)
    community_id = identifier or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    values = {"community": community_id, "name": name, "areas": areas}
    made = ask(command_of(DefineCommunity, values), community_id)
    if json:
        as_json(made)
        return
    what = "is" if made["changed"] else "was already"
    say(f"{made['name']} ({made['community']}) {what} version {made['version']} with {made['areas']} areas.")


@app.command("list")
def list_communities(json: AsJson = False) -> None:
    """All communities."""
    found = get("recruitment", "/communities")
    if json:
        as_json(found)
        return
    for row in found:
        say(f"{row['community']:<40}  {row['areas']:>5} areas  version {row['version']}  {row['name']}")


@app.command("show")
def show_community(
    identifier: Annotated[str, typer.Argument(help="The community's id.")], json: AsJson = False
) -> None:
    """One community with its areas."""
    found = get("recruitment", f"/communities/{identifier}")
    if json:
        as_json(found)
        return
    say(f"{found['name']} ({found['community']}), version {found['version']}")
    say(" ".join(found["areas"]))
