"""The rules of invitations: alone, or by a campaign that invites each participant once."""

from collections.abc import Iterable
from typing import Final

from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.pipeline import eligibility, telling
from services.recruitment.domain.pipeline.collaboratives import COLLABORATIVES
from services.recruitment.domain.pipeline.eligibility import Wish
from services.recruitment.domain.pipeline.kinds import CAMPAIGN, ENGAGEMENT
from services.recruitment.domain.pipeline.moving import engagement_keys, move
from services.recruitment.domain.pipeline.stages import Action
from services.recruitment.domain.pipeline.state import Campaign, Engagement, engagement_id
from services.recruitment.domain.program import answering
from services.recruitment.domain.program.kinds import NETWORKS
from shared.contracts.recruitment.invitations import (
    CloseInvitationCampaign,
    InvitationCampaignClosed,
    InvitationCampaignStarted,
    StartInvitationCampaign,
)
from shared.contracts.recruitment.pipeline_commands import InviteParticipant
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def _start_keys(command: StartInvitationCampaign, ids: Ids) -> Iterable[str]:
    del command
    return (CAMPAIGN.key(str(ids("campaign"))),)


def start(command: StartInvitationCampaign, held: Held, asked: Asked) -> Decided | Against:
    """Start a campaign; nobody is invited yet."""
    del held
    collaborative = COLLABORATIVES.get(command.collaborative)
    found = [] if collaborative else [eligibility.unknown_collaborative(command.collaborative)]
    if collaborative is not None and command.started_on < collaborative.opens:
        text = f"{collaborative.code} began on {collaborative.opens}."
        found.append(Reason(code="BEFORE_PROGRAM", field="started_on", text=text, citation=collaborative.source))
    if command.started_on > eligibility.latest_today(None, asked.now):
        found.append(Reason(code="IN_THE_FUTURE", field="started_on", text="The day is in the future."))
    event = InvitationCampaignStarted(campaign=asked.new_id("campaign"), **command.model_dump())
    made = event.model_dump(mode="json", exclude={"actor"})
    return refused(found) or Decided(made, (event,))


def _close_keys(command: CloseInvitationCampaign, ids: Ids) -> Iterable[str]:
    del ids
    return (CAMPAIGN.key(str(command.campaign)),)


def close(command: CloseInvitationCampaign, held: Held, asked: Asked) -> Decided | Against:
    """End a campaign."""
    campaign = held.get(CAMPAIGN, str(command.campaign))
    found = list(_about_campaign(campaign))
    if campaign is not None and command.closed_on < campaign.started_on:
        text = f"The campaign started on {campaign.started_on}."
        found.append(Reason(code="BEFORE_CAMPAIGN", field="closed_on", text=text))
    if command.closed_on > eligibility.latest_today(None, asked.now):
        found.append(Reason(code="IN_THE_FUTURE", field="closed_on", text="The day is in the future."))
    event = InvitationCampaignClosed(**command.model_dump())
    made = {"campaign": str(command.campaign), "closed_on": command.closed_on.isoformat()}
    return refused(found) or Decided(made, (event,))


def _invite_keys(command: InviteParticipant, ids: Ids) -> Iterable[str]:
    del ids
    campaign = () if command.campaign is None else (CAMPAIGN.key(str(command.campaign)),)
    known = engagement_keys(command.participant, command.collaborative)
    return (*known, NETWORKS.key(command.participant), *campaign)


def invite(command: InviteParticipant, held: Held, asked: Asked) -> Decided | Against:
    """Invite a participant and have the letter sent; by a campaign once only."""
    engagement = held.get(ENGAGEMENT, engagement_id(command.participant, command.collaborative))
    if engagement is not None and _invited(command, engagement):
        return Decided(
            {
                "engagement": engagement_id(command.participant, command.collaborative),
                "participant": command.participant,
                "collaborative": command.collaborative,
                "stage": engagement.stage and engagement.stage.value,
                "campaign": str(command.campaign),
                "invited": False,
            }
        )
    campaign = held.get(CAMPAIGN, str(command.campaign)) if command.campaign else None
    wish = Wish(Action.INVITE, command.participant, command.collaborative, command.on, command.task)
    decided = move(
        wish, held, asked, campaign=command.campaign, wave=command.wave if command.campaign is not None else None
    )
    wrong = [
        *(_about_invitation(command, campaign) if command.campaign else ()),
        *eligibility.about_address(command.contact_email, "contact_email"),
    ]
    if isinstance(decided, Against) or wrong:
        return Against((*(decided.reasons if isinstance(decided, Against) else ()), *wrong))
    return _with_letter(command, campaign, decided, held, asked)


def _with_letter(
    command: InviteParticipant, campaign: Campaign | None, decided: Decided, held: Held, asked: Asked
) -> Decided:
    participant = held.get(PARTICIPANT, command.participant)
    assert participant is not None
    qin_qio = answering.improving(participant.state, command.on, held.get(NETWORKS, command.participant))
    facts = {**telling.in_words(command.collaborative, qin_qio), "invited_on": command.on.isoformat()}
    letter = telling.letter(
        (campaign.message if campaign else command.message).value,
        asked.new_id("invitation"),
        participant,
        facts,
        asked.now,
        name=command.contact_name,
        email=command.contact_email,
    )
    made = {**decided.made, "campaign": str(campaign.id) if campaign else None, "invited": True}
    return Decided(made, decided.events, (*decided.also, letter))


def _invited(command: InviteParticipant, engagement: Engagement) -> bool:
    return command.campaign is not None and any(step.campaign == command.campaign for step in engagement.steps)


def _about_invitation(command: InviteParticipant, campaign: Campaign | None) -> Iterable[Reason]:
    yield from _about_campaign(campaign)
    if campaign is None:
        return
    if campaign.collaborative != command.collaborative:
        text = f"The campaign invites into {campaign.collaborative}."
        yield Reason(code="CAMPAIGN_OF_OTHERS", field="campaign", text=text)
    if command.wave > campaign.waves:
        text = f"The campaign has {campaign.waves} waves."
        yield Reason(code="WAVE_UNKNOWN", field="wave", text=text)
    if command.on < campaign.started_on:
        text = f"The campaign started on {campaign.started_on}."
        yield Reason(code="BEFORE_CAMPAIGN", field="on", text=text)


def _about_campaign(campaign: Campaign | None) -> Iterable[Reason]:
    if campaign is None:
        yield Reason(code="CAMPAIGN_UNKNOWN", field="campaign", text="There is no such campaign.")
    elif campaign.closed_on is not None:
        text = f"The campaign was closed on {campaign.closed_on}."
        yield Reason(code="CAMPAIGN_CLOSED", field="campaign", text=text)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(StartInvitationCampaign, _start_keys, start),
    Rule(CloseInvitationCampaign, _close_keys, close),
    Rule(InviteParticipant, _invite_keys, invite),
)
