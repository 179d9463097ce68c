"""``qio campaign lane``: Local Area Networks for Excellence by state."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.campaign_base import OfState, State, upper
from services.recruitment.cli.frame import SETTINGS, AsJson, listed
from services.recruitment.cli.work_frame import Day, Limit, Reason, day, listing, perform, showing
from services.recruitment.domain.campaign.lane_kind import LanePhase
from shared.cli.read import get
from shared.contracts.recruitment.lanes import (
    EndLane,
    FormLane,
    JoinLane,
    LaneStake,
    LeaveLane,
    NameLaneConvener,
    RecordLaneContact,
)

app = typer.Typer(help="Local Area Networks for Excellence by state.", **SETTINGS)

_WHO = "qio, or partner:, organisation:, participant: with an id; never a person."
Member = Annotated[str, typer.Argument(help=_WHO)]
Stake = Annotated[LaneStake, typer.Option("--for", case_sensitive=False, help="For whom it sits there.")]


@app.command()
def form(state: State, convener: Member, *, stake: Stake, on: Day = None, json: AsJson = False) -> None:
    """Form the LANE of a state with its convener."""
    values = {"state": upper(state), "convener": convener, "stake": stake, "formed_on": day(on)}
    perform(FormLane, values, state.upper(), "The LANE of {state} is convened by {convener}.", json=json)


@app.command()
def convener(state: State, member: Member, on: Day = None, json: AsJson = False) -> None:
    """Let another member convene; the one before stays as a member."""
    values = {"state": upper(state), "convener": member, "since": day(on)}
    perform(NameLaneConvener, values, state.upper(), "The LANE of {state} is convened by {convener}.", json=json)


@app.command()
def join(state: State, member: Member, *, stake: Stake, on: Day = None, json: AsJson = False) -> None:
    """Take a member in."""
    values = {"state": upper(state), "member": member, "stake": stake, "joined_on": day(on)}
    perform(JoinLane, values, state.upper(), "{member} is in the LANE of {state}.", json=json)


@app.command()
def leave(state: State, member: Member, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """Let a member go; the day is the first that it is in the LANE no more."""
    values = {"state": upper(state), "member": member, "left_on": day(on), "reason": reason}
    perform(LeaveLane, values, state.upper(), "{member} left the LANE of {state}.", json=json)


@app.command()
def contact(
    state: State,
    member: Member,
    address: Annotated[str | None, typer.Argument(help="Of an office, as lane-ma@…; left out: none any more.")] = None,
    json: AsJson = False,
) -> None:
    """Record how a member's office is reached."""
    values = {"state": upper(state), "member": member, "address": address}
    perform(RecordLaneContact, values, state.upper(), "Recorded for {member} in {state}.", json=json)


@app.command()
def end(state: State, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """End the LANE of a state."""
    values = {"state": upper(state), "ended_on": day(on), "reason": reason}
    perform(EndLane, values, state.upper(), "The LANE of {state} ended on {ended_on}.", json=json)


@app.command("list")
def list_lanes(
    *,
    phase: Annotated[LanePhase | None, typer.Option(case_sensitive=False)] = None,
    member: Annotated[str | None, typer.Option(help="Only those it is or was in.")] = None,
    after: Annotated[str | None, typer.Option(help="The last state of the page before.")] = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """LANEs by state."""
    listing("/lanes", _line, json=json, phase=phase, member=member, after=upper(after), limit=limit)


def _line(row: dict[str, Any]) -> str:
    present = sum(spells[-1]["until"] is None for spells in row["members"].values())
    span = f"since {row['formed_on']}" if row["ended_on"] is None else f"ended {row['ended_on']}"
    return f"{row['state']}  {span}  convened by {row['conveners'][-1]['member']}, {present} members"


@app.command("show")
def show(state: State, json: AsJson = False) -> None:
    """The LANE of a state with all who are or were in it."""
    showing(f"/lanes/{state.upper()}", json=json)


@app.command()
def contacts(state: OfState = None, json: AsJson = False) -> None:
    """The contact list: offices by state, who convenes first."""
    listed(get("recruitment", "/lane-contacts", state=upper(state)), _contact, "contacts", json=json)


def _contact(row: dict[str, Any]) -> str:
    role = "convener" if row["convenes"] else "member"
    return f"{row['state']}  {role:<8}  {row['member']:<36}  {row['address']}"
