"""The tables are total: what they lack is refused, every state is reached and left, nobody acts as the clock."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from services.complaints import handlers
from services.complaints.domain import engine, procedures
from services.complaints.domain.case import Case, Course, Facility, Sealed
from services.complaints.domain.look import Act
from services.complaints.domain.procedure import Actor, Procedure, Stage
from services.complaints.domain.refusal import Refusal
from shared.contracts.complaints import CaseType, Channel, ProviderType, RecordStep, Timeliness
from tests.complaints.cases import CASE, DESK, LATER, PATIENT_REFERENCE, party, utc

RECEIVED = utc("2026-07-01T15:00:00Z")
EVERY = tuple(procedures.PROCEDURES.values())
# What each command carries besides party, facts and circumstances; the others carry what a step needs.
CARRIED: Mapping[str, frozenset[str]] = {
    "assign": frozenset({"assigned"}),
    "decide": frozenset({"outcome", "answers", "words"}),
    "reconsider": frozenset({"party", "facts"}),
    "withdraw": frozenset(),
    "reopen": frozenset({"ground", "note"}),
}


def in_state(procedure: Procedure, state: str) -> Case:
    """A case with nothing but what opens it, put into a state."""
    facts = {name: dt.date(2026, 7, 1) for name in procedure.required}
    received = {procedure.received: RECEIVED} if procedure.received is not None else {}
    return Case(
        id=CASE,
        family=CASE,
        type=procedure.type,
        state=state,
        opened_at=RECEIVED,
        received_at=RECEIVED,
        channel=Channel.PHONE,
        timeliness=Timeliness.TIMELY,
        facility=Facility(
            ccn="140001",
            type=ProviderType.HOSPITAL,
            state="IL",
            zip_code=None,
            zone="America/Chicago",
            region="Region 5",
        ),
        course=Course(facts={**facts, **received}),
        sealed=Sealed(beneficiary=PATIENT_REFERENCE, parties=tuple(party(role) for role in procedure.parties)),
    )


def answered(case: Case, step: str) -> set[str]:
    """What the engine says to a bare step; anything but a refusal passes through."""
    try:
        engine.act(case, Act(step=step, at=RECEIVED, actor="staff@example.org"), DESK, LATER)
    except Refusal as refusal:
        return {reason.code for reason in refusal.reasons}
    return set()


@pytest.mark.parametrize("procedure", EVERY, ids=lambda procedure: procedure.type.value)
def test_every_step_in_every_state_is_in_the_table_or_refused_as_illegal(procedure: Procedure) -> None:
    wrong = []
    for state in procedure.states:
        case = in_state(procedure, state)
        for step in procedure.steps:
            refused = answered(case, step) == {"ILLEGAL_TRANSITION"}
            if refused is ((state, step) in procedure.table):
                wrong.append((state, step))
        assert answered(case, "no_such_step") == {"UNKNOWN_STEP"}
    assert wrong == []


def follows(procedure: Procedure, starts: Iterable[str]) -> set[str]:
    """Every state that can come after these, and these."""
    found, ahead = set(starts), list(starts)
    while ahead:
        state = ahead.pop()
        new = {after for (before, _), after in procedure.table.items() if before == state} - found
        found |= new
        ahead += new
    return found


@pytest.mark.parametrize("procedure", EVERY, ids=lambda procedure: procedure.type.value)
def test_every_state_is_reached_and_leads_to_an_end(procedure: Procedure) -> None:
    assert follows(procedure, [procedure.initial]) == set(procedure.states)
    endless = [state for state in procedure.states if not any(map(procedure.terminal, follows(procedure, [state])))]
    assert endless == []
    assert procedure.states[procedure.initial] is Stage.RECEIVED


@pytest.mark.parametrize("procedure", EVERY, ids=lambda procedure: procedure.type.value)
def test_nobody_takes_a_step_of_the_clock(procedure: Procedure) -> None:
    own = {name for name, step in procedure.steps.items() if step.actor is Actor.CLOCK}
    assert own == {*procedure.automatic, *procedure.lapses.values()}
    for state in procedure.states:
        case = in_state(procedure, state)
        for name in own:
            command = RecordStep(actor="staff@example.org", case_id=CASE, at=RECEIVED, step=name)
            with pytest.raises(Refusal) as refused:
                handlers._recorded(case, command)
            assert [reason.code for reason in refused.value.reasons] == ["CLOCKS_STEP"]


@pytest.mark.parametrize("procedure", EVERY, ids=lambda procedure: procedure.type.value)
def test_every_step_with_a_command_of_its_own_gets_all_it_needs_from_it(procedure: Procedure) -> None:
    short = [
        (command, name, need)
        for command, names in procedure.commands.items()
        for name in names
        for need in procedure.steps[name].needs
        if need.partition(".")[0] not in CARRIED[command]
    ]
    assert short == []


@pytest.mark.parametrize("procedure", EVERY, ids=lambda procedure: procedure.type.value)
def test_a_command_finds_its_step_in_every_state_in_which_the_table_has_one(procedure: Procedure) -> None:
    for command, names in procedure.commands.items():
        for state in procedure.states:
            there = [name for name in names if (state, name) in procedure.table]
            assert len(there) <= 1, (command, state, there)  # two would leave the second to nobody
            assert procedure.step_for(command, state) in (there or names)


def test_there_is_a_procedure_for_every_case_type() -> None:
    assert set(procedures.PROCEDURES) == set(CaseType)


def test_a_pair_that_leaves_the_table_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first test above fails when table and engine part ways."""
    procedure = procedures.of(CaseType.SANCTION)
    less = replace(procedure, table={key: to for key, to in procedure.table.items() if key[1] != "cap_met"})
    monkeypatch.setattr(procedures, "PROCEDURES", {**procedures.PROCEDURES, procedure.type: less})
    assert answered(in_state(less, "CAP_ACTIVE"), "cap_met") == {"ILLEGAL_TRANSITION"}
