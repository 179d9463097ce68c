"""Coalitions as they stand, part of ``qio community coalition``."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import AsJson, listed
from shared.cli.output import as_json, say
from shared.cli.read import get


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("list")(list_coalitions)
    app.command("show")(show_coalition)


def list_coalitions(
    task: Annotated[str | None, typer.Option(help="C.2 or C.3.")] = None,
    at_work: Annotated[bool | None, typer.Option("--at-work/--ended", help="Both when left out.")] = None,
    infrastructure_done: Annotated[bool | None, typer.Option("--equipped/--not-equipped")] = None,
    seat_vacant: Annotated[bool | None, typer.Option("--seat-vacant/--seat-held")] = None,
    participant: Annotated[str | None, typer.Option(help="Those it is a member of now.")] = None,
    after: Annotated[str | None, typer.Option(help="The last community of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 100,
    json: AsJson = False,
) -> None:
    """Coalitions by community; every filter that is given must fit."""
    filters: dict[str, Any] = {
        "task": task and task.upper(),
        "at_work": at_work,
        "infrastructure_done": infrastructure_done,
        "patient_seat_vacant": seat_vacant,
        "participant": participant,
        "after": after,
        "limit": limit,
    }
    found = get("recruitment", "/coalitions", **filters)
    listed(found, _line, "coalitions", after, json=json)


def _line(row: dict[str, Any]) -> str:
    state = f"ended {row['ended_on']}" if row["ended_on"] else f"since {row['formed_on']}"
    open_items = len(row["infrastructure_missing"])
    built = "equipped" if row["infrastructure_done_on"] else f"{open_items} items open"
    seat = "patient partner" if row["patient_partner"] else f"seat vacant since {row['patient_seat_since']}"
    head = f"{row['community']:<32}  {row['task']}  {state:<16}  {row['members']:>4} members"
    return f"{head}  {built:<14}  {seat}  {row['name']}"


def show_coalition(community: Annotated[str, typer.Argument(help="The community's id.")], json: AsJson = False) -> None:
    """All that is known of the coalition over a community."""
    found = get("recruitment", f"/coalitions/{community}")
    if json:
        as_json(found)
        return
    ended = f", ended {found['ended_on']} ({found['ended_because']})" if found["ended_on"] else ""
    say(f"{found['name']} ({found['community']}), Task {found['task']}, formed {found['formed_on']}{ended}")
    seat = found["patient_seat"]
    say(f"Patient partner: {seat['holder'] or 'vacant'} since {seat['since']}")
    for one in found["members"]:
        _member(one)
    if found["missing_sectors"]:
        say(f"Nobody from: {_words(', '.join(found['missing_sectors']))}")
    for item, check in found["infrastructure"].items():
        evidence = check["evidence"]["reference"] if check["evidence"] else ""
        overdue = " (review overdue)" if check["overdue"] else ""
        say(f"  {_words(item):<16}{_words(check['state'])} since {check['since']}{overdue}  {evidence}")
    say(f"For: {', '.join(found['populations']) or 'everybody'}")
    _aims(found)


def _member(one: dict[str, Any]) -> None:
    until = f" until {one['left_on']}" if one["left_on"] else ""
    gone = f", closed {one['closed_on']}" if one["closed_on"] else ""
    name = one["name"] or one["participant"]
    say(f"  {one['participant']:<20}  {_words(one['role']):<16}since {one['joined_on']}{until}  {name}{gone}")


def _aims(found: dict[str, Any]) -> None:
    for name, one in sorted(found["measures"].items()):
        if one["dropped_because"]:
            continue
        choice = one["wanted"][-1]["choice"]
        aim = f"{_words(choice['direction'])} to {choice['target']} by {choice['due']}"
        plan = one["plans"][-1]["plan"] if one["plans"] else None
        seen = f"; can be seen in {plan['seen_in']} after {plan['quarters']} quarters" if plan else "; no plan yet"
        say(f"  {name}: {aim}, against {choice['baseline_period']}{seen}")
    for goal, one in sorted(found["goals"].items()):
        say(f"  goal {goal}: {'reached' if one['reached'] else 'withdrawn'} with {one['value']} in {one['period']}")


def _words(text: str) -> str:
    return text.replace("_", " ").lower()
