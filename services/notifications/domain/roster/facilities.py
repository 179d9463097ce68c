"""Facilities, and how far each has come with a collaborative."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from services.notifications.domain.roster.traits import Trait, traits
from shared.contracts.message import Event
from shared.contracts.recruitment.participants import (
    FacilityListed,
    ParticipantAmended,
    ParticipantClosed,
    ParticipantMerged,
    ParticipantRegistered,
    ParticipantReopened,
)
from shared.contracts.recruitment.pipeline import EngagementCorrected, EngagementMoved
from shared.contracts.recruitment.steps import Stage
from shared.records.kinds import Kind, Record

_FIELDS: Final = ("name", "state", "setting", "zip_code")
# Who takes part; somebody invited or interested does not yet, who withdrew does no more.
TAKING_PART: Final = frozenset({Stage.RECRUITED, Stage.ACTIVE, Stage.GRADUATED})


class Facility(Record):
    """A participant of any setting. What staff recorded goes before what a list says."""

    id: str
    listed: Mapping[str, str] = {}
    recorded: Mapping[str, str] = {}
    open: bool = True
    traits: tuple[Trait, ...] = ()

    def get(self, field: str) -> str:
        """Name, state, setting or ZIP code; empty where nobody said."""
        return self.recorded.get(field, self.listed.get(field, ""))


class Engagement(Record):
    """The way of a participant with a collaborative: every step in order, None where it was struck."""

    participant: str
    collaborative: str
    steps: tuple[Stage | None, ...] = ()
    cohort: int | None = None
    task: str | None = None
    traits: tuple[Trait, ...] = ()

    @property
    def stage(self) -> Stage | None:
        """How far it has come."""
        return next((one for one in reversed(self.steps) if one is not None), None)


def _facility(before: Facility | None, event: Event, at: dt.datetime) -> Facility:
    del at
    held = before or Facility(id=_participant(event))
    match event:
        case FacilityListed():
            held = held.model_copy(update={"listed": _filled(event)})
        case ParticipantRegistered():
            held = held.model_copy(update={"recorded": {**held.recorded, **_filled(event)}})
        case ParticipantAmended():
            kept = {name: value for name, value in held.recorded.items() if name not in event.follows_list}
            held = held.model_copy(update={"recorded": {**kept, **_filled(event)}})
        case ParticipantClosed() | ParticipantMerged():
            held = held.model_copy(update={"open": False})
        case _:
            held = held.model_copy(update={"open": True})
    return held.model_copy(update={"traits": _of_facility(held)})


def _of_facility(held: Facility) -> tuple[Trait, ...]:
    named = [f"{name}:{held.get(name)}" for name in ("state", "setting") if held.get(name)]
    return traits(f"facility:{held.id}", *named) if held.open else ()


def _filled(event: Event) -> dict[str, str]:
    values: dict[str, Any] = {name: getattr(event, name) for name in _FIELDS}
    return {name: str(value) for name, value in values.items() if value}


def _participant(event: Any) -> str:
    found: str = event.participant or event.ccn if isinstance(event, FacilityListed) else event.participant
    return found


def _engagement(before: Engagement | None, event: EngagementMoved | EngagementCorrected, at: dt.datetime) -> Engagement:
    del at
    held = before or Engagement(participant=event.participant, collaborative=event.collaborative)
    if isinstance(event, EngagementMoved):
        more = {"steps": (*held.steps, event.stage), "cohort": event.wave or held.cohort}
        held = held.model_copy(update={**more, "task": event.task or held.task})
    elif event.since is None:
        steps = (None if number == event.step else stage for number, stage in enumerate(held.steps, 1))
        held = held.model_copy(update={"steps": tuple(steps)})
    return held.model_copy(update={"traits": _of_engagement(held)})


def _of_engagement(held: Engagement) -> tuple[Trait, ...]:
    if held.stage not in TAKING_PART:
        return ()
    named = [f"collaborative:{held.collaborative}"]
    if held.task:
        named.append(f"task:{held.task}")
    if held.cohort:
        named += [f"cohort:{held.cohort}", f"cohort:{held.collaborative}-{held.cohort}"]
    return traits(f"facility:{held.participant}", *named)


FACILITY: Final = Kind(
    name="roster-facility",
    state=Facility,
    events=(
        FacilityListed,
        ParticipantRegistered,
        ParticipantAmended,
        ParticipantClosed,
        ParticipantReopened,
        ParticipantMerged,
    ),
    id_of=_participant,
    evolve=_facility,
    topic=None,
)
ENGAGEMENT: Final = Kind(
    name="roster-engagement",
    state=Engagement,
    events=(EngagementMoved, EngagementCorrected),
    id_of=lambda event: f"{event.participant}|{event.collaborative}",
    evolve=_engagement,
    topic=None,
)
