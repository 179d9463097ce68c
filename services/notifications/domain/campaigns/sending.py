"""What a part of a stage requests: one notice for each contact who is written to, and how far the campaign has come."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

from services.notifications.domain import circles
from services.notifications.domain.audiences.reach import LeftOut
from services.notifications.domain.audiences.recipients import role
from services.notifications.domain.campaigns.invitations import facts
from services.notifications.domain.campaigns.stages import next_at, share
from services.notifications.domain.campaigns.state import Campaign
from shared.contracts.notifications import NoticeRequested
from shared.contracts.notifications.campaigns import CampaignFinished, CampaignStageSent
from shared.contracts.notifications.contacts import ContactFacts
from shared.contracts.notifications.terms import Part

# A weekly digest and a quiet night must fit in; the queue is sorted by due time, so that legal notices go before.
_DUE: Final = dt.timedelta(days=14)
ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of an audience, meant by these parts; ``left_out`` says why they are not written to."""

    contact: UUID
    facts: ContactFacts
    parts: frozenset[Part]
    left_out: LeftOut | None


@dataclass(frozen=True, slots=True)
class Portion:
    """The requests of one part of a stage and what happened to the campaign."""

    requests: tuple[NoticeRequested, ...]
    happened: tuple[CampaignStageSent | CampaignFinished, ...]


def over(campaign: Campaign, now: dt.datetime) -> bool:
    """Whether the time of the campaign has come to its end (UTC)."""
    return campaign.ends_at is not None and campaign.ends_at <= now


def time_over(campaign: Campaign, now: dt.datetime) -> Portion:
    """The end of a campaign whose time is over, whatever of its stages is left."""
    return Portion((), (CampaignFinished(campaign=campaign.id, because="TIME_OVER", finished_at=now),))


def portion(
    campaign: Campaign,
    population: int,
    members: Sequence[Member],
    now: dt.datetime,
    *,
    more: bool,
) -> Portion:
    """Take from ``members``, the next of the audience behind the cursor in order of id, what the stage still lacks.

    ``more``: the audience may go on behind them. Who is left out is counted and passed over: a stage of 100 requests
    100 notices. The ids of notices follow from campaign and contact, so that a contact gets one whatever happens.
    """
    due = share(campaign, population)
    taken: list[NoticeRequested] = []
    left_out: Counter[str] = Counter()
    cursor: UUID | None = None
    seen = 0
    for member in members:
        if due.wanted is not None and len(taken) >= due.wanted:
            break
        seen += 1
        cursor = member.contact
        if member.left_out is None:
            taken.append(request(campaign, member, now))
        else:
            left_out[member.left_out.value] += 1
    nobody_left = seen == len(members) and not more
    complete = nobody_left or (due.wanted is not None and len(taken) >= due.wanted)
    sent = CampaignStageSent(
        campaign=campaign.id,
        stage=due.stage,
        requested=len(taken),
        left_out=dict(sorted(left_out.items())),
        cursor=cursor,
        population=population,
        complete=complete,
        next_at=next_at(campaign, due.stage, now) if complete else now,
    )
    if not (nobody_left or (complete and due.stage == len(campaign.stages))):
        return Portion(tuple(taken), (sent,))
    return Portion(tuple(taken), (sent, CampaignFinished(campaign=campaign.id, because="ALL_SENT", finished_at=now)))


def request(campaign: Campaign, member: Member, now: dt.datetime) -> NoticeRequested:
    """The notice of a campaign to one contact, in their language where there are words in it, else in English."""
    language = member.facts.preferences.language
    spoken = language if language in campaign.words else ENGLISH
    words = campaign.words[spoken]
    known = circles.Member(id=member.contact, facts=member.facts)
    to = circles.recipient(known, role(member.parts, organisation=member.facts.organisation))
    return NoticeRequested(
        notice_id=uuid5(campaign.id, str(member.contact)),
        notice_type=campaign.notice_type,
        subject=f"campaign:{campaign.id}",
        recipient=to.model_copy(update={"language": spoken}),
        facts={
            "qio_name": campaign.writer,
            "qio_phone": campaign.phone,
            **facts(campaign.notice_type, words),
        },
        due_at=now + _DUE,
        list_id=campaign.list_id,
        campaign=campaign.id,
    )
