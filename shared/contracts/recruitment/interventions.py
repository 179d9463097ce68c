"""Interventions of coalitions: what happens to them."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.contracts.feeds import Area
from shared.contracts.message import Command, Event
from shared.contracts.recruitment import intervention_commands
from shared.contracts.recruitment.communities import CommunityId
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.intervention_terms import Comparison, EndReason, InterventionType, StatedResult
from shared.contracts.recruitment.work import Month, WorkId
from shared.contracts.topic import Confidentiality, Gaps, Topic


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
    """These were in truth its first day and, where it has ended, its last.

    With another first day come the areas the community had on it, and of which version they are.
    """

    TYPE: ClassVar[str] = "recruitment.InterventionCorrected"

    started_on: dt.date
    ended_on: dt.date | None = None
    community_version: int | None = Field(default=None, ge=1, description="left out: as before")
    areas: tuple[Area, ...] | None = Field(default=None, description="left out: as before")
    because: str


ASKED: tuple[type[Command], ...] = intervention_commands.ASKED

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
    readers=("measures", "cli"),
    history=True,
)

TOPICS = (INTERVENTIONS,)
