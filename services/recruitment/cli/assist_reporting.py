"""``qio assist reporting``: hospitals' quality reporting to CMS, what is due when and who is behind."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli.campaign_base import OfState, upper
from services.recruitment.cli.frame import SETTINGS, AsJson, date, listed, words
from services.recruitment.cli.steps import participant_id
from services.recruitment.cli.work_frame import Due, Limit, Why, day, listing, perform
from shared.cli.read import get
from shared.contracts.recruitment.quality_reporting import (
    RecordSubmission,
    ReportingProgram,
    SetReportingDue,
    SubmissionStatus,
)

app = typer.Typer(help="Hospitals' quality reporting to CMS.", **SETTINGS)

OfProgram = Annotated[ReportingProgram | None, typer.Option(case_sensitive=False)]
DueId = Annotated[str, typer.Argument(metavar="DUE", help="As the calendar shows it.")]
AsOf = Annotated[
    dt.date | None, typer.Option(parser=date, metavar="DATE", help="YYYY-MM-DD; today (UTC) when left out.")
]
After = Annotated[str | None, typer.Option(help="The last id of the page before; of two parts with a bar.")]


@app.command("due")
def set_due(
    program: Annotated[ReportingProgram, typer.Argument(case_sensitive=False)],
    period: Annotated[str, typer.Argument(help="A calendar year or quarter, 2014 or 2014-Q3.")],
    measure_set: Annotated[str, typer.Argument(help="Our short name of the set.")],
    *,
    due: Due,
    source: Annotated[str, typer.Option(help="Where CMS says so.")],
    because: Why = None,
    json: AsJson = False,
) -> None:
    """Enter by which day data is due; nothing is due that nobody entered."""
    values: dict[str, Any] = {"program": program, "period": period.upper(), "measure_set": measure_set}
    values |= {"due_on": due, "source": source, "because": because}
    perform(SetReportingDue, values, measure_set, "{due} is due on {due_on}, revision {revision}.", json=json)


@app.command()
def submission(
    due: DueId,
    hospital: Annotated[str, typer.Argument(help="The hospital's certification number.")],
    status: Annotated[SubmissionStatus, typer.Argument(case_sensitive=False)],
    *,
    source: Annotated[str, typer.Option(help="Who says so.")],
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """Record what a hospital had sent as of a day."""
    values: dict[str, Any] = {"due": due, "hospital": participant_id(hospital), "status": status}
    values |= {"source": source, "as_of": day(as_of)}
    perform(RecordSubmission, values, values["hospital"], "{hospital}, {due}: {status}.", json=json)


@app.command()
def calendar(program: OfProgram = None, after: After = None, limit: Limit = 100, json: AsJson = False) -> None:
    """What is due when, and who says so."""
    listing("/reporting-calendar", _line, json=json, program=program, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    return f"{row['due_on']}  {row['id']:<40}  {row['source']}"


@app.command()
def submissions(
    *,
    due: Annotated[str | None, typer.Option(help="As the calendar shows it.")] = None,
    hospital: str | None = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """What hospitals have sent."""
    identifier = hospital and participant_id(hospital)
    listing("/submissions", _sent, json=json, due=due, hospital=identifier, after=after, limit=limit)


def _sent(row: dict[str, Any]) -> str:
    last = row["accounts"][-1]
    return f"{row['due']:<40}  {row['hospital']}  {words(last['status'])} as of {last['as_of']} ({last['source']})"


@app.command()
def behind(
    *,
    by: Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="YYYY-MM-DD; today.")] = None,
    program: OfProgram = None,
    state: OfState = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Hospitals that had not sent all by a day of what was due before, with the help given for it."""
    filters: dict[str, Any] = {"by": by and by.isoformat(), "program": program, "state": upper(state)}
    rows = get("recruitment", "/reporting-behind", **filters, after=after, limit=limit)
    listed(rows, _behind, "hospitals behind", after, json=json)


def _behind(row: dict[str, Any]) -> str:
    sent = f"{words(row['status'])} sent" if row["status"] != "PARTLY" else "partly sent"
    where = f"{row['hospital']} {row['state']} {row['name']}"
    return f"{row['due_on']}  {row['due']:<40}  {where}: {sent}; helped {row['minutes']} min"
