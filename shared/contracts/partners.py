"""What MACs, plans and providers are told, and what they return, each on topics of its own (42 CFR 480.132-480.136)."""

import datetime as dt
import re
from typing import Annotated, ClassVar, Final, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from shared.contracts.message import REDISCLOSURE, Event, Message
from shared.contracts.topic import Confidentiality, Gaps, Topic

PARTNER_ID: Final = r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?"
ANY: Final = "{partner}"  # stands for the id in the patterns of the catalog

CaseName = Annotated[UUID, Field(description="the case as this partner alone knows it")]
Sealed = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9+/]+={0,2}$",
        max_length=4000,
        description="identifiers, sealed for the partner's key: HPKE (RFC 9180), X25519, HKDF-SHA256, AES-256-GCM",
    ),
]
Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$", max_length=60)]


class PartnerEvent(Event):
    """One fact for one partner: the minimum it needs to act, no narrative, no finding, no reviewer."""

    case: CaseName
    redisclosure: Literal["42CFR480.107"] = REDISCLOSURE


class RecordsRequested(PartnerEvent):
    """The records of a case are wanted by ``due_at``; ``REMINDER``: the notice before a denial for want of them."""

    TYPE: ClassVar[str] = "partner.RecordsRequested"

    request: UUID
    kind: Literal["REQUEST", "REMINDER"]
    identifiers: Sealed
    due_at: AwareDatetime


class DenialNotified(PartnerEvent):
    """A determination about a payment was noticed; of a reconsideration with ``level`` 1.

    ``amount_cents`` is what comes back to the Trust Fund, ``liable_from`` the first day the patient pays.
    """

    TYPE: ClassVar[str] = "partner.DenialNotified"

    notice: UUID
    identifiers: Sealed
    outcome: Code
    level: int = Field(ge=0, le=1)
    determined_on: dt.date
    liable_from: dt.date | None = None
    amount_cents: int | None = None


class ClaimAdjusted(PartnerEvent):
    """A determination is final and the MAC adjusts the claim by ``amount_cents``: taken back, paid where negative."""

    TYPE: ClassVar[str] = "partner.ClaimAdjusted"

    identifiers: Sealed
    outcome: Code
    determined_on: dt.date
    amount_cents: int


class DocumentAcknowledged(PartnerEvent):
    """A document was received at ``received_at``: what counts for deadlines. Told once for each document.

    ``NOT_EXPECTED``: the case waits for no records now. ``UNKNOWN_CASE``: this partner has no such case.
    """

    TYPE: ClassVar[str] = "partner.DocumentAcknowledged"

    document: UUID
    received_at: AwareDatetime
    verdict: Literal["TAKEN", "NOT_EXPECTED", "UNKNOWN_CASE"]


class DocumentReturned(Event):
    """A partner returned a document; its content travels apart and must have this SHA-256.

    ``document`` is the partner's own id: sent again with the same one it is the same document.
    """

    TYPE: ClassVar[str] = "partner.DocumentReturned"

    document: UUID
    case: CaseName
    kind: Literal["RECORDS", "RESPONSE"]
    pages: int = Field(ge=1, le=100_000)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


OUTGOING: Final[tuple[type[Message], ...]] = (RecordsRequested, DenialNotified, ClaimAdjusted, DocumentAcknowledged)
_NAME: Final = re.compile(rf"qio\.partner\.({PARTNER_ID})\.(requests|documents)\.v1")


def requests(partner: str) -> Topic:
    """What one partner is asked and told; only its principal reads it."""
    return Topic(
        name=f"qio.partner.{partner}.requests.v1",
        owner="complaints",
        summary="What one MAC, plan or provider is asked and told about its own cases. Restricted to it.",
        messages=OUTGOING,
        key="the case as this partner alone knows it",
        partitions=1,
        retention_days=30,
        gaps=Gaps.CONTIGUOUS,
        confidentiality=Confidentiality.CONFIDENTIAL,
        writers=("complaints",),
        readers=(f"partner-{partner}",),
    )


def documents(partner: str) -> Topic:
    """What one partner returns; the broker's time of arrival is the receipt."""
    return Topic(
        name=f"qio.partner.{partner}.documents.v1",
        owner="complaints",
        summary="What one MAC, plan or provider returns about its own cases. Only it writes.",
        messages=(DocumentReturned,),
        key="the case as this partner alone knows it",
        partitions=1,
        retention_days=30,
        gaps=Gaps.NONE,
        confidentiality=Confidentiality.CONFIDENTIAL,
        writers=(f"partner-{partner}",),
        readers=("complaints",),
        config={"message.timestamp.type": "LogAppendTime"},
    )


def topics(partner: str) -> tuple[Topic, Topic]:
    """Both topics of one partner."""
    return requests(partner), documents(partner)


def topic_of(name: str) -> Topic | None:
    """The partner topic of that name, or None for a name of another form."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    return requests(found[1]) if found[3] == "requests" else documents(found[1])


PATTERNS: Final = topics(ANY)
