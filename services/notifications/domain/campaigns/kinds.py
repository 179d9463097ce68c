"""How campaigns change by their events."""

import datetime as dt
from collections import Counter
from typing import Any, Final

from services.notifications.domain.campaigns.state import MACHINE, Action, Campaign, Progress, State
from shared.contracts.message import Event
from shared.contracts.notifications.campaigns import (
    CAMPAIGNS,
    CampaignApproved,
    CampaignFinished,
    CampaignPaused,
    CampaignPrepared,
    CampaignResumed,
    CampaignStageSent,
    CampaignStarted,
    CampaignStopped,
)
from shared.records.kinds import Kind

_ACTIONS: Final[dict[type[Event], Action]] = {
    CampaignApproved: Action.APPROVE,
    CampaignStarted: Action.START,
    CampaignStageSent: Action.SEND,
    CampaignPaused: Action.PAUSE,
    CampaignResumed: Action.RESUME,
    CampaignStopped: Action.STOP,
    CampaignFinished: Action.FINISH,
}


def _evolve(before: Campaign | None, event: Event, at: dt.datetime) -> Campaign:
    del at  # each event says its own time
    if isinstance(event, CampaignPrepared):
        return _prepared(event)
    assert before is not None
    # What has happened is taken as it is, also where the table of today would not allow it any more.
    after = MACHINE.after(before.state, _ACTIONS[type(event)]) or before.state
    return before.model_copy(update={"state": after, **_told(before, event)})


def _prepared(event: CampaignPrepared) -> Campaign:
    return Campaign(
        id=event.campaign,
        name=event.name,
        notice_type=event.notice_type,
        words=event.words,
        audience=event.audience,
        writer=event.writer,
        phone=event.phone,
        list_id=event.list_id,
        stages=event.stages,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        state=State.PREPARED,
        prepared_by=event.actor,
        prepared_at=event.prepared_at,
    )


def _told(before: Campaign, event: Event) -> dict[str, Any]:
    match event:
        case CampaignApproved():
            return {"approved_by": event.actor}
        case CampaignStarted():
            return {"next_at": event.next_at}
        case CampaignStageSent():
            return _sent(before, event)
        case CampaignStopped():
            return {"reason": event.reason, "next_at": None, "ended_at": event.stopped_at}
        case CampaignFinished():
            return {"reason": event.because, "next_at": None, "ended_at": event.finished_at}
        case _:
            return {}


def _sent(before: Campaign, event: CampaignStageSent) -> dict[str, Any]:
    stages = [*before.sent, *[Progress()] * (event.stage - len(before.sent))]
    so_far = stages[event.stage - 1]
    stages[event.stage - 1] = Progress(requested=so_far.requested + event.requested, complete=event.complete)
    left_out = Counter(before.left_out) + Counter(event.left_out)
    return {
        "sent": tuple(stages),
        "left_out": dict(sorted(left_out.items())),
        "cursor": event.cursor or before.cursor,
        "population": event.population,
        "next_at": event.next_at,
    }


CAMPAIGN: Final = Kind(
    name="campaign",
    state=Campaign,
    events=(CampaignPrepared, *_ACTIONS),
    begins=(CampaignPrepared,),
    id_of=lambda event: str(event.campaign),
    evolve=_evolve,
    topic=CAMPAIGNS.name,
)

KINDS: Final = (CAMPAIGN,)
