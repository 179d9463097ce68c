"""Peers who learn from each other: proposed, agreed to, meetings, what came of it."""

import datetime as dt
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.learning_terms import NetworkId
from shared.contracts.recruitment.learning_terms import Topic as LearningTopic
from shared.contracts.recruitment.peer_terms import (
    DeclinedBy,
    Helped,
    MatchReason,
    MeasureName,
    PairingId,
    PeerFigure,
    Side,
    WhyLapsed,
)
from shared.contracts.recruitment.session_terms import OfficePhone
from shared.contracts.recruitment.terms import Line, Said
from shared.contracts.topic import Confidentiality, Gaps, Topic

Reasons = Annotated[tuple[MatchReason, ...], Field(min_length=1, max_length=10)]
Figures = Annotated[tuple[PeerFigure, ...], Field(max_length=4)]
Minutes = Annotated[int, Field(ge=1, le=1440, description="minutes")]


class ProposePairing(Command):
    """Propose that one facility learns from another about a topic; both have consented, and do on that day.

    Whichever of the two teaches, they are one pairing on a topic, which can begin anew once it is over. Without
    ``network`` they learn across networks. ``measure`` shows the topic, and ``figures`` are in it, of those
    alone who consent to share theirs. ``office`` and ``phone`` are whom both can ask.
    """

    TYPE: ClassVar[str] = "recruitment.ProposePairing"

    learner: ParticipantId
    teacher: ParticipantId
    topic: LearningTopic
    measure: MeasureName | None = None
    network: NetworkId | None = None
    reasons: Reasons
    figures: Figures = ()
    office: Line
    phone: OfficePhone
    proposed_on: dt.date


class AcceptPairing(Command):
    """Record that both agreed, on the day the second did; each gets a letter about the other."""

    TYPE: ClassVar[str] = "recruitment.AcceptPairing"

    pairing: PairingId
    agreed_on: dt.date
    next_step: Said


class DeclinePairing(Command):
    """Record that a proposed pairing will not be."""

    TYPE: ClassVar[str] = "recruitment.DeclinePairing"

    pairing: PairingId
    declined_by: DeclinedBy
    declined_on: dt.date
    reason: Said


class RecordPeerMeeting(Command):
    """Record that the two met; one meeting a day, so the same day again is refused."""

    TYPE: ClassVar[str] = "recruitment.RecordPeerMeeting"

    pairing: PairingId
    held_on: dt.date
    minutes: Minutes
    about: Said


class EndPairing(Command):
    """End a pairing that was agreed to, and record what came of it; ``ended_on`` is its last day."""

    TYPE: ClassVar[str] = "recruitment.EndPairing"

    pairing: PairingId
    ended_on: dt.date
    helped: Helped
    taken_over: Said | None = Field(default=None, description="what the learner took over")
    reason: Said


class _OfPairing(Event):
    pairing: PairingId
    learner: ParticipantId
    teacher: ParticipantId
    topic: LearningTopic
    actor: str


class PairingProposed(_OfPairing):
    """Two facilities are proposed to each other."""

    TYPE: ClassVar[str] = "recruitment.PairingProposed"

    measure: MeasureName | None
    network: NetworkId | None
    reasons: Reasons
    figures: Figures
    office: str
    phone: str
    proposed_on: dt.date


class PairingAgreed(_OfPairing):
    """Both agreed to learn together."""

    TYPE: ClassVar[str] = "recruitment.PairingAgreed"

    agreed_on: dt.date
    next_step: str


class PairingDeclined(_OfPairing):
    """A proposed pairing will not be."""

    TYPE: ClassVar[str] = "recruitment.PairingDeclined"

    declined_by: DeclinedBy
    declined_on: dt.date
    reason: str


class PeerMeetingRecorded(_OfPairing):
    """The two met."""

    TYPE: ClassVar[str] = "recruitment.PeerMeetingRecorded"

    held_on: dt.date
    minutes: Minutes
    about: str


class PairingEnded(_OfPairing):
    """The pairing ended; ``ended_on`` is its last day."""

    TYPE: ClassVar[str] = "recruitment.PairingEnded"

    ended_on: dt.date
    helped: Helped
    taken_over: str | None
    reason: str


class PairingLapsed(_OfPairing):
    """A pairing ended because one of the two (``side``) took consent back, closed, or goes on in another.

    ``lapsed_on`` is the first day on which it could not be.
    """

    TYPE: ClassVar[str] = "recruitment.PairingLapsed"

    lapsed_on: dt.date
    why: WhyLapsed
    side: Side


ASKED: tuple[type[Command], ...] = (ProposePairing, AcceptPairing, DeclinePairing, RecordPeerMeeting, EndPairing)

PAIRINGS = Topic(
    name="qio.recruitment.pairings.v1",
    owner="recruitment",
    summary="Peers who learn from each other: proposed, agreed, meetings, ended, lapsed.",
    messages=(PairingProposed, PairingAgreed, PairingDeclined, PeerMeetingRecorded, PairingEnded, PairingLapsed),
    key="pairing id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (PAIRINGS,)
