"""Participants of every setting: what recruitment says about them, and all that it is asked."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment import family_partners, owners, participant_commands
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.participant_terms import Amendable, WhyClosed, WhyMerged, WhyReopened
from shared.contracts.recruitment.pipeline import FacilityRecruited, FacilityWithdrew
from shared.contracts.topic import Confidentiality, Gaps, Topic


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


ASKED: tuple[type[Command], ...] = (*participant_commands.ASKED, *owners.ASKED, *family_partners.ASKED)

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
    key="participant id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("notifications", "cli"),
    history=True,
)

TOPICS = (FACILITIES, *owners.TOPICS, *family_partners.TOPICS)
