"""How practices spread: who tries one, whom it heard of it from, who adopts it, who gives it up."""

import datetime as dt
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command, Contract, Event
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.learning_terms import LearningId
from shared.contracts.recruitment.peer_terms import PairingId
from shared.contracts.recruitment.practice_commands import Evidence
from shared.contracts.recruitment.terms import Said
from shared.contracts.topic import Confidentiality, Gaps, Topic


class Way(StrEnum):
    """How a participant heard of a practice."""

    PEER = "PEER"
    PAIRING = "PAIRING"
    SESSION = "SESSION"
    NOTICE = "NOTICE"


class Heard(Contract):
    """How a participant heard of a practice: from whom, in which pairing or session.

    PEER and PAIRING name the ``participant`` it heard from, PAIRING the ``pairing`` and SESSION the ``session``; with
    SESSION and NOTICE no participant means from the practice's origin, or from the network where it has none.
    """

    way: Way
    participant: ParticipantId | None = None
    pairing: PairingId | None = None
    session: LearningId | None = None


class TryPractice(Command):
    """Record that a participant tries a published practice; the same again changes nothing.

    Whom it heard from is the origin, or does the practice since that day or earlier.
    """

    TYPE: ClassVar[str] = "recruitment.TryPractice"

    practice: LearningId
    participant: ParticipantId
    heard: Heard
    since: dt.date


class AdoptPractice(Command):
    """Record that a participant that tries a practice has made it its own, and what shows it."""

    TYPE: ClassVar[str] = "recruitment.AdoptPractice"

    practice: LearningId
    participant: ParticipantId
    adopted_on: dt.date
    evidence: Evidence
    reason: Said = Field(description="why it keeps the practice")


class AbandonPractice(Command):
    """Record that a participant gives a practice up, tried or adopted; what it learned and passed on stays."""

    TYPE: ClassVar[str] = "recruitment.AbandonPractice"

    practice: LearningId
    participant: ParticipantId
    abandoned_on: dt.date
    evidence: Evidence | None = None
    reason: Said


class CorrectAdoption(Command):
    """Correct whom a participant heard of a practice from, or since when it tries it; what is left out stays.

    The same changes nothing. Nobody hears from somebody who began later, and nobody in the end from itself.
    """

    TYPE: ClassVar[str] = "recruitment.CorrectAdoption"

    practice: LearningId
    participant: ParticipantId
    heard: Heard | None = None
    since: dt.date | None = None
    because: Said


class _OfAdoption(Event):
    practice: LearningId
    participant: str
    actor: str


class PracticeTried(_OfAdoption):
    """A participant tries a practice."""

    TYPE: ClassVar[str] = "recruitment.PracticeTried"

    network: str
    heard: Heard
    since: dt.date


class PracticeAdopted(_OfAdoption):
    """A participant has made a practice its own."""

    TYPE: ClassVar[str] = "recruitment.PracticeAdopted"

    adopted_on: dt.date
    evidence: Evidence
    reason: str


class PracticeAbandoned(_OfAdoption):
    """A participant has given a practice up."""

    TYPE: ClassVar[str] = "recruitment.PracticeAbandoned"

    abandoned_on: dt.date
    evidence: Evidence | None
    reason: str


class AdoptionCorrected(_OfAdoption):
    """Whom a participant heard from and since when it tries the practice is as this says."""

    TYPE: ClassVar[str] = "recruitment.AdoptionCorrected"

    heard: Heard
    since: dt.date
    because: str


ASKED: tuple[type[Command], ...] = (TryPractice, AdoptPractice, AbandonPractice, CorrectAdoption)

ADOPTIONS = Topic(
    name="qio.recruitment.practice-adoptions.v1",
    owner="recruitment",
    summary="How practices spread: tried after hearing from whom, adopted, abandoned, corrected.",
    messages=(PracticeTried, PracticeAdopted, PracticeAbandoned, AdoptionCorrected),
    key="practice id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (ADOPTIONS,)
