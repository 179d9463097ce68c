"""Organising: one-to-ones by role, an asset map within the community, commitments with a day."""

import datetime as dt

import pytest

from services.recruitment.domain.interventions.organising import (
    ASSET_MACHINE,
    COMMITMENT_MACHINE,
    AssetStep,
    CommitmentStep,
)
from services.recruitment.domain.interventions.organising_kinds import ASSET, COMMITMENT, AssetStatus
from shared.contracts.message import Command
from shared.contracts.recruitment.organising import (
    CommitmentStatus,
    CompleteCommitment,
    DropCommitment,
    OneToOneRecorded,
    RecordAsset,
    RecordCommitment,
    RecordOneToOne,
    RetireAsset,
)
from tests.recruitment.interventions.cast import HOME, STRANGER, again, command, desk, ended


def meet(**fields: object) -> Command:
    plain = {"coalition": "cambridge", "met_on": "2014-10-01", "organiser": "person:ida", "met_role": "FAITH_LEADER"}
    return command(RecordOneToOne, **{"interests": "rides to the clinic", **plain, **fields})


def asset(**fields: object) -> Command:
    plain = {"coalition": "cambridge", "name": "Church hall", "kind": "PLACE", "area": "zip:02139"}
    rest = {"opened_by": "parish office", "opened_by_member": HOME, "found_on": "2014-10-01"}
    return command(RecordAsset, **{**plain, **rest, **fields})


def retire(at: str, on: str = "2014-12-01") -> Command:
    return command(RetireAsset, asset=at, retired_on=on, reason="sold")


def commit(**fields: object) -> Command:
    plain = {"coalition": "cambridge", "team": "Transport", "what": "a timetable"}
    return command(RecordCommitment, **{**plain, "made_on": "2014-10-01", "due_on": "2014-11-01", **fields})


def done(at: str, on: str = "2014-12-01") -> Command:
    return command(CompleteCommitment, commitment=at, done_on=on)


def drop(at: str, on: str = "2014-12-01") -> Command:
    return command(DropCommitment, commitment=at, dropped_on=on, reason="no driver")


def test_a_one_to_one_says_a_role_and_no_name() -> None:
    at = desk()
    at.done(meet())
    assert "name" not in OneToOneRecorded.model_fields
    assert again(at) == at.records


def test_an_asset_is_on_the_map_until_it_is_retired() -> None:
    at = desk()
    name = str(at.done(asset())["asset"])
    assert at.held(ASSET, name).status is AssetStatus.ON_MAP
    assert at.refused(retire(name, "2014-09-30")) == [("OUT_OF_ORDER", "retired_on")]
    at.done(retire(name))
    assert at.held(ASSET, name).retired_on == dt.date(2014, 12, 1)
    assert at.refused(retire(name)) == [("STATE", "asset")]
    assert again(at) == at.records


def test_a_commitment_is_done_late_or_in_time_or_dropped() -> None:
    at = desk()
    first, second, third = (str(at.done(commit())["commitment"]) for _ in range(3))
    assert at.done(done(first, "2014-11-01"))["late"] is False
    assert at.done(done(second, "2014-11-02"))["late"] is True
    at.done(drop(third))
    assert at.held(COMMITMENT, third).reason == "no driver"
    assert again(at) == at.records


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (meet(coalition="boston"), [("COALITION_UNKNOWN", "coalition")]),
        (meet(organiser=f"participant:{STRANGER}"), [("NOT_A_MEMBER", "organiser")]),
        (meet(met_on="2015-03-08"), [("IN_THE_FUTURE", "met_on")]),
        (asset(area="zip:02141"), [("AREA_OUTSIDE", "area")]),
        (asset(opened_by_member=STRANGER), [("NOT_A_MEMBER", "opened_by_member")]),
        (asset(found_on="2014-08-01"), [("BEFORE_COALITION", "found_on"), ("NOT_A_MEMBER", "opened_by_member")]),
        (commit(due_on="2014-09-30"), [("OUT_OF_ORDER", "due_on")]),
        (commit(made_on="2015-03-08", due_on="2015-04-01"), [("IN_THE_FUTURE", "made_on")]),
        (retire("cambridge.000000000000"), [("ASSET_UNKNOWN", "asset")]),
        (done("cambridge.000000000000"), [("COMMITMENT_UNKNOWN", "commitment")]),
        (drop("cambridge.000000000000"), [("COMMITMENT_UNKNOWN", "commitment")]),
    ],
)
def test_what_cannot_be_is_refused_with_its_reasons(asked: Command, expected: list[tuple[str, str]]) -> None:
    assert desk().refused(asked) == expected


def test_an_ended_coalition_organises_nothing() -> None:
    over = desk(ended(dt.date(2014, 10, 1)))
    for asked, field in ((meet(), "met_on"), (asset(), "found_on"), (commit(), "made_on")):
        assert over.refused(asked) == [("COALITION_ENDED", field)]


@pytest.mark.parametrize("step", CommitmentStep)
@pytest.mark.parametrize("status", CommitmentStatus)
def test_every_step_from_every_status_is_in_the_table_or_refused(
    status: CommitmentStatus, step: CommitmentStep
) -> None:
    at = desk()
    name = str(at.done(commit())["commitment"])
    if status is not CommitmentStatus.OPEN:
        at.done(done(name) if status is CommitmentStatus.DONE else drop(name))
    asked = done(name) if step is CommitmentStep.COMPLETE else drop(name)
    if COMMITMENT_MACHINE.after(status, step) is None:
        assert at.refused(asked) == [("STATE", "commitment")]
    else:
        at.done(asked)
    assert set(ASSET_MACHINE.table) == {(AssetStatus.ON_MAP, AssetStep.RETIRE)}
