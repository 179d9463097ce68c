"""Owners and chains, part of ``qio facility``."""

import datetime as dt
from typing import Annotated, Any, Final

import typer

from services.recruitment.cli.frame import AsJson, date, listed
from services.recruitment.cli.participants import Identifier, identifier, told
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.recruitment.owners import AmendOwner, RecordParentOwner, RegisterOwner
from shared.contracts.recruitment.participant_commands import RecordOwnership

On = Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="As of this day; today when left out.")]
Since = Annotated[dt.date, typer.Option(parser=date, metavar="DATE", help="The first day.")]
OwnerId = Annotated[str, typer.Argument(help="Id of an owner: small letters, digits, hyphens.")]
# The word for no owner that is known.
_NOBODY: Final = "nobody"


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    for command in (register_owner, amend_owner, own, belong, owners, chains):
        app.command()(command)


def register_owner(owner: OwnerId, name: Annotated[str, typer.Argument()], json: AsJson = False) -> None:
    """Register an owner or chain."""
    told(RegisterOwner, {"owner": owner, "name": name}, owner, json, "{name} is the owner {owner}.")


def amend_owner(owner: OwnerId, name: Annotated[str, typer.Argument()], json: AsJson = False) -> None:
    """Record an owner's name anew."""
    told(AmendOwner, {"owner": owner, "name": name}, owner, json, "The owner {owner} is {name}.")


def own(
    participant: Identifier,
    owner: Annotated[str, typer.Argument(help="Id of the owner, or nobody.")],
    since: Since,
    json: AsJson = False,
) -> None:
    """Who owns a participant from a day on."""
    values = {"participant": identifier(participant), "owner": None if owner == _NOBODY else owner, "since": since}
    made = ask(command_of(RecordOwnership, values), identifier(participant))
    if json:
        as_json(made)
        return
    before = made["owner_before"] or _NOBODY
    say(f"{made['participant']} belongs to {made['owner'] or _NOBODY} from {made['since']}; before, to {before}.")


def belong(
    owner: OwnerId,
    parent: Annotated[str, typer.Argument(help="Id of the owner it belongs to, or nobody.")],
    since: Since,
    json: AsJson = False,
) -> None:
    """Whom an owner itself belongs to from a day on."""
    values = {"owner": owner, "parent": None if parent == _NOBODY else parent, "since": since}
    made = ask(command_of(RecordParentOwner, values), owner)
    if json:
        as_json(made)
        return
    say(f"{made['owner']} belongs to {made['parent'] or _NOBODY} from {made['since']}.")


def owners(
    participant: Annotated[str | None, typer.Argument(help="Whose owners; all owners when left out.")] = None,
    on: On = None,
    after: Annotated[str | None, typer.Option(help="The last id of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 100,
    json: AsJson = False,
) -> None:
    """Who owned a participant from when on; or all owners."""
    day = on and on.isoformat()
    if participant is None:
        found = get("recruitment", "/owners", on=day, after=after, limit=limit)
    else:
        found = get("recruitment", f"/facilities/{identifier(participant)}/owners", on=day)
    if participant is None:
        listed(found, _owner, "owners", after, json=json)
    elif json:
        as_json(found)
    else:
        for step in found["history"]:
            say(f"from {step['since']}  {step['owner'] or _NOBODY}")
        chain = ", which belongs to ".join(row["name"] for row in found["chain"])
        say(f"on {found['on']}  {chain or _NOBODY}")


def chains(
    on: On = None,
    least: Annotated[int, typer.Option(min=0, help="With at least so many participants.")] = 2,
    after: Annotated[str | None, typer.Option(help="The last chain of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
    json: AsJson = False,
) -> None:
    """Owners that belong to nobody, with all that is theirs, the largest first."""
    found = get("recruitment", "/chains", on=on and on.isoformat(), least=least, after=after, limit=limit)
    listed(found, _chain, "chains", after, json=json)


def _owner(row: dict[str, Any]) -> str:
    above = f"belongs to {row['parent']}" if row["parent"] else ""
    return f"{row['owner']:<30}  {row['participants']:>5} participants  {row['name'][:50]:<50}  {above}"


def _chain(row: dict[str, Any]) -> str:
    size = f"{row['participants']:>5} participants in {row['states']} states, {row['owners']} owners"
    return f"{row['chain']:<30}  {size}  {row['name']}"
