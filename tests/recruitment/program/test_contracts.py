"""Contracts: awarded within a statement of work, changed in three ways, and as they were on any day."""

import datetime as dt

import pytest

from services.recruitment.domain.program.machines import CONTRACT, ContractAction
from services.recruitment.domain.program.state import ContractStage
from services.recruitment.domain.program.timeline import as_of
from shared.contracts.message import Command
from shared.contracts.recruitment.qio_contracts import ChangeKind
from tests.recruitment.desk import Desk
from tests.recruitment.program.asking import NOW, award, change, close, contract_of, desk, require

NEXT = "HHSM-500-2017-QIN02"


def test_a_contract_is_held_as_awarded_with_its_source() -> None:
    at = desk()
    held = contract_of(at)
    assert (held.qio, held.states, held.source) == ("Telligen", ("CO", "IA", "IL"), "award of 18 July 2014")
    assert held.stage is ContractStage.OPEN
    assert at.again() == at.records


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"statement": 14}, [("STATEMENT_UNKNOWN", "statement")]),
        ({"role": "STATE-QIO"}, [("ROLE_NOT_IN_STATEMENT", "role")]),
        ({"statement": 10}, [("ROLE_NOT_IN_STATEMENT", "role")]),
        ({"ends_on": "2019-08-01"}, [("STATEMENT_ENDED", "ends_on")]),
        ({"starts_on": "2014-07-31"}, [("BEFORE_STATEMENT", "starts_on")]),
        ({"starts_on": "2016-01-02", "ends_on": "2016-01-01"}, [("END_BEFORE_START", "ends_on")]),
        ({"states": ["IL", "ZZ"]}, [("STATE_UNKNOWN", "states[1]")]),
        ({"states": ["IL", "CO", "IL"]}, [("STATE_REPEATED", "states[2]")]),
        ({"states": ["IL"]}, [("NETWORK_SIZE", "states")]),
        ({"states": ["IL", "CO", "IA", "OH", "MI", "WI", "MN"]}, [("NETWORK_SIZE", "states")]),
        ({"tasks": [{"key": "B.9"}]}, [("TASK_UNKNOWN", "tasks[0]")]),
        ({"tasks": [{"key": "C.2"}, {"key": "C.2"}]}, [("TASK_REPEATED", "tasks[1]")]),
        ({"replaces": "HHSM-500-2011-X"}, [("REASON_MISSING", "reason"), ("CONTRACT_UNKNOWN", "replaces")]),
        ({"reason": "because"}, [("NOTHING_REPLACED", "reason")]),
        (
            {"states": ["ZZ", "IL", "CO"], "ends_on": "2020-01-01", "tasks": [{"key": "Z"}]},
            [("STATE_UNKNOWN", "states[0]"), ("STATEMENT_ENDED", "ends_on"), ("TASK_UNKNOWN", "tasks[0]")],
        ),
    ],
)
def test_every_reason_against_an_award_is_named(
    fields: dict[str, object], expected: list[tuple[str, str | None]]
) -> None:
    assert Desk(NOW).refused(award(**fields)) == expected


def test_a_number_is_taken_once() -> None:
    assert desk().refused(award()) == [("CONTRACT_EXISTS", "contract")]


def test_the_pacific_territories_count_with_hawaii() -> None:
    at = Desk(NOW)
    at.done(award(states=["AK", "HI", "MT", "WY", "GU", "AS", "MP"]))
    assert len(contract_of(at).states) == 7


def test_until_july_2014_a_contract_is_for_one_state() -> None:
    fields = {"role": "STATE-QIO", "statement": 10, "starts_on": "2011-08-01", "ends_on": "2014-07-31"}
    fields |= {"tasks": [{"key": "nursing-homes"}]}
    assert Desk(NOW).refused(award(**fields, states=["IL", "IA"])) == [("ONE_STATE", "states")]
    Desk(NOW).done(award(**fields, states=["PR"]))


