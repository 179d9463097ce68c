"""A LANE as it stands, and how it changes by its events."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from shared.contracts.message import Event
from shared.contracts.recruitment.lanes import (
    LANES,
    LaneContactRecorded,
    LaneConvenerNamed,
    LaneEnded,
    LaneFormed,
    LaneJoined,
    LaneLeft,
    LaneStake,
)
from shared.records.kinds import Kind, Record
from shared.records.machine import Machine


class LanePhase(StrEnum):
    """Whether a LANE is at work."""

    AT_WORK = "AT_WORK"
    ENDED = "ENDED"


class LaneStep(StrEnum):
    """What can be done with a LANE."""

    FORM = "FORM"
    NAME_CONVENER = "NAME_CONVENER"
    JOIN = "JOIN"
    LEAVE = "LEAVE"
    RECORD_CONTACT = "RECORD_CONTACT"
    END = "END"


LANE_MACHINE: Final = Machine(
    "the LANE",
    {
        (LanePhase.AT_WORK, LaneStep.NAME_CONVENER): LanePhase.AT_WORK,
        (LanePhase.AT_WORK, LaneStep.JOIN): LanePhase.AT_WORK,
        (LanePhase.AT_WORK, LaneStep.LEAVE): LanePhase.AT_WORK,
        (LanePhase.AT_WORK, LaneStep.RECORD_CONTACT): LanePhase.AT_WORK,
        (LanePhase.AT_WORK, LaneStep.END): LanePhase.ENDED,
        (LanePhase.ENDED, LaneStep.FORM): LanePhase.AT_WORK,
    },
)


class LaneSpell(Record):
    """A time in a LANE; ``until`` is the first day after it."""

    stake: LaneStake
    since: dt.date
    until: dt.date | None = None
    reason: str | None = None


class Convening(Record):
    """Who convenes from a day on."""

    member: str
    since: dt.date


class Lane(Record):
    """The LANE of a state; ``members`` are all who ever were in it, ``contacts`` the offices' addresses of now.

    ``ended_on`` is its last day. Who convenes is a member; ``conveners`` has them all in the order of days.
    """

    state: str
    formed_on: dt.date
    conveners: tuple[Convening, ...]
    members: Mapping[str, tuple[LaneSpell, ...]] = {}
    contacts: Mapping[str, str] = {}
    phase: LanePhase = LanePhase.AT_WORK
    ended_on: dt.date | None = None
    reason: str | None = None

    @property
    def convener(self) -> str:
        """Who convenes; of an ended one, who did to the last."""
        return self.conveners[-1].member

    def spell(self, member: str) -> LaneSpell | None:
        """The open time of a member; None where it is none."""
        held = self.members.get(member, ())
        return held[-1] if held and held[-1].until is None else None

    def convened_until(self, member: str) -> dt.date:
        """When a member that convened was followed by another, for the last time; else when the LANE was formed."""
        followed = zip(self.conveners, self.conveners[1:], strict=False)
        return max((then.since for one, then in followed if one.member == member), default=self.formed_on)

    def latest_day(self) -> dt.date:
        """The last day on which something of it is recorded."""
        spells = [day for held in self.members.values() for one in held for day in (one.since, one.until) if day]
        return max((self.formed_on, self.conveners[-1].since, *spells))


def _evolve(before: Lane | None, event: Event, at: dt.datetime) -> Lane:
    del at
    if isinstance(event, LaneFormed):
        convening = Convening(member=event.convener, since=event.formed_on)
        spell = LaneSpell(stake=event.stake, since=event.formed_on)
        members = dict(before.members) if before else {}
        members[event.convener] = (*members.get(event.convener, ()), spell)
        conveners = (*(before.conveners if before else ()), convening)
        return Lane(state=event.state, formed_on=event.formed_on, conveners=conveners, members=members)
    assert before is not None, "a LANE is formed first"
    return before.model_copy(update=_changes(before, event))


def _changes(held: Lane, event: Event) -> dict[str, Any]:
    match event:
        case LaneConvenerNamed():
            return {"conveners": (*held.conveners, Convening(member=event.convener, since=event.since))}
        case LaneJoined():
            spell = LaneSpell(stake=event.stake, since=event.joined_on)
            return {"members": {**held.members, event.member: (*held.members.get(event.member, ()), spell)}}
        case LaneLeft():
            spells = held.members.get(event.member, ())
            return {
                "members": {**held.members, event.member: _left(spells, event.left_on, event)},
                "contacts": {member: one for member, one in held.contacts.items() if member != event.member},
            }
        case LaneContactRecorded():
            others = {member: one for member, one in held.contacts.items() if member != event.member}
            return {"contacts": others if event.address is None else {**others, event.member: event.address}}
        case LaneEnded():
            after = event.ended_on + dt.timedelta(days=1)
            members = {member: _left(spells, after, event) for member, spells in held.members.items()}
            ended = event.model_dump(include={"ended_on", "reason"})
            return {"phase": LanePhase.ENDED, "members": members, "contacts": {}, **ended}
        case _:
            raise AssertionError("an event of the kind that nothing evolves by")


def _left(spells: tuple[LaneSpell, ...], on: dt.date, event: LaneLeft | LaneEnded) -> tuple[LaneSpell, ...]:
    told = {"until": on, "reason": event.reason}
    return tuple(one if one.until else one.model_copy(update=told) for one in spells)


LANE: Final = Kind(
    name="lane",
    state=Lane,
    events=(LaneFormed, LaneConvenerNamed, LaneJoined, LaneLeft, LaneContactRecorded, LaneEnded),
    begins=(LaneFormed,),
    id_of=lambda event: event.state,
    evolve=_evolve,
    topic=LANES.name,
)
