"""Forming a coalition over a community, and ending it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from services.recruitment.domain.coalitions import mix
from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.coalitions.reasons import about_day, not_possible
from services.recruitment.domain.coalitions.state import MACHINE, Action, Coalition
from services.recruitment.domain.communities.kinds import COMMUNITY
from services.recruitment.domain.communities.state import Community
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against as standing_reason
from services.recruitment.domain.program.statements import reason_against as task_reason
from shared.contracts.recruitment.coalition_commands import EndCoalition, FormCoalition
from shared.contracts.recruitment.coalition_public import CoalitionFormed
from shared.contracts.recruitment.coalition_terms import MemberTaken, Role
from shared.contracts.recruitment.coalitions import CoalitionConvened, CoalitionEnded
from shared.contracts.recruitment.pipeline import PUBLIC_NETWORK
from shared.contracts.replies import Reason
from shared.messaging.handling import Emit
from shared.program.ssa import STATE_BY_CODE
from shared.program.states import STATES
from shared.records.deciding import Against, Asked, Decided, Held, Ids


def keys(command: FormCoalition, ids: Ids) -> Iterable[str]:
    """The community, its coalition, and everyone named."""
    del ids
    yield COMMUNITY.key(command.community)
    yield COALITION.key(command.community)
    for _, participant, _ in _named(command):
        yield PARTICIPANT.key(participant)


def _named(command: FormCoalition) -> Iterator[tuple[str, str, Role]]:
    """Everyone named: the field, who, and as what."""
    for position, convener in enumerate(command.conveners):
        yield f"conveners[{position}]", convener, Role.CONVENER
    for position, member in enumerate(command.members):
        yield f"members[{position}]", member, Role.MEMBER
    if command.lead is not None:
        yield "lead", command.lead, Role.LEAD
    if command.patient_partner is not None:
        yield "patient_partner", command.patient_partner, Role.PATIENT_PARTNER


def form(command: FormCoalition, held: Held, asked: Asked, *, zips: Mapping[str, str]) -> Decided | Against:
    """Form a coalition and tell partners which settings are in it; ``zips`` are ZIP codes with their states."""
    community = held.get(COMMUNITY, command.community)
    before = held.get(COALITION, command.community)
    reasons = [*_about_place(command, community, before, asked.now), *_about_members(command, held)]
    if reasons or community is None:
        return Against(tuple(reasons))
    event = CoalitionConvened(
        community=community.id,
        number=before.number + 1 if before else 1,
        actor=asked.actor,
        task=command.task,
        name=command.name or community.name,
        formed_on=command.formed_on,
        members=tuple(_taken(held, participant, role) for _, participant, role in _named(command)),
    )
    settings = {one.setting for one in event.members}
    made = {
        "community": event.community,
        "name": event.name,
        "number": event.number,
        "task": event.task,
        "formed_on": event.formed_on.isoformat(),
        "members": len(event.members),
        "missing": [sector.value for sector in mix.missing(settings)],
    }
    public = CoalitionFormed(
        community=community.id,
        states=_states(community, zips),
        settings=tuple(sorted(settings)),
        month=event.formed_on.isoformat()[:7],
    )
    return Decided(made, (event,), (Emit(PUBLIC_NETWORK.name, community.id, public),))


def _about_place(
    command: FormCoalition, community: Community | None, before: Coalition | None, now: dt.datetime
) -> Iterator[Reason]:
    if community is None:
        text = f"There is no community {command.community}. Define it first."
        yield Reason(code="COMMUNITY_UNKNOWN", field="community", text=text)
    elif community.dissolved_on is not None:
        text = f"The community {community.id} was dissolved on {community.dissolved_on}."
        yield Reason(code="COMMUNITY_DISSOLVED", field="community", text=text)
    if before is not None and (state := MACHINE.reason_against(before.standing, Action.FORM, "community")):
        yield state
    if reason := task_reason(command.task, command.formed_on, "task"):
        yield reason
    earliest, what = community.defined_on if community else dt.date.min, "the community was first defined"
    if before is not None and before.ended_on is not None and before.ended_on > earliest:
        earliest, what = before.ended_on, "the coalition before it ended"
    yield from about_day(command.formed_on, "formed_on", now, earliest, what)


def _about_members(command: FormCoalition, held: Held) -> Iterator[Reason]:
    if all(role is Role.CONVENER for _, _, role in _named(command)):
        text = "A coalition has at least one member besides those who convene it."
        yield Reason(code="NO_MEMBERS", field="members", text=text)
    seen: set[str] = set()
    for field, participant, role in _named(command):
        if participant in seen:
            text = f"{participant} is named twice; whoever is in a seat is a member as well."
            yield Reason(code="MEMBER_REPEATED", field=field, text=text)
            continue
        seen.add(participant)
        found = held.get(PARTICIPANT, participant)
        if reason := standing_reason(found, command.formed_on, field):
            yield reason
        elif found is not None and role is Role.PATIENT_PARTNER:
            yield from mix.not_a_patient(found.setting, field)


def _taken(held: Held, participant: str, role: Role) -> MemberTaken:
    found = held.get(PARTICIPANT, participant)
    assert found is not None, "unknown participants were refused"
    return MemberTaken(participant=participant, setting=found.setting, role=role)


def _states(community: Community, zips: Mapping[str, str]) -> tuple[str, ...]:
    """The states its areas lie in; places outside of the program's states and territories are left out."""
    codes = [area.partition(":") for area in community.areas]
    found = {zips.get(code) if kind == "zip" else STATE_BY_CODE.get(code[:2]) for kind, _, code in codes}
    return tuple(sorted(state for state in found if state in STATES))


def keys_to_end(command: EndCoalition, ids: Ids) -> Iterable[str]:
    """The coalition."""
    del ids
    return (COALITION.key(command.community),)


def end(command: EndCoalition, held: Held, asked: Asked) -> Decided | Against:
    """End a coalition, not before anything that happened in it."""
    before = held.get(COALITION, command.community)
    if impossible := not_possible(before, Action.END):
        return impossible
    assert before is not None
    reasons = tuple(about_day(command.on, "on", asked.now, before.last_change(), "its members last changed"))
    if reasons:
        return Against(reasons)
    event = CoalitionEnded(
        community=before.id, number=before.number, actor=asked.actor, on=command.on, reason=command.reason
    )
    made = {"community": before.id, "name": before.name, "number": before.number, "ended_on": command.on.isoformat()}
    return Decided(made, (event,))
