"""Interventions of coalitions: what is done for whom, how much of it, how far it reaches, and how it ends."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.feeds import Area
from shared.contracts.message import Command, Event
from shared.contracts.recruitment.coalitions import MeasureName, Said, Stratum
from shared.contracts.recruitment.communities import CommunityId
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.work import Month, Title, WorkId
from shared.contracts.topic import Confidentiality, Gaps, Topic

Count = Annotated[int, Field(ge=0, le=100_000_000)]
Settings = Annotated[tuple[Setting, ...], Field(min_length=1, max_length=12)]
Measures = Annotated[tuple[MeasureName, ...], Field(min_length=1, max_length=20)]


class InterventionType(StrEnum):
    """What kind of intervention it is: a published model, a service that §3026 names, or OTHER in words of its own."""

    CARE_TRANSITIONS_INTERVENTION = "CARE_TRANSITIONS_INTERVENTION"
    TRANSITIONAL_CARE_MODEL = "TRANSITIONAL_CARE_MODEL"
    RE_ENGINEERED_DISCHARGE = "RE_ENGINEERED_DISCHARGE"
    BOOST = "BOOST"
    INTERACT = "INTERACT"
    CLINICAL_PHARMACY_SERVICES = "CLINICAL_PHARMACY_SERVICES"
    SERVICES_BEFORE_DISCHARGE = "SERVICES_BEFORE_DISCHARGE"
    FOLLOW_UP_AFTER_DISCHARGE = "FOLLOW_UP_AFTER_DISCHARGE"
    PROVIDER_INTERACTION_SUPPORT = "PROVIDER_INTERACTION_SUPPORT"
    SELF_MANAGEMENT_SUPPORT = "SELF_MANAGEMENT_SUPPORT"
    MEDICATION_REVIEW = "MEDICATION_REVIEW"
    OTHER = "OTHER"


class Comparison(StrEnum):
    """Against what the coalition wishes the effect to be judged."""

    BEFORE_AND_AFTER = "BEFORE_AND_AFTER"
    REST_OF_STATE = "REST_OF_STATE"
    COMMUNITIES = "COMMUNITIES"


class EndReason(StrEnum):
    """Why an intervention ended. ENTERED_IN_ERROR: it never was one and is not to be evaluated."""

    COMPLETED = "COMPLETED"
    DID_NOT_WORK = "DID_NOT_WORK"
    RESOURCES_ENDED = "RESOURCES_ENDED"
    PARTNER_LEFT = "PARTNER_LEFT"
    REPLACED = "REPLACED"
    ENTERED_IN_ERROR = "ENTERED_IN_ERROR"
    OTHER = "OTHER"


class StatedResult(StrEnum):
    """What the coalition itself says came of it; what measures finds is another matter."""

    WORKED = "WORKED"
    WORKED_IN_PART = "WORKED_IN_PART"
    DID_NOT_WORK = "DID_NOT_WORK"
    NOT_KNOWN = "NOT_KNOWN"


class StartIntervention(Command):
    """Start an intervention of a coalition over the areas its community has now.

    ``kind_text`` says what OTHER is. ``dose_unit`` is what is counted as dose ("home visits"), and stays;
    ``planned_dose`` how many of them a month are planned. Refused without a coalition at work on the day, in the
    future, under an ended statement of work, or compared with communities that are not defined.
    """

    TYPE: ClassVar[str] = "recruitment.StartIntervention"

    coalition: CommunityId
    name: Title
    kind: InterventionType
    kind_text: Said | None = None
    stratum: Stratum = "all"
    settings: Settings
    measures: Measures
    started_on: dt.date
    dose_unit: str = Field(min_length=1, max_length=60)
    planned_dose: Count | None = None
    comparison: Comparison = Comparison.BEFORE_AND_AFTER
    comparison_communities: tuple[CommunityId, ...] = Field(default=(), max_length=50)


class ChangeIntervention(Command):
    """Change an intervention that goes on; what is left out stays. ``what`` says in words what is different."""

    TYPE: ClassVar[str] = "recruitment.ChangeIntervention"

    intervention: WorkId
    changed_on: dt.date
    what: Said
    name: Title | None = None
    stratum: Stratum | None = None
    settings: Settings | None = None
    measures: Measures | None = None
    planned_dose: Count | None = None


class RecordDose(Command):
    """Record how many units were delivered in a month.

    A month that is recorded already is corrected: that needs ``because``. The same number again changes nothing.
    """

    TYPE: ClassVar[str] = "recruitment.RecordDose"

    intervention: WorkId
    month: Month
    units: Count
    because: Said | None = None


class RecordReach(Command):
    """Record how many beneficiaries were reached in a month, in how many of the areas and facilities.

    Counts without identity. From 1 to 10 beneficiaries only "fewer than 11" is kept and told (CMS cell size
    suppression). A month that is recorded already is corrected: that needs ``because``.
    """

    TYPE: ClassVar[str] = "recruitment.RecordReach"

    intervention: WorkId
    month: Month
    beneficiaries: Count
    areas: Count
    facilities: Count
    because: Said | None = None


class PauseIntervention(Command):
    """Pause an intervention from a day on."""

    TYPE: ClassVar[str] = "recruitment.PauseIntervention"

    intervention: WorkId
    paused_on: dt.date
    reason: Said


class ResumeIntervention(Command):
    """Resume a paused intervention from a day on."""

    TYPE: ClassVar[str] = "recruitment.ResumeIntervention"

    intervention: WorkId
    resumed_on: dt.date


class EndIntervention(Command):
    """End an intervention, with the reason and what the coalition says came of it; possible after its coalition."""

    TYPE: ClassVar[str] = "recruitment.EndIntervention"

    intervention: WorkId
    ended_on: dt.date
    reason: EndReason
    result: StatedResult
    statement: Said | None = None


class CorrectIntervention(Command):
    """Correct the day it started, or the day it ended where it has; nothing recorded may fall outside."""

    TYPE: ClassVar[str] = "recruitment.CorrectIntervention"

    intervention: WorkId
    started_on: dt.date | None = None
    ended_on: dt.date | None = None
    because: Said


class _OfIntervention(Event):
    intervention: WorkId
    coalition: CommunityId
    actor: str


class InterventionStarted(_OfIntervention):
    """An intervention started, over exactly these areas: the community's of ``community_version``.

    ``number`` counts the community's coalitions from 1: which of them it is of.
    """

    TYPE: ClassVar[str] = "recruitment.InterventionStarted"

    number: int = Field(ge=1)
    name: str
    kind: InterventionType
    kind_text: str | None = None
    stratum: str
    settings: tuple[Setting, ...]
    measures: tuple[str, ...]
    started_on: dt.date
    dose_unit: str
    planned_dose: int | None = None
    community_version: int = Field(ge=1)
    areas: tuple[Area, ...]
    comparison: Comparison
    comparison_communities: tuple[str, ...] = ()


class InterventionChanged(_OfIntervention):
    """An intervention is this from ``changed_on`` on; ``what`` is different in words."""

    TYPE: ClassVar[str] = "recruitment.InterventionChanged"

    changed_on: dt.date
    what: str
    name: str
    stratum: str
    settings: tuple[Setting, ...]
    measures: tuple[str, ...]
    planned_dose: int | None = None


class InterventionDosed(_OfIntervention):
    """So many units were delivered in a month. The highest ``revision`` of a month holds; from 2 on it corrects."""

    TYPE: ClassVar[str] = "recruitment.InterventionDosed"

    month: Month
    units: int = Field(ge=0)
    unit: str
    revision: int = Field(ge=1)
    because: str | None = None


class InterventionReached(_OfIntervention):
    """So many beneficiaries were reached in a month, in so many areas and facilities.

    ``beneficiaries`` is None from 1 to 10. The highest ``revision`` of a month holds; from 2 on it corrects.
    """

    TYPE: ClassVar[str] = "recruitment.InterventionReached"

    month: Month
    beneficiaries: int | None
    areas: int = Field(ge=0)
    facilities: int = Field(ge=0)
    revision: int = Field(ge=1)
    because: str | None = None


class InterventionPaused(_OfIntervention):
    """Nothing is delivered from ``paused_on`` on."""

    TYPE: ClassVar[str] = "recruitment.InterventionPaused"

    paused_on: dt.date
    reason: str


class InterventionResumed(_OfIntervention):
    """A paused intervention goes on from ``resumed_on``."""

    TYPE: ClassVar[str] = "recruitment.InterventionResumed"

    resumed_on: dt.date


class InterventionEnded(_OfIntervention):
    """An intervention ended; ``ended_on`` is its last day. Not to be evaluated when ENTERED_IN_ERROR."""

    TYPE: ClassVar[str] = "recruitment.InterventionEnded"

    ended_on: dt.date
    reason: EndReason
    result: StatedResult
    statement: str | None = None


class InterventionCorrected(_OfIntervention):
    """These were in truth its first day and, where it has ended, its last."""

    TYPE: ClassVar[str] = "recruitment.InterventionCorrected"

    started_on: dt.date
    ended_on: dt.date | None = None
    because: str


ASKED: tuple[type[Command], ...] = (
    StartIntervention,
    ChangeIntervention,
    RecordDose,
    RecordReach,
    PauseIntervention,
    ResumeIntervention,
    EndIntervention,
    CorrectIntervention,
)

INTERVENTIONS = Topic(
    name="qio.recruitment.interventions.v1",
    owner="recruitment",
    summary="Interventions of coalitions: started, changed, dosed, reached, paused, ended, corrected.",
    messages=(
        InterventionStarted,
        InterventionChanged,
        InterventionDosed,
        InterventionReached,
        InterventionPaused,
        InterventionResumed,
        InterventionEnded,
        InterventionCorrected,
    ),
    key="intervention id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("measures", "notifications", "cli"),
    history=True,
)

TOPICS = (INTERVENTIONS,)
