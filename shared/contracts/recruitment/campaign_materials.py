"""What the campaign hands out and says, with origin and version, and where it made people aware of itself."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.campaign_terms import Audience, CampaignGoal, CampaignId
from shared.contracts.recruitment.terms import Line, Said, StateCode, Words
from shared.contracts.topic import Confidentiality, Gaps, Topic

Version = Annotated[str, Field(min_length=1, max_length=40, description="as its origin counts it")]
Reach = Annotated[int, Field(ge=0, le=400_000_000, description="people, estimated or counted")]


class MaterialKind(StrEnum):
    """What a material is."""

    KEY_MESSAGE = "KEY_MESSAGE"
    TOOLKIT = "TOOLKIT"
    TRACKING_TOOL = "TRACKING_TOOL"
    FACT_SHEET = "FACT_SHEET"
    TRAINING = "TRAINING"
    POSTER = "POSTER"
    OTHER = "OTHER"


class Channel(StrEnum):
    """How people were made aware."""

    MAILING_LIST = "MAILING_LIST"
    WEBSITE = "WEBSITE"
    WEBINAR = "WEBINAR"
    MEETING = "MEETING"
    HEALTH_FAIR = "HEALTH_FAIR"
    PRINT = "PRINT"
    RADIO_OR_TV = "RADIO_OR_TV"
    SOCIAL_MEDIA = "SOCIAL_MEDIA"
    OTHER = "OTHER"


class AddCampaignMaterial(Command):
    """Add a material or key message. Another with the same title is another material."""

    TYPE: ClassVar[str] = "recruitment.AddCampaignMaterial"

    title: Line
    kind: MaterialKind
    audience: Audience
    goal: CampaignGoal | None = Field(default=None, description="what it is about; None: the campaign as a whole")
    origin: Line = Field(description="who made it, such as the campaign's Steering Committee")
    version: Version
    text: Words = Field(description="the key message, or what the material is and where it is kept")
    added_on: dt.date


class ReviseCampaignMaterial(Command):
    """Add a version, which is the one in use from then on; those before are kept. A version once only."""

    TYPE: ClassVar[str] = "recruitment.ReviseCampaignMaterial"

    material: CampaignId
    origin: Line
    version: Version
    text: Words
    revised_on: dt.date


class RetireCampaignMaterial(Command):
    """Take a material out of use for good."""

    TYPE: ClassVar[str] = "recruitment.RetireCampaignMaterial"

    material: CampaignId
    retired_on: dt.date
    reason: Said


class RecordAwarenessActivity(Command):
    """Record how people of a state were made aware, with which materials, in the version that was in use that day."""

    TYPE: ClassVar[str] = "recruitment.RecordAwarenessActivity"

    state: StateCode
    channel: Channel
    audience: Audience
    held_on: dt.date
    reached: Reach
    materials: tuple[CampaignId, ...] = Field(default=(), max_length=20)
    about: Said


class CorrectAwarenessReach(Command):
    """Correct how many were reached; the same number changes nothing."""

    TYPE: ClassVar[str] = "recruitment.CorrectAwarenessReach"

    activity: CampaignId
    reached: Reach
    because: Said


class _OfMaterial(Event):
    material: CampaignId
    actor: str


class CampaignMaterialAdded(_OfMaterial):
    """There is a material."""

    TYPE: ClassVar[str] = "recruitment.CampaignMaterialAdded"

    title: str
    kind: MaterialKind
    audience: Audience
    goal: CampaignGoal | None
    origin: str
    version: str
    text: str
    added_on: dt.date


class CampaignMaterialRevised(_OfMaterial):
    """A material has another version."""

    TYPE: ClassVar[str] = "recruitment.CampaignMaterialRevised"

    origin: str
    version: str
    text: str
    revised_on: dt.date


class CampaignMaterialRetired(_OfMaterial):
    """A material is in use no more."""

    TYPE: ClassVar[str] = "recruitment.CampaignMaterialRetired"

    retired_on: dt.date
    reason: str


class _OfActivity(Event):
    activity: CampaignId
    actor: str


class AwarenessActivityRecorded(_OfActivity):
    """People were made aware; ``versions`` are of the materials, in their order."""

    TYPE: ClassVar[str] = "recruitment.AwarenessActivityRecorded"

    state: StateCode
    channel: Channel
    audience: Audience
    held_on: dt.date
    reached: int = Field(ge=0)
    materials: tuple[str, ...]
    versions: tuple[str, ...]
    about: str


class AwarenessReachCorrected(_OfActivity):
    """How many were reached was corrected."""

    TYPE: ClassVar[str] = "recruitment.AwarenessReachCorrected"

    reached: int = Field(ge=0)
    because: str


ASKED: tuple[type[Command], ...] = (
    AddCampaignMaterial,
    ReviseCampaignMaterial,
    RetireCampaignMaterial,
    RecordAwarenessActivity,
    CorrectAwarenessReach,
)

CAMPAIGN_MATERIALS = Topic(
    name="qio.recruitment.campaign-materials.v1",
    owner="recruitment",
    summary="Materials and key messages of the campaign: added, revised, retired.",
    messages=(CampaignMaterialAdded, CampaignMaterialRevised, CampaignMaterialRetired),
    key="material id",
    partitions=1,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)
AWARENESS = Topic(
    name="qio.recruitment.awareness.v1",
    owner="recruitment",
    summary="How the campaign made people aware, by state and channel, and how many were reached.",
    messages=(AwarenessActivityRecorded, AwarenessReachCorrected),
    key="activity id",
    partitions=1,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (CAMPAIGN_MATERIALS, AWARENESS)
