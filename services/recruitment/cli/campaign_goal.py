"""``qio campaign goal``: the goals of homes, and how far they have come."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.campaign_base import Home
from services.recruitment.cli.frame import SETTINGS, AsJson, listed
from services.recruitment.cli.steps import participant_id
from services.recruitment.cli.work_frame import Day, Why, day, perform
from services.recruitment.domain.campaign.goals import GOALS
from shared.contracts.recruitment.campaign_registrations import (
    Better,
    ChooseCampaignGoal,
    CloseCampaignGoal,
    GoalEnd,
    GoalReporter,
    ReportCampaignGoal,
)
from shared.contracts.recruitment.campaign_terms import CampaignGoal

app = typer.Typer(help="Goals of the campaign that homes work on.", **SETTINGS)
Goal = Annotated[CampaignGoal, typer.Argument(case_sensitive=False)]


@app.command()
def choose(
    home: Home,
    goal: Goal,
    measured_as: Annotated[str, typer.Argument(help="What is counted, and in which unit.")],
    *,
    better: Annotated[Better, typer.Option(case_sensitive=False, help="Which way it is to go.")],
    target: float | None = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Choose a goal for a home that takes part."""
    values: dict[str, Any] = {
        "registration": participant_id(home),
        "goal": goal,
        "measured_as": measured_as,
        "better": better,
    }
    values |= {"target": target, "chosen_on": day(on)}
    perform(ChooseCampaignGoal, values, values["registration"], "{registration} works on {goal}.", json=json)


@app.command()
def report(
    home: Home,
    goal: Goal,
    month: Annotated[str, typer.Argument(help="YYYY-MM.")],
    value: float,
    *,
    by: Annotated[GoalReporter, typer.Option(case_sensitive=False, help="Whose figure it is.")] = GoalReporter.HOME,
    because: Why = None,
    json: AsJson = False,
) -> None:
    """Report or correct the figure of a month."""
    values: dict[str, Any] = {"registration": participant_id(home), "goal": goal, "month": month, "value": value}
    values |= {"reported_by": by, "because": because}
    perform(ReportCampaignGoal, values, values["registration"], "{goal}, {month}: revision {revision}.", json=json)


@app.command()
def close(
    home: Home,
    goal: Goal,
    how: Annotated[GoalEnd, typer.Argument(case_sensitive=False)],
    *,
    reason: Annotated[str | None, typer.Option(help="Why, in a sentence; of a dropped one it is asked.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """End a goal as reached or dropped."""
    values: dict[str, Any] = {
        "registration": participant_id(home),
        "goal": goal,
        "how": how,
        "reason": reason,
        "closed_on": day(on),
    }
    perform(CloseCampaignGoal, values, values["registration"], "{goal}: {how}.", json=json)


@app.command()
def known(json: AsJson = False) -> None:
    """The campaign's goals with their source, and what is not certain of them."""
    rows = [
        {
            "goal": one.goal,
            "name": one.name,
            "clinical": one.clinical,
            "source": one.source,
            "uncertain": one.uncertain,
        }
        for one in GOALS.values()
    ]
    listed(rows, _line, "goals", json=json)


def _line(row: dict[str, Any]) -> str:
    return f"{row['goal']:<22}  {row['name']} ({row['source']})" + (f" {row['uncertain']}" if row["uncertain"] else "")
