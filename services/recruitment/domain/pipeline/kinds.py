"""How engagements and campaigns change by their events."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.pipeline.state import Campaign, Correction, Engagement, Step, engagement_id
from shared.contracts.recruitment.invitations import (
    INVITATIONS,
    InvitationCampaignClosed,
    InvitationCampaignStarted,
)
from shared.contracts.recruitment.pipeline import PIPELINE, EngagementCorrected, EngagementMoved
from shared.contracts.recruitment.steps import Stage
from shared.records.kinds import Kind


def evolve(before: Engagement | None, event: EngagementMoved | EngagementCorrected, at: dt.datetime) -> Engagement:
    """The engagement after an event, recorded at ``at`` (UTC)."""
    held = before or Engagement(participant=event.participant, collaborative=event.collaborative, stage=None, steps=())
    if isinstance(event, EngagementMoved):
        step = Step(**event.model_dump(exclude={"participant", "collaborative"}), at=at)
        return _standing(held, (*held.steps, step))
    if event.step > len(held.steps):
        return held
    wrong = held.steps[event.step - 1]
    steps = (*held.steps[: event.step - 1], _corrected(wrong, event), *held.steps[event.step :])
    told = Correction(
        step=event.step, was=wrong.since, since=event.since, reason=event.reason, actor=event.actor, at=at
    )
    return _standing(held.model_copy(update={"corrections": (*held.corrections, told)}), steps)


def _corrected(step: Step, event: EngagementCorrected) -> Step:
    if event.since is None:
        return step.model_copy(update={"struck": True})
    changes: dict[str, Any] = {"since": event.since, "qin_qio": event.qin_qio or step.qin_qio}
    if step.agreement is not None:
        changes["agreement"] = step.agreement.model_copy(update={"signed_on": event.since})
    return step.model_copy(update=changes)


_NOTHING: Final[dict[str, Any]] = {
    "membership_id": None,
    "recruited_on": None,
    "qin_qio": None,
    "agreement": None,
    "task": None,
}


def _standing(held: Engagement, steps: tuple[Step, ...]) -> Engagement:
    """The engagement as its steps make it."""
    stage = None
    found = dict(_NOTHING)
    for step in steps:
        if step.struck:
            continue
        stage = step.stage
        if stage in {Stage.WITHDRAWN, Stage.DECLINED}:
            found = dict(_NOTHING)
        if stage is Stage.RECRUITED:
            found |= {"membership_id": step.membership_id, "recruited_on": step.since, "qin_qio": step.qin_qio}
        found["agreement"] = step.agreement or found["agreement"]
        found["task"] = step.task or found["task"]
    return held.model_copy(update={"stage": stage, "steps": steps, **found})


def _campaign(
    before: Campaign | None, event: InvitationCampaignStarted | InvitationCampaignClosed, at: dt.datetime
) -> Campaign:
    del at
    if isinstance(event, InvitationCampaignStarted):
        return Campaign(id=event.campaign, **event.model_dump(exclude={"campaign", "actor"}))
    assert before is not None, "a campaign begins before it ends"
    return before.model_copy(update={"closed_on": event.closed_on, "reason": event.reason})


ENGAGEMENT: Final = Kind(
    name="engagement",
    state=Engagement,
    events=(EngagementMoved, EngagementCorrected),
    id_of=lambda event: engagement_id(event.participant, event.collaborative),
    evolve=evolve,
    topic=PIPELINE.name,
)
CAMPAIGN: Final = Kind(
    name="invitation-campaign",
    state=Campaign,
    events=(InvitationCampaignStarted, InvitationCampaignClosed),
    begins=(InvitationCampaignStarted,),
    id_of=lambda event: str(event.campaign),
    evolve=_campaign,
    topic=INVITATIONS.name,
)
KINDS: Final[tuple[Kind[Any], ...]] = (ENGAGEMENT, CAMPAIGN)
