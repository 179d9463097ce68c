"""``qio program contract``: contracts of the QIOs and the three ways they change."""

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, date, listed, split, words
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, fail, say
from shared.cli.read import get
from shared.contracts.recruitment.qio_contracts import AwardContract, ChangeContract, ChangeKind, CloseContract, Role

app = typer.Typer(help="Contracts of the QIOs: award, modification, amendment, a new contract, the end.", **SETTINGS)

Contract = Annotated[str, typer.Argument(help="Number of the contract or task order.")]
Source = Annotated[str, typer.Option(help="The document that says so, or UNKNOWN.")]
Reason = Annotated[str, typer.Option(help="Why.")]
Day = Annotated[dt.date | None, typer.Option("--on", parser=date, metavar="DATE", help="As it was on a day; today.")]
_TASKS = 'Code, or "CODE=title" for a task that sources of ours do not name; repeat it for several.'


@app.command()
def award(
    contract: Contract,
    *,
    qio: Annotated[str, typer.Option(help="The QIO that has it.")],
    role: Annotated[Role, typer.Option(help="What it is for.")],
    statement: Annotated[int, typer.Option(help="Number of the statement of work.")],
    state: Annotated[list[str], typer.Option(help="Postal codes, with commas or repeated.")],
    task: Annotated[list[str], typer.Option(help=_TASKS)],
    starts: Annotated[dt.date, typer.Option(parser=date, metavar="DATE", help="The first day.")],
    ends: Annotated[dt.date, typer.Option(parser=date, metavar="DATE", help="The last day.")],
    source: Source,
    replaces: Annotated[str | None, typer.Option(help="The contract that this new one ends.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why there is a new contract, with --replaces.")] = None,
    json: AsJson = False,
) -> None:
    """Take up a contract; with --replaces a new one in the place of another, which ends."""
    values = {
        "contract": contract.upper(),
        "qio": qio,
        "role": role,
        "statement": statement,
        "states": [one.upper() for one in split(state)],
        "tasks": tasks_of(task),
        "starts_on": starts,
        "ends_on": ends,
        "source": source,
        "replaces": replaces and replaces.upper(),
        "reason": reason,
    }
    made = ask(command_of(AwardContract, values), contract.upper())
    if json:
        as_json(made)
        return
    say(f"Contract {made['contract']} of {qio} begins on {made['starts_on']}.")
    if "replaced" in made:
        say(f"Contract {made['replaced']} ended on {made['replaced_ended_on']}.")


@app.command()
def change(
    contract: Contract,
    *,
    kind: Annotated[ChangeKind, typer.Option(case_sensitive=False, help="Modification or amendment.")],
    effective: Annotated[dt.date, typer.Option(parser=date, metavar="DATE", help="The first day of the change.")],
    reason: Reason,
    source: Source,
    ends: Annotated[
        dt.date | None, typer.Option(parser=date, metavar="DATE", help="The last day from then on.")
    ] = None,
    add_state: Annotated[list[str] | None, typer.Option(help="States that join.")] = None,
    drop_state: Annotated[list[str] | None, typer.Option(help="States that leave.")] = None,
    add_task: Annotated[list[str] | None, typer.Option(help=f"Tasks that join. {_TASKS}")] = None,
    drop_task: Annotated[list[str] | None, typer.Option(help="Tasks that leave.")] = None,
    due: Annotated[list[str] | None, typer.Option(help="DELIVERABLE=DATE: a new due date; repeat for several.")] = None,
    json: AsJson = False,
) -> None:
    """Modify or amend a contract from a day on; a new contract is `award --replaces`."""
    values = {
        "contract": contract.upper(),
        "kind": kind,
        "effective_on": effective,
        "reason": reason,
        "source": source,
        "ends_on": ends,
        "add_states": [one.upper() for one in split(add_state)],
        "drop_states": [one.upper() for one in split(drop_state)],
        "add_tasks": tasks_of(add_task),
        "drop_tasks": split(drop_task),
        "due_dates": _due_dates(due),
    }
    made = ask(command_of(ChangeContract, values), contract.upper())
    if json:
        as_json(made)
        return
    moved = f", with {made['moved']} due dates moved" if made["moved"] else ""
    say(f"{str(made['kind']).capitalize()} of {made['contract']} takes effect on {made['effective_on']}{moved}.")


