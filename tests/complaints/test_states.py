"""The table of transitions: total, without dead ends, and nothing happens outside it."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.complaints.domain import conclusion, filing, review
from services.complaints.domain.appeal import Appeal
from services.complaints.domain.states import TRANSITIONS, IllegalTransition, State, Trigger, move
from shared.contracts.complaints import How, Outcome, Party
from tests.complaints import cases
from tests.complaints.cases import LATER, utc, walk

AT = "2026-07-06T12:00:00-05:00"


@given(st.sampled_from(State), st.sampled_from(Trigger))
def test_every_pair_is_in_the_table_or_raises(state: State, trigger: Trigger) -> None:
    if (state, trigger) in TRANSITIONS:
        assert move(state, trigger) in State
    else:
        with pytest.raises(IllegalTransition):
            move(state, trigger)


def test_every_state_is_reached_and_only_a_closed_case_is_final() -> None:
    reached = {State.RECEIVED}
    while True:
        more = {after for (state, _), after in TRANSITIONS.items() if state in reached} - reached
        if not more:
            break
        reached |= more
    assert reached == set(State)
    final = {state for state in State if all(after is state for (s, _), after in TRANSITIONS.items() if s is state)}
    assert final == {State.CLOSED}


def in_state(state: State) -> Appeal:
    appeal = cases.opened()
    path: dict[State, tuple[Callable[[Appeal], object], ...]] = {
        State.AWAITING_INFORMATION: (cases.notified("2026-07-04T23:50:00-05:00"),),
        State.INFORMATION_COMPLETE: (cases.informed("2026-07-05T10:15:00-05:00"),),
        State.IN_REVIEW: cases.guarded("2026-07-06T09:00:00-05:00"),
        State.DETERMINED: (cases.decided("2026-07-06T10:00:00-05:00"),),
        State.NOTIFIED: (
            *cases.everyone_told("2026-07-06T10:30:00-05:00"),
            *cases.lettered("2026-07-06T10:40:00-05:00"),
        ),
        State.CLOSED: (lambda a: conclusion.time_passed(a, utc("2026-07-08T00:00:00Z")),),
    }
    if state is State.WITHDRAWN:
        return walk(appeal, lambda a: review.withdrawn(a, utc(AT), LATER))
    for reached, steps in path.items():
        if appeal.state is state:
            break
        appeal = walk(appeal, *steps)  # type: ignore[arg-type]
        assert appeal.state is reached
    return appeal


STEPS: dict[Trigger, Callable[[Appeal], object]] = {
    Trigger.HOSPITAL_NOTIFIED: cases.notified(AT),
    Trigger.INFORMATION_RECEIVED: cases.informed(AT, complete=False),
    Trigger.VIEWS_SOLICITED: lambda a: review.views_solicited(a, utc(AT), LATER),
    Trigger.EXPLANATION_OFFERED: lambda a: review.explanation_offered(a, utc(AT), LATER),
    Trigger.VALIDITY_FOUND: lambda a: review.validity_found(a, utc(AT), valid=True, now=LATER),
    Trigger.REVIEWER_ASSIGNED: lambda a: review.reviewer_assigned(a, utc(AT), cases.REVIEWER, attested=True, now=LATER),
    Trigger.DETERMINED: cases.decided(AT),
    Trigger.PARTY_NOTIFIED: lambda a: conclusion.party_notified(a, Party.HOSPITAL, How.PHONE, utc(AT), LATER),
    Trigger.WITHDRAWN: lambda a: review.withdrawn(a, utc(AT), LATER),
    Trigger.JOINED: lambda a: filing.join(a, a.filing),
}


@pytest.mark.parametrize("trigger", STEPS)
@pytest.mark.parametrize("state", State)
def test_no_step_goes_round_the_table(state: State, trigger: Trigger) -> None:
    appeal = in_state(state)
    if (state, trigger) in TRANSITIONS:
        try:
            STEPS[trigger](appeal)
        except IllegalTransition:
            pytest.fail("the step refuses what the table allows")
        except ValueError:
            pass  # a guard of its own, tested where the guards are
    else:
        with pytest.raises(IllegalTransition):
            STEPS[trigger](appeal)


def test_a_withdrawn_case_runs_no_clock_and_may_be_filed_again() -> None:
    withdrawn = in_state(State.WITHDRAWN)
    assert not any(deadline.open for deadline in withdrawn.deadlines)
    again = filing.open_case(withdrawn.id, withdrawn.filing, withdrawn.confidential, LATER, withdrawn).appeal
    assert again.state is State.RECEIVED
    assert len({deadline.id for deadline in again.deadlines}) == len(again.deadlines) == 2


def test_a_case_in_the_patients_favour_closes_without_a_window() -> None:
    appeal = walk(
        in_state(State.IN_REVIEW),
        cases.decided(AT, Outcome.OVERTURNED),
        *cases.everyone_told(AT),
        *cases.lettered(AT),
    )
    assert appeal.state is State.CLOSED
    assert conclusion.liability(appeal) is None
