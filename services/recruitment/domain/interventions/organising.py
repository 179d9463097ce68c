"""Community organising: one-to-ones, the asset map, commitments of teams."""

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.coalitions.state import Coalition
from services.recruitment.domain.communities.kinds import COMMUNITY
from services.recruitment.domain.interventions.mentoring import not_serving, professional_keys
from services.recruitment.domain.interventions.organising_kinds import (
    ASSET,
    COMMITMENT,
    ONE_TO_ONE,
    AssetStatus,
    Commitment,
)
from services.recruitment.domain.interventions.standing import (
    beginning,
    gone,
    in_future,
    membership,
    too_early,
    unknown,
    work_id,
)
from services.recruitment.domain.participants.kinds import PARTICIPANT
from shared.contracts.recruitment.organising import (
    AssetRecorded,
    AssetRetired,
    CommitmentClosed,
    CommitmentRecorded,
    CommitmentStatus,
    CompleteCommitment,
    DropCommitment,
    OneToOneRecorded,
    RecordAsset,
    RecordCommitment,
    RecordOneToOne,
    RetireAsset,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused
from shared.records.machine import Machine


class AssetStep(StrEnum):
    """What can be done with an asset."""

    RETIRE = "RETIRE"


class CommitmentStep(StrEnum):
    """What can become of a commitment."""

    COMPLETE = "COMPLETE"
    DROP = "DROP"


ASSET_MACHINE: Final = Machine("the asset", {(AssetStatus.ON_MAP, AssetStep.RETIRE): AssetStatus.RETIRED})
COMMITMENT_MACHINE: Final = Machine(
    "the commitment",
    {
        (CommitmentStatus.OPEN, CommitmentStep.COMPLETE): CommitmentStatus.DONE,
        (CommitmentStatus.OPEN, CommitmentStep.DROP): CommitmentStatus.DROPPED,
    },
)


def _one_to_one_keys(command: RecordOneToOne, ids: Ids) -> Iterable[str]:
    yield COALITION.key(command.coalition)
    yield ONE_TO_ONE.key(work_id(command.coalition, ids("one_to_one")))
    yield from professional_keys(command.organiser)


def meet(command: RecordOneToOne, held: Held, asked: Asked) -> Decided | Against:
    """Record a one-to-one."""
    coalition = held.get(COALITION, command.coalition)
    reasons = [
        *_new(coalition, command.met_on, "met_on", asked),
        *not_serving(command.organiser, coalition, held, command.met_on, "organiser"),
    ]
    if against := refused(reasons):
        return against
    assert coalition is not None
    made = work_id(coalition.id, asked.new_id("one_to_one"))
    event = OneToOneRecorded(**command.model_dump(), one_to_one=made, number=coalition.number)
    return Decided({"one_to_one": made, "met_on": event.met_on.isoformat()}, (event,))


def _asset_keys(command: RecordAsset, ids: Ids) -> Iterable[str]:
    yield COALITION.key(command.coalition)
    yield COMMUNITY.key(command.coalition)
    yield ASSET.key(work_id(command.coalition, ids("asset")))
    if command.opened_by_member is not None:
        yield PARTICIPANT.key(command.opened_by_member)


def map_asset(command: RecordAsset, held: Held, asked: Asked) -> Decided | Against:
    """Put an asset on the map."""
    coalition = held.get(COALITION, command.coalition)
    community = held.get(COMMUNITY, command.coalition)
    reasons = [*_new(coalition, command.found_on, "found_on", asked)]
    if command.area is not None and community is not None and command.area not in community.areas:
        text = f"{command.area} is not an area of the community."
        reasons.append(Reason(code="AREA_OUTSIDE", field="area", text=text))
    if command.opened_by_member is not None:
        reasons += membership(coalition, command.opened_by_member, command.found_on, "opened_by_member")
        reasons += gone(held.get(PARTICIPANT, command.opened_by_member), command.found_on, "opened_by_member")
    if against := refused(reasons):
        return against
    assert coalition is not None
    made = work_id(coalition.id, asked.new_id("asset"))
    event = AssetRecorded(**command.model_dump(), asset=made, number=coalition.number)
    return Decided({"asset": made, "name": event.name}, (event,))


def _retire_keys(command: RetireAsset, ids: Ids) -> Iterable[str]:
    del ids
    yield ASSET.key(command.asset)


def retire(command: RetireAsset, held: Held, asked: Asked) -> Decided | Against:
    """Take an asset off the map."""
    found = held.get(ASSET, command.asset)
    if found is None:
        return unknown("asset")
    if impossible := ASSET_MACHINE.reason_against(found.status, AssetStep.RETIRE, "asset"):
        return Against((impossible,))
    reasons = [
        *too_early(command.retired_on, found.found_on, "retired_on", "the asset was found"),
        *in_future(command.retired_on, asked.now, "retired_on"),
    ]
    if against := refused(reasons):
        return against
    event = AssetRetired(**command.model_dump(), coalition=found.coalition)
    return Decided({"asset": found.id, "name": found.name}, (event,))


def _commitment_keys(command: RecordCommitment, ids: Ids) -> Iterable[str]:
    yield COALITION.key(command.coalition)
    yield COMMITMENT.key(work_id(command.coalition, ids("commitment")))


def commit(command: RecordCommitment, held: Held, asked: Asked) -> Decided | Against:
    """Record what a team commits to."""
    coalition = held.get(COALITION, command.coalition)
    reasons = [
        *_new(coalition, command.made_on, "made_on", asked),
        *too_early(command.due_on, command.made_on, "due_on", "the day it is made"),
    ]
    if against := refused(reasons):
        return against
    assert coalition is not None
    made = work_id(coalition.id, asked.new_id("commitment"))
    event = CommitmentRecorded(**command.model_dump(), commitment=made, number=coalition.number)
    return Decided({"commitment": made, "due_on": event.due_on.isoformat()}, (event,))


def _new(coalition: Coalition | None, day: dt.date, field: str, asked: Asked) -> Iterator[Reason]:
    yield from beginning(coalition, day, field)
    yield from in_future(day, asked.now, field)


def _closing_keys(command: CompleteCommitment | DropCommitment, ids: Ids) -> Iterable[str]:
    del ids
    yield COMMITMENT.key(command.commitment)


def complete(command: CompleteCommitment, held: Held, asked: Asked) -> Decided | Against:
    """Record that a commitment was done."""
    found = held.get(COMMITMENT, command.commitment)
    if found is None:
        return unknown("commitment")
    return _closed(found, CommitmentStep.COMPLETE, command.done_on, "done_on", None, asked)


def drop(command: DropCommitment, held: Held, asked: Asked) -> Decided | Against:
    """Record that a commitment will not be done."""
    found = held.get(COMMITMENT, command.commitment)
    if found is None:
        return unknown("commitment")
    return _closed(found, CommitmentStep.DROP, command.dropped_on, "dropped_on", command.reason, asked)


def _closed(
    found: Commitment, step: CommitmentStep, on: dt.date, field: str, reason: str | None, asked: Asked
) -> Decided | Against:
    if impossible := COMMITMENT_MACHINE.reason_against(found.status, step, "commitment"):
        return Against((impossible,))
    reasons = [*too_early(on, found.made_on, field, "the commitment was made"), *in_future(on, asked.now, field)]
    if against := refused(reasons):
        return against
    status = COMMITMENT_MACHINE.table[found.status, step]
    event = CommitmentClosed(
        commitment=found.id, coalition=found.coalition, status=status, on=on, reason=reason, actor=asked.actor
    )
    return Decided({"commitment": found.id, "status": status, "late": on > found.due_on}, (event,))


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(RecordOneToOne, _one_to_one_keys, meet),
    Rule(RecordAsset, _asset_keys, map_asset),
    Rule(RetireAsset, _retire_keys, retire),
    Rule(RecordCommitment, _commitment_keys, commit),
    Rule(CompleteCommitment, _closing_keys, complete),
    Rule(DropCommitment, _closing_keys, drop),
)
