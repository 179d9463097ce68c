"""``qio community pledge``: time and resources that members pledge, kept or not."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson
from services.recruitment.cli.work_frame import (
    After,
    Community,
    Day,
    Due,
    Id,
    Limit,
    Of,
    Overdue,
    Reason,
    Why,
    day,
    dollars,
    listing,
    perform,
    showing,
)
from shared.contracts.recruitment.pledges import (
    DeclarePledgeBroken,
    PledgeKind,
    PledgeStatus,
    RecordPledge,
    RecordPledgeKept,
    WithdrawPledge,
)

app = typer.Typer(help="Pledges of time and resources, kept or not.", **SETTINGS)

Member = Annotated[str, typer.Argument(metavar="MEMBER", help="The member's participant id.")]
Kind = Annotated[PledgeKind, typer.Option(case_sensitive=False)]
Amount = Annotated[int, typer.Option(help="Hours, US cents, persons, rooms or pieces, by the kind.")]


@app.command()
def make(
    community: Community,
    member: Member,
    what: Annotated[str, typer.Argument(help="What is pledged, in words.")],
    *,
    kind: Kind,
    amount: Amount,
    due: Due,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record what a member pledges and by when."""
    values = {
        "coalition": community,
        "participant": member,
        "kind": kind,
        "amount": amount,
        "what": what,
        "pledged_on": day(on),
        "due_on": due,
    }
    perform(RecordPledge, values, community, "Pledge {pledge} is due by {due_on}.", json=json)


@app.command()
def kept(
    identifier: Id,
    amount: Annotated[int, typer.Argument(help="How much has been given altogether.")],
    on: Day = None,
    because: Why = None,
    json: AsJson = False,
) -> None:
    """Record how much has been given of a pledge."""
    values = {"pledge": identifier, "kept": amount, "on": day(on), "because": because}
    perform(RecordPledgeKept, values, identifier, "{kept} of {amount}: {status}.", json=json)


@app.command()
def broken(identifier: Id, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """Declare a pledge broken after its day."""
    _close(DeclarePledgeBroken, identifier, reason, on, json=json)


@app.command()
def withdraw(identifier: Id, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """Withdraw a pledge."""
    _close(WithdrawPledge, identifier, reason, on, json=json)


def _close(
    kind: type[DeclarePledgeBroken | WithdrawPledge], identifier: str, reason: str, on: dt.date | None, *, json: bool
) -> None:
    values = {"pledge": identifier, "on": day(on), "reason": reason}
    perform(kind, values, identifier, "{kept} of {amount}: {status}.", json=json)


@app.command("list")
def list_pledges(
    *,
    community: Of = None,
    member: Annotated[str | None, typer.Option(help="Only of this participant.")] = None,
    kind: Annotated[PledgeKind | None, typer.Option(case_sensitive=False)] = None,
    status: Annotated[PledgeStatus | None, typer.Option(case_sensitive=False)] = None,
    overdue: Overdue = False,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Pledges with what was given of them."""
    filters = {"coalition": community, "participant": member, "kind": kind, "status": status, "overdue": overdue}
    listing("/pledges", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    given, pledged = row["kept"], row["amount"]
    if row["kind"] == PledgeKind.MONEY:
        given, pledged = dollars(given), dollars(pledged)
    amounts = f"{given} of {pledged} {row['kind'].lower()}"
    return f"{row['id']:<40}  {row['due_on']}  {row['status']:<11}  {row['participant']:<20}  {amounts}  {row['what']}"


@app.command("show")
def show(identifier: Id, json: AsJson = False) -> None:
    """One pledge."""
    showing(f"/pledges/{identifier}", json=json)
