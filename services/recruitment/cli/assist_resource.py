"""``qio assist resource``: evidence-based resources."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, listed, split, words
from services.recruitment.cli.work_frame import After, Day, Id, Limit, Reason, day, listing, perform, showing
from services.recruitment.domain.assistance.resource_kind import ResourceStatus
from shared.cli.read import get
from shared.contracts.recruitment.resources import AddResource, ResourceKind, RetireResource, ReviseResource

app = typer.Typer(help="Evidence-based resources, and how often they were used.", **SETTINGS)

KeptAt = Annotated[str, typer.Argument(help="Where it is kept.")]
Evidence = Annotated[list[str] | None, typer.Option("--evidence", help="What shows that it works; repeated.")]
Version = Annotated[str, typer.Option(help="As its origin counts it.")]


@app.command()
def add(
    title: Annotated[str, typer.Argument(help="What it is called.")],
    kept_at: KeptAt,
    *,
    kind: Annotated[ResourceKind, typer.Option(case_sensitive=False)],
    origin: Annotated[str, typer.Option(help="Who made it.")],
    version: Version,
    evidence: Evidence = None,
    tasks: Annotated[list[str], typer.Option("--task", help="As C.2; repeated or with commas.")],
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Add a resource; a session uses it that has its id as the place where a material is kept."""
    values: dict[str, Any] = {"title": title, "kept_at": kept_at, "kind": kind, "origin": origin, "version": version}
    values |= {"evidence": evidence or [], "tasks": split(tasks), "added_on": day(on)}
    perform(AddResource, values, "res", "Resource {resource}, version {version}.", json=json)


@app.command()
def revise(
    resource: Id, kept_at: KeptAt, *, version: Version, evidence: Evidence = None, on: Day = None, json: AsJson = False
) -> None:
    """Add a version with its own evidence."""
    values: dict[str, Any] = {"resource": resource, "kept_at": kept_at, "version": version}
    values |= {"evidence": evidence or [], "revised_on": day(on)}
    perform(ReviseResource, values, resource, "Version {version}, {versions} in all.", json=json)


@app.command()
def retire(resource: Id, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """Take a resource out of use."""
    values = {"resource": resource, "retired_on": day(on), "reason": reason}
    perform(RetireResource, values, resource, "{resource} is out of use since {retired_on}.", json=json)


@app.command("list")
def list_resources(
    *,
    kind: Annotated[ResourceKind | None, typer.Option(case_sensitive=False)] = None,
    status: Annotated[ResourceStatus | None, typer.Option(case_sensitive=False)] = None,
    task: Annotated[str | None, typer.Option(help="Only for this task, as C.2.")] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Resources by id."""
    listing("/resources", _line, json=json, kind=kind, status=status, task=task, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    last = row["editions"][-1]
    retired = f" (out of use since {row['retired_on']})" if row["retired_on"] else ""
    proof = f"{len(last['evidence'])} items of evidence"
    return f"{row['id']}  {row['title']}, {words(row['kind'])}, version {last['version']}, {proof}{retired}"


@app.command("show")
def show(resource: Id, json: AsJson = False) -> None:
    """One resource with its versions and their evidence."""
    showing(f"/resources/{resource}", json=json)


@app.command()
def uses(after: After = None, limit: Limit = 100, json: AsJson = False) -> None:
    """How many requests and sessions used each resource."""
    rows = get("recruitment", "/resource-uses", after=after, limit=limit)
    listed(rows, _use, "resources", after, json=json)


def _use(row: dict[str, Any]) -> str:
    return f"{row['resource']}  requests {row['requests']:>5,}  sessions {row['sessions']:>5,}  {row['title']}"
