"""A material of the campaign as it stands, and an awareness activity; how they change by their events."""

import datetime as dt
from enum import StrEnum
from typing import Final

from shared.contracts.message import Event
from shared.contracts.recruitment.campaign_materials import (
    AWARENESS,
    CAMPAIGN_MATERIALS,
    AwarenessActivityRecorded,
    AwarenessReachCorrected,
    CampaignMaterialAdded,
    CampaignMaterialRetired,
    CampaignMaterialRevised,
    Channel,
    MaterialKind,
)
from shared.contracts.recruitment.campaign_terms import Audience, CampaignGoal
from shared.records.kinds import Kind, Record
from shared.records.machine import Machine


class MaterialStatus(StrEnum):
    """Whether a material is in use."""

    IN_USE = "IN_USE"
    RETIRED = "RETIRED"


class MaterialStep(StrEnum):
    """What can be done with a material."""

    REVISE = "REVISE"
    RETIRE = "RETIRE"


MATERIAL_MACHINE: Final = Machine(
    "the material",
    {
        (MaterialStatus.IN_USE, MaterialStep.REVISE): MaterialStatus.IN_USE,
        (MaterialStatus.IN_USE, MaterialStep.RETIRE): MaterialStatus.RETIRED,
    },
)


class MaterialVersion(Record):
    """A version, in use from a day on."""

    version: str
    origin: str
    text: str
    since: dt.date


class Material(Record):
    """A material or key message; ``versions`` by day, the last in use. ``retired_on`` is the first day without it."""

    id: str
    title: str
    kind: MaterialKind
    audience: Audience
    goal: CampaignGoal | None
    versions: tuple[MaterialVersion, ...]
    status: MaterialStatus = MaterialStatus.IN_USE
    retired_on: dt.date | None = None
    reason: str | None = None

    def on(self, day: dt.date) -> MaterialVersion | None:
        """The version in use on a day; None where there was none yet, or none any more."""
        if self.retired_on is not None and day >= self.retired_on:
            return None
        return next((one for one in reversed(self.versions) if one.since <= day), None)


class Activity(Record):
    """How people of a state were made aware, and how many; ``versions`` are of the materials, in their order."""

    id: str
    state: str
    channel: Channel
    audience: Audience
    held_on: dt.date
    reached: int
    materials: tuple[str, ...]
    versions: tuple[str, ...]
    about: str
    revision: int = 1


def _material(before: Material | None, event: Event, at: dt.datetime) -> Material:
    del at
    if isinstance(event, CampaignMaterialAdded):
        version = MaterialVersion(since=event.added_on, **event.model_dump(include={"version", "origin", "text"}))
        told = event.model_dump(include={"title", "kind", "audience", "goal"})
        return Material(id=event.material, versions=(version,), **told)
    assert before is not None, "a material is added first"
    if isinstance(event, CampaignMaterialRevised):
        version = MaterialVersion(since=event.revised_on, **event.model_dump(include={"version", "origin", "text"}))
        return before.model_copy(update={"versions": (*before.versions, version)})
    assert isinstance(event, CampaignMaterialRetired)
    retired = event.model_dump(include={"retired_on", "reason"})
    return before.model_copy(update={"status": MaterialStatus.RETIRED, **retired})


def _activity(before: Activity | None, event: Event, at: dt.datetime) -> Activity:
    del at
    if isinstance(event, AwarenessActivityRecorded):
        return Activity(id=event.activity, **event.model_dump(exclude={"activity", "actor"}))
    assert before is not None, "an activity is recorded first"
    assert isinstance(event, AwarenessReachCorrected)
    return before.model_copy(update={"reached": event.reached, "revision": before.revision + 1})


MATERIAL: Final = Kind(
    name="campaign-material",
    state=Material,
    events=(CampaignMaterialAdded, CampaignMaterialRevised, CampaignMaterialRetired),
    begins=(CampaignMaterialAdded,),
    id_of=lambda event: event.material,
    evolve=_material,
    topic=CAMPAIGN_MATERIALS.name,
)
ACTIVITY: Final = Kind(
    name="awareness-activity",
    state=Activity,
    events=(AwarenessActivityRecorded, AwarenessReachCorrected),
    begins=(AwarenessActivityRecorded,),
    id_of=lambda event: event.activity,
    evolve=_activity,
    topic=AWARENESS.name,
)
