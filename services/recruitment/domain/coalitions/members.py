"""Joining a coalition, leaving it, and its seats."""

import datetime as dt
from collections.abc import Iterable, Iterator

from services.recruitment.domain.coalitions import mix
from services.recruitment.domain.coalitions.consequences import with_consequences
from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.coalitions.reasons import about_day, not_possible
from services.recruitment.domain.coalitions.state import Action, Coalition, Member
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against as standing_reason
from services.recruitment.domain.program.statements import reason_against as task_reason
from shared.contracts.recruitment.coalition_commands import JoinCoalition, LeaveCoalition, SeatCoalitionMember
from shared.contracts.recruitment.coalition_terms import Role
from shared.contracts.recruitment.coalitions import CoalitionJoined, CoalitionLeft, CoalitionRoleTaken
from shared.contracts.replies import Reason
from shared.records.deciding import Against, Asked, Decided, Held, Ids

Named = JoinCoalition | SeatCoalitionMember | LeaveCoalition


def keys(command: Named, ids: Ids) -> Iterable[str]:
    """The coalition and the participant."""
    del ids
    return COALITION.key(command.community), PARTICIPANT.key(command.participant)


def join(command: JoinCoalition, held: Held, asked: Asked) -> Decided | Against:
    """Make a participant a member."""
    before = held.get(COALITION, command.community)
    if impossible := not_possible(before, Action.CHANGE_MEMBERS):
        return impossible
    assert before is not None
    participant = held.get(PARTICIPANT, command.participant)
    reasons = list(_about_joining(command, before, asked))
    if reason := standing_reason(participant, command.on, "participant"):
        reasons.append(reason)
    elif participant is not None and command.role is Role.PATIENT_PARTNER:
        reasons += mix.not_a_patient(participant.setting, "participant")
    if reasons or participant is None:
        return Against(tuple(reasons))
    event = CoalitionJoined(
        community=before.id,
        number=before.number,
        actor=asked.actor,
        participant=participant.id,
        setting=participant.setting,
        role=command.role,
        on=command.on,
    )
    made = {**_made(before, command), "role": command.role.value, "setting": participant.setting.value}
    return Decided(made, with_consequences(before, (event,), asked))


def _about_joining(command: JoinCoalition, before: Coalition, asked: Asked) -> Iterator[Reason]:
    known = before.members.get(command.participant)
    if known is not None and known.left_on is None:
        text = f"{known.participant} has been a member since {known.joined_on}."
        yield Reason(code="ALREADY_MEMBER", field="participant", text=text)
    holder = before.holder(command.role) if command.role in (Role.LEAD, Role.PATIENT_PARTNER) else None
    if holder is not None:
        text = f"{holder.participant} has this seat. Join as a member, then let the seat be handed over."
        yield Reason(code="SEAT_TAKEN", field="role", text=text)
    if reason := task_reason(before.task, command.on, "on"):
        yield reason
    earliest, what = before.formed_on, "the coalition was formed"
    if known is not None and known.left_on is not None:
        earliest, what = known.left_on, "it left"
    if command.role is Role.PATIENT_PARTNER and before.patient_seat.since > earliest:
        earliest, what = before.patient_seat.since, "the seat became vacant"
    yield from about_day(command.on, "on", asked.now, earliest, what)


def seat(command: SeatCoalitionMember, held: Held, asked: Asked) -> Decided | Against:
    """Give a member another role; a seat that is held is handed over."""
    before = held.get(COALITION, command.community)
    if impossible := not_possible(before, Action.CHANGE_MEMBERS):
        return impossible
    assert before is not None
    reasons = list(_about_seat(command, before, asked.now))
    # A seat may be given up after a closing, but none be taken.
    gone = standing_reason(held.get(PARTICIPANT, command.participant), command.on, "participant")
    if gone is not None and command.role is not Role.MEMBER and before.member(command.participant) is not None:
        reasons.append(gone)
    if reasons:
        return Against(tuple(reasons))
    event = CoalitionRoleTaken(
        community=before.id,
        number=before.number,
        actor=asked.actor,
        participant=command.participant,
        role=command.role,
        on=command.on,
    )
    handed = before.holder(command.role) if command.role in (Role.LEAD, Role.PATIENT_PARTNER) else None
    made = {
        **_made(before, command),
        "role": command.role.value,
        "instead_of": handed.participant if handed else None,
    }
    return Decided(made, with_consequences(before, (event,), asked))


def _about_seat(command: SeatCoalitionMember, before: Coalition, now: dt.datetime) -> Iterator[Reason]:
    member = before.member(command.participant)
    if member is None:
        yield _no_member(command)
        return
    if member.role is command.role:
        text = f"{member.participant} has had this role since {member.role_since}."
        yield Reason(code="SAME_ROLE", field="role", text=text)
    if command.role is Role.PATIENT_PARTNER:
        yield from mix.not_a_patient(member.setting, "participant")
    if command.role is Role.CONVENER:
        yield from _about_last(before, member, "role")
    earliest, what = member.role_since, "it took the role it has"
    if command.role is Role.PATIENT_PARTNER and before.patient_seat.since > earliest:
        earliest, what = before.patient_seat.since, "the seat last changed"
    elif command.role is Role.LEAD and (lead := before.holder(Role.LEAD)) and lead.role_since > earliest:
        earliest, what = lead.role_since, "the lead took the seat"
    yield from about_day(command.on, "on", now, earliest, what)


def leave(command: LeaveCoalition, held: Held, asked: Asked) -> Decided | Against:
    """Let a member go."""
    before = held.get(COALITION, command.community)
    if impossible := not_possible(before, Action.CHANGE_MEMBERS):
        return impossible
    assert before is not None
    member = before.member(command.participant)
    if member is None:
        return Against((_no_member(command),))
    reasons = (
        *_about_last(before, member, "participant"),
        *about_day(command.on, "on", asked.now, member.role_since, "it took the role it has"),
    )
    if reasons:
        return Against(reasons)
    event = CoalitionLeft(
        community=before.id,
        number=before.number,
        actor=asked.actor,
        participant=member.participant,
        on=command.on,
        reason=command.reason,
    )
    return Decided(_made(before, command), with_consequences(before, (event,), asked))


def _about_last(before: Coalition, member: Member, field: str) -> Iterator[Reason]:
    others = (one for one in before.present() if one.participant != member.participant)
    if all(one.role is Role.CONVENER for one in others):
        text = "A coalition has at least one member besides those who convene it. End the coalition instead."
        yield Reason(code="NO_MEMBERS", field=field, text=text)


def _no_member(command: SeatCoalitionMember | LeaveCoalition) -> Reason:
    text = f"{command.participant} is not a member of the coalition."
    return Reason(code="NOT_A_MEMBER", field="participant", text=text)


def _made(before: Coalition, command: Named) -> dict[str, object]:
    return {
        "community": before.id,
        "name": before.name,
        "participant": command.participant,
        "on": command.on.isoformat(),
    }
