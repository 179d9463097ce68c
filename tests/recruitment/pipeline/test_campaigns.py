"""Campaigns: each participant is invited once, by letter, and moved to invited."""

import datetime as dt
from typing import Any

import pytest

from services.recruitment.domain.pipeline.kinds import CAMPAIGN
from services.recruitment.domain.pipeline.stages import Action
from shared.contracts.notifications import NoticeRequested
from shared.contracts.recruitment.invitations import CloseInvitationCampaign, StartInvitationCampaign
from shared.contracts.recruitment.steps import Stage
from tests.notifications.support import LETTERS
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.pipeline.cast import HOME, desk, engagement, listed, of_ours, of_ours_again, step
from tests.recruitment.pipeline.test_engagements import said

SECOND = "225010"


def start(**fields: Any) -> StartInvitationCampaign:
    plain = {"actor": "t", "name": "One-Star homes first", "collaborative": "NNHQCC", "started_on": "2015-03-02"}
    return StartInvitationCampaign.model_validate({**plain, **fields})


def close(campaign: str, **fields: Any) -> CloseInvitationCampaign:
    plain = {"actor": "t", "campaign": campaign, "closed_on": "2015-03-06"}
    return CloseInvitationCampaign.model_validate({**plain, **fields})


def started(**fields: Any) -> tuple[Desk, str]:
    at = desk(listed(SECOND))
    return at, at.done(start(**fields))["campaign"]


def test_a_campaign_invites_moves_to_invited_and_has_its_own_letter_sent() -> None:
    at, campaign = started(message="INVITATION_REMINDER", waves=2)
    made = at.done(
        step(Action.INVITE, campaign=campaign, wave=2, contact_name="Ida Oakhanger", contact_email="ida@home.example")
    )
    assert (made["invited"], made["stage"], made["campaign"]) == (True, "INVITED", campaign)
    last = engagement(at).steps[-1]
    assert (last.stage, str(last.campaign), last.wave) == (Stage.INVITED, campaign, 2)
    (asked,) = said(at, NoticeRequested)
    assert (asked.notice_type, asked.recipient.email) == ("INVITATION_REMINDER", "ida@home.example")
    assert asked.due_at == NOW + dt.timedelta(days=3)
    text = " ".join(LETTERS.write(asked.notice_type, asked.recipient, asked.facts).text.split())
    assert "Willowbrook Manor" in text
    assert "National Nursing Home Quality Care Collaborative" in text
    assert "New England QIN" in text
    assert of_ours_again(at) == of_ours(at)


def test_inviting_again_by_the_same_campaign_does_nothing() -> None:
    at, campaign = started()
    at.done(step(Action.INVITE, campaign=campaign))
    before, told = dict(at.records), len(at.said)
    assert at.done(step(Action.INVITE, campaign=campaign))["invited"] is False
    at.done(step(Action.TAKE_INTEREST))
    assert at.done(step(Action.INVITE, campaign=campaign))["stage"] == "INTERESTED"
    assert len(said(at, NoticeRequested)) == 1
    assert len(at.said) == told + 1
    assert at.records.keys() == before.keys()


def test_another_campaign_may_invite_who_has_not_answered_and_nobody_who_has() -> None:
    at, first = started()
    second = at.done(start(name="A second time"))["campaign"]
    for home in (HOME, SECOND):
        at.done(step(Action.INVITE, home, campaign=first))
    at.done(step(Action.DECLINE, SECOND))
    at.done(step(Action.INVITE, campaign=second))
    assert at.refused(step(Action.INVITE, SECOND, campaign=second)) == [("STATE", "collaborative")]


def test_an_invitation_of_one_needs_no_campaign() -> None:
    at = desk()
    made = at.done(step(Action.INVITE))
    assert (made["campaign"], made["invited"]) == (None, True)
    assert engagement(at).steps[-1].wave is None
    (asked,) = said(at, NoticeRequested)
    assert (asked.notice_type, asked.recipient.name) == ("INVITATION", "Willowbrook Manor")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"collaborative": "CHOIR"}, [("COLLABORATIVE_UNKNOWN", "collaborative")]),
        ({"started_on": "2011-07-31"}, [("BEFORE_PROGRAM", "started_on")]),
        ({"started_on": "2015-03-07"}, [("IN_THE_FUTURE", "started_on")]),
    ],
)
def test_a_campaign_that_cannot_be_is_refused(fields: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert desk().refused(start(**fields)) == expected


def test_an_invitation_that_does_not_fit_its_campaign_is_refused_with_every_reason() -> None:
    at, campaign = started()
    unknown = "00000000-0000-4000-8000-000000000000"
    assert at.refused(step(Action.INVITE, campaign=unknown)) == [("CAMPAIGN_UNKNOWN", "campaign")]
    assert at.refused(step(Action.INVITE, campaign=campaign, collaborative="PSPC", wave=2, on="2015-03-01")) == [
        ("CAMPAIGN_OF_OTHERS", "campaign"),
        ("WAVE_UNKNOWN", "wave"),
        ("BEFORE_CAMPAIGN", "on"),
    ]


def test_a_closed_campaign_invites_nobody_and_answers_still_count() -> None:
    at, campaign = started()
    at.done(step(Action.INVITE, campaign=campaign))
    assert at.refused(close(campaign, closed_on="2015-03-01")) == [("BEFORE_CAMPAIGN", "closed_on")]
    assert at.refused(close(campaign, closed_on="2015-03-07")) == [("IN_THE_FUTURE", "closed_on")]
    at.done(close(campaign, reason="Everyone was asked."))
    assert at.held(CAMPAIGN, campaign).closed_on == dt.date(2015, 3, 6)
    assert at.refused(step(Action.INVITE, SECOND, campaign=campaign)) == [("CAMPAIGN_CLOSED", "campaign")]
    assert at.refused(close(campaign)) == [("CAMPAIGN_CLOSED", "campaign")]
    assert at.refused(close("00000000-0000-4000-8000-000000000000")) == [("CAMPAIGN_UNKNOWN", "campaign")]
    at.done(step(Action.TAKE_INTEREST))
    assert of_ours_again(at) == of_ours(at)


def test_the_same_commands_make_the_same_campaign_and_letters() -> None:
    told = []
    for _ in range(2):
        at, campaign = started()
        at.done(step(Action.INVITE, campaign=campaign))
        told.append(at.said)
    assert told[0] == told[1]
