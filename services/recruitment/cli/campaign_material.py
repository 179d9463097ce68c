"""``qio campaign material``: what the campaign hands out, and its key messages."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, words
from services.recruitment.cli.work_frame import After, Day, Id, Limit, Reason, day, listing, perform, showing
from services.recruitment.domain.campaign.material_kind import MaterialStatus
from shared.contracts.recruitment.campaign_materials import (
    AddCampaignMaterial,
    MaterialKind,
    RetireCampaignMaterial,
    ReviseCampaignMaterial,
)
from shared.contracts.recruitment.campaign_terms import Audience, CampaignGoal

app = typer.Typer(help="Materials and key messages of the campaign, with origin and version.", **SETTINGS)

Origin = Annotated[str, typer.Option(help="Who made it, such as the Steering Committee.")]
Version = Annotated[str, typer.Option(help="As its origin counts it.")]
Text = Annotated[str, typer.Argument(help="The key message, or what it is and where it is kept.")]


@app.command()
def add(
    title: Annotated[str, typer.Argument(help="What it is called.")],
    text: Text,
    *,
    kind: Annotated[MaterialKind, typer.Option(case_sensitive=False)],
    audience: Annotated[Audience, typer.Option("--for", case_sensitive=False)],
    origin: Origin,
    version: Version,
    goal: Annotated[CampaignGoal | None, typer.Option(case_sensitive=False)] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Add a material or key message."""
    values: dict[str, Any] = {"title": title, "text": text, "kind": kind, "audience": audience, "goal": goal}
    values |= {"origin": origin, "version": version, "added_on": day(on)}
    perform(AddCampaignMaterial, values, "ae", "Material {material}, version {version}.", json=json)


@app.command()
def revise(material: Id, text: Text, *, origin: Origin, version: Version, on: Day = None, json: AsJson = False) -> None:
    """Add a version; those before are kept."""
    values = {"material": material, "text": text, "origin": origin, "version": version, "revised_on": day(on)}
    perform(ReviseCampaignMaterial, values, material, "Version {version}, {versions} in all.", json=json)


@app.command()
def retire(material: Id, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """Take a material out of use."""
    values = {"material": material, "retired_on": day(on), "reason": reason}
    perform(RetireCampaignMaterial, values, material, "{material} is out of use since {retired_on}.", json=json)


@app.command("list")
def list_materials(
    *,
    kind: Annotated[MaterialKind | None, typer.Option(case_sensitive=False)] = None,
    audience: Annotated[Audience | None, typer.Option("--for", case_sensitive=False)] = None,
    goal: Annotated[CampaignGoal | None, typer.Option(case_sensitive=False)] = None,
    status: Annotated[MaterialStatus | None, typer.Option(case_sensitive=False)] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Materials and key messages."""
    filters = {"kind": kind, "audience": audience, "goal": goal, "status": status}
    listing("/campaign-materials", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    last = row["versions"][-1]
    retired = f" (out of use since {row['retired_on']})" if row["retired_on"] else ""
    what = f"{words(row['kind'])} for {words(row['audience'])}"
    return f"{row['id']}  {row['title']}, {what}, version {last['version']} of {last['origin']}{retired}"


@app.command("show")
def show(material: Id, json: AsJson = False) -> None:
    """One material with all its versions."""
    showing(f"/campaign-materials/{material}", json=json)
