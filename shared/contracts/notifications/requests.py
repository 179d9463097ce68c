"""The restricted requests: a notice that must be sent, to whom, and what it says."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from shared.contracts.message import REDISCLOSURE, Contract, Event
from shared.contracts.notifications.terms import Format, Phone, PostalAddress
from shared.contracts.topic import Confidentiality, Gaps, Topic

Role = Literal[
    "beneficiary",
    "representative",
    "provider",
    "practitioner",
    "plan",
    "mac",
    "qic",
    "cms",
    "oig",
    "board",
    "agency",
    "facility",
    "qio_staff",
    "hospital",
    "physician",
    "owner",
    "frontline",
    "caregiver",
    "resident",
    "family",
    "coalition",
    "community",
    "coach",
    "partner",
    "supervisor",
]
"""In what part somebody gets a notice; ``hospital`` is a ``provider`` and ``physician`` a ``practitioner``.

From ``owner`` on these are audiences of the learning network; ``qio_staff`` and ``supervisor`` are our own people.
"""


class Recipient(Contract):
    """Who must hear: one party in one role. Without an address for any way the notice becomes a task for staff.

    A telephone call is always made by staff, who call ``name`` at ``phone`` with its script.
    """

    role: Role
    name: str = Field(min_length=1, max_length=300)
    email: str | None = Field(default=None, max_length=254)
    phone: str | None = Field(default=None, max_length=40, description="number to call; None when not known")
    interpreter: str | None = Field(default=None, max_length=60, description="language of the interpreter wanted")
    tty: bool = Field(default=False, description="to be called by TTY or relay")
    language: str = Field(default="en", pattern=r"^[a-z]{2}$")
    time_zone: str = Field(max_length=64, description="IANA zone of the recipient")
    contact: UUID | None = Field(default=None, description="the contact it was made for, whose preferences hold")
    postal: PostalAddress | None = None
    mobile: Phone | None = Field(default=None, description="number for texts")
    portal: str | None = Field(default=None, max_length=80, description="the id in the site's portal")
    format: Format = Format.STANDARD


class NoticeRequested(Event):
    """A notice that must be sent; carries what the letter says, so the topic is restricted and kept for days.

    ``notice_id`` is derived from the cause and the recipient's role: asking again for the same is the same notice.
    ``facts`` are the template's values in words; ``due_at`` (UTC) is when it must have left.
    """

    TYPE: ClassVar[str] = "notifications.NoticeRequested"

    notice_id: UUID
    notice_type: str = Field(pattern=r"^[A-Z_0-9]+$", max_length=60)
    subject: str = Field(
        max_length=64, pattern=r"^[A-Za-z0-9:._-]+$", description="opaque id of the case or facility it is about"
    )
    recipient: Recipient
    facts: dict[str, str]
    due_at: AwareDatetime
    list_id: str | None = Field(default=None, max_length=60, description="the mailing list it is sent for")
    campaign: UUID | None = Field(default=None, description="the campaign it is sent for")
    citation: str | None = Field(default=None, max_length=200, pattern=r"^[^\x00-\x1f]*$")
    redisclosure: Literal["42CFR480.107"] = REDISCLOSURE


REQUESTS = Topic(
    name="qio.notifications.requests.v1",
    owner="notifications",
    summary="Notices other services must have sent, with what they say. Restricted; kept for days only.",
    messages=(NoticeRequested,),
    key="notice id",
    partitions=4,
    retention_days=7,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.CONFIDENTIAL,
    writers=("recruitment", "complaints", "notifications"),
    readers=("notifications",),
)
TOPICS = (REQUESTS,)
