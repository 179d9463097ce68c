"""``qio network team``: care teams of pharmacists, physicians and facilities."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson
from services.recruitment.cli.network_base import Network, OfNetwork
from services.recruitment.cli.network_cohort import Participant
from services.recruitment.cli.steps import participant_id
from services.recruitment.cli.work_frame import After, Day, Id, Limit, Reason, day, listing, perform, showing
from services.recruitment.domain.networks.team_kind import TeamPhase
from shared.contracts.recruitment.care_teams import EndCareTeam, FormCareTeam, JoinCareTeam, LeaveCareTeam

app = typer.Typer(help="Care teams of pharmacists, physicians and facilities.", **SETTINGS)


@app.command()
def form(
    network: Network,
    name: Annotated[str, typer.Argument(help="What it is called.")],
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Form a care team, of nobody yet."""
    values = {"network": network, "name": name, "formed_on": day(on)}
    perform(FormCareTeam, values, network, "{name} is {team}.", json=json)


@app.command()
def join(team: Id, participant: Participant, on: Day = None, json: AsJson = False) -> None:
    """Take a participant into a care team, in the role of its setting."""
    values = {"team": team, "participant": participant_id(participant), "joined_on": day(on)}
    sentence = "{participant} is in the team as {role}; complete: {complete}."
    perform(JoinCareTeam, values, team, sentence, json=json)


@app.command()
def leave(team: Id, participant: Participant, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """Let a participant go; the day is the first that it is no longer in the team."""
    values = {"team": team, "participant": participant_id(participant), "left_on": day(on), "reason": reason}
    perform(LeaveCareTeam, values, team, "{participant} left; complete: {complete}.", json=json)


@app.command()
def end(team: Id, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """End a care team."""
    values = {"team": team, "ended_on": day(on), "reason": reason}
    perform(EndCareTeam, values, team, "{team} ended on {ended_on}.", json=json)


@app.command("list")
def list_teams(
    *,
    network: OfNetwork = None,
    phase: Annotated[TeamPhase | None, typer.Option(case_sensitive=False)] = None,
    participant: Annotated[str | None, typer.Option(help="Only those it is or was in.")] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Care teams, and whether they are complete."""
    filters = {"network": network, "phase": phase, "participant": participant and participant_id(participant)}
    listing("/care-teams", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    present = [one for one, spells in row["members"].items() if spells[-1]["until"] is None]
    return f"{row['id']:<40}  {row['phase']:<10}  {row['name']}: {', '.join(present) or 'nobody'}"


@app.command("show")
def show(team: Id, json: AsJson = False) -> None:
    """One care team with all who are or were in it."""
    showing(f"/care-teams/{team}", json=json)
