"""``qio network assignment``: action periods between sessions, what is reported, who has not reported."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, date
from services.recruitment.cli.work_frame import After, Day, Id, Limit, Reason, Why, day, listing, perform, showing
from services.recruitment.domain.sessions.machine import PeriodPhase
from shared.cli.output import as_json, fail, say
from shared.cli.read import get
from shared.contracts.recruitment.action_period_commands import (
    CancelActionPeriod,
    CloseActionPeriod,
    ExcuseFromAssignment,
    ExtendActionPeriod,
    ReportAssignment,
    StartActionPeriod,
)

app = typer.Typer(help="Action periods between sessions and their assignments.", **SETTINGS)

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="Which assignment, from 1.")]
Participant = Annotated[str, typer.Argument(metavar="PARTICIPANT")]
_DAY = {"parser": date, "metavar": "DATE", "help": "YYYY-MM-DD."}
_ASSIGNMENT = "TITLE|WHAT TO REPORT|DUE (YYYY-MM-DD)[|UNIT[|MEASURE]]; repeated, in order."
_FIELDS = ("title", "report", "due_on", "unit", "measure")


def assignment(text: str) -> dict[str, str]:
    """The fields of an assignment, given with bars between them; ends with status 2 where they are not those."""
    parts = [one.strip() for one in text.split("|")]
    if not 3 <= len(parts) <= len(_FIELDS):
        fail(f"An assignment is {_ASSIGNMENT}", 2)
    return {name: value for name, value in zip(_FIELDS, parts, strict=False) if value}


@app.command()
def start(
    cohort: Annotated[str, typer.Argument(metavar="COHORT")],
    name: Annotated[str, typer.Argument()],
    *,
    starts: Annotated[dt.date, typer.Option("--starts", **_DAY)],
    ends: Annotated[dt.date, typer.Option("--ends", **_DAY)],
    assignments: Annotated[list[str], typer.Option("--assignment", help=_ASSIGNMENT)],
    office: Annotated[str, typer.Option(help="The office that participants ask.")],
    phone: Annotated[str, typer.Option(help="Its telephone.")],
    after_session: Annotated[str | None, typer.Option("--after-session", help="The session before it.")] = None,
    before_session: Annotated[str | None, typer.Option("--before-session", help="The session after it.")] = None,
    json: AsJson = False,
) -> None:
    """Start an action period of a cohort."""
    values = {
        "cohort": cohort,
        "name": name,
        "starts_on": starts,
        "ends_on": ends,
        "assignments": [assignment(one) for one in assignments],
        "after_session": after_session,
        "before_session": before_session,
        "office": office,
        "phone": phone,
    }
    perform(StartActionPeriod, values, cohort, "Action period {period} has {assignments} assignments.", json=json)


@app.command()
def report(
    identifier: Id,
    number: Number,
    participant: Participant,
    summary: Annotated[str, typer.Argument(help="In a sentence, naming no person.")],
    *,
    value: Annotated[float | None, typer.Option(help="In the assignment's unit.")] = None,
    because: Why = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record what a participant reports, or correct it."""
    values = {
        "period": identifier,
        "assignment": number,
        "participant": participant,
        "summary": summary,
        "value": value,
        "because": because,
        "on": day(on),
    }
    perform(ReportAssignment, values, identifier, "{participant} has reported (corrected: {corrected}).", json=json)


@app.command()
def excuse(identifier: Id, number: Number, participant: Participant, reason: Reason, json: AsJson = False) -> None:
    """Excuse a participant from an assignment."""
    values = {"period": identifier, "assignment": number, "participant": participant, "reason": reason}
    perform(ExcuseFromAssignment, values, identifier, "{participant} is excused.", json=json)


@app.command()
def extend(
    identifier: Id,
    days: Annotated[int, typer.Option(min=1, help="By how many days.")],
    reason: Reason,
    assignments: Annotated[list[int] | None, typer.Option("--assignment", help="Only these; repeated.")] = None,
    json: AsJson = False,
) -> None:
    """Extend a period and the due days of its assignments."""
    values = {"period": identifier, "days": days, "reason": reason, "assignments": assignments or ()}
    perform(ExtendActionPeriod, values, identifier, "It ends on {ends_on}; {moved} assignments moved.", json=json)


@app.command()
def close(identifier: Id, json: AsJson = False) -> None:
    """Close a period whose last day has come."""
    perform(CloseActionPeriod, {"period": identifier}, identifier, "{period} is closed: {reports} reports.", json=json)


@app.command()
def cancel(identifier: Id, reason: Reason, json: AsJson = False) -> None:
    """Cancel a period."""
    values = {"period": identifier, "reason": reason}
    perform(CancelActionPeriod, values, identifier, "{period} is cancelled.", json=json)


@app.command()
def owing(identifier: Id, json: AsJson = False) -> None:
    """Who of the cohort has not reported, by assignment."""
    found = get("recruitment", f"/action-periods/{identifier}/owing")
    if json:
        as_json(found)
        return
    for row in found:
        late = "overdue" if row["overdue"] else f"due {row['due_on']}"
        say(f"{row['assignment']}. {row['title']} ({late}): {len(row['owing'])} have not reported")
        for one in row["owing"]:
            say(f"   {one}")


@app.command("list")
def list_periods(
    *,
    cohort: Annotated[str | None, typer.Option()] = None,
    phase: Annotated[PeriodPhase | None, typer.Option(case_sensitive=False)] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Action periods."""
    listing("/action-periods", _line, json=json, cohort=cohort, phase=phase, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    reports = sum(len(one["reports"]) for one in row["assignments"])
    done = f"{len(row['assignments'])} assignments, {reports} reports"
    return f"{row['id']:<32}  {row['starts_on']} to {row['ends_on']}  {row['phase']:<9}  {row['name']} ({done})"


@app.command("show")
def show(identifier: Id, json: AsJson = False) -> None:
    """One action period with what was reported."""
    showing(f"/action-periods/{identifier}", json=json)
