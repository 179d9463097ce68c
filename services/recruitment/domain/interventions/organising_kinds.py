"""One-to-ones, assets and commitments as they stand, and how they change by their events."""

import datetime as dt
from enum import StrEnum
from typing import Any, Final

from shared.contracts.message import Event
from shared.contracts.recruitment.organising import (
    ORGANISING,
    AssetKind,
    AssetRecorded,
    AssetRetired,
    CommitmentClosed,
    CommitmentRecorded,
    CommitmentStatus,
    MetRole,
    OneToOneRecorded,
)
from shared.records.kinds import Kind, Record


class AssetStatus(StrEnum):
    """Whether an asset is on the map."""

    ON_MAP = "ON_MAP"
    RETIRED = "RETIRED"


class OneToOne(Record):
    """A meeting of two, the other one by role alone."""

    id: str
    coalition: str
    number: int
    met_on: dt.date
    organiser: str
    met_role: MetRole
    interests: str
    next_step: str | None


class Asset(Record):
    """Something the community has; ``area`` None where it is everywhere."""

    id: str
    coalition: str
    number: int
    name: str
    kind: AssetKind
    area: str | None
    opened_by: str
    opened_by_member: str | None
    found_on: dt.date
    status: AssetStatus = AssetStatus.ON_MAP
    retired_on: dt.date | None = None
    reason: str | None = None


class Commitment(Record):
    """What a team committed to; ``closed_on`` is when it was done or dropped."""

    id: str
    coalition: str
    number: int
    team: str
    what: str
    made_on: dt.date
    due_on: dt.date
    status: CommitmentStatus = CommitmentStatus.OPEN
    closed_on: dt.date | None = None
    reason: str | None = None


def _met(before: OneToOne | None, event: OneToOneRecorded, at: dt.datetime) -> OneToOne:
    del before, at
    return OneToOne(id=event.one_to_one, **event.model_dump(exclude={"one_to_one", "actor"}))


def _asset(before: Asset | None, event: Event, at: dt.datetime) -> Asset:
    del at
    if isinstance(event, AssetRecorded):
        return Asset(id=event.asset, **event.model_dump(exclude={"asset", "actor"}))
    assert before is not None, "an asset is recorded first"
    assert isinstance(event, AssetRetired)
    changes = {"status": AssetStatus.RETIRED, "retired_on": event.retired_on, "reason": event.reason}
    return before.model_copy(update=changes)


def _commitment(before: Commitment | None, event: Event, at: dt.datetime) -> Commitment:
    del at
    if isinstance(event, CommitmentRecorded):
        return Commitment(id=event.commitment, **event.model_dump(exclude={"commitment", "actor"}))
    assert before is not None, "a commitment is recorded first"
    assert isinstance(event, CommitmentClosed)
    return before.model_copy(update={"status": event.status, "closed_on": event.on, "reason": event.reason})


ONE_TO_ONE: Final = Kind(
    name="one-to-one",
    state=OneToOne,
    events=(OneToOneRecorded,),
    id_of=lambda event: event.one_to_one,
    evolve=_met,
    topic=ORGANISING.name,
)
ASSET: Final = Kind(
    name="asset",
    state=Asset,
    events=(AssetRecorded, AssetRetired),
    begins=(AssetRecorded,),
    id_of=lambda event: event.asset,
    evolve=_asset,
    topic=ORGANISING.name,
)
COMMITMENT: Final = Kind(
    name="commitment",
    state=Commitment,
    events=(CommitmentRecorded, CommitmentClosed),
    begins=(CommitmentRecorded,),
    id_of=lambda event: event.commitment,
    evolve=_commitment,
    topic=ORGANISING.name,
)
KINDS: Final[tuple[Kind[Any], ...]] = (ONE_TO_ONE, ASSET, COMMITMENT)
