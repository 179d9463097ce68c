"""``qio community organise``: one-to-ones, the asset map, commitments of teams."""

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
    day,
    listing,
    perform,
)
from services.recruitment.domain.interventions.organising_kinds import AssetStatus
from shared.contracts.recruitment.organising import (
    AssetKind,
    CommitmentStatus,
    CompleteCommitment,
    DropCommitment,
    MetRole,
    RecordAsset,
    RecordCommitment,
    RecordOneToOne,
    RetireAsset,
)

app = typer.Typer(help="Community organising: one-to-ones, the asset map, commitments of teams.", **SETTINGS)


@app.command()
def meet(
    community: Community,
    interests: Annotated[str, typer.Argument(help="What matters to them; no names.")],
    *,
    organiser: Annotated[str, typer.Option(help="person: or participant: and an id.")],
    role: Annotated[MetRole, typer.Option(case_sensitive=False, help="Whom it was with.")],
    next_step: Annotated[str | None, typer.Option(help="What was agreed; no names.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record a one-to-one meeting."""
    values = {
        "coalition": community,
        "met_on": day(on),
        "organiser": organiser,
        "met_role": role,
        "interests": interests,
        "next_step": next_step,
    }
    perform(RecordOneToOne, values, community, "One-to-one {one_to_one} is recorded.", json=json)


@app.command("meetings")
def meetings(
    *,
    community: Of = None,
    role: Annotated[MetRole | None, typer.Option(case_sensitive=False)] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """One-to-one meetings."""
    filters = {"coalition": community, "met_role": role}
    listing("/one-to-ones", _meeting, json=json, **filters, after=after, limit=limit)


def _meeting(row: dict[str, Any]) -> str:
    return f"{row['id']:<40}  {row['met_on']}  {row['met_role']:<22}  {row['interests']}"


@app.command()
def asset(
    community: Community,
    name: Annotated[str, typer.Argument(help="What there is.")],
    *,
    kind: Annotated[AssetKind, typer.Option(case_sensitive=False)],
    opened_by: Annotated[str, typer.Option(help="The office that can open it to the coalition; no names.")],
    member: Annotated[str | None, typer.Option(help="The member that can open it.")] = None,
    area: Annotated[str | None, typer.Option(help="Where: zip:02139, for one; left out: everywhere.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Put something the community has on the asset map."""
    values = {
        "coalition": community,
        "name": name,
        "kind": kind,
        "area": area,
        "opened_by": opened_by,
        "opened_by_member": member,
        "found_on": day(on),
    }
    perform(RecordAsset, values, community, "{name} ({asset}) is on the map.", json=json)


@app.command()
def retire(identifier: Id, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """Take an asset off the map."""
    values = {"asset": identifier, "retired_on": day(on), "reason": reason}
    perform(RetireAsset, values, identifier, "{name} is off the map.", json=json)


@app.command("assets")
def assets(
    *,
    community: Of = None,
    kind: Annotated[AssetKind | None, typer.Option(case_sensitive=False)] = None,
    status: Annotated[AssetStatus, typer.Option(case_sensitive=False)] = AssetStatus.ON_MAP,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """The asset map."""
    filters = {"coalition": community, "kind": kind, "status": status}
    listing("/assets", _asset, json=json, **filters, after=after, limit=limit)


def _asset(row: dict[str, Any]) -> str:
    where = row["area"] or "everywhere"
    return f"{row['id']:<40}  {row['kind']:<11}  {where:<10}  {row['name']} (opened by {row['opened_by']})"


@app.command()
def commit(
    community: Community,
    team: Annotated[str, typer.Argument(help="Which team.")],
    what: Annotated[str, typer.Argument(help="What it will do.")],
    due: Due,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record what a team commits to, and by when."""
    values = {"coalition": community, "team": team, "what": what, "made_on": day(on), "due_on": due}
    perform(RecordCommitment, values, community, "Commitment {commitment} is due by {due_on}.", json=json)


@app.command()
def done(identifier: Id, on: Day = None, json: AsJson = False) -> None:
    """Record that a commitment was done."""
    values = {"commitment": identifier, "done_on": day(on)}
    perform(CompleteCommitment, values, identifier, "The commitment is {status}.", json=json)


@app.command()
def drop(identifier: Id, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """Record that a commitment will not be done."""
    values = {"commitment": identifier, "dropped_on": day(on), "reason": reason}
    perform(DropCommitment, values, identifier, "The commitment is {status}.", json=json)


@app.command("commitments")
def commitments(
    *,
    community: Of = None,
    status: Annotated[CommitmentStatus | None, typer.Option(case_sensitive=False)] = None,
    overdue: Overdue = False,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Commitments of teams."""
    filters = {"coalition": community, "status": status, "overdue": overdue}
    listing("/commitments", _commitment, json=json, **filters, after=after, limit=limit)


def _commitment(row: dict[str, Any]) -> str:
    return f"{row['id']:<40}  {row['due_on']}  {row['status']:<7}  {row['team']}: {row['what']}"
