"""``qio community alignment``: programs of community-based organisations, and agreements with them."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, date
from services.recruitment.cli.work_frame import (
    After,
    Community,
    Day,
    Id,
    Limit,
    Of,
    Reason,
    day,
    dollars,
    listing,
    perform,
    showing,
)
from services.recruitment.domain.interventions.alignment_kinds import AlignmentStatus
from shared.contracts.recruitment.alignment import (
    AgreementKind,
    AgreementParty,
    AgreementStatus,
    AgreementStep,
    AlignProgram,
    AmendAgreement,
    EndAlignment,
    RecordAgreementStep,
    StartAgreement,
)

app = typer.Typer(help="Programs of community-based organisations, and agreements with them.", **SETTINGS)

Organisation = Annotated[str, typer.Argument(metavar="ORGANISATION", help="Its participant id.")]
OfOrganisation = Annotated[str | None, typer.Option("--organisation", help="Only of this participant.")]


@app.command()
def align(
    community: Community,
    organisation: Organisation,
    program: Annotated[str, typer.Argument(help="What its program is called.")],
    *,
    goal: Annotated[str, typer.Option(help="Which goal it overlaps.")],
    how: Annotated[str, typer.Option(help="What is done together.")],
    measure: Annotated[str | None, typer.Option(help="The measure it moves.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record that a program overlaps a goal."""
    values = {
        "coalition": community,
        "organisation": organisation,
        "program": program,
        "goal": goal,
        "measure": measure,
        "how": how,
        "since": day(on),
    }
    perform(AlignProgram, values, community, "{program} is aligned ({alignment}).", json=json)


@app.command()
def end(identifier: Id, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """Record the last day of an alignment."""
    values = {"alignment": identifier, "ended_on": day(on), "reason": reason}
    perform(EndAlignment, values, identifier, "{program} is no longer aligned.", json=json)


@app.command("list")
def list_alignments(
    *,
    community: Of = None,
    organisation: OfOrganisation = None,
    status: Annotated[AlignmentStatus | None, typer.Option(case_sensitive=False)] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Programs that are aligned."""
    filters = {"coalition": community, "organisation": organisation, "status": status}
    listing("/alignments", _alignment, json=json, **filters, after=after, limit=limit)


def _alignment(row: dict[str, Any]) -> str:
    when = f"{row['since']} to {row['ended_on'] or 'now':<10}"
    return f"{row['id']:<40}  {when}  {row['organisation']:<20}  {row['program']}: {row['goal']}"


@app.command()
def agree(
    community: Community,
    organisation: Organisation,
    subject: Annotated[str, typer.Argument(help="What it is about.")],
    *,
    kind: Annotated[AgreementKind, typer.Option(case_sensitive=False)],
    party: Annotated[AgreementParty, typer.Option(case_sensitive=False, help="Who makes it.")],
    starts: Annotated[dt.date, typer.Option(parser=date, metavar="DATE", help="Its first day.")],
    ends: Annotated[
        dt.date | None, typer.Option(parser=date, metavar="DATE", help="Its last day; left out: until it is ended.")
    ] = None,
    cents: Annotated[int, typer.Option(help="What it pays, in US cents.")] = 0,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Start the draft of an agreement."""
    values = {
        "coalition": community,
        "organisation": organisation,
        "kind": kind,
        "party": party,
        "subject": subject,
        "starts_on": starts,
        "ends_on": ends,
        "amount_cents": cents,
        "drafted_on": day(on),
    }
    perform(StartAgreement, values, community, "Agreement {agreement} is {status}.", json=json)


@app.command()
def amend(
    identifier: Id,
    because: Annotated[str, typer.Option(help="Why.")],
    ends: Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="The last day from now on.")] = None,
    cents: Annotated[int | None, typer.Option(help="The amount from now on, in US cents.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Change the last day or the amount of an agreement."""
    values = {
        "agreement": identifier,
        "amended_on": day(on),
        "ends_on": ends,
        "amount_cents": cents,
        "because": because,
    }
    perform(AmendAgreement, values, identifier, "Agreement {agreement} is changed.", json=json)


@app.command()
def step(
    identifier: Id,
    taken: Annotated[AgreementStep, typer.Argument(metavar="STEP", case_sensitive=False)],
    reason: Annotated[str | None, typer.Option(help="With TERMINATE.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record that an agreement was signed, ended or terminated."""
    values = {"agreement": identifier, "step": taken, "on": day(on), "reason": reason}
    perform(RecordAgreementStep, values, identifier, "{agreement} is {status} since {on}.", json=json)


@app.command("agreements")
def agreements(
    *,
    community: Of = None,
    organisation: OfOrganisation = None,
    status: Annotated[AgreementStatus | None, typer.Option(case_sensitive=False)] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Agreements with community-based organisations."""
    filters = {"coalition": community, "organisation": organisation, "status": status}
    listing("/agreements", _agreement, json=json, **filters, after=after, limit=limit)


def _agreement(row: dict[str, Any]) -> str:
    when = f"{row['starts_on']} to {row['ends_on'] or 'open':<10}"
    money = dollars(row["amount_cents"])
    return f"{row['id']:<40}  {row['status']:<10}  {when}  {money:>14}  {row['organisation']}: {row['subject']}"


@app.command("agreement")
def agreement(identifier: Id, json: AsJson = False) -> None:
    """One agreement with all its terms."""
    showing(f"/agreements/{identifier}", json=json)
