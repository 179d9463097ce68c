"""Facilities' consent to learn from peers, to teach them, and to have figures or address shared with them."""

import datetime as dt
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.peer_terms import PeerScope
from shared.contracts.recruitment.steps import Signatory
from shared.contracts.recruitment.terms import Line, Said
from shared.contracts.topic import Confidentiality, Gaps, Topic

Scopes = Annotated[tuple[PeerScope, ...], Field(min_length=1, max_length=len(PeerScope))]


class RecordPeerConsent(Command):
    """Record what a facility consents to from ``given_on`` on; the same again: no change.

    Each scope stands by itself until it is withdrawn; one that stands cannot be given anew. Consent of days that are
    over can be recorded as far as it does not overlap what was recorded before.
    """

    TYPE: ClassVar[str] = "recruitment.RecordPeerConsent"

    participant: ParticipantId
    scopes: Scopes
    given_on: dt.date
    evidence: Line = Field(description="where the signed consent is kept, naming no person")
    signed_as: Signatory


class WithdrawPeerConsent(Command):
    """Record that a facility took consent back; without ``scopes`` all that stands.

    It holds no more from ``withdrawn_on`` on. Pairings that need it end as of that day, within minutes.
    """

    TYPE: ClassVar[str] = "recruitment.WithdrawPeerConsent"

    participant: ParticipantId
    scopes: Annotated[tuple[PeerScope, ...], Field(max_length=len(PeerScope))] = ()
    withdrawn_on: dt.date
    reason: Said


class _OfConsent(Event):
    participant: ParticipantId
    scopes: Scopes
    actor: str


class PeerConsentRecorded(_OfConsent):
    """A facility consents to something among peers from a day on."""

    TYPE: ClassVar[str] = "recruitment.PeerConsentRecorded"

    given_on: dt.date
    evidence: str
    signed_as: Signatory


class PeerConsentWithdrawn(_OfConsent):
    """A facility took consent back; ``withdrawn_on`` is the first day without it."""

    TYPE: ClassVar[str] = "recruitment.PeerConsentWithdrawn"

    withdrawn_on: dt.date
    reason: str


ASKED: tuple[type[Command], ...] = (RecordPeerConsent, WithdrawPeerConsent)

PEER_CONSENTS = Topic(
    name="qio.recruitment.peer-consents.v1",
    owner="recruitment",
    summary="Facilities' consent to learn from peers, teach them and share figures: given, withdrawn.",
    messages=(PeerConsentRecorded, PeerConsentWithdrawn),
    key="participant id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (PEER_CONSENTS,)
