"""Care teams: formed, who is in them, ended."""

from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.networks import belonging
from services.recruitment.domain.networks.kinds import NETWORK, network_of
from services.recruitment.domain.networks.standing import at_work, in_future, learning_id, too_early
from services.recruitment.domain.networks.team_kind import CARE_TEAM, ROLES, TEAM_MACHINE, CareTeam, TeamStep
from services.recruitment.domain.participants.kinds import PARTICIPANT
from shared.contracts.recruitment.care_teams import (
    CareRole,
    CareTeamEnded,
    CareTeamFormed,
    CareTeamJoined,
    CareTeamLeft,
    EndCareTeam,
    FormCareTeam,
    JoinCareTeam,
    LeaveCareTeam,
)
from shared.contracts.recruitment.learning_networks import NetworkKind
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against, refused


def _form_keys(command: FormCareTeam, ids: Ids) -> Iterable[str]:
    return NETWORK.key(command.network), CARE_TEAM.key(learning_id(command.network, ids("care-team")))


def form(command: FormCareTeam, held: Held, asked: Asked) -> Decided | Against:
    """Form a care team."""
    network = held.get(NETWORK, command.network)
    reasons = [
        *at_work(network, command.formed_on, "formed_on"),
        *in_future(command.formed_on, asked.now, "formed_on"),
    ]
    if network is not None and network.kind is not NetworkKind.CARE_TEAMS:
        text = f"{network.name} is no network of care teams."
        reasons.append(Reason(code="NO_CARE_TEAMS", field="network", text=text))
    if refusal := refused(reasons):
        return refusal
    event = CareTeamFormed(**command.model_dump(), team=learning_id(command.network, asked.new_id("care-team")))
    return Decided({"team": event.team, "name": event.name}, (event,))


def place_keys(team: str) -> Iterable[str]:
    """The team and its network."""
    return CARE_TEAM.key(team), NETWORK.key(network_of(team))


def _join_keys(command: JoinCareTeam, ids: Ids) -> Iterable[str]:
    del ids
    yield from place_keys(command.team)
    yield from belonging.keys(command.participant)


def join(command: JoinCareTeam, held: Held, asked: Asked) -> Decided | Against:
    """Take a participant into a care team, in the role that its setting has."""
    found = held.get(CARE_TEAM, command.team)
    if found is None:
        return _unknown()
    participant = held.get(PARTICIPANT, command.participant)
    role = ROLES.get(participant.setting) if participant else None
    step = TeamStep.FILL if found.missing() == (role,) else TeamStep.JOIN
    if impossible := TEAM_MACHINE.reason_against(found.phase, step, "team"):
        return Against((impossible,))
    made = {"team": found.id, "participant": command.participant}
    spells = found.members.get(command.participant, ())
    if spells and spells[-1].until is None and spells[-1].since == command.joined_on:
        return Decided({**made, "role": spells[-1].role.value, **_completeness(found.missing()), "changed": False})
    reasons = [*_against_joining(command, found, held, asked)]
    # A network with settings of its own has said so already.
    if participant is not None and role is None and all(one.code != "SETTING_DOES_NOT_FIT" for one in reasons):
        text = "A care team is of pharmacies, physicians' practices and facilities."
        reasons.append(Reason(code="SETTING_DOES_NOT_FIT", field="participant", text=text))
    if refusal := refused(reasons):
        return refusal
    event = CareTeamJoined(**command.model_dump(), network=found.network, role=role)
    missing = tuple(one for one in found.missing() if one is not role)
    return Decided({**made, "role": event.role.value, **_completeness(missing), "changed": True}, (event,))


def _unknown() -> Against:
    return against("CARE_TEAM_UNKNOWN", "team", "There is no such care team. The list of them shows their ids.")


def _completeness(missing: tuple[CareRole, ...]) -> dict[str, object]:
    return {"complete": not missing, "missing": [one.value for one in missing]}


def _against_joining(command: JoinCareTeam, team: CareTeam, held: Held, asked: Asked) -> Iterator[Reason]:
    day, field = command.joined_on, "joined_on"
    network = held.get(NETWORK, team.network)
    yield from at_work(network, day, field)
    yield from too_early(day, team.formed_on, field, "the team was formed")
    yield from in_future(day, asked.now, field)
    yield from belonging.reasons_against(network, command.participant, day, held)
    spells = team.members.get(command.participant, ())
    if spells and spells[-1].until is None:
        text = f"{command.participant} is in the team since {spells[-1].since}."
        yield Reason(code="ALREADY_IN_TEAM", field="participant", text=text)
    elif spells:
        yield from too_early(day, spells[-1].until or spells[-1].since, field, "it left the team")


def _keys(command: LeaveCareTeam | EndCareTeam, ids: Ids) -> Iterable[str]:
    del ids
    return (CARE_TEAM.key(command.team),)


def leave(command: LeaveCareTeam, held: Held, asked: Asked) -> Decided | Against:
    """Let a participant go; the team may be incomplete then."""
    found = held.get(CARE_TEAM, command.team)
    if found is None:
        return _unknown()
    present = dict(found.present())
    spell = present.get(command.participant)
    left = {one.role for name, one in present.items() if name != command.participant}
    missing = tuple(role for role in CareRole if role not in left)
    gap = bool(missing) and not found.missing()
    step = TeamStep.LEAVE_A_GAP if gap else TeamStep.LEAVE
    if impossible := TEAM_MACHINE.reason_against(found.phase, step, "team"):
        return Against((impossible,))
    reasons = [*in_future(command.left_on, asked.now, "left_on")]
    if spell is None:
        text = f"{command.participant} is not in the team."
        reasons.append(Reason(code="NOT_IN_TEAM", field="participant", text=text))
    else:
        reasons += too_early(command.left_on, spell.since, "left_on", "it came in")
    if refusal := refused(reasons):
        return refusal
    event = CareTeamLeft(**command.model_dump(), network=found.network)
    return Decided({"team": found.id, "participant": command.participant, **_completeness(missing)}, (event,))


def end(command: EndCareTeam, held: Held, asked: Asked) -> Decided | Against:
    """End a care team."""
    found = held.get(CARE_TEAM, command.team)
    if found is None:
        return _unknown()
    if impossible := TEAM_MACHINE.reason_against(found.phase, TeamStep.END, "team"):
        return Against((impossible,))
    reasons = [
        *too_early(command.ended_on, found.latest_day(), "ended_on", "the last that is recorded of it"),
        *in_future(command.ended_on, asked.now, "ended_on"),
    ]
    if refusal := refused(reasons):
        return refusal
    event = CareTeamEnded(**command.model_dump(), network=found.network)
    return Decided({"team": found.id, "ended_on": event.ended_on.isoformat()}, (event,))


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(FormCareTeam, _form_keys, form),
    Rule(JoinCareTeam, _join_keys, join),
    Rule(LeaveCareTeam, _keys, leave),
    Rule(EndCareTeam, _keys, end),
)
