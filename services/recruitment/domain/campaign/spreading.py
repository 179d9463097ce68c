"""Materials and key messages are added, revised, retired; activities with them make people aware."""

from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.campaign.material_kind import ACTIVITY, MATERIAL, MATERIAL_MACHINE, MaterialStep
from services.recruitment.domain.campaign.registering import campaign_id, no_state
from services.recruitment.domain.networks.standing import in_future, too_early, unknown
from shared.contracts.recruitment.campaign_materials import (
    AddCampaignMaterial,
    AwarenessActivityRecorded,
    AwarenessReachCorrected,
    CampaignMaterialAdded,
    CampaignMaterialRetired,
    CampaignMaterialRevised,
    CorrectAwarenessReach,
    RecordAwarenessActivity,
    RetireCampaignMaterial,
    ReviseCampaignMaterial,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def _add_keys(command: AddCampaignMaterial, ids: Ids) -> Iterable[str]:
    del command
    return (MATERIAL.key(campaign_id(ids("material"))),)


def add(command: AddCampaignMaterial, held: Held, asked: Asked) -> Decided | Against:
    """Add a material."""
    del held
    if refusal := refused(in_future(command.added_on, asked.now, "added_on")):
        return refusal
    event = CampaignMaterialAdded(**command.model_dump(), material=campaign_id(asked.new_id("material")))
    return Decided({"material": event.material, "version": event.version}, (event,))


def _keys(command: ReviseCampaignMaterial | RetireCampaignMaterial, ids: Ids) -> Iterable[str]:
    del ids
    return (MATERIAL.key(command.material),)


def revise(command: ReviseCampaignMaterial, held: Held, asked: Asked) -> Decided | Against:
    """Add a version of a material."""
    found = held.get(MATERIAL, command.material)
    if found is None:
        return unknown("material")
    if impossible := MATERIAL_MACHINE.reason_against(found.status, MaterialStep.REVISE, "material"):
        return Against((impossible,))
    reasons = [
        *too_early(command.revised_on, found.versions[-1].since, "revised_on", "the version before"),
        *in_future(command.revised_on, asked.now, "revised_on"),
    ]
    if any(one.version == command.version for one in found.versions):
        text = "The material has a version of that name already."
        reasons.append(Reason(code="REPEATED", field="version", text=text))
    if refusal := refused(reasons):
        return refusal
    made = {"material": found.id, "version": command.version, "versions": len(found.versions) + 1}
    return Decided(made, (CampaignMaterialRevised(**command.model_dump()),))


def retire(command: RetireCampaignMaterial, held: Held, asked: Asked) -> Decided | Against:
    """Take a material out of use."""
    found = held.get(MATERIAL, command.material)
    if found is None:
        return unknown("material")
    if impossible := MATERIAL_MACHINE.reason_against(found.status, MaterialStep.RETIRE, "material"):
        return Against((impossible,))
    reasons = (
        *too_early(command.retired_on, found.versions[-1].since, "retired_on", "its last version"),
        *in_future(command.retired_on, asked.now, "retired_on"),
    )
    if refusal := refused(reasons):
        return refusal
    made = {"material": found.id, "retired_on": command.retired_on.isoformat()}
    return Decided(made, (CampaignMaterialRetired(**command.model_dump()),))


def _record_keys(command: RecordAwarenessActivity, ids: Ids) -> Iterable[str]:
    yield ACTIVITY.key(campaign_id(ids("activity")))
    yield from (MATERIAL.key(one) for one in command.materials)


def record(command: RecordAwarenessActivity, held: Held, asked: Asked) -> Decided | Against:
    """Record an activity."""
    reasons = (
        *no_state(command.state),
        *in_future(command.held_on, asked.now, "held_on"),
        *_not_in_use(command, held),
    )
    if refusal := refused(reasons):
        return refusal
    used = [held.get(MATERIAL, one) for one in command.materials]
    versions = [version.version for one in used if one and (version := one.on(command.held_on))]
    told = command.model_dump()
    event = AwarenessActivityRecorded(**told, activity=campaign_id(asked.new_id("activity")), versions=tuple(versions))
    return Decided({"activity": event.activity, "reached": event.reached}, (event,))


def _not_in_use(command: RecordAwarenessActivity, held: Held) -> Iterator[Reason]:
    for position, one in enumerate(command.materials):
        field = f"materials[{position}]"
        found = held.get(MATERIAL, one)
        if found is None:
            yield Reason(code="MATERIAL_UNKNOWN", field=field, text="There is no such material.")
        elif found.on(command.held_on) is None:
            text = f"This material was not in use on {command.held_on}."
            yield Reason(code="NOT_IN_USE", field=field, text=text)
        if one in command.materials[:position]:
            yield Reason(code="REPEATED", field=field, text="The material is given twice.")


def _correct_keys(command: CorrectAwarenessReach, ids: Ids) -> Iterable[str]:
    del ids
    return (ACTIVITY.key(command.activity),)


def correct(command: CorrectAwarenessReach, held: Held, asked: Asked) -> Decided | Against:
    """Correct how many were reached."""
    del asked
    found = held.get(ACTIVITY, command.activity)
    if found is None:
        return unknown("activity")
    changed = found.reached != command.reached
    made = {"activity": found.id, "reached": command.reached, "changed": changed}
    return Decided(made, (AwarenessReachCorrected(**command.model_dump()),) if changed else ())


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(AddCampaignMaterial, _add_keys, add),
    Rule(ReviseCampaignMaterial, _keys, revise),
    Rule(RetireCampaignMaterial, _keys, retire),
    Rule(RecordAwarenessActivity, _record_keys, record),
    Rule(CorrectAwarenessReach, _correct_keys, correct),
)
