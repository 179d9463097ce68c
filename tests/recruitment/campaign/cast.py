"""Homes, a hospital and a family around the campaign, and the commands about it."""

from typing import Any, Final

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.account_requests import (
    CloseAccountRequest,
    CompleteAccountRequest,
    ReopenAccountRequest,
    RequestAccountHelp,
    RouteAccountRequest,
)
from shared.contracts.recruitment.campaign_materials import (
    AddCampaignMaterial,
    CorrectAwarenessReach,
    RecordAwarenessActivity,
    RetireCampaignMaterial,
    ReviseCampaignMaterial,
)
from shared.contracts.recruitment.campaign_registrations import (
    ChooseCampaignGoal,
    CloseCampaignGoal,
    RegisterForCampaign,
    ReportCampaignGoal,
    WithdrawFromCampaign,
)
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.lanes import (
    EndLane,
    FormLane,
    JoinLane,
    LeaveLane,
    NameLaneConvener,
    RecordLaneContact,
)
from shared.contracts.recruitment.participants import ParticipantRegistered
from tests.recruitment.desk import NOW, Desk

HOME, OTHER, FAR = "225009", "225010", "105001"
HOSPITAL: Final = "220001"
FAMILY: Final = "own:a-family"
ASSOCIATION: Final = "organisation:home-association"
_WHO: Final = {
    HOME: (Setting.NURSING_HOME, "MA"),
    OTHER: (Setting.NURSING_HOME, "MA"),
    FAR: (Setting.NURSING_HOME, "FL"),
    HOSPITAL: (Setting.HOSPITAL, "MA"),
    FAMILY: (Setting.BENEFICIARY_OR_FAMILY, "MA"),
}
SETUP: Final[tuple[Event, ...]] = tuple(
    ParticipantRegistered(participant=one, setting=setting, name=one, state=state, zip_code="02139", qin_qio="Q")
    for one, (setting, state) in _WHO.items()
)


def desk(*more: Event) -> Desk:
    """A desk that knows them."""
    return Desk(NOW).has(*SETUP, *more)


def again(at: Desk, *more: Event) -> dict[str, Any]:
    """The records made once more from what was said."""
    made = desk(*more)
    made.has(*(emit.event for emit in at.said if type(emit.event) in made.kinds.events))
    return dict(made.records)


def command(of: type[Command], /, **fields: object) -> Command:
    """A command of these fields by somebody."""
    return of.model_validate({"actor": "t", **fields})


def register(home: str | None = HOME, on: str = "2014-10-01", **fields: object) -> Command:
    """A command to register a home, or who else is said."""
    return command(RegisterForCampaign, **{"registrant": "HOME", "home": home, "registered_on": on, **fields})


def withdraw(registration: str = HOME, on: str = "2015-01-15") -> Command:
    """A command to let somebody go."""
    return command(WithdrawFromCampaign, registration=registration, withdrawn_on=on, reason="r")


def choose(home: str = HOME, goal: str = "MOBILITY", on: str = "2014-10-15", **fields: object) -> Command:
    """A command to choose a goal."""
    plain = {"registration": home, "goal": goal, "measured_as": "%", "better": "HIGHER", "target": 5.0}
    return command(ChooseCampaignGoal, **{**plain, "chosen_on": on, **fields})


def report(home: str = HOME, goal: str = "MOBILITY", month: str = "2014-11", **fields: object) -> Command:
    """A command to report a month."""
    plain = {"registration": home, "goal": goal, "month": month, "value": 4.5, "reported_by": "HOME"}
    return command(ReportCampaignGoal, **{**plain, **fields})


def close(
    home: str = HOME, goal: str = "MOBILITY", how: str = "REACHED", on: str = "2015-01-01", **more: Any
) -> Command:
    """A command to end a goal."""
    return command(CloseCampaignGoal, registration=home, goal=goal, how=how, closed_on=on, **more)


def form(state: str = "MA", convener: str = "qio", stake: str = "QIO", on: str = "2014-10-01") -> Command:
    """A command to form a LANE."""
    return command(FormLane, state=state, convener=convener, stake=stake, formed_on=on)


def name(convener: str = ASSOCIATION, since: str = "2014-12-01") -> Command:
    """A command to let another convene."""
    return command(NameLaneConvener, state="MA", convener=convener, since=since)


def enter(member: str = ASSOCIATION, on: str = "2014-10-15", stake: str = "PROVIDER_ASSOCIATION") -> Command:
    """A command to take somebody into the LANE."""
    return command(JoinLane, state="MA", member=member, stake=stake, joined_on=on)


def part(member: str = ASSOCIATION, on: str = "2015-01-15") -> Command:
    """A command to let somebody out of the LANE."""
    return command(LeaveLane, state="MA", member=member, left_on=on, reason="r")


def contact(member: str = "qio", address: str | None = "lane-ma@example.org") -> Command:
    """A command to record an office's address."""
    return command(RecordLaneContact, state="MA", member=member, address=address)


def end(on: str = "2015-02-01", state: str = "MA") -> Command:
    """A command to end a LANE."""
    return command(EndLane, state=state, ended_on=on, reason="r")


def add(on: str = "2014-10-01", **fields: object) -> Command:
    """A command to add a material."""
    plain = {"title": "T", "kind": "KEY_MESSAGE", "audience": "HOMES", "goal": None, "origin": "Steering Committee"}
    return command(
        AddCampaignMaterial, **{**plain, "version": "1", "text": "Know your residents.", "added_on": on, **fields}
    )


def revise(material: str, version: str = "2", on: str = "2014-12-01") -> Command:
    """A command to add a version."""
    plain = {"material": material, "origin": "o", "version": version, "text": "t", "revised_on": on}
    return command(ReviseCampaignMaterial, **plain)


def retire(material: str, on: str = "2015-01-15") -> Command:
    """A command to take a material out of use."""
    return command(RetireCampaignMaterial, material=material, retired_on=on, reason="r")


def activity(*materials: str, on: str = "2014-11-01", **fields: object) -> Command:
    """A command to record an activity."""
    plain = {"state": "MA", "channel": "WEBINAR", "audience": "HOMES", "held_on": on, "reached": 40, "about": "a"}
    return command(RecordAwarenessActivity, **{**plain, "materials": materials, **fields})


def correct(identifier: str, reached: int = 50) -> Command:
    """A command to correct a reach."""
    return command(CorrectAwarenessReach, activity=identifier, reached=reached, because="r")


def ask(home: str = HOME, on: str = "2014-10-01", **fields: object) -> Command:
    """A command to take in a request for help with an account."""
    plain = {"home": home, "system": "CAMPAIGN_SITE", "trouble": "LOCKED", "received_on": on}
    return command(RequestAccountHelp, **{**plain, **fields})


def forward(request: str, on: str = "2014-10-02", to: str = "CAMPAIGN_SUPPORT") -> Command:
    """A command to pass a request on."""
    return command(RouteAccountRequest, request=request, to=to, routed_on=on)


def solve(request: str, on: str = "2014-10-03") -> Command:
    """A command to record that an account works."""
    return command(CompleteAccountRequest, request=request, solved_on=on)


def drop(request: str, on: str = "2014-10-03", why: str = "NO_ANSWER") -> Command:
    """A command to end a request unsolved."""
    return command(CloseAccountRequest, request=request, why=why, closed_on=on)


def reopen(request: str, on: str = "2014-10-04") -> Command:
    """A command to take a request up again."""
    return command(ReopenAccountRequest, request=request, reopened_on=on, note="It is locked again.")
