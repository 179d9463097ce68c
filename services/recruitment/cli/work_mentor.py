"""``qio community mentor``: mentoring of community leaders."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson
from services.recruitment.cli.work_frame import (
    After,
    Community,
    Day,
    Id,
    Limit,
    Of,
    Reason,
    day,
    listing,
    perform,
    showing,
)
from services.recruitment.domain.interventions.mentoring_kind import Status
from shared.contracts.recruitment.mentoring import (
    EndMentoring,
    RecordMentoringGoal,
    RecordMentoringSession,
    StartMentoring,
)

app = typer.Typer(help="Mentoring of community leaders.", **SETTINGS)

_WHO = "person: and the id of one of the QIO's people, or participant: and a member's id."
Mentor = Annotated[str, typer.Option(help=_WHO)]
Leader = Annotated[str, typer.Option(help=_WHO)]


@app.command()
def start(
    community: Community,
    topic: Annotated[str, typer.Argument(help="What it is about.")],
    *,
    mentor: Mentor,
    leader: Leader,
    goals: Annotated[list[str], typer.Option("--goal", help="Repeated.")],
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Start the mentoring of a community leader."""
    values = {
        "coalition": community,
        "topic": topic,
        "mentor": mentor,
        "leader": leader,
        "goals": goals,
        "started_on": day(on),
    }
    perform(StartMentoring, values, community, "Mentoring {mentoring} has {goals} goals.", json=json)


@app.command()
def session(
    identifier: Id,
    about: Annotated[str, typer.Argument(help="What the session was about.")],
    minutes: Annotated[int, typer.Option(help="How long it took.")],
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record a session held."""
    values = {"mentoring": identifier, "held_on": day(on), "minutes": minutes, "about": about}
    perform(RecordMentoringSession, values, identifier, "Sessions held: {sessions}.", json=json)


@app.command()
def goal(
    identifier: Id,
    number: Annotated[int, typer.Argument(help="Which goal, from 1.")],
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record that a goal was met."""
    values = {"mentoring": identifier, "goal": number, "met_on": day(on)}
    perform(RecordMentoringGoal, values, identifier, "Of {goals} goals {goals_open} are open.", json=json)


@app.command()
def end(identifier: Id, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """End a mentoring."""
    values = {"mentoring": identifier, "ended_on": day(on), "reason": reason}
    perform(EndMentoring, values, identifier, "Of {goals} goals {goals_met} were met.", json=json)


@app.command("list")
def list_mentoring(
    *,
    community: Of = None,
    status: Annotated[Status | None, typer.Option(case_sensitive=False)] = None,
    mentor: Annotated[str | None, typer.Option(help=_WHO)] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Who mentors whom, and how far they have come."""
    filters = {"coalition": community, "status": status, "mentor": mentor}
    listing("/mentoring", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    met = sum(goal["met_on"] is not None for goal in row["goals"])
    done = f"{len(row['sessions'])} sessions, {met} of {len(row['goals'])} goals"
    return f"{row['id']:<40}  {row['status']:<7}  {row['mentor']} for {row['leader']}: {row['topic']} ({done})"


@app.command("show")
def show(identifier: Id, json: AsJson = False) -> None:
    """One mentoring with its sessions and goals."""
    showing(f"/mentoring/{identifier}", json=json)
