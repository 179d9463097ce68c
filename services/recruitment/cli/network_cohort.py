"""``qio network cohort``: cohorts, and who is in them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from services.recruitment.cli.chunks import Outcome, send
from services.recruitment.cli.frame import SETTINGS, AsJson
from services.recruitment.cli.network_base import Network, OfNetwork
from services.recruitment.cli.network_rows import joins
from services.recruitment.cli.steps import participant_id
from services.recruitment.cli.work_frame import Day, Limit, Reason, day, listing, perform, showing
from services.recruitment.domain.networks.state import Phase
from shared.cli.ask import actor
from shared.cli.many import Refusal, write_rejects
from shared.cli.output import as_json, fail, say
from shared.contracts.recruitment.cohorts import (
    CloseCohort,
    CohortRole,
    FocusCohort,
    JoinCohort,
    LeaveCohort,
    OpenCohort,
)
from shared.contracts.recruitment.learning_terms import Topic
from shared.feeds.rows import UnusableFile
from shared.runtime.settings import Settings

app = typer.Typer(help="Cohorts of learning networks, and who is in them.", **SETTINGS)

Cohort = Annotated[str, typer.Argument(metavar="COHORT", help="The cohort's id, for example nnhqcc.c1.")]
Participant = Annotated[str, typer.Argument(metavar="PARTICIPANT", help="CCN, npi: with a number, or own: with an id.")]
Focus = Annotated[Topic, typer.Option(case_sensitive=False, help="What it works on first.")]
Role = Annotated[CohortRole, typer.Option("--as", case_sensitive=False)]


@app.command("open")
def open_(
    network: Network,
    number: Annotated[int, typer.Argument(help="The cohort's number.")],
    name: Annotated[str, typer.Argument(help="What it is called.")],
    *,
    focus: Focus,
    shared: Annotated[bool, typer.Option("--shared", help="Who is in it may be in others of the network.")] = False,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Open a cohort."""
    values = {"network": network, "number": number, "name": name, "focus": focus, "opened_on": day(on)}
    perform(OpenCohort, {**values, "exclusive": not shared}, network, "{cohort} is open, on {focus}.", json=json)


@app.command()
def focus(
    cohort: Cohort,
    topic: Annotated[Topic, typer.Argument(case_sensitive=False)],
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Let a cohort work on another topic from a day on."""
    values = {"cohort": cohort, "focus": topic, "since": day(on)}
    perform(FocusCohort, values, cohort, "{cohort} works on {focus}.", json=json)


@app.command()
def close(cohort: Cohort, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """Close a cohort, for everybody in it."""
    values = {"cohort": cohort, "closed_on": day(on), "reason": reason}
    perform(CloseCohort, values, cohort, "{cohort} closed on {closed_on} with {members} in it.", json=json)


@app.command()
def join(
    cohort: Cohort, participant: Participant, role: Role = CohortRole.TEAM, on: Day = None, json: AsJson = False
) -> None:
    """Take a participant into a cohort, or let it be there in another role."""
    values = {"cohort": cohort, "participant": participant_id(participant), "role": role, "joined_on": day(on)}
    perform(JoinCohort, values, cohort, "{participant} is in {cohort} since {joined_on} as {role}.", json=json)


@app.command("join-file")
def join_file(
    cohort: Cohort,
    file: Annotated[Path, typer.Argument(help="CSV with the column participant; also role, joined_on.")],
    *,
    on: Day = None,
    rejects: Annotated[Path | None, typer.Option(help="Where refused rows are written down, with reasons.")] = None,
    json: AsJson = False,
) -> None:
    """Take many into a cohort; a row that is refused holds up no other, and the same file again changes nothing.

    Exit status 1 when a row was refused, 3 when the service did not answer all.
    """
    try:
        rows = joins(file, {"actor": actor(), "cohort": cohort, "joined_on": day(on)})
        target = rejects or Settings().with_stack().data_dir / "rejects" / "cohort-join.csv"
    except (UnusableFile, ValueError) as error:
        fail(str(error), 2)
    outcome = send("Joining", [(row.key, row.command) for row in rows if row.command is not None])
    refused: list[Refusal] = [(row, row.reasons or outcome.refused.get(row.key, ())) for row in rows]
    refused = [(row, reasons) for row, reasons in refused if reasons]
    write_rejects(target, refused, "participant")
    _report(outcome, refused, target, json=json)


def _report(outcome: Outcome, refused: list[Refusal], target: Path, *, json: bool) -> None:
    joined = sum(made["changed"] for made in outcome.made.values())
    before = len(outcome.made) - joined
    if json:
        why = {row.key or f"line {row.line}": [one.model_dump() for one in reasons] for row, reasons in refused}
        as_json({"joined": joined, "joined_before": before, "refused": why})
    else:
        say(f"{joined:,} joined, {before:,} were in it already, {len(refused):,} refused.")
        if refused:
            say(f"Refused rows with their reasons: {target}")
    if refused:
        raise SystemExit(1)


@app.command()
def leave(cohort: Cohort, participant: Participant, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """Let a participant go; the day is the first that it is no longer in the cohort."""
    values = {"cohort": cohort, "participant": participant_id(participant), "left_on": day(on), "reason": reason}
    perform(LeaveCohort, values, cohort, "{participant} left {cohort} on {left_on}.", json=json)


@app.command("list")
def list_cohorts(
    *,
    network: OfNetwork = None,
    phase: Annotated[Phase | None, typer.Option(case_sensitive=False)] = None,
    participant: Annotated[str | None, typer.Option(help="Only those it is or was in.")] = None,
    after: Annotated[str | None, typer.Option(help="The last id of the page before.")] = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Cohorts with how many are in them."""
    filters = {"network": network, "phase": phase, "participant": participant and participant_id(participant)}
    listing("/cohorts", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    until = f" to {row['closed_on']}" if row["closed_on"] else ""
    return f"{row['id']:<30}  {row['present']:>5,}  {row['works_on']:<22}  {row['name']}, {row['opened_on']}{until}"


@app.command("show")
def show(cohort: Cohort, json: AsJson = False) -> None:
    """One cohort and who is in it."""
    showing(f"/cohorts/{cohort}", json=json)
