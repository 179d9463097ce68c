"""A coalition in Cambridge at work since September 2014, and the commands about what it does."""

import datetime as dt
from typing import Any, Final

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.coalition_terms import MemberTaken, Role
from shared.contracts.recruitment.coalitions import CoalitionConvened, CoalitionEnded, CoalitionLeft
from shared.contracts.recruitment.communities import CommunityDefined
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.intervention_commands import StartIntervention
from shared.contracts.recruitment.participants import ParticipantRegistered
from shared.contracts.recruitment.people import PersonRegistered, RoleAssigned
from shared.contracts.recruitment.people_terms import PersonKind, Profile
from tests.recruitment.desk import COMMAND_ID, NOW, Desk, own

AGING: Final = "own:aging-office"
HOSPITAL: Final = "220001"
HOME: Final = "225009"
STRANGER: Final = "own:stranger"
FORMED: Final = dt.date(2014, 9, 1)
_SETTINGS: Final = {
    AGING: Setting.COMMUNITY_ORGANISATION,
    HOSPITAL: Setting.HOSPITAL,
    HOME: Setting.NURSING_HOME,
    STRANGER: Setting.COMMUNITY_ORGANISATION,
}


def community(name: str, version: int, since: dt.date, *areas: str) -> CommunityDefined:
    """A community, or its next version."""
    return CommunityDefined(
        community=name, name=name, version=version, areas=areas, effective_from=since, reason="r", actor="t"
    )


def convened(number: int = 1, on: dt.date = FORMED) -> CoalitionConvened:
    """The coalition: an office for the aging, a hospital and a nursing home."""
    members = tuple(
        MemberTaken(participant=one, setting=_SETTINGS[one], role=role)
        for one, role in ((AGING, Role.CONVENER), (HOSPITAL, Role.LEAD), (HOME, Role.MEMBER))
    )
    return CoalitionConvened(
        community="cambridge", number=number, task="C.3", name="Safe Home", formed_on=on, members=members, actor="t"
    )


def _people() -> list[Event]:
    roles = {"role": "advisor", "qio": "Q", "states": ("MA",), "since": dt.date(2014, 8, 1)}
    nurse = PersonRegistered(
        person="ida", kind=PersonKind.STAFF, profile=Profile(name="Ida", profession="nurse"), actor="t"
    )
    return [nurse, RoleAssigned(person="ida", role_id=COMMAND_ID, **roles, actor="t")]


SETUP: Final[tuple[Event, ...]] = (
    community("cambridge", 1, dt.date(2014, 8, 15), "zip:02139", "zip:02140"),
    community("boston", 1, dt.date(2014, 8, 15), "zip:02141"),
    *(
        ParticipantRegistered(participant=one, setting=setting, name=one, state="MA", zip_code="02139", qin_qio="Q")
        for one, setting in _SETTINGS.items()
    ),
    *_people(),
    convened(),
)


def desk(*more: Event, now: dt.datetime = NOW) -> Desk:
    """A desk that knows the coalition; ``more`` happened to it."""
    return Desk(now).has(*SETUP, *more)


def again(at: Desk, *more: Event) -> dict[str, Any]:
    """The records made once more from what was said."""
    return dict(desk(*more).has(*own(at.said)).records)


def left(participant: str, on: dt.date) -> CoalitionLeft:
    """A member left."""
    return CoalitionLeft(community="cambridge", number=1, participant=participant, on=on, reason="r", actor="t")


def ended(on: dt.date) -> CoalitionEnded:
    """The coalition ended."""
    return CoalitionEnded(community="cambridge", number=1, on=on, reason="r", actor="t")


def start(**fields: object) -> StartIntervention:
    """A command to start an intervention that would be accepted."""
    plain = {
        "actor": "t",
        "coalition": "cambridge",
        "name": "Coaching",
        "kind": "CARE_TRANSITIONS_INTERVENTION",
        "stratum": "chronic_2+polypharmacy",
        "settings": ["HOSPITAL", "HOME_HEALTH"],
        "measures": ["rehospitalizations-30d"],
        "started_on": "2014-10-01",
        "dose_unit": "home visits",
    }
    return StartIntervention.model_validate({**plain, **fields})


def command(of: type[Command], /, **fields: object) -> Command:
    """A command of these fields by somebody."""
    return of.model_validate({"actor": "t", **fields})
