"""How a participant changes by its events."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from services.recruitment.domain.participants import ratings
from services.recruitment.domain.participants.state import Participant, Standing, Turn
from shared.contracts.message import Event
from shared.contracts.recruitment.participant_terms import Amendable
from shared.contracts.recruitment.participants import (
    EarlierRatingListed,
    FacilityListed,
    IdentifierAssigned,
    IdentifierReleased,
    OwnershipRecorded,
    ParticipantAmended,
    ParticipantClosed,
    ParticipantMerged,
    ParticipantRegistered,
    ParticipantReopened,
)

FIELDS: Final = tuple(field.value for field in Amendable)
# Fields that not every list has: where one is silent, what is known stays.
_SPARSE: Final = ("address", "city")


def evolve(before: Participant | None, event: Event, at: dt.datetime) -> Participant:
    """The participant after an event; ``at`` is when it was recorded (UTC).

    All but a listing and a registration need a participant, and the rules never make them without one.
    """
    if isinstance(event, FacilityListed):
        return _listed(before, event)
    if isinstance(event, ParticipantRegistered):
        return _registered(before, event)
    assert before is not None
    return Participant.model_validate({**dict(before), **_CHANGES[type(event)](before, event, at)})


def _listed(before: Participant | None, event: FacilityListed) -> Participant:
    told = event.model_dump(exclude={"ccn", "participant"})
    told = {field: value for field, value in told.items() if value is not None or field not in _SPARSE}
    kept: dict[str, Any] = dict(before) if before else {"id": event.participant or event.ccn}
    amended = dict(before.amended) if before else {}
    for field in amended.keys() & told.keys():
        amended[field] = told.pop(field)
    held: Mapping[str, str] = kept.get("ratings", {})
    return Participant.model_validate(
        {
            **kept,
            **told,
            "amended": amended,
            "listed_as": _with(before.listed_as if before else (), f"{event.setting}:{event.ccn}"),
            "ratings": ratings.with_rating(held, event.as_of, rating_text(event)),
        }
    )


def rating_text(event: FacilityListed | EarlierRatingListed) -> str:
    """The short text of what a list told of ratings."""
    rating = ratings.Rating(
        event.overall_rating,
        event.health_inspection_rating,
        event.staffing_rating,
        event.rn_staffing_rating,
        event.quality_rating,
        event.special_focus,
    )
    return ratings.text(rating, event.digest)


def _registered(before: Participant | None, event: ParticipantRegistered) -> Participant:
    given = event.model_dump(exclude={"participant"}, exclude_none=True)
    amended = {field: None for field in sorted(FIELDS) if field in given}
    return before or Participant.model_validate({"id": event.participant, **given, "amended": amended})


def _rated_earlier(before: Participant, event: EarlierRatingListed, at: dt.datetime) -> dict[str, Any]:
    del at
    return {
        "listed_as": _with(before.listed_as, f"{event.setting}:{event.ccn}"),
        "ratings": ratings.with_rating(before.ratings, event.as_of, rating_text(event)),
    }


def _amended(before: Participant, event: ParticipantAmended, at: dt.datetime) -> dict[str, Any]:
    del at
    amended = dict(before.amended)
    changes: dict[str, Any] = {"qin_qio": event.qin_qio}
    for field in FIELDS:
        value = getattr(event, field)
        if value is not None:
            amended.setdefault(field, getattr(before, field) if before.as_of else None)
            changes[field] = value
    for field in event.follows_list:
        if field in amended:
            changes[field.value] = amended.pop(field.value)
    return {**changes, "amended": dict(sorted(amended.items()))}


def _assigned(before: Participant, event: IdentifierAssigned, at: dt.datetime) -> dict[str, Any]:
    del at
    return {"identifiers": _with(before.identifiers, event.identifier)}


def _released(before: Participant, event: IdentifierReleased, at: dt.datetime) -> dict[str, Any]:
    del at
    return {"identifiers": tuple(one for one in before.identifiers if one != event.identifier)}


def _closed(before: Participant, event: ParticipantClosed, at: dt.datetime) -> dict[str, Any]:
    turn = Turn(to=Standing.CLOSED, on=event.on, reason=event.reason, actor=event.actor, at=at)
    return {"closed_on": event.on, "turns": (*before.turns, turn)}


def _reopened(before: Participant, event: ParticipantReopened, at: dt.datetime) -> dict[str, Any]:
    turn = Turn(to=Standing.OPEN, on=event.on, reason=event.reason, actor=event.actor, at=at)
    return {"closed_on": None, "merged_into": None, "merged_on": None, "turns": (*before.turns, turn)}


def _merged(before: Participant, event: ParticipantMerged, at: dt.datetime) -> dict[str, Any]:
    turn = Turn(to=Standing.MERGED, on=event.on, reason=event.reason, into=event.into, actor=event.actor, at=at)
    return {"merged_into": event.into, "merged_on": event.on, "turns": (*before.turns, turn)}


def _owned(before: Participant, event: OwnershipRecorded, at: dt.datetime) -> dict[str, Any]:
    del at
    return {"owners": dict(sorted({**before.owners, event.since.isoformat(): event.owner}.items()))}


def _with(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(sorted({*values, value}))


_CHANGES: Final[Mapping[type[Event], Callable[[Participant, Any, dt.datetime], dict[str, Any]]]] = {
    EarlierRatingListed: _rated_earlier,
    ParticipantAmended: _amended,
    IdentifierAssigned: _assigned,
    IdentifierReleased: _released,
    ParticipantClosed: _closed,
    ParticipantReopened: _reopened,
    ParticipantMerged: _merged,
    OwnershipRecorded: _owned,
}
EVENTS: Final[tuple[type[Event], ...]] = (FacilityListed, ParticipantRegistered, *_CHANGES)
