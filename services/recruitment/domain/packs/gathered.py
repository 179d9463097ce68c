"""What is known of a session before figures are asked for: the part of a pack that recruitment's records tell."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from shared.contracts.recruitment.change_test_commands import Decision
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.learning_terms import Topic


class Answer(StrEnum):
    """How an assignment stands for one participant; MISSED: its period was closed without a report."""

    REPORTED = "REPORTED"
    EXCUSED = "EXCUSED"
    OWING = "OWING"
    OVERDUE = "OVERDUE"
    MISSED = "MISSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a participant is; None for what is not known of it."""

    participant: str
    name: str | None
    city: str | None
    state: str | None
    setting: Setting | None

    @property
    def called(self) -> str:
        """Its name, else its number."""
        return self.name or self.participant

    @property
    def where(self) -> str:
        """City and state as far as they are known."""
        return ", ".join(one for one in (self.city, self.state) if one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attending:
    """A participant with the number of its people. ``waiting``: without a place; ``guest``: came unregistered."""

    place: Place
    people: int
    waiting: bool = False
    guest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """An assignment as it stands for a participant on the day of the pack."""

    period: str
    title: str
    due_on: dt.date
    answer: Answer
    summary: str | None = None
    value: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """The last test of change of a participant, by the last day recorded of it; of the last cycle what is recorded."""

    topic: Topic
    aim: str
    cycle: int
    prediction: str
    last_on: dt.date
    done: str | None = None
    learned: str | None = None
    decision: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A peer that a participant is paired with, both consenting; ``teaches``: it is the one that has solved it.

    ``agreed_on`` is None while it is proposed alone. ``figures`` are the peer's in ``measure``, period and value, as
    they were when the two were matched; none where it does not consent to have them shown.
    """

    place: Place
    topic: Topic
    teaches: bool
    agreed_on: dt.date | None
    next_step: str | None
    measure: str | None = None
    figures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """A practice that a participant has adopted."""

    title: str
    topic: Topic
    adopted_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that is known of one registered participant; no ``topics``: it is in none of the session's cohorts."""

    place: Place
    topics: tuple[Topic, ...] = ()
    assigned: tuple[Assigned, ...] = ()
    tested: Tested | None = None
    matched: tuple[Matched, ...] = ()
    adopted: tuple[Adopted, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A session on a day. ``held``: who attended is known, and ``attending`` are they; else who is registered."""

    session: str
    network: str
    title: str
    cohorts: tuple[str, ...]
    agenda: tuple[str, ...]
    starts_at: dt.datetime
    ends_at: dt.datetime
    zone: str
    place: str | None
    join_url: str | None
    office: str
    phone: str
    held: bool
    on: dt.date
    attending: tuple[Attending, ...]
    known: tuple[Known, ...]
