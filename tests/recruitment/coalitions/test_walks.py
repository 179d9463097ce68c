"""Any walk of commands leaves a coalition with a member and one holder of a seat, made again from its events."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.recruitment.domain.coalitions.equipment import ItemState
from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.coalitions.state import MACHINE, Action, Coalition, Standing
from shared.contracts.message import Command
from shared.contracts.recruitment.coalition_terms import Item, Role
from shared.messaging.handling import Accepted, Refused
from tests.recruitment.coalitions.cast import (
    PLACE,
    SETTINGS,
    choose,
    desk,
    end,
    form,
    formed,
    join,
    leave,
    plan,
    rebuilt,
    record,
    reopen,
    seat,
)

days = st.dates(dt.date(2014, 11, 25), dt.date(2015, 3, 6)).map(str)
who = st.sampled_from(sorted(SETTINGS))
roles = st.sampled_from([role.value for role in Role])
items = st.sampled_from(list(Item))
moves = st.one_of(
    st.builds(lambda day: form(formed_on=day), days),
    st.builds(lambda one, day, role: join(one, day, role=role), who, days, roles),
    st.builds(leave, who, days),
    st.builds(seat, who, roles, days),
    st.builds(record, items, days),
    st.builds(reopen, items, days),
    st.builds(lambda aim: choose(target=aim, reason="Why not"), st.sampled_from(("11", "12"))),
    st.builds(plan),
    st.builds(end, days),
)


def holds(found: Coalition) -> None:
    present = found.present()
    if found.standing is Standing.FORMED:
        assert any(one.role is not Role.CONVENER for one in present)
    for role in (Role.LEAD, Role.PATIENT_PARTNER):
        assert sum(one.role is role for one in present) <= 1
    holder = found.holder(Role.PATIENT_PARTNER)
    assert found.patient_seat.holder == (holder.participant if holder else None)
    assert (found.equipped_on is not None) == (not found.missing())
    if found.infrastructure[Item.LEAD].state is ItemState.DONE:
        assert found.holder(Role.LEAD) is not None
    for one in found.members.values():
        assert one.joined_on <= one.role_since <= (one.left_on or one.role_since)
        assert found.formed_on <= one.joined_on


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(moves, max_size=25))
def test_any_walk_keeps_the_coalition_whole(walk: list[Command]) -> None:
    at = desk()
    for command in (form(), *walk):
        before = dict(at.records)
        if isinstance(at.ask(command), Refused):
            assert at.records == before
        holds(at.held(COALITION, PLACE))
    assert rebuilt(at)


def test_the_states_of_a_coalition_are_total_through_real_commands() -> None:
    commands: dict[Action, Command] = {
        Action.FORM: form(formed_on="2015-02-10"),
        Action.CHANGE_MEMBERS: join(),
        Action.CHANGE_INFRASTRUCTURE: record(Item.CHARTER),
        Action.CHANGE_AIMS: choose(),
        Action.END: end(),
    }
    assert commands.keys() == set(Action)
    for state in Standing:
        for action, command in commands.items():
            at = formed()
            if state is Standing.ENDED:
                at.done(end("2015-02-10"))
            answer = at.ask(command)
            after = MACHINE.after(state, action)
            if after is None:
                assert isinstance(answer, Refused)
                assert [reason.code for reason in answer.reasons] == ["STATE"] or action is Action.FORM
                assert "STATE" in [reason.code for reason in answer.reasons]
            else:
                assert isinstance(answer, Accepted), answer
                assert at.held(COALITION, PLACE).standing is after
