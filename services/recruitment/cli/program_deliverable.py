"""``qio program deliverable``: what a contract asks for by a day, and how each stands."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, date, listed
from services.recruitment.cli.program_contract import Contract, Day, Reason, Source
from services.recruitment.domain.program.timeline import Status
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.message import Command
from shared.contracts.recruitment.qio_deliverables import (
    AcceptDeliverable,
    RequireDeliverable,
    ReturnDeliverable,
    SubmitDeliverable,
    WaiveDeliverable,
)
from shared.runtime.clock import utc_now

app = typer.Typer(help="Deliverables: due, submitted, accepted, returned, waived, late.", **SETTINGS)

Name = Annotated[str, typer.Argument(help="Its name in the contract, for example annual-report-2016.")]
When = Annotated[
    dt.date | None, typer.Option("--on", parser=date, metavar="DATE", help="The day; today when left out.")
]


@app.command()
def require(
    contract: Contract,
    deliverable: Name,
    title: Annotated[str, typer.Option(help="What it is.")],
    task: Annotated[str, typer.Option(help="The task it belongs to, for example C.2.")],
    due: Annotated[dt.date, typer.Option(parser=date, metavar="DATE", help="The day it is due.")],
    source: Source,
    json: AsJson = False,
) -> None:
    """Put a deliverable into a contract; a modification or amendment of the contract moves its due date."""
    values = {"title": title, "task": task, "due_on": due, "source": source}
    made = _ask(RequireDeliverable, contract, deliverable, values)
    if json:
        as_json(made)
        return
    say(f"{made['deliverable']} of {made['contract']} is due on {made['due_on']}.")


@app.command()
def submit(
    contract: Contract,
    deliverable: Name,
    on: When = None,
    reference: Annotated[str | None, typer.Option(help="Where the document is.")] = None,
    json: AsJson = False,
) -> None:
    """Hand a deliverable in."""
    made = _ask(SubmitDeliverable, contract, deliverable, {"submitted_on": on or _today(), "reference": reference})
    if json:
        as_json(made)
        return
    say(f"{made['deliverable']} is submitted{', late: it was' if made['late'] else '; it is'} due on {made['due_on']}.")


@app.command()
def accept(contract: Contract, deliverable: Name, on: When = None, json: AsJson = False) -> None:
    """CMS accepted what was submitted."""
    made = _ask(AcceptDeliverable, contract, deliverable, {"accepted_on": on or _today()})
    _told(made, "is accepted", json)


@app.command("return")
def return_deliverable(
    contract: Contract,
    deliverable: Name,
    reason: Annotated[list[str], typer.Option(help="What CMS says is wrong; repeat it for several.")],
    on: When = None,
    json: AsJson = False,
) -> None:
    """CMS returned what was submitted, to be submitted again."""
    made = _ask(ReturnDeliverable, contract, deliverable, {"returned_on": on or _today(), "reasons": reason})
    _told(made, "is returned", json)


@app.command()
def waive(
    contract: Contract, deliverable: Name, reason: Reason, source: Source, on: When = None, json: AsJson = False
) -> None:
    """CMS no longer asks for it."""
    values = {"waived_on": on or _today(), "reason": reason, "source": source}
    _told(_ask(WaiveDeliverable, contract, deliverable, values), "is waived", json)


@app.command("list")
def list_deliverables(
    contract: Annotated[str | None, typer.Option(help="Number of the contract.")] = None,
    task: Annotated[str | None, typer.Option(help="For example C.2.")] = None,
    status: Annotated[Status | None, typer.Option(case_sensitive=False, help="How it stood on the day.")] = None,
    due_before: Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="Due before a day.")] = None,
    on: Day = None,
    after: Annotated[str | None, typer.Option(help="CONTRACT|NAME, the last of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
    json: AsJson = False,
) -> None:
    """Deliverables and how each stood on a day."""
    found = get(
        "recruitment",
        "/program/deliverables",
        contract=contract and contract.upper(),
        task=task,
        status=status,
        due_before=due_before,
        on=on,
        after=after,
        limit=limit,
    )
    listed(found, _line, "deliverables", after, json=json)


@app.command("show")
def show_deliverable(contract: Contract, deliverable: Name, on: Day = None, json: AsJson = False) -> None:
    """A deliverable with every due date, submission and answer."""
    found = get("recruitment", f"/program/deliverables/{contract.upper()}/{deliverable}", on=on)
    if json:
        as_json(found)
        return
    say(_line(found))
    for due in found["record"]["dues"]:
        why = f", {due['kind'].lower()} of {due['effective_on']}: {due['reason']}" if due["kind"] else ""
        say(f"    due {due['due_on']}{why}  ({due['source']})")
    for one in found["record"]["submissions"]:
        answer = f", accepted {one['accepted_on']}" if one["accepted_on"] else ""
        answer = f", returned {one['returned_on']}: {'; '.join(one['reasons'])}" if one["returned_on"] else answer
        say(f"    submitted {one['submitted_on']}{answer}")
    if waiver := found["record"]["waiver"]:
        say(f"    waived {waiver['waived_on']}: {waiver['reason']}  ({waiver['source']})")


def _ask(kind: type[Command], contract: str, deliverable: str, values: dict[str, Any]) -> dict[str, Any]:
    values = {**values, "contract": contract.upper(), "deliverable": deliverable}
    return ask(command_of(kind, values), f"{contract.upper()}|{deliverable}")


def _told(made: dict[str, Any], what: str, json: bool) -> None:
    if json:
        as_json(made)
        return
    say(f"{made['deliverable']} of {made['contract']} {what}.")


def _today() -> dt.date:
    return utc_now().date()


def _line(row: dict[str, Any]) -> str:
    status = row["status"].replace("_", " ").lower()
    return (
        f"{row['contract']}  {row['deliverable']:<24}  {row['task']:<6}  due {row['due_on']}  {status}  {row['title']}"
    )
