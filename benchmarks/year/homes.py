"""The homes of the cohort as recruitment knows them before the first session, and two of the QIO's people."""

import datetime as dt
from typing import Final
from uuid import UUID

from shared.contracts.message import Event
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.participants import ParticipantRegistered
from shared.contracts.recruitment.people import PersonRegistered, RoleAssigned
from shared.contracts.recruitment.people_terms import PersonKind, Profile
from shared.contracts.recruitment.pipeline import EngagementMoved
from shared.contracts.recruitment.steps import Stage

# Postal code, first digits of CCNs, a city and its ZIP code.
_PLACES: Final = (
    ("MA", "22", "Worcester", "01608"),
    ("CT", "07", "New Haven", "06510"),
    ("RI", "41", "Pawtucket", "02860"),
    ("NH", "30", "Manchester", "03101"),
    ("ME", "20", "Presque Isle", "04769"),
    ("VT", "47", "White River Junction", "05001"),
)
_FIRST: Final = ("Elm", "Oak Hill", "St. Brigid's", "Harbor & Vine", "North Meadow", "Château Lévis", "Old Mill Pond")
_LAST: Final = (
    "Manor",
    "Nursing Home",
    "Rehabilitation and Skilled Care Center",
    "Health Care",
    "Center for Living at the Shores of the Lower Connecticut River Valley",
)


def ccn(number: int) -> str:
    """The CCN of a home; nursing homes have a 5 after the state."""
    return f"{_PLACES[number % len(_PLACES)][1]}5{number:03d}"


def beds(number: int) -> int:
    """How many beds it has."""
    return 30 + number * 37 % 150


def first_events(homes: tuple[str, ...], guest: str) -> tuple[Event, ...]:
    """Who there is, and that the homes are recruited; the guest is not."""
    joined = dt.date(2014, 8, 15)
    known = [_registered(number, one) for number, one in enumerate((*homes, guest))]
    recruited = [
        EngagementMoved(participant=one, collaborative="NNHQCC", stage=Stage.RECRUITED, since=joined, actor="staff")
        for one in homes
    ]
    return (*known, *recruited, *_person("ida", 1), *_person("ben", 2))


def _registered(number: int, participant: str) -> ParticipantRegistered:
    state, _, city, zip_code = _PLACES[number % len(_PLACES)]
    name = f"{_FIRST[number % len(_FIRST)]} {_LAST[number % len(_LAST)]}"
    return ParticipantRegistered(
        participant=participant, setting=Setting.NURSING_HOME, name=name, state=state, zip_code=zip_code,
        qin_qio="New England QIN-QIO", city=city,
    )  # fmt: skip


def _person(name: str, number: int) -> tuple[Event, ...]:
    profile = Profile(name="A Name", profession="registered nurse", expertise=())
    since = dt.date(2014, 8, 1)
    return (
        PersonRegistered(person=name, kind=PersonKind.STAFF, profile=profile, actor="staff"),
        RoleAssigned(
            person=name, role_id=UUID(int=number), role="adviser", qio="New England QIN-QIO", states=("MA",),
            since=since, actor="staff",
        ),
    )  # fmt: skip
