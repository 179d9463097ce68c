"""Who may prepare, approve, start, hold and stop a campaign, and with which words."""

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from services.notifications.domain.campaigns.kinds import CAMPAIGN
from services.notifications.domain.campaigns.sending import portion, time_over
from services.notifications.domain.campaigns.state import MACHINE, Action, Campaign, State
from shared.contracts.message import Command
from shared.contracts.notifications.campaigns import (
    ApproveCampaign,
    PauseCampaign,
    ResumeCampaign,
    StartCampaign,
    StopCampaign,
)
from shared.messaging.handling import Accepted, Emit
from tests.notifications.campaigns.asking import ENGLISH, SPANISH, hours, members, prepare, running
from tests.notifications.desk import NOW, Desk

UNKNOWN = UUID(int=7)


def held(desk: Desk, campaign: UUID) -> Campaign:
    return desk.held(CAMPAIGN, str(campaign))


def happened(desk: Desk, campaign: UUID, count: int) -> None:
    """Let a part of the stage be sent to so many contacts, as the worker does."""
    events = portion(held(desk, campaign), count, members(count), desk.now, more=False).happened
    desk.said += [Emit("t", str(campaign), event) for event in events]
    desk.has(*events)


def test_nobody_approves_what_they_prepared_themselves() -> None:
    desk = Desk()
    campaign = UUID(desk.done(prepare(actor="ann"))["campaign"])
    assert desk.refused(ApproveCampaign(actor="ann", campaign=campaign)) == [("SAME_PERSON", "actor")]
    assert desk.refused(StartCampaign(actor="bob", campaign=campaign)) == [("STATE", "campaign")]
    desk.done(ApproveCampaign(actor="bob", campaign=campaign))
    desk.done(StartCampaign(actor="ann", campaign=campaign))
    assert held(desk, campaign).approved_by == "bob"
    assert desk.again() == desk.records


def test_what_the_public_may_get_has_words_in_english_and_spanish() -> None:
    desk = Desk()
    assert desk.refused(prepare(words={"en": ENGLISH})) == [("WORDS_MISSING", "words")]
    families = {"parts": ["FAMILY", "OWNER"]}
    assert desk.refused(prepare(words={"en": ENGLISH}, audience=families)) == [("WORDS_MISSING", "words")]
    assert desk.refused(prepare(words={"es": SPANISH}, audience=families)) == [("WORDS_MISSING", "words")]
    desk.done(prepare(words={"en": ENGLISH}, audience={"parts": ["OWNER", "FRONTLINE"]}))


@pytest.mark.parametrize("mark", ["{{ name }}", "{% if x %}", "{# x #}", "<%= x %>", "${name}", "%NAME%"])
def test_marks_of_templates_that_people_would_read_are_refused(mark: str) -> None:
    words = {"en": {"title": "Falls", "text": f"Dear {mark}, keep the floor dry."}, "es": SPANISH}
    assert Desk().refused(prepare(words=words)) == [("TEMPLATE_MARKS", "words.en")]


def test_figures_with_a_percent_sign_are_words() -> None:
    Desk().done(prepare(words={"en": {"title": "Falls", "text": "Now 50% of homes, then 60% of all."}, "es": SPANISH}))


def test_the_grade_of_the_words_is_shown() -> None:
    plain = Desk().done(prepare())["grades"]
    hard_words = "Implementation of multidisciplinary interventions necessitates organizational collaboration."
    hard = Desk().done(prepare(words={"en": {"title": "Falls", "text": hard_words}, "es": SPANISH}))["grades"]
    assert plain["en"] < 6
    assert hard["en"] > 12
    assert plain["es"] < 8


@pytest.mark.parametrize(
    ("stages", "code"),
    [
        ([{"percent": 60}, {"percent": 50}], "TOO_MUCH"),
        ([{"percent": 60}, {"number": 50}], "STAGES_MIXED"),
    ],
)
def test_stages_that_do_not_fit_together_are_refused(stages: list[dict[str, int]], code: str) -> None:
    assert Desk().refused(prepare(stages=stages)) == [(code, "stages")]


def test_times_that_cannot_be_are_refused() -> None:
    desk = Desk()
    assert desk.refused(prepare(ends_at=NOW)) == [("IN_THE_PAST", "ends_at")]
    assert desk.refused(prepare(starts_at=hours(2), ends_at=hours(2))) == [("DATES_OUT_OF_ORDER", "ends_at")]


