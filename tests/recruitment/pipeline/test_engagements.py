"""Engagements: who may take which step on which day, what is kept of it, and who hears."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.recruitment.domain.pipeline import collaboratives
from services.recruitment.domain.pipeline.stages import ENDING, Action
from shared.contracts.notifications import NoticeRequested
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.participant_terms import WhyClosed, WhyMerged
from shared.contracts.recruitment.participants import ParticipantClosed, ParticipantMerged
from shared.contracts.recruitment.pipeline import (
    EngagementMoved,
    FacilityJoined,
    FacilityLeft,
    FacilityRecruited,
    FacilityWithdrew,
)
from shared.contracts.recruitment.pipeline_commands import EnrollFacility
from shared.contracts.recruitment.steps import Stage
from tests.recruitment.desk import Desk
from tests.recruitment.pipeline.cast import (
    HOME,
    HOSPITAL,
    PRACTICE,
    TODAY,
    desk,
    engagement,
    listed,
    of_ours,
    of_ours_again,
    step,
)
from tests.recruitment.support import enroll

CLOSED = ParticipantClosed(participant=HOME, on=dt.date(2015, 3, 1), reason=WhyClosed.BY_ITS_OWNER, actor="t")
MERGED = ParticipantMerged(participant=HOME, into="225010", on=TODAY, reason=WhyMerged.CONSOLIDATED, actor="t")


def said(at: Desk, *kinds: type) -> list[Any]:
    return [emit.event for emit in at.said if isinstance(emit.event, kinds)]


def test_a_home_goes_the_whole_way_with_reasons_agreement_and_days() -> None:
    at = desk()
    at.done(step(Action.IDENTIFY, on="2015-01-05", reason="First of the targets."))
    at.done(step(Action.INVITE, on="2015-01-12"))
    at.done(step(Action.TAKE_INTEREST, on="2015-01-20"))
    at.done(step(Action.COMMIT, on="2015-02-02", task="C.2"))
    at.done(step(Action.ENROLL, on="2015-02-09", task="C.2"))
    at.done(step(Action.ACTIVATE, on="2015-03-03", reason="Came to the first session."))
    held = engagement(at)
    assert [(one.stage, one.since.isoformat()) for one in held.steps] == [
        (Stage.IDENTIFIED, "2015-01-05"),
        (Stage.INVITED, "2015-01-12"),
        (Stage.INTERESTED, "2015-01-20"),
        (Stage.COMMITTED, "2015-02-02"),
        (Stage.RECRUITED, "2015-02-09"),
        (Stage.ACTIVE, "2015-03-03"),
    ]
    assert held.steps[0].reason == "First of the targets."
    assert held.agreement is not None
    assert (held.agreement.version, held.agreement.signed_on.isoformat()) == ("2015-1", "2015-02-02")
    assert (held.task, held.recruited_on, held.qin_qio) == (
        "C.2",
        dt.date(2015, 2, 9),
        "New England QIN (Healthcentric Advisors)",
    )
    assert of_ours_again(at) == of_ours(at)


def test_a_member_that_withdraws_is_none_any_more_and_everyone_hears_it_coarsely_in_public() -> None:
    at = desk()
    membership = at.done(enroll(recruited_on="2015-02-09"))["membership_id"]
    at.done(step(Action.WITHDRAW, on="2015-03-02", reason="The administrator left."))
    assert (engagement(at).membership_id, engagement(at).recruited_on) == (None, None)
    (withdrew,) = said(at, FacilityWithdrew)
    assert (str(withdrew.membership_id), withdrew.withdrew_on, withdrew.in_error) == (
        membership,
        dt.date(2015, 3, 2),
        False,
    )
    (left,) = said(at, FacilityLeft)
    assert (left.ccn, left.month) == (HOME, "2015-03")
    assert "administrator" not in left.model_dump_json()


def test_one_that_had_only_committed_leaves_without_anyone_hearing_of_a_membership() -> None:
    at = desk()
    at.done(step(Action.COMMIT))
    at.done(step(Action.WITHDRAW))
    assert said(at, FacilityWithdrew, FacilityLeft, FacilityRecruited) == []
    assert engagement(at).agreement is None


def test_one_that_comes_back_is_a_member_anew() -> None:
    at = desk()
    first = at.done(enroll(recruited_on="2015-01-05"))["membership_id"]
    at.done(step(Action.WITHDRAW, on="2015-02-02"))
    at.done(step(Action.RECONSIDER, on="2015-02-20", reason="A new administrator asked."))
    assert engagement(at).stage is Stage.INTERESTED
    second = at.done(enroll(recruited_on="2015-03-02"))["membership_id"]
    assert first != second
    assert [one.month for one in said(at, FacilityJoined)] == ["2015-01", "2015-03"]
    assert of_ours_again(at) == of_ours(at)


def test_a_graduate_stays_counted_as_a_member() -> None:
    at = desk()
    membership = at.done(enroll())["membership_id"]
    at.done(step(Action.ACTIVATE))
    at.done(step(Action.GRADUATE))
    assert str(engagement(at).membership_id) == membership
    assert said(at, FacilityLeft) == []


def test_one_participant_takes_part_in_several_collaboratives() -> None:
    at = desk()
    at.done(enroll())
    at.done(step(Action.IDENTIFY, collaborative="PSPC"))
    assert engagement(at).stage is Stage.RECRUITED
    assert engagement(at, collaborative="PSPC").stage is Stage.IDENTIFIED


def test_a_practice_is_recruited_and_welcomed_and_partners_hear_nothing() -> None:
    at = desk()
    made = at.done(step(Action.ENROLL, PRACTICE, "CARDIAC", contact_email="desk@practice.example"))
    assert made["qin_qio"] == "New England QIN (Healthcentric Advisors)"
    assert said(at, FacilityRecruited, FacilityJoined) == []
    (welcome,) = said(at, NoticeRequested)
    assert (welcome.notice_type, welcome.subject) == ("WELCOME", PRACTICE)


def test_both_ways_to_recruit_a_facility_do_the_same() -> None:
    short, long = desk(), desk()
    short.done(enroll())
    long.done(step(Action.ENROLL))
    assert [type(emit.event) for emit in short.said] == [type(emit.event) for emit in long.said]
    assert engagement(short).membership_id is not None
    assert engagement(short) == engagement(long)


@settings(max_examples=40, deadline=None)
@given(st.none() | st.integers(1, 5), st.booleans(), st.sampled_from(["MA", "FL", "GU"]))
def test_no_rating_ever_refuses(rating: int | None, special_focus: bool, state: str) -> None:
    at = Desk().has(listed(overall_rating=rating, special_focus=special_focus, state=state))
    for action in (Action.IDENTIFY, Action.INVITE, Action.TAKE_INTEREST, Action.COMMIT, Action.ENROLL, Action.ACTIVATE):
        at.done(step(action))


@pytest.mark.parametrize("action", [one for one in Action if one not in ENDING])
def test_a_hospital_cannot_take_a_step_into_the_nursing_home_collaborative(action: Action) -> None:
    assert desk().refused(step(action, HOSPITAL))[0] == ("SETTING_NOT_ELIGIBLE", "participant")
    desk().done(step(Action.IDENTIFY, HOSPITAL, "CUSP"))


@pytest.mark.parametrize(
    ("action", "fields", "expected"),
    [
        (Action.IDENTIFY, {"participant": "999999"}, [("FACILITY_UNKNOWN", "participant")]),
        (Action.IDENTIFY, {"collaborative": "CHOIR"}, [("COLLABORATIVE_UNKNOWN", "collaborative")]),
        (Action.INVITE, {"on": "2011-07-31"}, [("BEFORE_PROGRAM", "on")]),
        (Action.TAKE_INTEREST, {"on": "2015-03-07"}, [("IN_THE_FUTURE", "on")]),
        (Action.COMMIT, {"on": "2015-03-07"}, [("IN_THE_FUTURE", "agreement.signed_on")]),
        (Action.COMMIT, {"on": "2014-07-31", "task": "C.2"}, [("BEFORE_STATEMENT", "task")]),
        (Action.ENROLL, {"task": "nursing-homes"}, [("STATEMENT_ENDED", "task")]),
        (Action.ENROLL, {"task": "C.3"}, [("TASK_OF_OTHERS", "task")]),
        (Action.ENROLL, {"task": "Z.9"}, [("TASK_UNKNOWN", "task")]),
        (Action.ENROLL, {"contact_email": "at home"}, [("EMAIL_INVALID", "contact_email")]),
        (Action.INVITE, {"contact_email": "at home"}, [("EMAIL_INVALID", "contact_email")]),
        (
            Action.INVITE,
            {"participant": "999999", "collaborative": "CHOIR", "contact_email": "@", "on": "2016-01-01"},
            [
                ("FACILITY_UNKNOWN", "participant"),
                ("COLLABORATIVE_UNKNOWN", "collaborative"),
                ("IN_THE_FUTURE", "on"),
                ("EMAIL_INVALID", "contact_email"),
            ],
        ),
    ],
)
def test_every_reason_to_refuse_is_named_with_its_field(
    action: Action, fields: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert desk().refused(step(action, **fields)) == expected


def test_work_for_a_statement_that_ended_is_refused_between_the_contracts_and_after_them() -> None:
    at = desk(now=dt.datetime(2019, 9, 2, 15, tzinfo=dt.UTC))
    assert at.refused(step(Action.ENROLL, on="2019-09-01", task="C.2")) == [("BETWEEN_CONTRACTS", "task")]
    at = desk(now=dt.datetime(2020, 9, 2, 15, tzinfo=dt.UTC))
    assert at.refused(step(Action.ENROLL, on="2020-09-01", task="C.2")) == [("STATEMENT_ENDED", "task")]


@pytest.mark.parametrize(("happened", "code"), [(CLOSED, "FACILITY_CLOSED"), (MERGED, "FACILITY_MERGED")])
def test_a_participant_that_closed_or_merged_begins_nothing_and_may_still_leave(happened: Any, code: str) -> None:
    at = desk()
    at.done(enroll(recruited_on="2015-02-02"))
    at.has(happened)
    assert at.refused(step(Action.ACTIVATE)) == [(code, "participant")]
    assert at.refused(step(Action.IDENTIFY, collaborative="PSPC")) == [(code, "participant")]
    at.done(step(Action.WITHDRAW))


def test_a_collaborative_takes_in_nobody_after_its_last_day_and_its_members_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = desk()
    at.done(enroll(recruited_on="2015-02-02"))
    ended = replace(collaboratives.COLLABORATIVES["NNHQCC"], closes=dt.date(2015, 2, 28))
    monkeypatch.setitem(collaboratives.COLLABORATIVES, "NNHQCC", ended)
    at.done(step(Action.WITHDRAW, on="2015-03-02"))
    assert at.refused(step(Action.RECONSIDER)) == [("COLLABORATIVE_CLOSED", "on")]


def test_a_step_cannot_be_before_the_one_it_follows() -> None:
    at = desk()
    at.done(step(Action.INVITE, on="2015-03-02"))
    assert at.refused(step(Action.TAKE_INTEREST, on="2015-03-01")) == [("OUT_OF_ORDER", "on")]
    at.done(step(Action.TAKE_INTEREST, on="2015-03-02"))


def test_leaving_declining_and_coming_back_need_a_reason() -> None:
    for action in (Action.WITHDRAW, Action.DECLINE, Action.RECONSIDER):
        with pytest.raises(ValueError, match="reason"):
            step(action, reason=None)


def test_the_same_command_makes_the_same_ids() -> None:
    first, again = desk(), desk()
    command = EnrollFacility.model_validate(enroll().model_dump())
    assert first.ask(command) == again.ask(command)


def test_what_the_pipeline_says_names_no_contact() -> None:
    at = desk()
    at.done(step(Action.INVITE, contact_name="Ida Oakhanger", contact_email="ida@home.example"))
    at.done(step(Action.ENROLL, contact_name="Ida Oakhanger", contact_email="ida@home.example"))
    for event in said(at, EngagementMoved, FacilityRecruited, FacilityJoined):
        assert "ida" not in event.model_dump_json().lower()


def test_every_collaborative_has_settings_tasks_and_a_source() -> None:
    for one in collaboratives.COLLABORATIVES.values():
        assert one.settings <= frozenset(Setting)
        assert one.tasks
        assert "August 2011 to July 2014" in one.source
