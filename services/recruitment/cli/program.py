"""``qio program``: the program's structure, its people, maps and reports."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli import (
    people,
    program_contract,
    program_deliverable,
    program_network,
    program_objective,
    reports,
)
from services.recruitment.cli.frame import SETTINGS, AsJson, date, listed
from services.recruitment.domain.program import telling
from services.recruitment.domain.program.statements import why_none
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.recruitment.qio_contracts import Role

app = typer.Typer(help="The program's structure, its people, maps and reports.", **SETTINGS)
people.add_to(app)
reports.add_to(app)
app.add_typer(program_contract.app, name="contract")
app.add_typer(program_deliverable.app, name="deliverable")
app.add_typer(program_objective.app, name="objective")
app.add_typer(program_network.app, name="network")
app.add_typer(program_network.directory, name="directory")

On = Annotated[dt.date | None, typer.Option("--on", parser=date, metavar="DATE", help="A day.")]
Number = Annotated[int | None, typer.Option("--statement", help="Number of the statement of work, for example 11.")]


@app.command()
def statements(on: On = None, json: AsJson = False) -> None:
    """Statements of work with the days their sources give; with a day, those in force."""
    found = telling.statements(on)
    if json:
        as_json(found)
        return
    for role in (Role.QIN_QIO, Role.BFCC_QIO) if on else ():
        if why := on and why_none(on, role):
            say(f"{role.value}: {why}")
    for row in found:
        say(f"{row['name']}: {row['contractors']}")
        for held in row["terms"]:
            say(f"    {', '.join(held['roles']):<10}  from {held['from']} to {held['to']}  ({held['source']})")
        say(f"    tasks: {', '.join(row['tasks']) or 'UNKNOWN: no source names them'}")


@app.command()
def tasks(statement: Number = None, on: On = None, json: AsJson = False) -> None:
    """Tasks of the statements of work, with their initiatives."""
    found = telling.tasks(statement, on)
    if json:
        as_json(found)
        return
    if not found:
        say("UNKNOWN: no source names tasks for that.")
    for row in found:
        code = "" if row["code"] else " (our word; the source gives no code)"
        say(f"{row['statement']:>2}  {row['task']}{code}: {row['title']}  ({row['source']})")
        for initiative in row["initiatives"]:
            say(f"        {initiative}")


@app.command()
def aims(statement: Number = None, json: AsJson = False) -> None:
    """Aims with their numbers and dates."""
    found = telling.aims(statement)
    if json:
        as_json(found)
        return
    if not found:
        say("UNKNOWN: no source gives aims for that.")
    for row in found:
        change = row["change_percent"]
        number = f"{change:+} %" if isinstance(change, int) else "change UNKNOWN"
        say(f"{row['statement']:>2}  {row['aim']}: {number}, by {row['by_year']}  ({row['source']})")


@app.command()
def jurisdiction(
    state: Annotated[str | None, typer.Argument(help="Postal code; every state when left out.")] = None,
    on: On = None,
    json: AsJson = False,
) -> None:
    """Who answers for a state on a day (today when left out), how well that is known, and where it is written."""
    found = get("recruitment", "/program/jurisdictions", state=state and state.upper(), on=on)
    listed(found, _answer, "answers for that", json=json)


def _answer(row: dict[str, Any]) -> str:
    area = f", {row['area']}" if row["area"] else ""
    return f"{row['state']}  {row['role']:<9}  {row['qio']}{area}  ({row['standing']}: {row['source']})"
