"""Maps and reports, part of ``qio program``."""

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from services.recruitment.cli import report_learning
from services.recruitment.cli.frame import AsJson, date
from services.recruitment.cli.picture import png_of
from services.recruitment.domain.reports.drawing import draw
from services.recruitment.domain.reports.participation import Participation, RegionShare, StateShare
from services.recruitment.domain.reports.telling import csv_of
from services.recruitment.domain.targets.areas import NATION
from shared.cli.output import as_json, fail, say
from shared.cli.read import get


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("map")(draw_map)
    app.command()(report)


def draw_map(
    collaborative: Annotated[str, typer.Option(help="For example NNHQCC.")],
    out: Annotated[Path, typer.Option(help="Where to: a name that ends in .svg or .png.", dir_okay=False)],
    as_of: Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="Today when left out.")] = None,
    json: AsJson = False,
) -> None:
    """Draw who takes part, by state and QIN-QIO region: recruited against eligible."""
    kind = out.suffix.lower()
    if kind not in {".svg", ".png"}:
        fail("Name a file that ends in .svg or .png.")
    found = get("recruitment", "/participation", collaborative=collaborative.upper(), as_of=as_of and str(as_of))
    drawing = draw(_participation(found), found["name"])
    try:
        out.write_bytes(drawing.encode() if kind == ".svg" else png_of(drawing))
    except OSError as error:
        fail(f"{out} cannot be written: {error.strerror}.")
    if json:
        as_json({**found, "file": str(out)})
        return
    say(f"{found['recruited']:,} of {found['eligible']:,} eligible take part in {found['collaborative']}: see {out}")


def report(
    *,
    task: Annotated[str, typer.Option(help="C.2 or C.3, or another task of a statement of work.")],
    first: Annotated[dt.date, typer.Option("--from", parser=date, metavar="DATE", help="First day.")],
    last: Annotated[dt.date, typer.Option("--to", parser=date, metavar="DATE", help="Last day.")],
    region: Annotated[str | None, typer.Option(help="A network of 2014 to 2019, for example new-england.")] = None,
    state: Annotated[str | None, typer.Option(help="Postal code.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print comma-separated values.")] = False,
    json: AsJson = False,
) -> None:
    """Report a task to CMS: recruited against target, infrastructure, deliverables, what networks did."""
    days: dict[str, Any] = {"from": str(first), "to": str(last)}
    found = get("recruitment", "/task-report", task=task, area=_area(region, state), **days)
    if json:
        as_json(found)
    elif csv:
        typer.echo(csv_of(found), nl=False)
    else:
        _tell(found)


def _area(region: str | None, state: str | None) -> str:
    if region and state:
        fail("Name a region or a state, not both.")
    if region:
        return region.lower() if region.lower().startswith("qin:") else f"qin:{region.lower()}"
    return state.upper() if state else NATION


def _participation(found: dict[str, Any]) -> Participation:
    regions = [{**one, "states": tuple(one["states"])} for one in found["regions"]]
    for one in regions:
        del one["percent"]
    return Participation(
        collaborative=found["collaborative"],
        as_of=date(found["as_of"]),
        states=tuple(StateShare(**one) for one in found["states"]),
        regions=tuple(RegionShare(**one) for one in regions),
        unknown_because=found["unknown_because"],
    )


def _tell(found: dict[str, Any]) -> None:
    say(f"Task {found['task']}, {found['title']} ({found['statement']})")
    say(f"{found['area_name']}, {found['from']} to {found['to']}")
    say("")
    for one in found["recruitment"]:
        recruited = f"{one['recruited']:,} recruited in this time, {one['members']:,} members"
        say(f"{one['collaborative']}: {recruited} of {one['eligible']:,} eligible.")
        for target in one["targets"]:
            missing = "met" if target["met"] else f"{target['missing']:,} missing"
            of = f"{target['recruited']:,} of {target['wanted']:,} recruited, {missing}"
            say(f"  Target {target['area']} {target['starts_on']} to {target['ends_on']}: {of}.")
        if not one["targets"]:
            say("  No target is set.")
    if not found["recruitment"]:
        say("No collaborative recruits for this task; its coalitions do.")
    _tell_infrastructure(found["infrastructure"])
    _tell_deliverables(found["deliverables"])
    report_learning.tell(found["learning"])


def _tell_infrastructure(found: dict[str, Any]) -> None:
    say("")
    ended = f"; {found['ended']} ended in this time" if found["ended"] else ""
    say(f"Coalitions: {found['coalitions']}, with all of their infrastructure: {found['complete']}{ended}.")
    for item, done in found["items"].items():
        say(f"  {item.replace('_', ' ').lower():<16}{done:>4} of {found['coalitions']}")
    for one in found["list"]:
        missing = ", ".join(item.replace("_", " ").lower() for item in one["missing"]) or "nothing"
        how = f"missing {missing}" if one["kept"] else "what it had done was not kept"
        until = f", ended on {one['ended_on']}" if one["ended_on"] else ""
        say(f"  {one['name']} ({one['community']}, {' '.join(one['states'])}{until}): {how}")
    if found["list"]:
        say(f"  {found['basis']}")


def _tell_deliverables(found: dict[str, Any]) -> None:
    counted = ", ".join(f"{number} {name.replace('_', ' ').lower()}" for name, number in found["by_status"].items())
    say("")
    say(f"Deliverables due in this time: {found['due']} ({counted}).")
    for one in found["list"]:
        how = one["status"].replace("_", " ").lower()
        say(f"  {one['due_on']}  {how:<9}  {one['contract']} {one['deliverable']}  {one['title']}")
