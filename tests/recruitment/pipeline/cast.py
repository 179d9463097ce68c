"""Participants of several settings, and the commands that move them, for tests of the pipeline."""

import datetime as dt
from typing import Any

from services.recruitment.domain.pipeline.kinds import ENGAGEMENT
from services.recruitment.domain.pipeline.stages import Action
from services.recruitment.domain.pipeline.state import Engagement, engagement_id
from shared.contracts.message import Command, Event
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.participants import FacilityListed, ParticipantRegistered
from shared.contracts.recruitment.pipeline_commands import (
    ActivateParticipant,
    CommitParticipant,
    CorrectEngagement,
    DeclineParticipation,
    GraduateParticipant,
    IdentifyParticipant,
    InviteParticipant,
    ReconsiderParticipation,
    RecordInterest,
    RecruitParticipant,
    WithdrawParticipant,
)
from tests.recruitment.desk import NOW, Desk

HOME, HOSPITAL, PRACTICE = "225009", "220001", "npi:1234567893"
TODAY = dt.date(2015, 3, 6)

COMMANDS: dict[Action, type[Command]] = {
    Action.IDENTIFY: IdentifyParticipant,
    Action.INVITE: InviteParticipant,
    Action.TAKE_INTEREST: RecordInterest,
    Action.COMMIT: CommitParticipant,
    Action.ENROLL: RecruitParticipant,
    Action.ACTIVATE: ActivateParticipant,
    Action.GRADUATE: GraduateParticipant,
    Action.WITHDRAW: WithdrawParticipant,
    Action.DECLINE: DeclineParticipation,
    Action.RECONSIDER: ReconsiderParticipation,
}
_NEED_REASON = {Action.WITHDRAW, Action.DECLINE, Action.RECONSIDER}


def listed(ccn: str = HOME, setting: Setting = Setting.NURSING_HOME, **fields: Any) -> FacilityListed:
    """A facility that a list tells of."""
    plain = {"name": "Willowbrook Manor", "state": "MA", "zip_code": "02139", "qin_qio": "UNKNOWN", "as_of": TODAY}
    return FacilityListed.model_validate({**plain, "ccn": ccn, "setting": setting, **fields})


def registered(participant: str = PRACTICE, setting: Setting = Setting.PHYSICIAN_PRACTICE) -> ParticipantRegistered:
    """A participant that staff registered."""
    return ParticipantRegistered(
        participant=participant,
        setting=setting,
        name="Oak Street Family Practice",
        state="MA",
        zip_code="02139",
        qin_qio="UNKNOWN",
    )


def desk(*events: Event, now: dt.datetime = NOW) -> Desk:
    """A desk that knows a nursing home, a hospital and a practice."""
    return Desk(now).has(listed(), listed(HOSPITAL, Setting.HOSPITAL), registered(), *events)


def step(action: Action, participant: str = HOME, collaborative: str = "NNHQCC", **fields: Any) -> Command:
    """The command of an action that would be accepted in its stage."""
    given: dict[str, Any] = {"actor": "t", "participant": participant, "collaborative": collaborative}
    if action is Action.COMMIT:
        on = fields.pop("on", TODAY)
        given["agreement"] = {"signed_on": on, "signed_by": "ADMINISTRATOR", "version": "2015-1"}
    else:
        given["on"] = TODAY
    if action in _NEED_REASON:
        given["reason"] = "They told us so."
    return COMMANDS[action].model_validate({**given, **fields})


def correct(number: int, on: str | None = None, **fields: Any) -> CorrectEngagement:
    """A command to correct a step of the home."""
    plain = {"actor": "t", "participant": HOME, "collaborative": "NNHQCC", "reason": "Typed wrongly."}
    return CorrectEngagement.model_validate({**plain, "step": number, "on": on, **fields})


def engagement(at: Desk, participant: str = HOME, collaborative: str = "NNHQCC") -> Engagement:
    """How far a participant has come."""
    return at.held(ENGAGEMENT, engagement_id(participant, collaborative))


def of_ours(at: Desk) -> dict[str, Any]:
    """Records of the pipeline among all."""
    return {key: one for key, one in at.records.items() if not key.startswith("participant:")}


def of_ours_again(at: Desk) -> dict[str, Any]:
    """The same, made once more from what was said."""
    return {key: one for key, one in at.again().items() if not key.startswith("participant:")}
