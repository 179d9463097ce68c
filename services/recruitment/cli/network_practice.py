"""``qio network practice``: practices with evidence, from draft to retirement."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, date, split
from services.recruitment.cli.network_base import Network, OfNetwork
from services.recruitment.cli.network_testing import SaidBy
from services.recruitment.cli.steps import participant_id
from services.recruitment.cli.work_frame import After, Day, Id, Limit, Reason, day, listing, perform, showing
from services.recruitment.domain.practices.practice_kind import PracticePhase
from shared.cli.output import fail
from shared.cli.read import get
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.recruitment.practice_commands import (
    DraftPractice,
    PublishPractice,
    RecordNamingWish,
    RetirePractice,
    ReviewPractice,
    RevisePractice,
    SharePractice,
)

app = typer.Typer(help="Practices that worked somewhere, with their evidence.", **SETTINGS)
Measures = Annotated[list[str] | None, typer.Option("--measure", help="Repeated or with commas.")]
Evidence = Annotated[
    list[str] | None,
    typer.Option("--evidence", metavar="KIND|KEPT-AT|STRENGTH", help="For example 'own_figures|archive/x|strong'."),
]
Author = Annotated[str, typer.Option("--author", help="Who of the QIO's people writes it.")]


@app.command()
def draft(
    network: Network,
    title: Annotated[str, typer.Argument(help="What it is called.")],
    topic: Annotated[Topic, typer.Argument(case_sensitive=False)],
    *,
    summary: Annotated[str, typer.Option(help="What is done, naming no person.")],
    author: Author,
    measures: Measures = None,
    evidence: Evidence = None,
    origin: Annotated[str | None, typer.Option(help="The participant it comes from.")] = None,
    since: Annotated[
        dt.date | None, typer.Option(parser=date, metavar="DATE", help="Since when the origin does it.")
    ] = None,
    test: Annotated[str | None, typer.Option(help="The test of change it grew out of.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Begin to write a practice down; evidence can follow."""
    if (origin is None) is not (since is None):
        fail("Say --origin and --since together.", 2)
    values: dict[str, Any] = {"network": network, "title": title, "topic": topic, "summary": summary}
    values |= {"author": author, "measures": split(measures), "evidence": evidence_of(evidence), "drafted_on": day(on)}
    if origin is not None:
        values["origin"] = {"participant": participant_id(origin), "since": since, "test": test}
    perform(DraftPractice, values, network, "{title} is {practice}, a draft.", json=json)


def evidence_of(given: list[str] | None) -> list[dict[str, str]]:
    """Evidence as commands take it; ends with status 2 where one is not of three parts."""
    found = []
    for one in given or ():
        parts = [part.strip() for part in one.split("|", 2)]
        if len(parts) < 3:
            fail("Evidence is KIND|KEPT-AT|STRENGTH, for example 'own_figures|archive/x|strong'.", 2)
        found.append({"kind": parts[0].upper(), "kept_at": parts[1], "strength": parts[2]})
    return found


@app.command()
def revise(
    practice: Id,
    author: Author,
    *,
    title: str | None = None,
    topic: Annotated[Topic | None, typer.Option(case_sensitive=False)] = None,
    summary: str | None = None,
    measures: Measures = None,
    evidence: Evidence = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Write the draft anew, or the next version of what is published; evidence given takes the place of all before."""
    values: dict[str, Any] = {"practice": practice, "author": author, "title": title, "topic": topic}
    values |= {"summary": summary, "revised_on": day(on), "measures": split(measures) if measures else None}
    values["evidence"] = evidence_of(evidence) if evidence else None
    perform(RevisePractice, values, practice, "{practice}: changed {changed}.", json=json)


@app.command()
def review(
    practice: Id,
    reviewer: Annotated[str, typer.Option("--reviewer", help="Who of the staff, none of the authors.")],
    judgement: Annotated[str, typer.Option(help="In a sentence.")],
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record that the draft was found fit to be published."""
    values = {"practice": practice, "reviewed_by": reviewer, "judgement": judgement, "reviewed_on": day(on)}
    perform(ReviewPractice, values, practice, "{practice} was reviewed on {reviewed_on}.", json=json)


@app.command()
def publish(practice: Id, on: Day = None, json: AsJson = False) -> None:
    """Publish the draft; it has evidence and was reviewed. `share` writes to participants."""
    values = {"practice": practice, "published_on": day(on)}
    perform(PublishPractice, values, practice, "{title} is published, version {version}.", json=json)


@app.command()
def share(
    practice: Id,
    participants: Annotated[list[str] | None, typer.Argument(metavar="[PARTICIPANT]...")] = None,
    *,
    cohort: Annotated[str | None, typer.Option(help="Everybody who is in this cohort today (UTC).")] = None,
    office: Annotated[str, typer.Option(help="Whom participants ask.")],
    phone: Annotated[str, typer.Option(help="Of that office.")],
    results: Annotated[str | None, typer.Option(help="What was seen with it.")] = None,
    name_origin: Annotated[str | None, typer.Option(help="The origin, where it wants to be named.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Write to participants about a published practice, to each once."""
    named = [participant_id(one) for one in participants or ()]
    if cohort is not None:
        named += [one["participant"] for one in get("recruitment", f"/cohorts/{cohort}")["roster"]]
    if not named:
        fail("Name participants, or a --cohort that somebody is in.", 2)
    values: dict[str, Any] = {"practice": practice, "participants": named, "office": office, "phone": phone}
    values |= {"results": results, "shared_on": day(on), "name_origin": name_origin and participant_id(name_origin)}
    perform(SharePractice, values, practice, "{told} told, {told_before} had been before, {gone} gone.", json=json)


@app.command("name-origin")
def name_origin(
    practice: Id,
    said_by: SaidBy,
    *,
    leave_out: Annotated[bool, typer.Option("--leave-out", help="It is not to be named.")] = False,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record that the origin wants to be named with the practice, or left out."""
    values = {"practice": practice, "named": not leave_out, "said_by": said_by, "said_on": day(on)}
    perform(RecordNamingWish, values, practice, "{practice}: named {named}.", json=json)


@app.command()
def retire(practice: Id, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """Retire a practice, or give up its draft."""
    values = {"practice": practice, "reason": reason, "retired_on": day(on)}
    perform(RetirePractice, values, practice, "{practice} is retired from {retired_on} on.", json=json)


@app.command("list")
def list_practices(
    *,
    network: OfNetwork = None,
    phase: Annotated[PracticePhase | None, typer.Option(case_sensitive=False)] = None,
    origin: Annotated[str | None, typer.Option(help="Only those that come from this participant.")] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Practices by id."""
    filters = {"network": network, "phase": phase, "origin": origin and participant_id(origin)}
    listing("/practices", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    version = f"version {row['version']}" if row["version"] else "no version"
    return f"{row['id']:<40}  {row['phase']:<9}  {version:<10}  {row['title']} ({row['topic']}), told {row['told']}"


@app.command("show")
def show(practice: Id, json: AsJson = False) -> None:
    """One practice with its versions and evidence."""
    showing(f"/practices/{practice}", json=json)
