"""``qio campaign account``: help with names and rights on the campaign's site; passwords are never taken."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.campaign_base import Home, OfState, upper
from services.recruitment.cli.frame import SETTINGS, AsJson, words
from services.recruitment.cli.steps import participant_id
from services.recruitment.cli.work_frame import After, Day, Id, Limit, day, listing, perform, showing
from services.recruitment.domain.campaign.account_kind import AccountStage
from shared.contracts.recruitment.account_requests import (
    AccountClosing,
    AccountDesk,
    AccountSystem,
    AccountTrouble,
    CloseAccountRequest,
    CompleteAccountRequest,
    ReopenAccountRequest,
    RequestAccountHelp,
    RouteAccountRequest,
)

app = typer.Typer(help="Help with accounts of the campaign's site; passwords are never taken.", **SETTINGS)

_NOTE = "In a sentence, without names of people or users, and never a password."
Note = Annotated[str | None, typer.Option("--note", help=_NOTE)]


@app.command()
def ask(
    home: Home,
    trouble: Annotated[AccountTrouble, typer.Argument(case_sensitive=False)],
    *,
    system: Annotated[AccountSystem, typer.Option(case_sensitive=False)] = AccountSystem.CAMPAIGN_SITE,
    note: Note = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Take in what a home asks for; what looks like a password is refused and not sent."""
    values: dict[str, Any] = {"home": participant_id(home), "trouble": trouble, "system": system, "about": note}
    perform(RequestAccountHelp, {**values, "received_on": day(on)}, values["home"], "Request {request}.", json=json)


@app.command()
def forward(
    request: Id,
    to: Annotated[AccountDesk, typer.Argument(case_sensitive=False)],
    *,
    note: Note = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Pass a request on."""
    values = {"request": request, "to": to, "routed_on": day(on), "note": note}
    perform(RouteAccountRequest, values, request, "{request} was passed on on {on}.", json=json)


@app.command()
def solve(request: Id, *, note: Note = None, on: Day = None, json: AsJson = False) -> None:
    """Record that the account works."""
    values = {"request": request, "solved_on": day(on), "note": note}
    perform(CompleteAccountRequest, values, request, "{request} is solved since {on}.", json=json)


@app.command()
def close(
    request: Id,
    why: Annotated[AccountClosing, typer.Argument(case_sensitive=False)],
    *,
    note: Note = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """End a request unsolved."""
    values = {"request": request, "why": why, "closed_on": day(on), "note": note}
    perform(CloseAccountRequest, values, request, "{request} is closed since {on}.", json=json)


@app.command()
def reopen(
    request: Id, note: Annotated[str, typer.Option("--note", help=_NOTE)], on: Day = None, json: AsJson = False
) -> None:
    """Take up a solved or closed request again."""
    values = {"request": request, "reopened_on": day(on), "note": note}
    perform(ReopenAccountRequest, values, request, "{request} is open again since {on}.", json=json)


@app.command("list")
def list_requests(
    *,
    home: Annotated[str | None, typer.Option(help="Only of this home.")] = None,
    state: OfState = None,
    stage: Annotated[AccountStage | None, typer.Option(case_sensitive=False)] = None,
    trouble: Annotated[AccountTrouble | None, typer.Option(case_sensitive=False)] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Requests by id."""
    filters = {"home": home and participant_id(home), "state": upper(state), "stage": stage, "trouble": trouble}
    listing("/account-requests", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    last = row["turns"][-1]["on"] if row["turns"] else row["received_on"]
    return f"{row['id']}  {words(row['stage']):<9}  {last}  {row['home']} {row['state']}: {words(row['trouble'])}"


@app.command("show")
def show(request: Id, json: AsJson = False) -> None:
    """One request with its whole way."""
    showing(f"/account-requests/{request}", json=json)
