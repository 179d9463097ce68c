"""``qio program objective``: what a contract is to reach in each of its years."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, date, listed
from services.recruitment.cli.program_contract import Contract, Reason, Source
from services.recruitment.domain.program.state import ObjectiveStage
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.message import Command
from shared.contracts.recruitment.qio_objectives import AssessObjective, DropObjective, Result, SetObjective
from shared.runtime.clock import utc_now

app = typer.Typer(help="Yearly objectives of contracts.", **SETTINGS)

Name = Annotated[str, typer.Argument(help="Its name in the contract, for example homes-year-2.")]
When = Annotated[
    dt.date | None, typer.Option("--on", parser=date, metavar="DATE", help="The day; today when left out.")
]


@app.command("set")
def set_objective(
    contract: Contract,
    objective: Name,
    year: Annotated[int, typer.Option(help="Year of the contract, from 1.")],
    task: Annotated[str, typer.Option(help="The task it belongs to, for example C.2.")],
    text: Annotated[str, typer.Option(help="What is to be reached.")],
    source: Source,
    target: Annotated[float | None, typer.Option(help="The number to reach.")] = None,
    json: AsJson = False,
) -> None:
    """Set an objective; set again before it is assessed, the new wording holds."""
    values = {"year": year, "task": task, "text": text, "target": target, "source": source}
    made = _ask(SetObjective, contract, objective, values)
    _told(made, f"is set for the year that begins on {made['begins_on']}", json)


@app.command()
def assess(
    contract: Contract,
    objective: Name,
    result: Annotated[Result, typer.Option(case_sensitive=False, help="How it stood.")],
    on: When = None,
    value: Annotated[float | None, typer.Option(help="The number reached.")] = None,
    note: Annotated[str | None, typer.Option(help="What there is to say.")] = None,
    json: AsJson = False,
) -> None:
    """Say how an objective stood on a day."""
    values = {"assessed_on": on or utc_now().date(), "result": result, "value": value, "note": note}
    made = _ask(AssessObjective, contract, objective, values)
    _told(made, f"was {str(made['result']).replace('_', ' ').lower()}", json)


@app.command()
def drop(contract: Contract, objective: Name, reason: Reason, on: When = None, json: AsJson = False) -> None:
    """Give up an objective that was never assessed."""
    made = _ask(DropObjective, contract, objective, {"dropped_on": on or utc_now().date(), "reason": reason})
    _told(made, "is dropped", json)


@app.command("list")
def list_objectives(
    contract: Annotated[str | None, typer.Option(help="Number of the contract.")] = None,
    year: Annotated[int | None, typer.Option(help="Year of the contract.")] = None,
    stage: Annotated[ObjectiveStage | None, typer.Option(case_sensitive=False, help="Set, assessed, dropped.")] = None,
    task: Annotated[str | None, typer.Option(help="For example C.2.")] = None,
    after: Annotated[str | None, typer.Option(help="CONTRACT|NAME, the last of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
    json: AsJson = False,
) -> None:
    """Objectives and how each stood when it was last assessed."""
    found = get(
        "recruitment",
        "/program/objectives",
        contract=contract and contract.upper(),
        year=year,
        stage=stage,
        task=task,
        after=after,
        limit=limit,
    )
    listed(found, _line, "objectives", after, json=json)


@app.command("show")
def show_objective(contract: Contract, objective: Name, json: AsJson = False) -> None:
    """An objective with every wording and assessment."""
    found = get("recruitment", f"/program/objectives/{contract.upper()}/{objective}")
    if json:
        as_json(found)
        return
    say(_line(found))
    for one in found["record"]["wordings"][:-1]:
        say(f"    before: {one['text']}  ({one['source']})")
    for one in found["record"]["assessments"]:
        note = f": {one['note']}" if one["note"] else ""
        say(f"    {one['assessed_on']}  {one['result'].replace('_', ' ').lower()}{note}")


def _ask(kind: type[Command], contract: str, objective: str, values: dict[str, Any]) -> dict[str, Any]:
    values = {**values, "contract": contract.upper(), "objective": objective}
    return ask(command_of(kind, values), f"{contract.upper()}|{objective}")


def _told(made: dict[str, Any], what: str, json: bool) -> None:
    if json:
        as_json(made)
        return
    say(f"{made['objective']} of {made['contract']} {what}.")


def _line(row: dict[str, Any]) -> str:
    stood = (row["result"] or row["stage"]).replace("_", " ").lower()
    head = f"{row['contract']}  {row['objective']:<24}  year {row['year']}  {row['task']:<6}  {stood}"
    numbers = ", ".join(f"{name} {row[name]:g}" for name in ("target", "value") if row[name] is not None)
    return f"{head}  {row['text']}" + (f" ({numbers})" if numbers else "")
