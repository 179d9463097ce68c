"""The rules of campaigns: what may be sent to whom, approved by a second person, started, held and stopped."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from services.notifications.domain.audiences.recipients import PUBLIC
from services.notifications.domain.campaigns import invitations
from services.notifications.domain.campaigns.kinds import CAMPAIGN
from services.notifications.domain.campaigns.reading import grade
from services.notifications.domain.campaigns.stages import next_at
from services.notifications.domain.campaigns.state import MACHINE, Action, Campaign
from shared.contracts.notifications.campaigns import (
    ApproveCampaign,
    CampaignApproved,
    CampaignPaused,
    CampaignPrepared,
    CampaignResumed,
    CampaignStarted,
    CampaignStopped,
    PauseCampaign,
    PrepareCampaign,
    ResumeCampaign,
    StartCampaign,
    StopCampaign,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against, refused

# Of the template languages that letters, mail programs and authors use.
_MARKS: Final = re.compile(r"\{\{|\{%|\{#|<%|\$\{|%\w+%")
_About = ApproveCampaign | StartCampaign | PauseCampaign | ResumeCampaign | StopCampaign


def _new(command: PrepareCampaign, ids: Ids) -> Iterable[str]:
    del command
    return (CAMPAIGN.key(str(ids("campaign"))),)


def _known(command: _About, ids: Ids) -> Iterable[str]:
    del ids
    return (CAMPAIGN.key(str(command.campaign)),)


def prepare(command: PrepareCampaign, held: Held, asked: Asked) -> Decided | Against:
    """Keep a campaign; nothing is sent yet."""
    del held
    campaign = asked.new_id("campaign")
    plan = {name: getattr(command, name) for name in PrepareCampaign.model_fields if name != "actor"}
    event = CampaignPrepared(campaign=campaign, actor=asked.actor, prepared_at=asked.now, **plan)
    made = {
        "campaign": str(campaign),
        "name": command.name,
        "stages": len(command.stages),
        "grades": {language: grade(words, language) for language, words in sorted(command.words.items())},
    }
    return refused(_about(command, asked)) or Decided(made, (event,))


def _about(command: PrepareCampaign, asked: Asked) -> Iterator[Reason]:
    if "en" not in command.words:
        yield Reason(code="WORDS_MISSING", field="words", text="English words are missing.")
    meant = frozenset(command.audience.parts)
    if "es" not in command.words and (not meant or meant & PUBLIC):
        text = "Residents, families, caregivers or beneficiaries may be among them: Spanish words are missing."
        yield Reason(code="WORDS_MISSING", field="words", text=text)
    for language, words in sorted(command.words.items()):
        if any(map(_MARKS.search, (words.title, words.text, words.how_to_join or ""))):
            text = "The words are sent as they are; people would read the marks of a template."
            yield Reason(code="TEMPLATE_MARKS", field=f"words.{language}", text=text)
        elif not words.text.strip() or not words.title.strip():
            yield Reason(code="WORDS_MISSING", field=f"words.{language}", text="There are only blanks.")
    yield from invitations.reasons_against(command)
    yield from _about_stages(command)
    if command.ends_at is not None and command.ends_at <= asked.now:
        yield Reason(code="IN_THE_PAST", field="ends_at", text="The end is past.")
    if command.ends_at is not None and command.starts_at is not None and command.ends_at <= command.starts_at:
        yield Reason(code="DATES_OUT_OF_ORDER", field="ends_at", text="The end is not after the start.")


def _about_stages(command: PrepareCampaign) -> Iterator[Reason]:
    percent = sum(stage.percent or 0 for stage in command.stages)
    if percent > 100:
        yield Reason(code="TOO_MUCH", field="stages", text=f"The stages add up to {percent} percent.")
    kinds = {stage.percent is None for stage in command.stages}
    if len(kinds) > 1:
        text = "Stages are either all percentages or all numbers."
        yield Reason(code="STAGES_MIXED", field="stages", text=text)


def approve(command: ApproveCampaign, held: Held, asked: Asked) -> Decided | Against:
    """Let a campaign go, as somebody else than who prepared it."""
    campaign = held.get(CAMPAIGN, str(command.campaign))
    found = list(_impossible(campaign, Action.APPROVE))
    if campaign is not None and campaign.prepared_by == asked.actor:
        text = "Who prepared a campaign cannot approve it; a second person must."
        found.append(Reason(code="SAME_PERSON", field="actor", text=text))
    event = CampaignApproved(campaign=command.campaign, actor=asked.actor)
    return refused(found) or Decided(_made(campaign, Action.APPROVE), (event,))


def start(command: StartCampaign, held: Held, asked: Asked) -> Decided | Against:
    """Let the first stage follow, now or at its time."""
    campaign = held.get(CAMPAIGN, str(command.campaign))
    found = list(_impossible(campaign, Action.START))
    if campaign is None or found:
        return Against(tuple(found))
    if campaign.ends_at is not None and campaign.ends_at <= asked.now:
        return against("TIME_OVER", "campaign", "The end of the campaign is past. Prepare it anew.")
    first = next_at(campaign, 0, max(asked.now, campaign.starts_at or asked.now))
    event = CampaignStarted(campaign=command.campaign, actor=asked.actor, next_at=first)
    return Decided({**_made(campaign, Action.START), "next_at": first.isoformat()}, (event,))


def pause(command: PauseCampaign, held: Held, asked: Asked) -> Decided | Against:
    """Hold a running campaign."""
    event = CampaignPaused(campaign=command.campaign, actor=asked.actor)
    return _moved(command, held, Action.PAUSE, event)


def resume(command: ResumeCampaign, held: Held, asked: Asked) -> Decided | Against:
    """Go on with a campaign that was held."""
    event = CampaignResumed(campaign=command.campaign, actor=asked.actor)
    return _moved(command, held, Action.RESUME, event)


def stop(command: StopCampaign, held: Held, asked: Asked) -> Decided | Against:
    """End a campaign for good."""
    event = CampaignStopped(campaign=command.campaign, actor=asked.actor, reason=command.reason, stopped_at=asked.now)
    return _moved(command, held, Action.STOP, event)


def _moved(
    command: _About, held: Held, action: Action, event: CampaignPaused | CampaignResumed | CampaignStopped
) -> Decided | Against:
    campaign = held.get(CAMPAIGN, str(command.campaign))
    return refused(_impossible(campaign, action)) or Decided(_made(campaign, action), (event,))


def _impossible(campaign: Campaign | None, action: Action) -> Iterator[Reason]:
    if campaign is None:
        yield Reason(code="CAMPAIGN_UNKNOWN", field="campaign", text="There is no such campaign.")
    elif reason := MACHINE.reason_against(campaign.state, action, "campaign"):
        yield reason


def _made(campaign: Campaign | None, action: Action) -> dict[str, object]:
    assert campaign is not None
    after = MACHINE.table[campaign.state, action]
    return {"campaign": str(campaign.id), "name": campaign.name, "state": after.value, "requested": campaign.requested}


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(PrepareCampaign, _new, prepare),
    Rule(ApproveCampaign, _known, approve),
    Rule(StartCampaign, _known, start),
    Rule(PauseCampaign, _known, pause),
    Rule(ResumeCampaign, _known, resume),
    Rule(StopCampaign, _known, stop),
)
