"""How engagements change by their events."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.kernel.records import Kind
from services.recruitment.domain.pipeline.state import Engagement, Step, engagement_id
from shared.contracts.recruitment.pipeline import PIPELINE, EngagementMoved, Stage


def _moved(before: Engagement | None, event: EngagementMoved, at: dt.datetime) -> Engagement:
    step = Step(stage=event.stage, since=event.since, actor=event.actor, at=at)
    held = before or Engagement(
        participant=event.participant, collaborative=event.collaborative, stage=event.stage, steps=()
    )
    changes: dict[str, Any] = {"stage": event.stage, "steps": (*held.steps, step)}
    if event.stage is Stage.RECRUITED:
        changes |= {"membership_id": event.membership_id, "recruited_on": event.since, "qin_qio": event.qin_qio}
    return held.model_copy(update=changes)


ENGAGEMENT: Final = Kind(
    name="engagement",
    state=Engagement,
    events=(EngagementMoved,),
    id_of=lambda event: engagement_id(event.participant, event.collaborative),
    evolve=_moved,
    topic=PIPELINE.name,
)
KINDS: Final[tuple[Kind[Any], ...]] = (ENGAGEMENT,)
