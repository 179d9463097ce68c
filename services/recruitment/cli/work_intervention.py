"""``qio community intervention``: what a coalition does, how much of it, whom it reaches, how it ends."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, split
from services.recruitment.cli.work_frame import (
    After,
    Community,
    Day,
    Id,
    Limit,
    Of,
    Reason,
    Until,
    Why,
    day,
    listing,
    perform,
    showing,
)
from services.recruitment.domain.interventions.state import Phase
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.intervention_commands import (
    ChangeIntervention,
    CorrectIntervention,
    EndIntervention,
    PauseIntervention,
    RecordDose,
    RecordReach,
    ResumeIntervention,
    StartIntervention,
)
from shared.contracts.recruitment.intervention_terms import Comparison, EndReason, InterventionType, StatedResult

app = typer.Typer(help="Interventions with their dose and reach.", **SETTINGS)

Settings = Annotated[list[Setting], typer.Option("--setting", case_sensitive=False, help="Repeated.")]
Measures = Annotated[list[str], typer.Option("--measure", help="Repeated or with commas; qio measures names them.")]
Month = Annotated[str, typer.Argument(help="YYYY-MM.")]


@app.command()
def start(
    community: Community,
    name: Annotated[str, typer.Argument(help="What the coalition calls it.")],
    *,
    kind: Annotated[InterventionType, typer.Option(case_sensitive=False)],
    kind_text: Annotated[str | None, typer.Option(help="What OTHER is.")] = None,
    stratum: Annotated[str, typer.Option(help="The target population.")] = "all",
    settings: Settings,
    measures: Measures,
    on: Day = None,
    unit: Annotated[str, typer.Option(help="What is counted as dose, such as 'home visits'.")],
    planned: Annotated[int | None, typer.Option(help="Units planned a month.")] = None,
    comparison: Annotated[Comparison, typer.Option(case_sensitive=False)] = Comparison.BEFORE_AND_AFTER,
    compare_with: Annotated[list[str] | None, typer.Option(help="Communities, repeated or with commas.")] = None,
    json: AsJson = False,
) -> None:
    """Start an intervention over the areas of the community."""
    values = {
        "coalition": community,
        "name": name,
        "kind": kind,
        "kind_text": kind_text,
        "stratum": stratum,
        "settings": settings,
        "measures": split(measures),
        "started_on": day(on),
        "dose_unit": unit,
        "planned_dose": planned,
        "comparison": comparison,
        "comparison_communities": split(compare_with),
    }
    said = "{name} ({intervention}) started on {started_on} over {areas} areas."
    perform(StartIntervention, values, community, said, json=json)


@app.command()
def change(
    identifier: Id,
    what: Annotated[str, typer.Argument(help="What is different, in words.")],
    *,
    on: Day = None,
    name: Annotated[str | None, typer.Option()] = None,
    stratum: Annotated[str | None, typer.Option()] = None,
    settings: Annotated[list[Setting] | None, typer.Option("--setting", case_sensitive=False)] = None,
    measures: Annotated[list[str] | None, typer.Option("--measure")] = None,
    planned: Annotated[int | None, typer.Option(help="Units planned a month.")] = None,
    json: AsJson = False,
) -> None:
    """Change an intervention that goes on."""
    values = {
        "intervention": identifier,
        "changed_on": day(on),
        "what": what,
        "name": name,
        "stratum": stratum,
        "settings": settings or None,
        "measures": split(measures) or None,
        "planned_dose": planned,
    }
    perform(ChangeIntervention, values, identifier, "{name} is changed.", json=json)


@app.command()
def dose(identifier: Id, month: Month, units: int, because: Why = None, json: AsJson = False) -> None:
    """Record how many units were delivered in a month."""
    values = {"intervention": identifier, "month": month, "units": units, "because": because}
    perform(RecordDose, values, identifier, "{units} {unit} in {month} (revision {revision}).", json=json)


@app.command()
def reach(
    identifier: Id,
    month: Month,
    beneficiaries: Annotated[int, typer.Argument(help="From 1 to 10 only 'fewer than 11' is kept.")],
    *,
    areas: Annotated[int, typer.Option(help="In how many areas.")],
    facilities: Annotated[int, typer.Option(help="In how many facilities.")],
    because: Why = None,
    json: AsJson = False,
) -> None:
    """Record how many were reached in a month."""
    values = {
        "intervention": identifier,
        "month": month,
        "beneficiaries": beneficiaries,
        "areas": areas,
        "facilities": facilities,
        "because": because,
    }
    perform(RecordReach, values, identifier, "The reach in {month} is recorded (revision {revision}).", json=json)


@app.command()
def pause(identifier: Id, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """Pause an intervention."""
    values = {"intervention": identifier, "paused_on": day(on), "reason": reason}
    perform(PauseIntervention, values, identifier, "{name} is paused.", json=json)


@app.command()
def resume(identifier: Id, on: Day = None, json: AsJson = False) -> None:
    """Resume a paused intervention."""
    values = {"intervention": identifier, "resumed_on": day(on)}
    perform(ResumeIntervention, values, identifier, "{name} goes on.", json=json)


@app.command()
def end(
    identifier: Id,
    *,
    reason: Annotated[EndReason, typer.Option(case_sensitive=False)],
    result: Annotated[StatedResult, typer.Option(case_sensitive=False, help="What the coalition says came of it.")],
    statement: Annotated[str | None, typer.Option(help="The same in its words.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """End an intervention."""
    values = {
        "intervention": identifier,
        "ended_on": day(on),
        "reason": reason,
        "result": result,
        "statement": statement,
    }
    perform(EndIntervention, values, identifier, "{name} has ended.", json=json)


@app.command()
def correct(
    identifier: Id,
    *,
    because: Annotated[str, typer.Option(help="Why it is corrected.")],
    started_on: Until = None,
    ended_on: Until = None,
    json: AsJson = False,
) -> None:
    """Put its first or last day right."""
    values = {"intervention": identifier, "started_on": started_on, "ended_on": ended_on, "because": because}
    perform(CorrectIntervention, values, identifier, "{name} is corrected.", json=json)


@app.command("list")
def list_interventions(
    *,
    community: Of = None,
    phase: Annotated[Phase | None, typer.Option(case_sensitive=False)] = None,
    kind: Annotated[InterventionType | None, typer.Option(case_sensitive=False)] = None,
    measure: Annotated[str | None, typer.Option()] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Interventions with what was delivered so far, and what measures says came of it."""
    filters = {"coalition": community, "phase": phase, "kind": kind, "measure": measure}
    listing("/interventions", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    units = sum(month["units"] for month in row["dose"].values())
    when = f"{row['started_on']} to {row['ended_on'] or 'now':<10}"
    line = f"{row['id']:<40}  {row['phase']:<7}  {when}  {units:>7} {row['dose_unit']}  {row['name']}"
    return "\n".join((line, *(f"    {one['measure']}: {one['sentence']}" for one in row["effects"])))


@app.command("show")
def show(identifier: Id, json: AsJson = False) -> None:
    """One intervention with its months, pauses and changes."""
    showing(f"/interventions/{identifier}", json=json)


@app.command("types")
def types(json: AsJson = False) -> None:
    """The types of intervention there are, with their sources."""
    listing("/intervention-types", lambda row: f"{row['type']:<32}{row['name']} ({row['source']})", json=json)
