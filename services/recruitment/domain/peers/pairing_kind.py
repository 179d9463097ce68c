"""A pairing of peers as it stands, and how it changes by its events."""

import datetime as dt
from enum import StrEnum
from typing import Any, Final

from shared.contracts.message import Event
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.recruitment.pairings import (
    PAIRINGS,
    PairingAgreed,
    PairingDeclined,
    PairingEnded,
    PairingLapsed,
    PairingProposed,
    PeerMeetingRecorded,
)
from shared.contracts.recruitment.peer_terms import DeclinedBy, Helped, MatchReason, PeerFigure, Side, WhyLapsed
from shared.records.kinds import Kind, Record
from shared.records.machine import Machine


class PairingStatus(StrEnum):
    """How far a pairing has come."""

    PROPOSED = "PROPOSED"
    AGREED = "AGREED"
    MEETING = "MEETING"
    ENDED = "ENDED"
    DECLINED = "DECLINED"


class PairingStep(StrEnum):
    """What can happen to a pairing; LAPSE: consent is gone, or one of the two."""

    PROPOSE = "PROPOSE"
    AGREE = "AGREE"
    DECLINE = "DECLINE"
    MEET = "MEET"
    END = "END"
    LAPSE = "LAPSE"


RUNNING: Final = (PairingStatus.PROPOSED, PairingStatus.AGREED, PairingStatus.MEETING)
PAIRING_MACHINE: Final = Machine(
    "the pairing",
    {
        (PairingStatus.PROPOSED, PairingStep.AGREE): PairingStatus.AGREED,
        (PairingStatus.PROPOSED, PairingStep.DECLINE): PairingStatus.DECLINED,
        (PairingStatus.AGREED, PairingStep.MEET): PairingStatus.MEETING,
        (PairingStatus.MEETING, PairingStep.MEET): PairingStatus.MEETING,
        (PairingStatus.AGREED, PairingStep.END): PairingStatus.ENDED,
        (PairingStatus.MEETING, PairingStep.END): PairingStatus.ENDED,
        **{(one, PairingStep.LAPSE): PairingStatus.ENDED for one in RUNNING},
        (PairingStatus.ENDED, PairingStep.PROPOSE): PairingStatus.PROPOSED,
        (PairingStatus.DECLINED, PairingStep.PROPOSE): PairingStatus.PROPOSED,
    },
)


class Meeting(Record):
    """A meeting of the two, with its length in minutes."""

    held_on: dt.date
    minutes: int
    about: str


class Lapse(Record):
    """That one of the two could not go on from a day on."""

    on: dt.date
    why: WhyLapsed
    side: Side


class Round(Record):
    """One time that two facilities learned from each other; no ``network``: across networks.

    ``ended_on`` is the last day of one that was ended or declined, ``lapse`` says how it ended otherwise.
    """

    learner: str
    teacher: str
    measure: str | None
    network: str | None
    reasons: tuple[MatchReason, ...]
    figures: tuple[PeerFigure, ...]
    office: str
    phone: str
    proposed_on: dt.date
    status: PairingStatus = PairingStatus.PROPOSED
    agreed_on: dt.date | None = None
    next_step: str | None = None
    meetings: tuple[Meeting, ...] = ()
    ended_on: dt.date | None = None
    reason: str | None = None
    declined_by: DeclinedBy | None = None
    helped: Helped | None = None
    taken_over: str | None = None
    lapse: Lapse | None = None

    def latest_day(self) -> dt.date:
        """The last day on which something of it is recorded."""
        lapsed = self.lapse.on if self.lapse else self.proposed_on
        days = (self.agreed_on or self.proposed_on, self.ended_on or self.proposed_on, lapsed)
        return max((*days, *(one.held_on for one in self.meetings)))

    def side(self, side: Side) -> str:
        """Who is on a side."""
        return self.learner if side is Side.LEARNER else self.teacher


class Pairing(Round):
    """Two facilities with a topic: how it stands this time, and the times before it."""

    id: str
    topic: Topic
    earlier: tuple[Round, ...] = ()

    def this_time(self) -> Round:
        """This time alone."""
        return Round.model_validate(self.model_dump(exclude={"id", "topic", "earlier"}))


def pairing_id(one: str, other: str, topic: str) -> str:
    """The id of two facilities with a topic, in whatever order they are named."""
    return ".".join((*sorted((one, other)), topic))


def two_of(pairing: str) -> tuple[str, str]:
    """The two facilities of a pairing, read from its id."""
    one, other, _ = pairing.split(".")
    return one, other


def _changes(held: Pairing, event: Event) -> dict[str, Any]:
    match event:
        case PairingAgreed():
            return {"status": PairingStatus.AGREED, "agreed_on": event.agreed_on, "next_step": event.next_step}
        case PairingDeclined():
            told = {"declined_by": event.declined_by, "ended_on": event.declined_on, "reason": event.reason}
            return {"status": PairingStatus.DECLINED, **told}
        case PeerMeetingRecorded():
            meeting = Meeting(held_on=event.held_on, minutes=event.minutes, about=event.about)
            meetings = tuple(sorted((*held.meetings, meeting), key=lambda one: one.held_on))
            return {"status": PairingStatus.MEETING, "meetings": meetings}
        case PairingEnded():
            told = event.model_dump(include={"ended_on", "helped", "taken_over", "reason"})
            return {"status": PairingStatus.ENDED, **told}
        case PairingLapsed():
            lapse = Lapse(on=event.lapsed_on, why=event.why, side=event.side)
            return {"status": PairingStatus.ENDED, "lapse": lapse}
        case _:
            raise AssertionError("an event of the kind that nothing evolves by")


def _pairing(before: Pairing | None, event: Event, at: dt.datetime) -> Pairing:
    del at
    if isinstance(event, PairingProposed):
        told = event.model_dump(exclude={"pairing", "actor", "reasons", "figures"})
        earlier = (*before.earlier, before.this_time()) if before else ()
        return Pairing(id=event.pairing, reasons=event.reasons, figures=event.figures, earlier=earlier, **told)
    assert before is not None, "a pairing is proposed first"
    return before.model_copy(update=_changes(before, event))


PAIRING: Final = Kind(
    name="pairing",
    state=Pairing,
    events=(PairingProposed, PairingAgreed, PairingDeclined, PeerMeetingRecorded, PairingEnded, PairingLapsed),
    begins=(PairingProposed,),
    id_of=lambda event: event.pairing,
    evolve=_pairing,
    topic=PAIRINGS.name,
)
