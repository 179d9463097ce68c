"""How events change who is in a coalition and in which seat."""

import datetime as dt
from typing import Any

from services.recruitment.domain.coalitions import equipment
from services.recruitment.domain.coalitions.state import Coalition, Former, Member, PatientSeat
from shared.contracts.recruitment.coalition_terms import Role
from shared.contracts.recruitment.coalitions import CoalitionConvened, CoalitionJoined, CoalitionLeft
from shared.contracts.recruitment.ids import Setting


def convened(before: Coalition | None, event: CoalitionConvened) -> Coalition:
    """A new coalition; the one before it is remembered in short."""
    holder = next((one.participant for one in event.members if one.role is Role.PATIENT_PARTNER), None)
    return Coalition(
        id=event.community,
        number=event.number,
        task=event.task,
        name=event.name,
        formed_on=event.formed_on,
        members={
            one.participant: _member(one.participant, one.setting, one.role, event.formed_on) for one in event.members
        },
        patient_seat=PatientSeat(holder=holder, since=event.formed_on),
        infrastructure=equipment.empty(event.formed_on),
        former=(*before.former, _former(before)) if before else (),
    )


def joined(held: Coalition, event: CoalitionJoined) -> Coalition:
    """One more member, or one that came back."""
    before = held.members.get(event.participant)
    earlier = () if before is None else (*before.earlier, before.model_copy(update={"earlier": ()}))
    member = _member(event.participant, event.setting, Role.MEMBER, event.on).model_copy(update={"earlier": earlier})
    grown = held.model_copy(update={"members": {**held.members, member.participant: member}})
    return seated(grown, event.participant, event.role, event.on)


def seated(held: Coalition, participant: str, role: Role, on: dt.date) -> Coalition:
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


def left(held: Coalition, event: CoalitionLeft) -> Coalition:
    """One member less; it stays known with the day and the reason."""
    member = held.members.get(event.participant)
    if member is None:
        return held
    gone = member.model_copy(update={"left_on": event.on, "left_because": event.reason})
    changes: dict[str, Any] = {"members": {**held.members, gone.participant: gone}}
    if held.patient_seat.holder == event.participant:
        changes["patient_seat"] = PatientSeat(holder=None, since=event.on)
    return held.model_copy(update=changes)


def _member(participant: str, setting: Setting, role: Role, on: dt.date) -> Member:
    return Member(participant=participant, setting=setting, role=role, role_since=on, joined_on=on)


def _former(ended: Coalition) -> Former:
    return Former(
        number=ended.number,
        task=ended.task,
        name=ended.name,
        formed_on=ended.formed_on,
        ended_on=ended.ended_on,
        ended_because=ended.ended_because,
        members=ended.members,
        infrastructure=ended.infrastructure,
    )
