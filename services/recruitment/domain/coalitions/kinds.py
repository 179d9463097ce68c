"""How a coalition changes by its events."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.coalitions.state import Coalition, Member, PatientSeat
from services.recruitment.domain.kernel.records import Kind
from shared.contracts.message import Event
from shared.contracts.recruitment.coalitions import (
    COALITIONS,
    CoalitionConvened,
    CoalitionEnded,
    CoalitionJoined,
    CoalitionLeft,
    CoalitionRoleTaken,
    Role,
)


def _convened(event: CoalitionConvened) -> Coalition:
    members = {
        one.participant: Member(
            participant=one.participant,
            setting=one.setting,
            role=one.role,
            role_since=event.formed_on,
            joined_on=event.formed_on,
        )
        for one in event.members
    }
    holder = next((one.participant for one in event.members if one.role is Role.PATIENT_PARTNER), None)
    return Coalition(
        id=event.community,
        number=event.number,
        task=event.task,
        name=event.name,
        formed_on=event.formed_on,
        members=members,
        patient_seat=PatientSeat(holder=holder, since=event.formed_on),
    )


def _joined(held: Coalition, event: CoalitionJoined) -> Coalition:
    before = held.members.get(event.participant)
    earlier = () if before is None else (*before.earlier, before.model_copy(update={"earlier": ()}))
    member = Member(
        participant=event.participant,
        setting=event.setting,
        role=Role.MEMBER,
        role_since=event.on,
        joined_on=event.on,
        earlier=earlier,
    )
    joined = held.model_copy(update={"members": {**held.members, member.participant: member}})
    return _seated(joined, event.participant, event.role, event.on)


def _seated(held: Coalition, participant: str, role: Role, on: dt.date) -> Coalition:
    """Give a role; a seat there is one of is freed first, and the patient partner's seat follows its holder."""
    members = dict(held.members)
    if role in (Role.LEAD, Role.PATIENT_PARTNER):
        for one in held.present():
            if one.role is role and one.participant != participant:
                members[one.participant] = one.model_copy(update={"role": Role.MEMBER, "role_since": on})
    if participant in members:
        members[participant] = members[participant].model_copy(update={"role": role, "role_since": on})
    seat = held.patient_seat
    if role is Role.PATIENT_PARTNER:
        seat = PatientSeat(holder=participant, since=on)
    elif seat.holder == participant:
        seat = PatientSeat(holder=None, since=on)
    return held.model_copy(update={"members": members, "patient_seat": seat})


def _left(held: Coalition, event: CoalitionLeft) -> Coalition:
    member = held.members.get(event.participant)
    if member is None:
        return held
    gone = member.model_copy(update={"left_on": event.on, "left_because": event.reason})
    changes: dict[str, Any] = {"members": {**held.members, gone.participant: gone}}
    if held.patient_seat.holder == event.participant:
        changes["patient_seat"] = PatientSeat(holder=None, since=event.on)
    return held.model_copy(update=changes)


def _evolve(before: Coalition | None, event: Event, at: dt.datetime) -> Coalition:
    del at
    if isinstance(event, CoalitionConvened):
        return _convened(event)
    assert before is not None, "a coalition is convened first"
    match event:
        case CoalitionJoined():
            return _joined(before, event)
        case CoalitionRoleTaken():
            return _seated(before, event.participant, event.role, event.on)
        case CoalitionLeft():
            return _left(before, event)
        case CoalitionEnded():
            return before.model_copy(update={"ended_on": event.on, "ended_because": event.reason})
        case _:
            return before


COALITION: Final = Kind(
    name="coalition",
    state=Coalition,
    events=(CoalitionConvened, CoalitionJoined, CoalitionRoleTaken, CoalitionLeft, CoalitionEnded),
    id_of=lambda event: event.community,
    evolve=_evolve,
    topic=COALITIONS.name,
)
KINDS: Final[tuple[Kind[Any], ...]] = (COALITION,)
