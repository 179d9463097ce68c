"""Targets, why they rank where they do, and coverage, part of ``qio recruit``."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, date, listed
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.recruitment.targeting import SetRecruitmentTarget

Collaborative = Annotated[str, typer.Option(help="For which collaborative.")]
Task = Annotated[str | None, typer.Option(help="Task of the statement of work, for example C.2.")]
Area = Annotated[str | None, typer.Option(help="State, US, or a network such as qin:new-england.")]
Which = Annotated[str | None, typer.Option("--collaborative", help="For which collaborative; all when left out.")]

_target = typer.Typer(help="How many each task asks to recruit, where and until when.", **SETTINGS)


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command()(targets)
    app.command()(why)
    app.command()(coverage)
    app.add_typer(_target, name="target")


def targets(
    collaborative: Collaborative = "NNHQCC",
    state: Annotated[str | None, typer.Option(help="Postal code.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=20_000)] = 20,
    json: AsJson = False,
) -> None:
    """Whom to invite first, and why."""
    found = get(
        "recruitment", "/targets", collaborative=collaborative.upper(), state=state and state.upper(), limit=limit
    )
    listed(found, _line, "targets", json=json)


def why(
    participant: Annotated[str, typer.Argument(help="CMS Certification Number, or another participant id.")],
    collaborative: Collaborative = "NNHQCC",
    json: AsJson = False,
) -> None:
    """Why a facility ranks where it ranks: each part of its score in words."""
    identifier = participant if ":" in participant else participant.upper()
    found = get("recruitment", f"/targets/{identifier}", collaborative=collaborative.upper())
    if json:
        as_json(found)
        return
    say(f"{found['name']} ({found['ccn']}) is number {found['rank']} of {found['of']} targets,")
    say(f"number {found['rank_in_state']} of {found['of_state']} in {found['state']}.")
    for part in found["contributions"]:
        say(f"{part['weight']:>6}  {part['words']}")
    say(f"{found['score']:>6}  in all; equal scores go by number")


def coverage(
    task: Task = None,
    collaborative: Which = None,
    area: Area = None,
    following: Annotated[int, typer.Option("--next", min=0, max=50, help="How many to name who come next.")] = 3,
    json: AsJson = False,
) -> None:
    """What was recruited against the targets, how many are missing, and who is next."""
    found = get("recruitment", "/coverage", **_asked(task, collaborative, area), next=following)
    listed(found, _covered, "targets are set for that", json=json)


@_target.command("set")
def set_target(
    task: Annotated[str, typer.Argument(help="Task of the statement of work, for example C.2.")],
    collaborative: Annotated[str, typer.Argument(help="For example NNHQCC.")],
    area: Annotated[str, typer.Argument(help="State, US, or a network such as qin:new-england.")],
    starts_on: Annotated[dt.date, typer.Option("--from", parser=date, metavar="DATE", help="First day.")],
    ends_on: Annotated[dt.date, typer.Option("--to", parser=date, metavar="DATE", help="Last day.")],
    source: Annotated[str, typer.Option(help="The document and section that says it.")],
    number: Annotated[int | None, typer.Option(help="Participants to recruit.")] = None,
    share_percent: Annotated[int | None, typer.Option("--percent", help="Percent of those eligible.")] = None,
    effective_on: Annotated[
        dt.date | None, typer.Option("--effective", parser=date, metavar="DATE", help="From when an amendment counts.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Set a target, or amend it; what it was before is kept."""
    values = {
        "task": task,
        "collaborative": collaborative.upper(),
        "area": _area(area),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "number": number,
        "share_percent": share_percent,
        "effective_on": effective_on,
        "source": source,
    }
    made = ask(command_of(SetRecruitmentTarget, values), f"{task}|{collaborative.upper()}|{_area(area)}")
    if json:
        as_json(made)
        return
    what = "is set" if made["changed"] else "was set already"
    say(f"Target {made['target']} {what}: {_amount(made)} from {made['effective_on']} to {made['ends_on']}.")


@_target.command("list")
def list_targets(task: Task = None, collaborative: Which = None, area: Area = None, json: AsJson = False) -> None:
    """What is asked for, every amendment with its source."""
    found = get("recruitment", "/recruitment-targets", **_asked(task, collaborative, area))
    listed(found, _versions, "targets are set for that", json=json)


def _covered(row: dict[str, Any]) -> str:
    head = (
        f"{row['task']}  {row['collaborative']}  {row['area_name']}, {row['starts_on']} to {row['ends_on']}: "
        f"{row['recruited']} of {row['wanted']} recruited, {row['missing']} missing "
        f"({row['eligible']} eligible). Source: {row['source']}"
    )
    lines = [head]
    if len(row["states"]) > 1:
        lines += [
            f"    {state['state']}  {state['recruited']:>5} recruited  {state['eligible']:>6} eligible"
            for state in row["states"]
        ]
    return "\n".join([*lines, *(f"  next {_line(one)}" for one in row["next"])])


def _versions(row: dict[str, Any]) -> str:
    head = f"{row['task']:<16}{row['collaborative']:<10}{row['area']:<18}"
    return "\n".join(
        f"{head}{version['starts_on']} to {version['ends_on']}  from {version['effective_on']}: "
        f"{_amount(version)}  ({version['source']})"
        for version in row["versions"]
    )


def _line(row: dict[str, Any]) -> str:
    return f"{row['rank']:>4}  {row['ccn']}  {row['state']}  {row['name'][:44]:<44}  {row['score']:>5}  {row['why']}"


def _amount(version: dict[str, Any]) -> str:
    if version["number"] is not None:
        return f"{version['number']} participants"
    return f"{version['share_percent']} percent of those eligible"


def _asked(task: str | None, collaborative: str | None, area: str | None) -> dict[str, Any]:
    return {"task": task, "collaborative": collaborative and collaborative.upper(), "area": _area(area)}


def _area(given: str | None) -> str | None:
    return given if given is None or ":" in given else given.upper()
