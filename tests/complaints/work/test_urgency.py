"""Escalation at 50, 75 and 90 percent of the time allowed; who answers when nobody is at work."""

import datetime as dt
from uuid import UUID

import pytest

from services.complaints.domain.reviewers.roster import Need, Shift
from services.complaints.domain.work.standby import answering
from services.complaints.domain.work.urgency import escalation
from shared.contracts.reviewers import Profession
from tests.complaints.cases import utc

START, DUE = utc("2026-07-05T00:00:00+00:00"), utc("2026-07-05T10:00:00+00:00")


@pytest.mark.parametrize(
    ("at", "level"),
    [
        ("04:59:59", 0),
        ("05:00:00", 50),
        ("07:29:59", 50),
        ("07:30:00", 75),
        ("09:00:00", 90),
        ("10:00:00", 90),
        ("10:00:00.9", 90),  # clocks count whole seconds: an act now would still be in time
        ("10:00:01", 100),
    ],
)
def test_work_is_escalated_at_each_limit_and_late_once_its_second_is_over(at: str, level: int) -> None:
    assert escalation(START, DUE, utc(f"2026-07-05T{at}+00:00")) == level


def test_an_act_due_at_once_is_late_at_once_and_divides_by_nothing() -> None:
    assert escalation(START, START, START) == 90
    assert escalation(START, START, START + dt.timedelta(seconds=1)) == 100


def shift(number: int, start: str, end: str, profession: Profession = Profession.MD) -> Shift:
    day = "2026-07-05T{}+00:00"
    who = UUID(int=number)
    return Shift(who, who, utc(day.format(start)), utc(day.format(end)), frozenset({"IL"}), profession)


ILLINOIS = Need("IL", Profession.MD)


def test_who_is_on_call_when_a_decision_is_due_answers_for_it() -> None:
    shifts = (shift(1, "00:00:00", "06:00:00"), shift(2, "06:00:00", "12:00:00"))
    assert [one.id.int for one in answering(shifts, ILLINOIS, START, DUE)] == [2]


def test_where_nobody_is_on_call_then_the_last_before_answers() -> None:
    shifts = (shift(1, "00:00:00", "02:00:00"), shift(2, "02:00:00", "06:00:00"))
    assert [one.id.int for one in answering(shifts, ILLINOIS, START, DUE)] == [2]


def test_a_shift_that_is_over_or_of_another_profession_or_state_answers_for_nothing() -> None:
    shifts = (shift(1, "00:00:00", "02:00:00"), shift(2, "06:00:00", "12:00:00", Profession.NURSE))
    assert answering(shifts, ILLINOIS, utc("2026-07-05T03:00:00+00:00"), DUE) == ()
    assert answering(shifts, Need("TX", Profession.MD), START, DUE) == ()
