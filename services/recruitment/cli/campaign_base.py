"""Who takes part in the campaign, part of ``qio campaign``."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import AsJson, words
from services.recruitment.cli.steps import participant_id
from services.recruitment.cli.work_frame import Day, Limit, Reason, day, listing, perform, showing
from services.recruitment.domain.campaign.registration_kind import Taking
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.recruitment.campaign_registrations import RegisterForCampaign, WithdrawFromCampaign
from shared.contracts.recruitment.campaign_terms import CampaignGoal, Registrant

Home = Annotated[str, typer.Argument(metavar="HOME", help="The home's certification number.")]
Registration = Annotated[str, typer.Argument(metavar="ID", help="A home's certification number, or as listed.")]
State = Annotated[str, typer.Argument(metavar="STATE", help="Postal code.")]
OfState = Annotated[str | None, typer.Option("--state", help="Only of this state, by postal code.")]
After = Annotated[str | None, typer.Option(help="The last id of the page before.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    for function in (register, withdraw, participation):
        app.command()(function)
    app.command("list")(list_registrations)
    app.command("show")(show_registration)


def upper(state: str | None) -> str | None:
    """A postal code as it is kept."""
    return state.upper() if state else None


def register(
    home: Annotated[str | None, typer.Argument(metavar="[HOME]", help="The home, or where somebody is from.")] = None,
    *,
    as_: Annotated[Registrant, typer.Option("--as", case_sensitive=False)] = Registrant.HOME,
    state: Annotated[str | None, typer.Option(help="Of a staff member or consumer, by postal code.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Register a home, or a staff member or consumer without a name; how to reach people: `qio lists ask`."""
    identifier = participant_id(home) if home else None
    values = {"registrant": as_, "home": identifier, "state": upper(state), "registered_on": day(on)}
    perform(RegisterForCampaign, values, identifier or "ae", "{registration} takes part ({state}).", json=json)


def withdraw(registration: Registration, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """Let somebody go, on the first day it takes part no more; open goals are dropped."""
    identifier = registration_id(registration)
    values = {"registration": identifier, "withdrawn_on": day(on), "reason": reason}
    perform(WithdrawFromCampaign, values, identifier, "{registration} withdrew on {withdrawn_on}.", json=json)


def registration_id(text: str) -> str:
    """The id as it is kept."""
    return text.lower() if text.lower().startswith("ae.") else participant_id(text)


def list_registrations(
    *,
    state: OfState = None,
    registrant: Annotated[Registrant | None, typer.Option("--as", case_sensitive=False)] = None,
    goal: Annotated[CampaignGoal | None, typer.Option(case_sensitive=False, help="Who ever chose it.")] = None,
    taking: Annotated[Taking | None, typer.Option(case_sensitive=False)] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Who takes part, and on which goals."""
    filters = {"state": upper(state), "registrant": registrant, "goal": goal, "taking": taking}
    listing("/campaign-registrations", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    goals = [f"{words(goal)} ({words(held['state'])})" for goal, held in row["goals"].items()]
    since = f"withdrew {row['withdrawn_on']}" if row["withdrawn_on"] else f"since {row['registered_on']}"
    return f"{row['id']:<24}  {row['state']}  {words(row['registrant']):<12}  {since}: {', '.join(goals) or 'no goals'}"


def show_registration(registration: Registration, json: AsJson = False) -> None:
    """One registration with its goals and their figures by month."""
    showing(f"/campaign-registrations/{registration_id(registration)}", json=json)


def participation(json: AsJson = False) -> None:
    """How many take part by state, and how many homes work on each goal."""
    found = get("recruitment", "/campaign-participation")
    if json:
        as_json(found)
        return
    for row in found["states"]:
        say(f"{row['state']}  homes {row['homes']:>6,}  staff {row['staff']:>6,}  consumers {row['consumers']:>6,}")
    for row in found["goals"]:
        say(f"{words(row['goal']):<22}  open {row['open']:>6,}  reached {row['reached']:>6,}")
    if not found["states"]:
        say("Nobody takes part.")