@app.command()
def close(
    contract: Contract,
    ended: Annotated[dt.date, typer.Option(parser=date, metavar="DATE", help="The last day.")],
    reason: Reason,
    json: AsJson = False,
) -> None:
    """End a contract, early or on its last day."""
    values = {"contract": contract.upper(), "ended_on": ended, "reason": reason}
    made = ask(command_of(CloseContract, values), contract.upper())
    if json:
        as_json(made)
        return
    say(f"Contract {made['contract']} ended on {made['ended_on']}.")


@app.command("list")
def list_contracts(
    role: Annotated[Role | None, typer.Option(help="Only of this role.")] = None,
    state: Annotated[str | None, typer.Option(help="Postal code.")] = None,
    statement: Annotated[int | None, typer.Option(help="Number of the statement of work.")] = None,
    in_force: Annotated[bool, typer.Option("--in-force", help="Only those in force on that day.")] = False,
    on: Day = None,
    after: Annotated[str | None, typer.Option(help="The last number of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
    json: AsJson = False,
) -> None:
    """Contracts as they were on a day."""
    found = get(
        "recruitment",
        "/program/contracts",
        role=role,
        state=state and state.upper(),
        statement=statement,
        in_force=in_force or None,
        on=on,
        after=after,
        limit=limit,
    )
    listed(found, _line, "contracts", after, json=json)


@app.command("show")
def show_contract(contract: Contract, on: Day = None, json: AsJson = False) -> None:
    """A contract as it was on a day, and every change of it."""
    found = get("recruitment", f"/program/contracts/{contract.upper()}", on=on)
    if json:
        as_json(found)
        return
    say(_line(found))
    for task in found["tasks"]:
        say(f"    task {task['key']}{': ' + task['title'] if task['title'] else ''}")
    say(f"    source: {found['source']}")
    for one in found["record"]["changes"]:
        say(f"    {one['effective_on']}  {words(one['kind'])}: {one['reason']}  ({one['source']})")
        for what in _changed(one):
            say(f"        {what}")
    if ending := found["record"]["ending"]:
        by = f", replaced by {ending['by']}" if ending["by"] else ""
        say(f"    {ending['ended_on']}  ended{by}: {ending['reason']}")


def _line(row: dict[str, Any]) -> str:
    standing = row["standing"].replace("_", " ").lower()
    days = f"{row['starts_on']} to {row['ends_on']}"
    return f"{row['contract']}  {row['role']:<9}  {row['qio']}  {days}, {standing}  {', '.join(row['states'])}"


def _changed(change: dict[str, Any]) -> Iterator[str]:
    if change["ends_on"]:
        yield f"ends on {change['ends_on']}"
    for field, said in (("add_states", "states that join"), ("drop_states", "states that leave")):
        if change[field]:
            yield f"{said}: {', '.join(change[field])}"
    for task in change["add_tasks"]:
        yield f"task that joins: {task['key']}{': ' + task['title'] if task['title'] else ''}"
    if change["drop_tasks"]:
        yield f"tasks that leave: {', '.join(change['drop_tasks'])}"
    for due in change["due_dates"]:
        yield f"{due['deliverable']} is due on {due['due_on']}"


def tasks_of(given: list[str] | None) -> list[dict[str, str | None]]:
    """Tasks given as CODE or CODE=title."""
    pairs = [one.partition("=") for one in given or ()]
    return [{"key": key.strip(), "title": title.strip() or None} for key, _, title in pairs]


def _due_dates(given: list[str] | None) -> list[dict[str, str]]:
    found = []
    for one in given or ():
        deliverable, separator, day = one.partition("=")
        if not separator:
            fail("Give a due date as DELIVERABLE=YYYY-MM-DD.")
        found.append({"deliverable": deliverable.strip(), "due_on": day.strip()})
    return found
