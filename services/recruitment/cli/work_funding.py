"""``qio community funding``: Section 3026 applications and other grants."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, date, split
from services.recruitment.cli.work_frame import (
    After,
    Community,
    Day,
    Id,
    Limit,
    Of,
    Until,
    day,
    dollars,
    listing,
    perform,
    showing,
)
from shared.contracts.recruitment.funding import (
    AmendFundingApplication,
    FundingStatus,
    FundingStep,
    Program,
    RecordFundingStep,
    StartFundingApplication,
)
from shared.contracts.recruitment.intervention_terms import InterventionType

app = typer.Typer(help="Section 3026 applications and other grants.", **SETTINGS)

Partners = Annotated[list[str] | None, typer.Option("--partner", help="Participant ids, repeated or with commas.")]
Proposed = Annotated[
    list[InterventionType] | None,
    typer.Option("--proposes", case_sensitive=False, help="A care transition intervention; repeated."),
]
Cents = Annotated[int | None, typer.Option("--cents", help="US cents.")]


@app.command()
def draft(
    community: Community,
    title: Annotated[str, typer.Argument(help="What the application is called.")],
    *,
    program: Annotated[Program, typer.Option(case_sensitive=False)],
    funder: Annotated[str, typer.Option(help="Who would pay.")],
    applicant: Annotated[str, typer.Option(help="A participant's id.")],
    cents: Annotated[int, typer.Option(help="What is asked for, in US cents.")],
    partners: Partners = None,
    proposed: Proposed = None,
    deadline: Until = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Start the draft of an application."""
    values = {
        "coalition": community,
        "program": program,
        "funder": funder,
        "title": title,
        "applicant": applicant,
        "partners": split(partners),
        "proposed": proposed or (),
        "amount_cents": cents,
        "deadline": deadline,
        "started_on": day(on),
    }
    perform(StartFundingApplication, values, community, "Application {funding} is {status}.", json=json)


@app.command()
def amend(
    identifier: Id,
    *,
    partners: Partners = None,
    proposed: Proposed = None,
    cents: Cents = None,
    deadline: Until = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Change a draft; a list that is given replaces the one before."""
    values = {
        "funding": identifier,
        "partners": split(partners) or None,
        "proposed": proposed or None,
        "amount_cents": cents,
        "deadline": deadline,
        "amended_on": day(on),
    }
    perform(AmendFundingApplication, values, identifier, "Application {funding} is changed.", json=json)


@app.command()
def step(
    identifier: Id,
    taken: Annotated[FundingStep, typer.Argument(metavar="STEP", case_sensitive=False)],
    *,
    on: Day = None,
    cents: Annotated[int | None, typer.Option(help="With AWARD: what was awarded, in US cents.")] = None,
    ends_on: Annotated[
        dt.date | None, typer.Option(parser=date, metavar="DATE", help="With AWARD: the last day of the grant.")
    ] = None,
    due: Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="With REQUIRE_REPORT.")] = None,
    reason: Annotated[str | None, typer.Option(help="With DECLINE and WITHDRAW.")] = None,
    evidence: Annotated[list[str] | None, typer.Option(help="Where what proves it is kept; repeated.")] = None,
    json: AsJson = False,
) -> None:
    """Record how an application or grant went on."""
    values = {
        "funding": identifier,
        "step": taken,
        "on": day(on),
        "amount_cents": cents,
        "ends_on": ends_on,
        "due_on": due,
        "reason": reason,
        "evidence": evidence or (),
    }
    perform(RecordFundingStep, values, identifier, "{funding} is {status} since {on}.", json=json)


@app.command("list")
def list_funding(
    *,
    community: Of = None,
    program: Annotated[Program | None, typer.Option(case_sensitive=False)] = None,
    status: Annotated[FundingStatus | None, typer.Option(case_sensitive=False)] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only grants whose report is overdue.")] = False,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Applications and grants."""
    filters = {"coalition": community, "program": program, "status": status, "overdue": overdue}
    listing("/funding", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    awarded = f", awarded {dollars(row['awarded_cents'])}" if row["awarded_cents"] is not None else ""
    due = f", report due {row['report_due_on']}" if row["report_due_on"] else ""
    amounts = f"asked {dollars(row['amount_cents'])}{awarded}{due}"
    return f"{row['id']:<40}  {row['program']:<12}  {row['status']:<13}  {row['title']} ({amounts})"


@app.command("show")
def show(identifier: Id, json: AsJson = False) -> None:
    """One application or grant with its partners and steps."""
    showing(f"/funding/{identifier}", json=json)
