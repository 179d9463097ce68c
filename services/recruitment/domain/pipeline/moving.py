"""One step of a participant with a collaborative: decided, and told to those who may know of a membership."""

from collections.abc import Iterable
from typing import Any

from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.pipeline import eligibility, stages, telling
from services.recruitment.domain.pipeline.eligibility import Wish
from services.recruitment.domain.pipeline.kinds import ENGAGEMENT, evolve
from services.recruitment.domain.pipeline.state import engagement_id
from shared.contracts.recruitment.pipeline import EngagementMoved
from shared.records.deciding import Against, Asked, Decided, Held


def engagement_keys(participant: str, collaborative: str) -> Iterable[str]:
    """What a step reads and changes."""
    return PARTICIPANT.key(participant), ENGAGEMENT.key(engagement_id(participant, collaborative))


def move(wish: Wish, held: Held, asked: Asked, **told: Any) -> Decided | Against:
    """Move the engagement as wished, or say every reason against; ``told`` goes into the event."""
    participant = held.get(PARTICIPANT, wish.participant)
    engagement = held.get(ENGAGEMENT, engagement_id(wish.participant, wish.collaborative))
    reasons = eligibility.reasons_against(wish, participant, engagement, asked.now)
    to = stages.after(engagement.stage if engagement else None, wish.action)
    if reasons or participant is None or to is None:
        return Against(tuple(reasons))
    event = EngagementMoved(
        participant=participant.id,
        collaborative=wish.collaborative,
        stage=to,
        since=wish.on,
        actor=asked.actor,
        task=wish.task,
        **told,
    )
    made = {
        "engagement": engagement_id(participant.id, wish.collaborative),
        "participant": participant.id,
        "name": participant.name,
        "collaborative": wish.collaborative,
        "stage": to.value,
        "since": wish.on.isoformat(),
    }
    heard = telling.membership(participant, engagement, evolve(engagement, event, asked.now))
    return Decided(made, (event,), heard)
