"""Local Area Networks for Excellence: who convenes one in a state, who is in it, and how it is reached."""

import datetime as dt
import re
from enum import StrEnum
from typing import Annotated, ClassVar, Final

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.terms import Said, StateCode
from shared.contracts.topic import Confidentiality, Gaps, Topic

LaneMember = Annotated[
    str,
    Field(
        pattern=r"^(qio|(partner|organisation):[a-z0-9][a-z0-9-]{1,59}"
        r"|participant:([0-9A-Z]{6}|npi:[0-9]{10}|own:[a-z0-9][a-z0-9-]{1,59}))$",
        description="qio for the state's QIO, or partner:, organisation:, participant: with an id; never a person",
    ),
]
_ROLES: Final = frozenset(
    (
        *("ae", "admin", "association", "campaign", "contact", "convener", "desk", "excellence", "frontdesk", "help"),
        *("helpdesk", "homes", "info", "inquiries", "lane", "lanes", "ltc", "mail", "nursing", "nursinghome"),
        *("nursinghomes", "office", "ombudsman", "outreach", "qio", "quality", "support", "team"),
    )
)
_ADDRESS: Final = re.compile(r"([a-z0-9._-]{1,64})@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")


def _of_a_role(address: str) -> str:
    """The address in small letters; raises for one whose name is none of an office: it may be a person's."""
    found = _ADDRESS.fullmatch(address.lower())
    names = re.split(r"[._-]", found[1]) if found else []
    if not any(one in _ROLES for one in names) or any(one not in _ROLES and not _state(one) for one in names):
        text = "must be the address of an office and no person's, such as lane, info or help with a state's code"
        raise PydanticCustomError("not_of_a_role", text)
    return address.lower()


def _state(name: str) -> bool:
    return len(name) == len("ma")


RoleAddress = Annotated[
    str,
    Field(min_length=6, max_length=200, description="e-mail of an office, such as lane-ma@example.org; no person's"),
    AfterValidator(_of_a_role),
]


class LaneStake(StrEnum):
    """For whom a member sits in a LANE."""

    QIO = "QIO"
    PROVIDER_ASSOCIATION = "PROVIDER_ASSOCIATION"
    PROVIDER = "PROVIDER"
    STATE_AGENCY = "STATE_AGENCY"
    OMBUDSMAN = "OMBUDSMAN"
    CONSUMER_ADVOCACY = "CONSUMER_ADVOCACY"
    PROFESSIONALS = "PROFESSIONALS"
    OTHER = "OTHER"


class FormLane(Command):
    """Form the LANE of a state with its convener; possible again after it ended."""

    TYPE: ClassVar[str] = "recruitment.FormLane"

    state: StateCode
    convener: LaneMember
    stake: LaneStake
    formed_on: dt.date


class NameLaneConvener(Command):
    """Let another member convene from a day on; the one before stays as a member."""

    TYPE: ClassVar[str] = "recruitment.NameLaneConvener"

    state: StateCode
    convener: LaneMember
    since: dt.date


class JoinLane(Command):
    """Take a member in; in it since the same day for the same stake: no change."""

    TYPE: ClassVar[str] = "recruitment.JoinLane"

    state: StateCode
    member: LaneMember
    stake: LaneStake
    joined_on: dt.date


class LeaveLane(Command):
    """Let a member go; ``left_on`` is the first day it is in the LANE no more. Who convenes is followed first."""

    TYPE: ClassVar[str] = "recruitment.LeaveLane"

    state: StateCode
    member: LaneMember
    left_on: dt.date
    reason: Said


class RecordLaneContact(Command):
    """Record the address of a member's office, None for none any more; the same again changes nothing."""

    TYPE: ClassVar[str] = "recruitment.RecordLaneContact"

    state: StateCode
    member: LaneMember
    address: RoleAddress | None


class EndLane(Command):
    """End a LANE, for everybody in it; ``ended_on`` is its last day."""

    TYPE: ClassVar[str] = "recruitment.EndLane"

    state: StateCode
    ended_on: dt.date
    reason: Said


class _OfLane(Event):
    state: StateCode
    actor: str


class LaneFormed(_OfLane):
    """A state has a LANE."""

    TYPE: ClassVar[str] = "recruitment.LaneFormed"

    convener: str
    stake: LaneStake
    formed_on: dt.date


class LaneConvenerNamed(_OfLane):
    """Another member convenes."""

    TYPE: ClassVar[str] = "recruitment.LaneConvenerNamed"

    convener: str
    since: dt.date


class LaneJoined(_OfLane):
    """Somebody is a member."""

    TYPE: ClassVar[str] = "recruitment.LaneJoined"

    member: str
    stake: LaneStake
    joined_on: dt.date


class LaneLeft(_OfLane):
    """Somebody is a member no more; its address is forgotten."""

    TYPE: ClassVar[str] = "recruitment.LaneLeft"

    member: str
    left_on: dt.date
    reason: str


class LaneContactRecorded(_OfLane):
    """How a member's office is reached; None: it is not."""

    TYPE: ClassVar[str] = "recruitment.LaneContactRecorded"

    member: str
    address: str | None


class LaneEnded(_OfLane):
    """A LANE ended."""

    TYPE: ClassVar[str] = "recruitment.LaneEnded"

    ended_on: dt.date
    reason: str


ASKED: tuple[type[Command], ...] = (FormLane, NameLaneConvener, JoinLane, LeaveLane, RecordLaneContact, EndLane)

LANES = Topic(
    name="qio.recruitment.lanes.v1",
    owner="recruitment",
    summary="Local Area Networks for Excellence by state: formed, who convenes and is in them, ended.",
    messages=(LaneFormed, LaneConvenerNamed, LaneJoined, LaneLeft, LaneContactRecorded, LaneEnded),
    key="postal code of the state",
    partitions=1,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (LANES,)
