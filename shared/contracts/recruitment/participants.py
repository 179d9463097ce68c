"""Participants of every setting: what recruitment is asked about them and what it says."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment import family_partners, owners
from shared.contracts.recruitment.ids import OwnerId, ParticipantId, Setting
from shared.contracts.recruitment.pipeline import FacilityRecruited, FacilityWithdrew
from shared.contracts.topic import Confidentiality, Gaps, Topic

Name = Annotated[str, Field(min_length=1, max_length=200)]
StateCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="postal code of a state or territory")]
ZipCode = Annotated[str, Field(pattern=r"^[0-9]{5}$")]
Address = Annotated[str, Field(min_length=1, max_length=200)]
Place = Annotated[str, Field(min_length=1, max_length=100)]


class Amendable(StrEnum):
    """What staff may record differently from a provider list; it then stays as they recorded it."""

    SETTING = "setting"
    NAME = "name"
    ADDRESS = "address"
    CITY = "city"
    COUNTY = "county"
    STATE = "state"
    ZIP_CODE = "zip_code"


class WhyClosed(StrEnum):
    """Why a participant closed; words of a person stay out of it."""

    BY_ITS_OWNER = "BY_ITS_OWNER"
    AGREEMENT_TERMINATED = "AGREEMENT_TERMINATED"
    DISASTER = "DISASTER"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    OTHER = "OTHER"


class WhyReopened(StrEnum):
    """Why a closing or merger no longer holds."""

    OPEN_AGAIN = "OPEN_AGAIN"
    CALLED_OFF = "CALLED_OFF"
    RECORDED_IN_ERROR = "RECORDED_IN_ERROR"


class WhyMerged(StrEnum):
    """Why a participant goes on in another."""

    CONSOLIDATED = "CONSOLIDATED"
    NUMBER_CHANGED = "NUMBER_CHANGED"
    DUPLICATE = "DUPLICATE"


class RegisterParticipant(Command):
    """Register a participant that no CMS file lists (yet).

    Without ``participant`` it gets an id of ours. Refused when it is known, when the id is another's further
    identifier, when the check digit of an NPI is wrong, and when the ZIP code is none or of another state. A person
    is registered with RegisterPartner instead.
    """

    TYPE: ClassVar[str] = "recruitment.RegisterParticipant"

    participant: ParticipantId | None = None
    setting: Setting
    name: Name
    state: StateCode
    zip_code: ZipCode
    address: Address | None = None
    city: Place | None = None
    county: Place | None = None


class AmendParticipant(Command):
    """Record what is right about a participant, whatever a list says; or let fields follow the list again.

    Recorded fields are no longer changed by lists until they are in ``follow_list``. Asking for what holds already
    changes nothing.
    """

    TYPE: ClassVar[str] = "recruitment.AmendParticipant"

    participant: ParticipantId
    setting: Setting | None = None
    name: Name | None = None
    address: Address | None = None
    city: Place | None = None
    county: Place | None = None
    state: StateCode | None = None
    zip_code: ZipCode | None = None
    follow_list: tuple[Amendable, ...] = ()


class AssignIdentifier(Command):
    """Give a participant a further identifier; an identifier belongs to one participant at a time."""

    TYPE: ClassVar[str] = "recruitment.AssignIdentifier"

    participant: ParticipantId
    identifier: ParticipantId


class ReleaseIdentifier(Command):
    """Take a further identifier from a participant; what lists said under it so far stays."""

    TYPE: ClassVar[str] = "recruitment.ReleaseIdentifier"

    participant: ParticipantId
    identifier: ParticipantId


class CloseParticipant(Command):
    """A participant closes; ``on`` is the first day it is closed, at most a year ahead."""

    TYPE: ClassVar[str] = "recruitment.CloseParticipant"

    participant: ParticipantId
    on: dt.date
    reason: WhyClosed


class ReopenParticipant(Command):
    """A closing or merger no longer holds from ``on``; a closing that is still ahead is called off."""

    TYPE: ClassVar[str] = "recruitment.ReopenParticipant"

    participant: ParticipantId
    on: dt.date
    reason: WhyReopened


class MergeParticipant(Command):
    """From ``on``, a participant goes on in another; its history stays, and who asks for it is told the other."""

    TYPE: ClassVar[str] = "recruitment.MergeParticipant"

    participant: ParticipantId
    into: ParticipantId
    on: dt.date
    reason: WhyMerged


class RecordOwnership(Command):
    """Who owns a participant from ``since`` until the next such day; no ``owner``: nobody that is known.

    Recorded again for the same day it corrects that day; the order in which days are recorded does not matter.
    """

    TYPE: ClassVar[str] = "recruitment.RecordOwnership"

    participant: ParticipantId
    owner: OwnerId | None
    since: dt.date


class FacilityListed(Event):
    """A facility is known, or its listing changed; ratings are public facts of CMS.

    What staff recorded is not changed by it, and it never opens a facility again.
    """

    TYPE: ClassVar[str] = "recruitment.FacilityListed"

    ccn: str
    as_of: dt.date
    name: str
    state: str
    zip_code: str
    qin_qio: str = Field(description="the QIN-QIO responsible on as_of, or UNKNOWN")
    overall_rating: int | None = None
    special_focus: bool = False
    setting: Setting = Setting.NURSING_HOME
    address: str | None = None
    city: str | None = None
    county: str | None = None
    ownership: str | None = None
    certified_beds: int | None = None
    residents: int | None = None
    health_inspection_rating: int | None = None
    staffing_rating: int | None = None
    rn_staffing_rating: int | None = None
    quality_rating: int | None = None
    kind: str | None = Field(default=None, description="the list's own word for the kind of hospital")
    digest: str = Field(default="", description="of all the listing says besides its date, in hexadecimal digits")
    participant: str | None = Field(default=None, description="whose further identifier ccn is; left out: ccn itself")


class EarlierRatingListed(Event):
    """A list older than the one that holds told how a facility was rated then; nothing else changes by it."""

    TYPE: ClassVar[str] = "recruitment.EarlierRatingListed"

    participant: str
    ccn: str
    as_of: dt.date
    setting: Setting
    overall_rating: int | None = None
    health_inspection_rating: int | None = None
    staffing_rating: int | None = None
    rn_staffing_rating: int | None = None
    quality_rating: int | None = None
    special_focus: bool = False
    digest: str


class ParticipantRegistered(Event):
    """Staff registered a participant. Of a person it tells the state only, never a name or ZIP code."""

    TYPE: ClassVar[str] = "recruitment.ParticipantRegistered"

    participant: str
    setting: Setting
    name: str
    state: str
    zip_code: str = Field(description="empty for a person")
    qin_qio: str = Field(description="the QIN-QIO responsible that day, or UNKNOWN")
    address: str | None = None
    city: str | None = None
    county: str | None = None


class ParticipantAmended(Event):
    """Staff recorded fields anew (those that are filled), or let fields follow the list again."""

    TYPE: ClassVar[str] = "recruitment.ParticipantAmended"

    participant: str
    setting: Setting | None = None
    name: str | None = None
    address: str | None = None
    city: str | None = None
    county: str | None = None
    state: str | None = None
    zip_code: str | None = None
    qin_qio: str = Field(description="the QIN-QIO responsible for the state that holds from now on, or UNKNOWN")
    follows_list: tuple[Amendable, ...] = ()


class IdentifierAssigned(Event):
    """A participant has a further identifier."""

    TYPE: ClassVar[str] = "recruitment.IdentifierAssigned"

    participant: str
    identifier: str


class IdentifierReleased(Event):
    """A further identifier belongs to the participant no longer."""

    TYPE: ClassVar[str] = "recruitment.IdentifierReleased"

    participant: str
    identifier: str


class ParticipantClosed(Event):
    """A participant is closed from ``on``."""

    TYPE: ClassVar[str] = "recruitment.ParticipantClosed"

    participant: str
    on: dt.date
    reason: WhyClosed
    actor: str


class ParticipantReopened(Event):
    """A participant is open from ``on``; a closing or merger before no longer holds."""

    TYPE: ClassVar[str] = "recruitment.ParticipantReopened"

    participant: str
    on: dt.date
    reason: WhyReopened
    actor: str


class ParticipantMerged(Event):
    """From ``on`` a participant goes on in ``into``."""

    TYPE: ClassVar[str] = "recruitment.ParticipantMerged"

    participant: str
    into: str
    on: dt.date
    reason: WhyMerged
    actor: str


class OwnershipRecorded(Event):
    """From ``since`` until the next such day a participant belongs to ``owner``; None: nobody that is known."""

    TYPE: ClassVar[str] = "recruitment.OwnershipRecorded"

    participant: str
    owner: str | None
    since: dt.date


ASKED: tuple[type[Command], ...] = (
    RegisterParticipant,
    AmendParticipant,
    AssignIdentifier,
    ReleaseIdentifier,
    CloseParticipant,
    ReopenParticipant,
    MergeParticipant,
    RecordOwnership,
    *owners.ASKED,
    *family_partners.ASKED,
)

FACILITIES = Topic(
    name="qio.recruitment.facilities.v1",
    owner="recruitment",
    summary="Participants of every setting: listed, registered, recruited, closed, merged, owned.",
    messages=(
        FacilityListed,
        EarlierRatingListed,
        ParticipantRegistered,
        ParticipantAmended,
        IdentifierAssigned,
        IdentifierReleased,
        ParticipantClosed,
        ParticipantReopened,
        ParticipantMerged,
        OwnershipRecorded,
        FacilityRecruited,
        FacilityWithdrew,
    ),
    key="participant id: CCN, NPI or our own",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("measures", "complaints", "notifications", "cli"),
    history=True,
)

TOPICS = (FACILITIES, *owners.TOPICS, *family_partners.TOPICS)