@pytest.mark.parametrize(
    "audience", [{}, {"state": ["MA"]}, {"states": ["ma"]}, {"parts": ["EVERYBODY"]}, {"measures": ["falls"]}]
)
def test_an_audience_that_is_everybody_or_not_understood_is_none(audience: dict[str, list[str]]) -> None:
    with pytest.raises(ValidationError):
        prepare(audience=audience)


def test_a_campaign_starts_at_its_time_after_the_waiting_time_of_its_first_stage() -> None:
    desk = Desk()
    stages = [{"percent": 10, "wait_hours": 2}, {"percent": 90}]
    assert held(desk, running(desk, stages=stages)).next_at == hours(2)
    assert held(desk, running(desk, stages=stages, starts_at=hours(5))).next_at == hours(7)
    assert held(desk, running(desk, starts_at=hours(-5))).next_at == NOW


def test_a_campaign_whose_end_is_past_cannot_be_started() -> None:
    desk = Desk()
    campaign = UUID(desk.done(prepare(ends_at=hours(1)))["campaign"])
    desk.done(ApproveCampaign(actor="bob", campaign=campaign))
    desk.now = hours(1)
    assert desk.refused(StartCampaign(actor="bob", campaign=campaign)) == [("TIME_OVER", "campaign")]


def commands(campaign: UUID, actor: str = "bob") -> dict[Action, Command]:
    about = {"actor": actor, "campaign": campaign}
    return {
        Action.APPROVE: ApproveCampaign.model_validate(about),
        Action.START: StartCampaign.model_validate(about),
        Action.PAUSE: PauseCampaign.model_validate(about),
        Action.RESUME: ResumeCampaign.model_validate(about),
        Action.STOP: StopCampaign.model_validate({**about, "reason": "no longer true"}),
    }


def in_state(state: State) -> tuple[Desk, UUID]:
    ways = {
        State.PREPARED: (),
        State.APPROVED: (Action.APPROVE,),
        State.RUNNING: (Action.APPROVE, Action.START),
        State.PAUSED: (Action.APPROVE, Action.START, Action.PAUSE),
        State.STOPPED: (Action.STOP,),
        State.FINISHED: (Action.APPROVE, Action.START),
    }
    desk = Desk()
    campaign = UUID(desk.done(prepare())["campaign"])
    for action in ways[state]:
        desk.done(commands(campaign)[action])
    if state is State.FINISHED:
        happened(desk, campaign, 1)
    return desk, campaign


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", [Action.APPROVE, Action.START, Action.PAUSE, Action.RESUME, Action.STOP])
def test_every_action_in_every_state_is_in_the_table_or_refused(state: State, action: Action) -> None:
    desk, campaign = in_state(state)
    assert held(desk, campaign).state is state
    after = MACHINE.after(state, action)
    if after is None:
        assert desk.refused(commands(campaign)[action]) == [("STATE", "campaign")]
    else:
        desk.done(commands(campaign)[action])
        assert held(desk, campaign).state is after
    assert desk.again() == desk.records


@pytest.mark.parametrize("action", [Action.APPROVE, Action.START, Action.PAUSE, Action.RESUME, Action.STOP])
def test_a_campaign_nobody_knows_is_refused(action: Action) -> None:
    assert Desk().refused(commands(UNKNOWN)[action]) == [("CAMPAIGN_UNKNOWN", "campaign")]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from([*Action]), st.sampled_from(["ann", "bob"]), st.integers(0, 30)), max_size=15)
)
def test_whatever_is_asked_in_whatever_order_the_record_follows_the_table_and_can_be_made_again(
    walk: list[tuple[Action, str, int]],
) -> None:
    desk = Desk()
    stages = [{"percent": 30, "wait_hours": 1}, {"percent": 30}, {"percent": 40}]
    campaign = UUID(desk.done(prepare(stages=stages))["campaign"])
    for action, actor, number in walk:
        before = held(desk, campaign)
        desk.now += dt.timedelta(minutes=20)
        if action is Action.SEND:
            if before.state is State.RUNNING:
                happened(desk, campaign, number)
        elif action is Action.FINISH:
            if before.state in (State.RUNNING, State.PAUSED):
                event = time_over(before, desk.now).happened[0]
                desk.said.append(Emit("t", str(campaign), event))
                desk.has(event)
        elif isinstance(desk.ask(commands(campaign, actor)[action]), Accepted):
            assert held(desk, campaign).state is MACHINE.after(before.state, action)
        else:
            assert held(desk, campaign) == before
        now = held(desk, campaign)
        assert now.approved_by != now.prepared_by
        assert (now.next_at is None) == (now.state not in (State.RUNNING, State.PAUSED))
    assert desk.again() == desk.records
