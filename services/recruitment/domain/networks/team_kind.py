"""A care team as it stands, and how it changes by its events."""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from shared.contracts.message import Event
from shared.contracts.recruitment.care_teams import (
    CARE_TEAMS,
    CareRole,
    CareTeamEnded,
    CareTeamFormed,
    CareTeamJoined,
    CareTeamLeft,
)
from shared.contracts.recruitment.ids import Setting
from shared.records.kinds import Kind, Record
from shared.records.machine import Machine

# A pharmacist, a physician and a facility: "Moving Forward", adverse drug events.
ROLES: Final[Mapping[Setting, CareRole]] = {
    Setting.PHARMACY: CareRole.PHARMACIST,
    Setting.PHYSICIAN_PRACTICE: CareRole.PHYSICIAN,
    Setting.HOSPITAL: CareRole.FACILITY,
    Setting.NURSING_HOME: CareRole.FACILITY,
    Setting.HOME_HEALTH: CareRole.FACILITY,
    Setting.HOSPICE: CareRole.FACILITY,
    Setting.DIALYSIS: CareRole.FACILITY,
    Setting.LTSS_PROVIDER: CareRole.FACILITY,
}


class TeamPhase(StrEnum):
    """Whether all roles of a care team are filled, and whether it goes on."""

    INCOMPLETE = "INCOMPLETE"
    COMPLETE = "COMPLETE"
    ENDED = "ENDED"


class TeamStep(StrEnum):
    """What can happen to a care team; who comes may fill it, and who goes may leave a gap."""

    JOIN = "JOIN"
    FILL = "FILL"
    LEAVE = "LEAVE"
    LEAVE_A_GAP = "LEAVE_A_GAP"
    END = "END"


TEAM_MACHINE: Final = Machine(
    "the care team",
    {
        (TeamPhase.INCOMPLETE, TeamStep.JOIN): TeamPhase.INCOMPLETE,
        (TeamPhase.INCOMPLETE, TeamStep.FILL): TeamPhase.COMPLETE,
        (TeamPhase.INCOMPLETE, TeamStep.LEAVE): TeamPhase.INCOMPLETE,
        (TeamPhase.INCOMPLETE, TeamStep.END): TeamPhase.ENDED,
        (TeamPhase.COMPLETE, TeamStep.JOIN): TeamPhase.COMPLETE,
        (TeamPhase.COMPLETE, TeamStep.LEAVE): TeamPhase.COMPLETE,
        (TeamPhase.COMPLETE, TeamStep.LEAVE_A_GAP): TeamPhase.INCOMPLETE,
        (TeamPhase.COMPLETE, TeamStep.END): TeamPhase.ENDED,
    },
)


class TeamSpell(Record):
    """A time in a care team; ``until`` is the first day after it."""

    role: CareRole
    since: dt.date
    until: dt.date | None = None
    reason: str | None = None


class CareTeam(Record):
    """A care team; ``members`` are all who ever were in it, ``ended_on`` is its last day."""

    id: str
    network: str
    name: str
    formed_on: dt.date
    members: Mapping[str, tuple[TeamSpell, ...]] = {}
    phase: TeamPhase = TeamPhase.INCOMPLETE
    ended_on: dt.date | None = None
    reason: str | None = None

    def present(self) -> Iterator[tuple[str, TeamSpell]]:
        """Who is in it now, by id; of an ended team, who was to the last."""
        last = ((one, held[-1]) for one, held in sorted(self.members.items()) if held)
        return ((one, spell) for one, spell in last if spell.until is None)

    def missing(self) -> tuple[CareRole, ...]:
        """The roles that nobody has."""
        filled = {spell.role for _, spell in self.present()}
        return tuple(role for role in CareRole if role not in filled)

    def latest_day(self) -> dt.date:
        """The last day on which something of it is recorded."""
        days = [day for held in self.members.values() for one in held for day in (one.since, one.until) if day]
        return max((self.formed_on, *days))


def _evolve(before: CareTeam | None, event: Event, at: dt.datetime) -> CareTeam:
    del at
    if isinstance(event, CareTeamFormed):
        return CareTeam(id=event.team, **event.model_dump(include={"network", "name", "formed_on"}))
    assert before is not None, "a care team is formed first"
    match event:
        case CareTeamJoined():
            spell = TeamSpell(role=event.role, since=event.joined_on)
            return _staffed(before, event.participant, (*before.members.get(event.participant, ()), spell))
        case CareTeamLeft():
            told: dict[str, Any] = {"until": event.left_on, "reason": event.reason}
            held = before.members.get(event.participant, ())
            spells = tuple(one if one.until else one.model_copy(update=told) for one in held)
            return _staffed(before, event.participant, spells)
        case CareTeamEnded():
            ended = event.model_dump(include={"ended_on", "reason"})
            return before.model_copy(update={"phase": TeamPhase.ENDED, **ended})
        case _:
            raise AssertionError("an event of the kind that nothing evolves by")


def _staffed(held: CareTeam, participant: str, spells: tuple[TeamSpell, ...]) -> CareTeam:
    after = held.model_copy(update={"members": {**held.members, participant: spells}})
    return after.model_copy(update={"phase": TeamPhase.INCOMPLETE if after.missing() else TeamPhase.COMPLETE})


CARE_TEAM: Final = Kind(
    name="care-team",
    state=CareTeam,
    events=(CareTeamFormed, CareTeamJoined, CareTeamLeft, CareTeamEnded),
    begins=(CareTeamFormed,),
    id_of=lambda event: event.team,
    evolve=_evolve,
    topic=CARE_TEAMS.name,
)
