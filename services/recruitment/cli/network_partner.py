"""``qio network partner``: national partners, and what they and participants contribute."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, listed, words
from services.recruitment.cli.network_base import Network, OfNetwork
from services.recruitment.cli.work_frame import After, Day, Id, Limit, Reason, day, listing, perform
from services.recruitment.domain.networks.contributing import ContributionStatus
from shared.cli.read import get
from shared.contracts.recruitment.contributions import ContributionKind, RecordContribution, WithdrawContribution

app = typer.Typer(help="National partners, and what they and participants contribute.", **SETTINGS)

_WHO = "partner: and the id of a national partner, or participant: and a participant's id."


@app.command()
def contribute(
    network: Network,
    contributor: Annotated[str, typer.Argument(help=_WHO)],
    what: Annotated[str, typer.Argument(help="In a sentence, naming no person.")],
    *,
    kind: Annotated[ContributionKind, typer.Option(case_sensitive=False)],
    source: Annotated[str | None, typer.Option(help="Where it is to be found, or who published it.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record what somebody contributed to a network."""
    values: dict[str, Any] = {"network": network, "contributor": contributor, "what": what, "kind": kind}
    values |= {"source": source, "contributed_on": day(on)}
    perform(RecordContribution, values, network, "Contribution {contribution}.", json=json)


@app.command()
def withdraw(contribution: Id, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """Take a contribution out that is not to be used any more."""
    values = {"contribution": contribution, "withdrawn_on": day(on), "reason": reason}
    perform(WithdrawContribution, values, contribution, "{contribution} is withdrawn.", json=json)


@app.command("contributions")
def contributions(
    *,
    network: OfNetwork = None,
    contributor: Annotated[str | None, typer.Option(help=_WHO)] = None,
    kind: Annotated[ContributionKind | None, typer.Option(case_sensitive=False)] = None,
    status: Annotated[ContributionStatus | None, typer.Option(case_sensitive=False)] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """What was contributed."""
    filters = {"network": network, "contributor": contributor, "kind": kind, "status": status}
    listing("/contributions", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    withdrawn = f" (withdrawn {row['withdrawn_on']})" if row["withdrawn_on"] else ""
    return f"{row['id']:<40}  {row['contributor']:<32}  {words(row['kind'])}: {row['what']}{withdrawn}"


@app.command("list")
def list_partners(json: AsJson = False) -> None:
    """The national partners, and what each is known to contribute."""
    listed(get("recruitment", "/national-partners"), _partner, "partners", json=json)


def _partner(row: dict[str, Any]) -> str:
    return f"{row['id']:<22}  {row['name']}: {row['about']} ({', '.join(words(one) for one in row['offers'])})"