def test_a_task_that_no_source_of_ours_names_comes_with_its_title() -> None:
    at = Desk(NOW)
    at.done(award(tasks=[{"key": "B.2", "title": "Everyone with diabetes counts"}]))
    assert [task.title for task in contract_of(at).tasks] == ["Everyone with diabetes counts"]


@pytest.mark.parametrize("kind", ChangeKind)
def test_a_change_holds_from_its_effective_day_and_the_state_before_stays_askable(kind: ChangeKind) -> None:
    at = desk()
    at.done(
        change(
            kind=kind,
            effective_on="2016-01-01",
            ends_on="2018-12-31",
            add_states=["OH"],
            drop_states=["CO"],
            add_tasks=[{"key": "A.1"}],
            drop_tasks=["C.3"],
        )
    )
    before = as_of(contract_of(at), dt.date(2015, 12, 31))
    after = as_of(contract_of(at), dt.date(2016, 1, 1))
    assert before is not None
    assert after is not None
    assert (before.states, before.ends_on, before.changes) == (("CO", "IA", "IL"), dt.date(2019, 7, 31), 0)
    assert (after.states, after.ends_on, after.changes) == (("IA", "IL", "OH"), dt.date(2018, 12, 31), 1)
    assert [task.key for task in after.tasks] == ["C.2", "A.1"]
    assert contract_of(at).changes[0].kind is kind
    assert at.again() == at.records


def test_a_change_recorded_late_counts_from_its_effective_day() -> None:
    at = desk()
    at.done(change(effective_on="2017-01-01", add_states=["OH"]))
    at.done(change(effective_on="2016-01-01", drop_states=["CO"], kind="AMENDMENT"))
    by_day = [as_of(contract_of(at), dt.date(year, 6, 1)) for year in (2015, 2016, 2017)]
    assert [one.states for one in by_day if one] == [("CO", "IA", "IL"), ("IA", "IL"), ("IA", "IL", "OH")]


def test_before_its_first_day_there_is_no_contract_and_after_its_last_it_is_not_in_force() -> None:
    held = contract_of(desk())
    assert as_of(held, dt.date(2014, 7, 31)) is None
    last, after = as_of(held, dt.date(2019, 7, 31)), as_of(held, dt.date(2019, 8, 1))
    assert last is not None
    assert after is not None
    assert (last.in_force, after.in_force) == (True, False)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"effective_on": "2014-07-31"}, [("BEFORE_CONTRACT", "effective_on")]),
        ({"effective_on": "2019-08-01"}, [("AFTER_CONTRACT", "effective_on")]),
        ({"ends_on": "2019-10-01"}, [("STATEMENT_ENDED", "ends_on")]),
        ({"ends_on": "2015-12-31"}, [("TOO_EARLY", "ends_on")]),
        ({"add_states": ["IL"]}, [("STATE_HELD", "add_states[0]")]),
        ({"add_states": ["ZZ"]}, [("STATE_UNKNOWN", "add_states[0]")]),
        ({"drop_states": ["OH"]}, [("STATE_NOT_HELD", "drop_states[0]")]),
        ({"drop_states": ["IL", "IA"]}, [("NETWORK_SIZE", "drop_states")]),
        ({"drop_states": ["IL", "IA", "CO"]}, [("NO_STATE", "drop_states")]),
        ({"drop_tasks": ["C.2", "C.3"]}, [("NO_TASK", "drop_tasks")]),
        ({"add_tasks": [{"key": "B.9"}]}, [("TASK_UNKNOWN", "add_tasks[0]")]),
        (
            {"due_dates": [{"deliverable": "none", "due_on": "2016-01-01"}]},
            [("DELIVERABLE_UNKNOWN", "due_dates[0]")],
        ),
    ],
)
def test_every_reason_against_a_change_is_named(
    fields: dict[str, object], expected: list[tuple[str, str | None]]
) -> None:
    assert desk().refused(change(**fields)) == expected


def test_the_end_cannot_be_set_before_a_change_that_takes_effect_later() -> None:
    at = desk()
    at.done(change(effective_on="2018-01-01"))
    assert at.refused(change(effective_on="2016-01-01", ends_on="2017-06-30")) == [("LATER_CHANGE", "ends_on")]


