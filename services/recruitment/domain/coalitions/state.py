"""A coalition as it stands: who is in it since when, what it has built, and what it wants to move."""

import datetime as dt
from enum import StrEnum
from typing import Final

from pydantic import Field

from services.recruitment.domain.coalitions.aims import ChosenMeasure, GoalProgress
from services.recruitment.domain.coalitions.equipment import Check, ItemState
from shared.contracts.recruitment.coalition_terms import CoalitionTask, Item, Role
from shared.contracts.recruitment.ids import Setting
from shared.records.kinds import Record
from shared.records.machine import Machine


class Standing(StrEnum):
    """Whether a coalition is at work."""

    FORMED = "FORMED"
    ENDED = "ENDED"


class Action(StrEnum):
    """What can be done with a coalition."""

    FORM = "FORM"
    CHANGE_MEMBERS = "CHANGE_MEMBERS"
    CHANGE_INFRASTRUCTURE = "CHANGE_INFRASTRUCTURE"
    CHANGE_AIMS = "CHANGE_AIMS"
    END = "END"


# Forming after an end is the community's next coalition.
MACHINE: Final = Machine(
    "the coalition",
    {
        (Standing.FORMED, Action.CHANGE_MEMBERS): Standing.FORMED,
        (Standing.FORMED, Action.CHANGE_INFRASTRUCTURE): Standing.FORMED,
        (Standing.FORMED, Action.CHANGE_AIMS): Standing.FORMED,
        (Standing.FORMED, Action.END): Standing.ENDED,
        (Standing.ENDED, Action.FORM): Standing.FORMED,
    },
)


class Member(Record):
    """A participant in a coalition; ``left_on`` is the first day it was no longer in it, None while it is.

    ``role`` is the last it had, held since ``role_since``. ``earlier`` are the times before, if it came back.
    """

    participant: str
    setting: Setting
    role: Role
    role_since: dt.date
    joined_on: dt.date
    left_on: dt.date | None = None
    left_because: str | None = None
    earlier: tuple["Member", ...] = ()

    def on(self, day: dt.date) -> bool:
        """Whether it is a member on a day, as known now."""
        now = self.joined_on <= day and (self.left_on is None or day < self.left_on)
        return now or any(one.on(day) for one in self.earlier)


class PatientSeat(Record):
    """The patient partner's seat: who holds it since when, or since when it is vacant (``holder`` None)."""

    holder: str | None
    since: dt.date


class Former(Record):
    """A coalition of the community that ended, with its members and infrastructure as they were at its end.

    ``ended_on`` is the first day it was none. Those from before members and infrastructure were kept have none.
    """

    number: int
    task: CoalitionTask
    name: str
    formed_on: dt.date
    ended_on: dt.date | None
    ended_because: str | None
    members: dict[str, Member] = Field(default_factory=dict)
    infrastructure: dict[Item, Check] = Field(default_factory=dict)


class Coalition(Record):
    """The last coalition over a community, under the community's id; ``number`` counts them from 1.

    ``members`` are all who ever were in it, by participant id, those who left included. ``ended_on`` is the first
    day it was none, None while it is at work. ``equipped_on`` is the day since which all of its infrastructure is
    done, None while it is not. ``former`` are the coalitions before it.
    """

    id: str
    number: int
    task: CoalitionTask
    name: str
    formed_on: dt.date
    ended_on: dt.date | None = None
    ended_because: str | None = None
    members: dict[str, Member]
    patient_seat: PatientSeat
    infrastructure: dict[Item, Check]
    equipped_on: dt.date | None = None
    measures: dict[str, ChosenMeasure] = Field(default_factory=dict)
    populations: tuple[str, ...] = ()
    goals: dict[str, GoalProgress] = Field(default_factory=dict)
    former: tuple[Former, ...] = ()

    @property
    def standing(self) -> Standing:
        """Whether it is at work."""
        return Standing.FORMED if self.ended_on is None else Standing.ENDED

    def member(self, participant: str) -> Member | None:
        """The participant where it is a member now, else None."""
        found = self.members.get(participant)
        return None if found is None or found.left_on is not None else found

    def present(self) -> tuple[Member, ...]:
        """Those who are members now, by participant id."""
        return tuple(one for _, one in sorted(self.members.items()) if one.left_on is None)

    def holder(self, role: Role) -> Member | None:
        """Who has a role now that one member has at most (lead, patient partner)."""
        return next((one for one in self.present() if one.role is role), None)

    def missing(self) -> tuple[Item, ...]:
        """What of the infrastructure is not done."""
        return tuple(item for item in Item if self.infrastructure[item].state is not ItemState.DONE)

    def last_change(self) -> dt.date:
        """The latest day on which somebody joined, left or took a role, or it was formed."""
        days = [self.formed_on, self.patient_seat.since]
        for one in self.members.values():
            days += [one.role_since, one.left_on or one.role_since]
        return max(days)
