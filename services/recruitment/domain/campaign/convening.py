"""LANEs: formed in a state, convened, joined and left, reached by their offices, ended."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.campaign.lane_kind import LANE, LANE_MACHINE, Lane, LaneStep
from services.recruitment.domain.campaign.registering import no_state
from services.recruitment.domain.networks.partners import PARTNERS
from services.recruitment.domain.networks.standing import in_future, too_early
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.lanes import (
    EndLane,
    FormLane,
    JoinLane,
    LaneContactRecorded,
    LaneConvenerNamed,
    LaneEnded,
    LaneFormed,
    LaneJoined,
    LaneLeft,
    LaneStake,
    LeaveLane,
    NameLaneConvener,
    RecordLaneContact,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against, refused

_LAST: Final = "the last that is recorded of it"
AnyOfLane = FormLane | NameLaneConvener | JoinLane | LeaveLane | RecordLaneContact | EndLane


def _keys(command: AnyOfLane, ids: Ids) -> Iterable[str]:
    del ids
    yield LANE.key(command.state)
    member = command.convener if isinstance(command, FormLane) else getattr(command, "member", "")
    if member.startswith("participant:"):
        yield PARTICIPANT.key(member.partition(":")[2])


def _at_work(held: Held, state: str, step: LaneStep) -> Lane | Against:
    found = held.get(LANE, state)
    if found is None:
        return against("LANE_UNKNOWN", "state", "This state has no LANE. Form it first.")
    if impossible := LANE_MACHINE.reason_against(found.phase, step, "state"):
        return Against((impossible,))
    return found


def _unfit(member: str, stake: LaneStake, held: Held, day: dt.date, field: str) -> Iterator[Reason]:
    """Why somebody cannot be in a LANE from a day on."""
    kind, _, identifier = member.partition(":")
    if (kind == "qio") != (stake is LaneStake.QIO):
        yield Reason(code="STAKE_DOES_NOT_FIT", field="stake", text="The QIO sits for itself, and nobody else for it.")
    if kind == "partner" and identifier not in PARTNERS:
        text = f"No national partner of that id is known; there are {', '.join(PARTNERS)}."
        yield Reason(code="PARTNER_UNKNOWN", field=field, text=text)
    if kind == "participant":
        participant = held.get(PARTICIPANT, identifier)
        if reason := reason_against(participant, day, field):
            yield reason
        elif participant is not None and participant.setting is Setting.BENEFICIARY_OR_FAMILY:
            text = "A LANE is listed by organisations and no persons; name the one that speaks for them."
            yield Reason(code="A_PERSON", field=field, text=text)


def form(command: FormLane, held: Held, asked: Asked) -> Decided | Against:
    """Form the LANE of a state."""
    found = held.get(LANE, command.state)
    day, field = command.formed_on, "formed_on"
    if found is not None:
        if impossible := LANE_MACHINE.reason_against(found.phase, LaneStep.FORM, "state"):
            return Against((impossible,))
        ended = found.ended_on or found.formed_on
        if refusal := refused(too_early(day, ended + dt.timedelta(days=1), field, "the day after the one before")):
            return refusal
    reasons = (
        *no_state(command.state),
        *_unfit(command.convener, command.stake, held, day, "convener"),
        *in_future(day, asked.now, field),
    )
    if refusal := refused(reasons):
        return refusal
    return Decided({"state": command.state, "convener": command.convener}, (LaneFormed(**command.model_dump()),))


def name_convener(command: NameLaneConvener, held: Held, asked: Asked) -> Decided | Against:
    """Let another member convene."""
    found = _at_work(held, command.state, LaneStep.NAME_CONVENER)
    if isinstance(found, Against):
        return found
    made = {"state": found.state, "convener": command.convener}
    if found.conveners[-1].model_dump() == {"member": command.convener, "since": command.since}:
        return Decided({**made, "changed": False})
    reasons = [*_member(found, command.convener, command.since, "convener", "since")]
    reasons += too_early(command.since, found.conveners[-1].since, "since", "the one before began to convene")
    reasons += in_future(command.since, asked.now, "since")
    if found.convener == command.convener:
        text = f"{command.convener} convenes since {found.conveners[-1].since}."
        reasons.append(Reason(code="ALREADY_CONVENES", field="convener", text=text))
    if refusal := refused(reasons):
        return refusal
    return Decided({**made, "changed": True}, (LaneConvenerNamed(**command.model_dump()),))


def _member(found: Lane, member: str, day: dt.date | None, field: str, day_field: str) -> Iterator[Reason]:
    spell = found.spell(member)
    if spell is None:
        yield Reason(code="NOT_A_MEMBER", field=field, text=f"{member} is not in the LANE.")
    else:
        yield from too_early(day, spell.since, day_field, "it came in")


def join(command: JoinLane, held: Held, asked: Asked) -> Decided | Against:
    """Take a member in."""
    found = _at_work(held, command.state, LaneStep.JOIN)
    if isinstance(found, Against):
        return found
    made = {"state": found.state, "member": command.member}
    spells = found.members.get(command.member, ())
    spell = found.spell(command.member)
    if spell is not None and (spell.stake, spell.since) == (command.stake, command.joined_on):
        return Decided({**made, "changed": False})
    day, field = command.joined_on, "joined_on"
    reasons = [
        *too_early(day, found.formed_on, field, "the LANE was formed"),
        *_unfit(command.member, command.stake, held, day, "member"),
        *in_future(day, asked.now, field),
    ]
    if spell is not None:
        text = f"{command.member} is in the LANE since {spell.since}."
        reasons.append(Reason(code="ALREADY_A_MEMBER", field="member", text=text))
    elif spells:
        reasons += too_early(day, spells[-1].until or spells[-1].since, field, "it left")
    if refusal := refused(reasons):
        return refusal
    return Decided({**made, "changed": True}, (LaneJoined(**command.model_dump()),))


def leave(command: LeaveLane, held: Held, asked: Asked) -> Decided | Against:
    """Let a member go that does not convene."""
    found = _at_work(held, command.state, LaneStep.LEAVE)
    if isinstance(found, Against):
        return found
    reasons = [*_member(found, command.member, command.left_on, "member", "left_on")]
    reasons += in_future(command.left_on, asked.now, "left_on")
    if found.convener == command.member:
        text = "It convenes the LANE; name another convener first, or end the LANE."
        reasons.append(Reason(code="CONVENES", field="member", text=text))
    else:
        reasons += too_early(command.left_on, found.convened_until(command.member), "left_on", "it convened until")
    if refusal := refused(reasons):
        return refusal
    return Decided({"state": found.state, "member": command.member}, (LaneLeft(**command.model_dump()),))


def record_contact(command: RecordLaneContact, held: Held, asked: Asked) -> Decided | Against:
    """Record how a member's office is reached."""
    del asked
    found = _at_work(held, command.state, LaneStep.RECORD_CONTACT)
    if isinstance(found, Against):
        return found
    if refusal := refused(_member(found, command.member, None, "member", "member")):
        return refusal
    changed = found.contacts.get(command.member) != command.address
    made = {"state": found.state, "member": command.member, "changed": changed}
    return Decided(made, (LaneContactRecorded(**command.model_dump()),) if changed else ())


def end(command: EndLane, held: Held, asked: Asked) -> Decided | Against:
    """End a LANE."""
    found = _at_work(held, command.state, LaneStep.END)
    if isinstance(found, Against):
        return found
    reasons = (
        *too_early(command.ended_on, found.latest_day(), "ended_on", _LAST),
        *in_future(command.ended_on, asked.now, "ended_on"),
    )
    if refusal := refused(reasons):
        return refusal
    return Decided(
        {"state": found.state, "ended_on": command.ended_on.isoformat()}, (LaneEnded(**command.model_dump()),)
    )


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(FormLane, _keys, form),
    Rule(NameLaneConvener, _keys, name_convener),
    Rule(JoinLane, _keys, join),
    Rule(LeaveLane, _keys, leave),
    Rule(RecordLaneContact, _keys, record_contact),
    Rule(EndLane, _keys, end),
)