def test_a_backdated_change_leaves_no_later_day_without_enough_states_or_tasks() -> None:
    at = desk()
    at.done(change(effective_on="2018-01-01", drop_states=["CO"], drop_tasks=["C.2"]))
    assert at.refused(change(effective_on="2016-01-01", drop_states=["IL"], drop_tasks=["C.3"])) == [
        ("NETWORK_SIZE", "drop_states"),
        ("NO_TASK", "drop_tasks"),
    ]


def test_an_unknown_contract_can_neither_be_changed_nor_closed() -> None:
    assert Desk(NOW).refused(change()) == [("CONTRACT_UNKNOWN", "contract")]
    assert Desk(NOW).refused(close()) == [("CONTRACT_UNKNOWN", "contract")]


def test_a_new_contract_ends_the_one_before_the_day_before_it_begins() -> None:
    at = desk()
    made = at.done(award(contract=NEXT, starts_on="2017-01-01", replaces=contract_of(at).id, reason="merger"))
    assert made["replaced_ended_on"] == "2016-12-31"
    old = contract_of(at)
    assert old.stage is ContractStage.REPLACED
    assert old.ending is not None
    assert (old.ending.by, old.ending.ended_on) == (NEXT, dt.date(2016, 12, 31))
    then = as_of(old, dt.date(2017, 1, 1))
    assert then is not None
    assert not then.in_force
    assert at.again() == at.records


def test_a_contract_that_had_run_out_keeps_its_last_day_when_another_follows() -> None:
    at = desk()
    follower = award(
        contract=NEXT,
        statement=12,
        tasks=[{"key": "X", "title": "as the contract says"}],
        starts_on="2019-12-01",
        ends_on="2024-10-31",
        replaces=contract_of(at).id,
        reason="12th statement of work",
    )
    assert at.done(follower)["replaced_ended_on"] == "2019-07-31"


def test_a_new_contract_begins_after_the_one_it_replaces_and_has_its_role() -> None:
    at = desk()
    wrong = award(contract=NEXT, role="BFCC-QIO", replaces=contract_of(at).id, reason="merger")
    assert at.refused(wrong) == [("OTHER_ROLE", "role"), ("BEFORE_CONTRACT", "starts_on")]


@pytest.mark.parametrize(
    ("ended_on", "expected"),
    [("2014-07-31", [("TOO_EARLY", "ended_on")]), ("2019-08-01", [("AFTER_CONTRACT", "ended_on")])],
)
def test_a_contract_ends_between_its_first_and_its_last_day(ended_on: str, expected: list[tuple[str, str]]) -> None:
    assert desk().refused(close(ended_on=ended_on)) == expected


def _in(stage: ContractStage) -> Desk:
    at = desk()
    if stage is ContractStage.CLOSED:
        at.done(close())
    if stage is ContractStage.REPLACED:
        at.done(award(contract=NEXT, starts_on="2017-01-01", replaces=contract_of(at).id, reason="merger"))
    return at


_ASKING: dict[ContractAction, Command] = {
    ContractAction.CHANGE: change(),
    ContractAction.EXTEND_ITS_LISTS: require(),
    ContractAction.REPLACE: award(
        contract="HHSM-500-2018-QIN03", starts_on="2018-01-01", replaces="HHSM-500-2014-QIN01", reason="again"
    ),
    ContractAction.CLOSE: close(ended_on="2016-05-01"),
}


@pytest.mark.parametrize("stage", ContractStage)
@pytest.mark.parametrize("action", ContractAction)
def test_the_machine_of_contracts_is_total(stage: ContractStage, action: ContractAction) -> None:
    at = _in(stage)
    if CONTRACT.after(stage, action) is None:
        assert "STATE" in [code for code, _ in at.refused(_ASKING[action])]
    else:
        at.done(_ASKING[action])
        assert contract_of(at).stage is CONTRACT.after(stage, action)
    assert at.again() == at.records
