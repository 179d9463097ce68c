"""``qio campaign awareness``: how people were made aware, by state, and how many."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.campaign_base import OfState, State, upper
from services.recruitment.cli.frame import SETTINGS, AsJson, listed, split, words
from services.recruitment.cli.work_frame import After, Day, Id, Limit, day, listing, perform
from shared.cli.read import get
from shared.contracts.recruitment.campaign_materials import Channel, CorrectAwarenessReach, RecordAwarenessActivity
from shared.contracts.recruitment.campaign_terms import Audience

app = typer.Typer(help="Awareness activities with their reach.", **SETTINGS)

Reached = Annotated[int, typer.Option(help="How many people, counted or estimated.")]


@app.command()
def record(
    state: State,
    about: Annotated[str, typer.Argument(help="What was done, in a sentence, naming no person.")],
    *,
    channel: Annotated[Channel, typer.Option(case_sensitive=False)],
    audience: Annotated[Audience, typer.Option("--for", case_sensitive=False)],
    reached: Reached,
    materials: Annotated[list[str] | None, typer.Option("--material", help="Repeated or with commas.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record an activity, with the materials and key messages it used."""
    values: dict[str, Any] = {"state": upper(state), "about": about, "channel": channel, "audience": audience}
    values |= {"reached": reached, "materials": split(materials), "held_on": day(on)}
    perform(RecordAwarenessActivity, values, "ae", "{activity} reached {reached}.", json=json)


@app.command()
def correct(
    activity: Id,
    reached: Annotated[int, typer.Argument(help="How many people.")],
    because: Annotated[str, typer.Option(help="Why, in a sentence.")],
    json: AsJson = False,
) -> None:
    """Correct how many were reached."""
    values = {"activity": activity, "reached": reached, "because": because}
    perform(CorrectAwarenessReach, values, activity, "{activity} reached {reached}.", json=json)


@app.command("list")
def list_activities(
    *,
    state: OfState = None,
    channel: Annotated[Channel | None, typer.Option(case_sensitive=False)] = None,
    audience: Annotated[Audience | None, typer.Option("--for", case_sensitive=False)] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Activities by id."""
    filters = {"state": upper(state), "channel": channel, "audience": audience}
    listing("/awareness", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    return (
        f"{row['id']}  {row['held_on']}  {row['state']}  {words(row['channel'])}: {row['reached']:,} ({row['about']})"
    )


@app.command()
def reach(json: AsJson = False) -> None:
    """Activities and their reach by state and channel; who was reached twice counts twice."""
    listed(get("recruitment", "/awareness-reach"), _reach, "activities", json=json)


def _reach(row: dict[str, Any]) -> str:
    return f"{row['state']}  {words(row['channel']):<16}  {row['activities']:>5,} activities  {row['reached']:>11,}"
