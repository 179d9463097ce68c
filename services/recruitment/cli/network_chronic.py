"""``qio network chronic``: voluntary chronic care improvement programs."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, split, words
from services.recruitment.cli.network_base import Network, OfNetwork
from services.recruitment.cli.network_cohort import Participant
from services.recruitment.cli.steps import participant_id
from services.recruitment.cli.work_frame import After, Day, Id, Limit, Reason, Why, day, listing, perform, showing
from services.recruitment.domain.networks.chronic_kind import ProgramStatus
from shared.contracts.recruitment.chronic_care import (
    EndChronicCareProgram,
    RecordChronicCare,
    StartChronicCareProgram,
)

app = typer.Typer(help="Voluntary chronic care improvement programs, heart failure first.", **SETTINGS)

Month = Annotated[str, typer.Argument(help="YYYY-MM.")]


@app.command()
def start(
    network: Network,
    sponsor: Participant,
    *,
    conditions: Annotated[
        list[str] | None, typer.Option("--condition", help="Repeated or with commas; heart failure when left out.")
    ] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Start the program of a sponsoring organisation."""
    values: dict[str, Any] = {"network": network, "sponsor": participant_id(sponsor), "started_on": day(on)}
    if given := split(conditions):
        values["conditions"] = [one.upper() for one in given]
    perform(StartChronicCareProgram, values, network, "Program {program} of {sponsor}.", json=json)


@app.command()
def record(
    program: Id,
    month: Month,
    *,
    invited: Annotated[int, typer.Option(help="Invited within the month.")],
    taking_part: Annotated[int, typer.Option("--taking-part", help="Taking part on its last day.")],
    ended: Annotated[int, typer.Option(help="Ended their part within the month.")],
    because: Why = None,
    json: AsJson = False,
) -> None:
    """Record or correct the beneficiaries of a month; of 1 to 10 no number is kept."""
    values = {"program": program, "month": month, "invited": invited, "taking_part": taking_part, "ended": ended}
    perform(RecordChronicCare, {**values, "because": because}, program, "{month}, revision {revision}.", json=json)


@app.command()
def end(program: Id, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """End a program."""
    values = {"program": program, "ended_on": day(on), "reason": reason}
    perform(EndChronicCareProgram, values, program, "{program} ended on {ended_on}.", json=json)


@app.command("list")
def list_programs(
    *,
    network: OfNetwork = None,
    sponsor: Annotated[str | None, typer.Option(help="Only of this organisation.")] = None,
    status: Annotated[ProgramStatus | None, typer.Option(case_sensitive=False)] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Programs with the figures of their last month."""
    filters = {"network": network, "sponsor": sponsor and participant_id(sponsor), "status": status}
    listing("/chronic-care", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    conditions = ", ".join(words(one) for one in row["conditions"])
    last = max(row["months"], default=None)
    figures = f"{last}: {_people(row['months'][last]['taking_part'])} taking part" if last else "no figures yet"
    return f"{row['id']:<40}  {row['status']:<7}  {row['sponsor']}, {conditions}; {figures}"


def _people(count: int | None) -> str:
    return "1 to 10" if count is None else f"{count:,}"


@app.command("show")
def show(program: Id, json: AsJson = False) -> None:
    """One program with its figures by month."""
    showing(f"/chronic-care/{program}", json=json)
