"""Pledges: kept in part or whole, broken after their day, withdrawn; amounts as they were given."""

import datetime as dt

import pytest

from services.recruitment.domain.interventions.pledges import MACHINE, PLEDGE, Step
from shared.contracts.message import Command
from shared.contracts.recruitment.pledges import (
    DeclarePledgeBroken,
    PledgeReported,
    PledgeStatus,
    RecordPledge,
    RecordPledgeKept,
    WithdrawPledge,
)
from tests.recruitment.desk import Desk
from tests.recruitment.interventions.cast import AGING, HOME, STRANGER, again, command, desk, ended, left


def pledge(**fields: object) -> Command:
    plain = {"coalition": "cambridge", "participant": AGING, "kind": "MONEY", "amount": 500_000}
    days = {"pledged_on": "2014-10-01", "due_on": "2014-12-31"}
    return command(RecordPledge, what="for coaches", **{**plain, **days, **fields})


def kept(at: str, amount: int, on: str = "2015-01-05", **fields: object) -> Command:
    return command(RecordPledgeKept, pledge=at, kept=amount, on=on, **fields)


def broken(at: str, on: str = "2015-01-05") -> Command:
    return command(DeclarePledgeBroken, pledge=at, on=on, reason="budget cut")


def withdraw(at: str, on: str = "2015-01-05") -> Command:
    return command(WithdrawPledge, pledge=at, on=on, reason="budget cut")


def pledged(**fields: object) -> tuple[Desk, str]:
    at = desk()
    return at, str(at.done(pledge(**fields))["pledge"])


def test_a_pledge_is_kept_in_parts_and_corrected_with_a_reason() -> None:
    at, name = pledged()
    assert at.done(kept(name, 200_000, "2014-11-01"))["status"] == PledgeStatus.PARTLY_KEPT
    assert at.done(kept(name, 500_000, "2014-12-01"))["status"] == PledgeStatus.KEPT
    assert at.refused(kept(name, 400_000)) == [("ALREADY_RECORDED", "because")]
    assert at.done(kept(name, 400_000, because="a cheque bounced"))["status"] == PledgeStatus.PARTLY_KEPT
    last = at.said[-1].event
    assert isinstance(last, PledgeReported)
    assert (last.kept, last.because) == (400_000, "a cheque bounced")
    assert again(at) == at.records


def test_the_same_amount_again_says_nothing() -> None:
    at, name = pledged()
    at.done(kept(name, 7))
    before = len(at.said)
    at.done(kept(name, 7))
    assert len(at.said) == before


def test_a_pledge_breaks_only_after_its_day_and_keeps_what_was_given() -> None:
    at, name = pledged()
    at.done(kept(name, 100, "2014-12-30"))
    assert at.refused(broken(name, "2014-12-31")) == [("NOT_YET_DUE", "on")]
    at.done(broken(name, "2015-01-01"))
    held = at.held(PLEDGE, name)
    assert (held.status, held.kept, held.since) == (PledgeStatus.BROKEN, 100, dt.date(2015, 1, 1))
    assert at.done(kept(name, 100, "2015-02-01"))["status"] == PledgeStatus.PARTLY_KEPT
    assert again(at) == at.records


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"coalition": "boston"}, [("COALITION_UNKNOWN", "coalition")]),
        ({"participant": STRANGER}, [("NOT_A_MEMBER", "participant")]),
        ({"due_on": "2014-09-30"}, [("OUT_OF_ORDER", "due_on")]),
        ({"pledged_on": "2015-03-08", "due_on": "2015-04-01"}, [("IN_THE_FUTURE", "pledged_on")]),
        ({"pledged_on": "2014-08-31"}, [("BEFORE_COALITION", "pledged_on"), ("NOT_A_MEMBER", "participant")]),
    ],
)
def test_a_pledge_is_refused_for_every_reason_there_is(
    fields: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert desk().refused(pledge(**fields)) == expected


def test_who_has_left_or_whose_coalition_has_ended_pledges_nothing() -> None:
    gone = desk(left(HOME, dt.date(2014, 10, 1)))
    assert gone.refused(pledge(participant=HOME)) == [("NOT_A_MEMBER", "participant")]
    gone.done(pledge(participant=HOME, pledged_on="2014-09-30"))
    over = desk(ended(dt.date(2014, 10, 1)))
    assert over.refused(pledge()) == [("COALITION_ENDED", "pledged_on")]


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_and_less_cannot_be_pledged(amount: int) -> None:
    with pytest.raises(ValueError, match="greater than"):
        pledge(amount=amount)


def test_days_before_the_last_that_is_recorded_or_to_come_are_refused() -> None:
    at, name = pledged()
    at.done(kept(name, 5, "2014-11-01"))
    assert at.refused(kept(name, 6, "2014-10-31")) == [("OUT_OF_ORDER", "on")]
    assert at.refused(withdraw(name, "2015-03-08")) == [("IN_THE_FUTURE", "on")]


_WAYS: dict[PledgeStatus, list[str]] = {
    PledgeStatus.OPEN: [],
    PledgeStatus.PARTLY_KEPT: ["part"],
    PledgeStatus.KEPT: ["all"],
    PledgeStatus.BROKEN: ["part", "break"],
    PledgeStatus.WITHDRAWN: ["withdraw"],
}


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("status", PledgeStatus)
def test_every_step_from_every_status_is_in_the_table_or_refused(status: PledgeStatus, step: Step) -> None:
    at, name = pledged()
    way = {"part": kept(name, 10), "all": kept(name, 500_000), "break": broken(name), "withdraw": withdraw(name)}
    for one in _WAYS[status]:
        at.done(way[one])
    asked = {
        Step.KEEP_NONE: kept(name, 0, because="never came"),
        Step.KEEP_PART: kept(name, 20, because="less came"),
        Step.KEEP_ALL: kept(name, 600_000),
        Step.BREAK: broken(name),
        Step.WITHDRAW: withdraw(name),
    }[step]
    after = MACHINE.after(status, step)
    if after is not None:
        at.done(asked)
        assert at.held(PLEDGE, name).status is after
    elif (status, step) == (PledgeStatus.OPEN, Step.KEEP_NONE):
        before = len(at.said)
        at.done(asked)  # nothing had been given: that holds already
        assert len(at.said) == before
    else:
        assert at.refused(asked) == [("STATE", "pledge")]


@pytest.mark.parametrize("asked", [kept, broken, withdraw], ids=lambda one: one.__name__)
def test_an_unknown_pledge_is_said_to_be_none(asked: object) -> None:
    name = "cambridge.000000000000"
    one = kept(name, 1) if asked is kept else broken(name) if asked is broken else withdraw(name)
    assert desk().refused(one) == [("PLEDGE_UNKNOWN", "pledge")]
