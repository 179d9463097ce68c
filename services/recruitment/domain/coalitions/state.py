"""A coalition as it stands: who is in it since when, what it has built, and what it wants to move."""

import datetime as dt
from enum import StrEnum

from services.recruitment.domain.kernel.records import Record
from shared.contracts.recruitment.coalitions import CoalitionTask, Role
from shared.contracts.recruitment.ids import Setting


class Standing(StrEnum):
    """Whether a coalition is at work."""

    FORMED = "FORMED"
    ENDED = "ENDED"


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


class Coalition(Record):
    """The last coalition over a community, under the community's id; ``number`` counts them from 1.

    ``members`` are all who ever were in it, by participant id, those who left included. ``ended_on`` is the first
    day it was none, None while it is at work.
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
