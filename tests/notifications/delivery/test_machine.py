"""The states of a notice: one table, every way out known, nothing dropped."""

from itertools import product

import pytest

from services.notifications.domain.notice import MACHINE, Action, State
from services.notifications.repository.reading import _GROUPS

BEGINNINGS = {State.QUEUED, State.AWAITING, State.FAILED, State.TASK, State.STOPPED, State.GATHERED, State.HELD}


@pytest.mark.parametrize(("state", "action"), list(product(State, Action)))
def test_every_action_in_every_state_leads_somewhere_or_is_refused_with_what_is_possible(
    state: State, action: Action
) -> None:
    after = MACHINE.after(state, action)
    reason = MACHINE.reason_against(state, action)
    assert (after is None) != (reason is None)
    if reason is not None:
        assert reason.code == "STATE"


def test_every_state_can_be_reached() -> None:
    reached = set(BEGINNINGS)
    while True:
        more = {after for (before, _), after in MACHINE.table.items() if before in reached} - reached
        if not more:
            break
        reached |= more
    assert reached == set(State)


def test_only_a_stopped_notice_is_at_its_end_and_only_what_was_sent_may_come_back() -> None:
    assert [state for state in State if not MACHINE.possible(state)] == [State.STOPPED]
    assert {state for state in State if MACHINE.after(state, Action.RETURN)} == {
        State.SENT,
        State.AWAITING,
        State.HELD,
    }


def test_what_is_under_way_by_a_worker_cannot_be_taken_back() -> None:
    assert MACHINE.after(State.SENDING, Action.STOP) is None
    assert MACHINE.after(State.SENT, Action.STOP) is None


def test_every_state_is_counted() -> None:
    assert set(_GROUPS) == set(State)
