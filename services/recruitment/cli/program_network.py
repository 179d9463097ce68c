"""``qio program network`` and ``directory``: who answers for a state where staff must say it, and how to reach them."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, date, listed, split
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.recruitment.program import (
    ConfigureNetwork,
    EndNetwork,
    EnterContact,
    WithdrawContact,
    WithdrawNetwork,
)
from shared.contracts.recruitment.qio_contracts import Role

app = typer.Typer(help="Which QIO answers for states where our own sources name none.", **SETTINGS)
directory = typer.Typer(help="The QIOs by state and how to reach them.", **SETTINGS)

RoleOf = Annotated[Role, typer.Option(help="Which half of the work.")]
States = Annotated[list[str], typer.Option("--state", help="Postal codes, with commas or repeated.")]
State = Annotated[str, typer.Argument(help="Postal code.")]
AnyState = Annotated[str | None, typer.Option("--state", help="Postal code.")]
AnyRole = Annotated[Role | None, typer.Option("--role", help="Only of this role.")]
Source = Annotated[str, typer.Option(help="The document or notice that says so.")]
Since = Annotated[dt.date, typer.Option(parser=date, metavar="DATE", help="The first day.")]


@app.command()
def configure(
    qio: Annotated[str, typer.Argument(help="Name of the QIO.")],
    role: RoleOf,
    statement: Annotated[int, typer.Option(help="Number of the statement of work.")],
    state: States,
    starts: Since,
    source: Source,
    ends: Annotated[
        dt.date | None, typer.Option(parser=date, metavar="DATE", help="The last day; that of the statement.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Enter who answers for states under a statement of work."""
    values = {
        "qio": qio,
        "role": role,
        "statement": statement,
        "states": [one.upper() for one in split(state)],
        "starts_on": starts,
        "ends_on": ends,
        "source": source,
    }
    made = ask(command_of(ConfigureNetwork, values), role.value)
    if json:
        as_json(made)
        return
    say(f"{made['qio']} answers for {made['states']} states from {made['starts_on']} to {made['ends_on']}.")


@app.command()
def end(
    qio: Annotated[str, typer.Argument(help="Name of the QIO as it was entered.")],
    role: RoleOf,
    state: States,
    ended: Annotated[dt.date, typer.Option(parser=date, metavar="DATE", help="The last day.")],
    source: Source,
    json: AsJson = False,
) -> None:
    """Enter the last day on which a configured QIO answered for states."""
    states = [one.upper() for one in split(state)]
    values = {"qio": qio, "role": role, "states": states, "ended_on": ended, "source": source}
    made = ask(command_of(EndNetwork, values), role.value)
    if json:
        as_json(made)
        return
    say(f"{made['qio']} answered for {made['states']} states until {made['ended_on']}.")


@app.command()
def withdraw(
    role: RoleOf,
    state: States,
    starts: Since,
    reason: Annotated[str, typer.Option(help="What was wrong.")],
    json: AsJson = False,
) -> None:
    """Take back what was entered by mistake."""
    states = [one.upper() for one in split(state)]
    values = {"role": role, "states": states, "starts_on": starts, "reason": reason}
    made = ask(command_of(WithdrawNetwork, values), role.value)
    if json:
        as_json(made)
        return
    say(f"What was entered from {made['starts_on']} on for {made['states']} states is taken back.")


@app.command("list")
def list_networks(state: AnyState = None, role: AnyRole = None, json: AsJson = False) -> None:
    """What staff entered, with all that was ended or taken back."""
    found = get("recruitment", "/program/networks", state=state and state.upper(), role=role)
    listed(found, _spells, "networks that staff entered", json=json)


def _spells(row: dict[str, Any]) -> str:
    lines = []
    for one in row["spells"]:
        back = f"  withdrawn: {one['withdrawn']}" if one["withdrawn"] else ""
        days = f"{one['starts_on']} to {one['ends_on']}"
        lines.append(f"{row['state']}  {row['role']:<9}  {one['qio']}  {days}  ({one['source']}){back}")
    return "\n".join(lines)


@directory.command("list")
def list_directory(
    state: AnyState = None,
    role: AnyRole = None,
    on: Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="A day; today when left out.")] = None,
    json: AsJson = False,
) -> None:
    """Who answers for each state and how they are reached, as far as staff entered it."""
    found = get("recruitment", "/program/directory", state=state and state.upper(), role=role, on=on)
    listed(found, _entry, "answers for that", json=json)


@directory.command()
def enter(
    state: State,
    role: RoleOf,
    since: Since,
    source: Source,
    phone: Annotated[str | None, typer.Option(help="Telephone number.")] = None,
    website: Annotated[str | None, typer.Option(help="Beginning with https://")] = None,
    address: Annotated[str | None, typer.Option(help="Postal address.")] = None,
    json: AsJson = False,
) -> None:
    """Enter how the QIO that answers for a state is reached from a day on."""
    values = {
        "state": state.upper(),
        "role": role,
        "since": since,
        "phone": phone,
        "website": website,
        "address": address,
        "source": source,
    }
    made = ask(command_of(EnterContact, values), f"{role.value}|{state.upper()}")
    if json:
        as_json(made)
        return
    say(f"From {made['since']} that is how {made['state']} reaches {made['qio']}.")


@directory.command("withdraw")
def withdraw_contact(
    state: State,
    role: RoleOf,
    since: Since,
    reason: Annotated[str, typer.Option(help="Why it no longer holds.")],
    json: AsJson = False,
) -> None:
    """Enter that a contact no longer holds."""
    values = {"state": state.upper(), "role": role, "since": since, "reason": reason}
    made = ask(command_of(WithdrawContact, values), f"{role.value}|{state.upper()}")
    if json:
        as_json(made)
        return
    say(f"From {made['since']} no contact is given for {made['state']}.")


def _entry(row: dict[str, Any]) -> str:
    reached = "; ".join(row[one] for one in ("phone", "website", "address") if row[one])
    contact = f"{reached}  ({row['contact_source']})" if reached else "no contact is entered"
    name = f"UNKNOWN ({row['source']})" if row["qio"] == "UNKNOWN" else f"{row['qio']} ({row['standing']})"
    return f"{row['state']}  {row['role']:<9}  {name}  {contact}"
