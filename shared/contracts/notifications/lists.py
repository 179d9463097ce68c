"""Mailing lists that people join twice (they ask, then confirm) and leave with one click; addresses that fail."""

from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field, field_validator, model_validator

from shared.contracts.message import Command, Contract, Event
from shared.contracts.notifications.notices import ReturnReason
from shared.contracts.notifications.own import own_topic
from shared.contracts.notifications.terms import Language, Line, Part, Phone, Slug

Token = Annotated[str, Field(min_length=1, max_length=300, description="what stands behind the last / of a link")]
# How many returns an address remembers: enough to know a repeated report, and to count soft bounces.
REMEMBERED = 50


class LeftBy(StrEnum):
    """How somebody left a list."""

    CLICK = "CLICK"  # the link in the mail, or the mail program's own button (RFC 8058)
    REPLY = "REPLY"  # by mail
    STAFF = "STAFF"  # told staff


class Reach(StrEnum):
    """What kind of address it is."""

    EMAIL = "email"
    POSTAL = "postal"
    PHONE = "phone"
    MOBILE = "mobile"
    PORTAL = "portal"


class Bounce(StrEnum):
    """Whether trying the address again can help."""

    HARD = "HARD"  # there is no such address
    SOFT = "SOFT"  # this mail did not get there; another may


class Mark(StrEnum):
    """What was learnt about an address."""

    HARD_BOUNCE = "HARD_BOUNCE"
    SOFT_BOUNCE = "SOFT_BOUNCE"
    LETTER_RETURNED = "LETTER_RETURNED"
    LETTER_NOT_TAKEN = "LETTER_NOT_TAKEN"  # refused or unclaimed
    COMPLAINT = "COMPLAINT"  # the reader told their mail provider that it is unwanted
    CLEARED = "CLEARED"  # it is to be used again


class SaidBy(StrEnum):
    """Who says that an address is to be used again; only the person ends what they complained about."""

    PERSON = "PERSON"
    STAFF = "STAFF"


class CameBack(Contract):
    """Something that came back from an address; ``notice`` is None where nobody knows which it was."""

    notice: UUID | None
    mark: Mark
    at: AwareDatetime


class AddressFacts(Contract):
    """All that is kept of an address, which itself is not among it. Times are UTC."""

    reach: Reach
    unusable_since: AwareDatetime | None = None
    why: Mark | None = Field(default=None, description="what made it unusable")
    complained_at: AwareDatetime | None = Field(
        default=None, description="no list, campaign or digest goes to it since"
    )
    cleared_at: AwareDatetime | None = Field(default=None, description="soft bounces before it do not count")
    back: tuple[CameBack, ...] = Field(default=(), max_length=REMEMBERED)


class OpenList(Command):
    """Open a mailing list. What people agreed to does not change under them: another purpose is another list."""

    TYPE: ClassVar[str] = "notifications.OpenList"

    list_id: Slug
    name: Line
    purpose: str = Field(min_length=1, max_length=1_000, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]*$")
    parts: tuple[Part, ...] = Field(default=(), max_length=20, description="whom it is written for; none: anybody")
    languages: tuple[Language, ...] = Field(min_length=1, max_length=10)
    owner: Line = Field(description="the QIO that writes it, by its name")
    phone: Phone = Field(description="where it answers questions about the list")

    @field_validator("parts", "languages")
    @classmethod
    def _once(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(values))


class CloseList(Command):
    """Close a mailing list; nobody joins it any more, and nothing is sent for it."""

    TYPE: ClassVar[str] = "notifications.CloseList"

    list_id: Slug


class AskSubscription(Command):
    """Somebody wants to be on a list: they get a mail with a link to confirm it.

    Asked again while it waits to be confirmed, the mail goes again, once a day at most.
    """

    TYPE: ClassVar[str] = "notifications.AskSubscription"

    list_id: Slug
    contact: UUID


class ConfirmSubscription(Command):
    """Confirm with the token of the link; a second time changes nothing."""

    TYPE: ClassVar[str] = "notifications.ConfirmSubscription"

    token: Token


class LeaveList(Command):
    """Leave a list with the token of the link in any mail of it; a second time changes nothing."""

    TYPE: ClassVar[str] = "notifications.LeaveList"

    token: Token
    how: LeftBy = LeftBy.CLICK


class EndSubscription(Command):
    """Take a contact off a list, as they told staff; a second time changes nothing."""

    TYPE: ClassVar[str] = "notifications.EndSubscription"

    list_id: Slug
    contact: UUID
    how: LeftBy = LeftBy.STAFF


class AddressCommand(Command):
    """What is said about an address of a contact, or of the recipient of a notice, by the address's opaque id.

    Exactly one of ``notice`` and ``contact`` says how the address is known; it must be an address of theirs.
    """

    address: UUID
    notice: UUID | None = None
    contact: UUID | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "AddressCommand":
        if (self.notice is None) == (self.contact is None):
            raise ValueError("either the notice or the contact says whose address it is")
        return self


class ReportBounce(AddressCommand):
    """A mail came back; reported again for the same notice it changes nothing."""

    TYPE: ClassVar[str] = "notifications.ReportBounce"

    kind: Bounce
    status: str | None = Field(default=None, pattern=r"^[245]\.[0-9]{1,3}\.[0-9]{1,3}$", description="RFC 3463")


class ReportReturnedMail(AddressCommand):
    """The postal service brought a letter back."""

    TYPE: ClassVar[str] = "notifications.ReportReturnedMail"

    reason: ReturnReason


class ReportComplaint(AddressCommand):
    """The reader told their mail provider that it is unwanted (RFC 5965): no list, campaign or digest goes to it."""

    TYPE: ClassVar[str] = "notifications.ReportComplaint"


class ClearAddress(AddressCommand):
    """The address is to be used again."""

    TYPE: ClassVar[str] = "notifications.ClearAddress"

    said_by: SaidBy


class MailingListOpened(Event):
    """A mailing list was opened."""

    TYPE: ClassVar[str] = "notifications.MailingListOpened"

    list_id: Slug
    name: Line
    purpose: str
    parts: tuple[Part, ...]
    languages: tuple[Language, ...]
    owner: Line
    phone: Phone
    opened_at: AwareDatetime
    actor: str


class MailingListClosed(Event):
    """A mailing list was closed, for good."""

    TYPE: ClassVar[str] = "notifications.MailingListClosed"

    list_id: Slug
    closed_at: AwareDatetime
    actor: str


class SubscriptionAsked(Event):
    """A mail with a link to confirm was asked for; the link is good until ``expires_at`` (UTC)."""

    TYPE: ClassVar[str] = "notifications.SubscriptionAsked"

    list_id: Slug
    contact: UUID
    asked_at: AwareDatetime
    expires_at: AwareDatetime
    actor: str


class SubscriptionConfirmed(Event):
    """The person confirmed with the link of the mail."""

    TYPE: ClassVar[str] = "notifications.SubscriptionConfirmed"

    list_id: Slug
    contact: UUID
    confirmed_at: AwareDatetime


class SubscriptionLeft(Event):
    """The person left the list, before or after they had confirmed."""

    TYPE: ClassVar[str] = "notifications.SubscriptionLeft"

    list_id: Slug
    contact: UUID
    left_at: AwareDatetime
    how: LeftBy
    actor: str


class AddressMarked(Event):
    """All that is kept of an address from now on; each of these replaces the one before it.

    ``mark`` is what was learnt, ``notice`` what came back, where that is known.
    """

    TYPE: ClassVar[str] = "notifications.AddressMarked"

    address: UUID
    facts: AddressFacts
    mark: Mark
    notice: UUID | None = None


LISTS = own_topic(
    name="lists",
    summary="Mailing lists: what for, for whom, in which languages, opened and closed. For the service itself.",
    messages=(MailingListOpened, MailingListClosed),
    key="list id",
)
# Not compacted: who agreed to what and when is the proof that they may be written to. Nobody is named in it.
SUBSCRIPTIONS = own_topic(
    name="subscriptions",
    summary="Who asked for, confirmed and left which mailing list, by contact id. For the service itself.",
    messages=(SubscriptionAsked, SubscriptionConfirmed, SubscriptionLeft),
    key="list id|contact id",
    partitions=4,
)
ADDRESSES = own_topic(
    name="addresses",
    summary="Addresses that mail came back from, or may not be written to, by a keyed id. For the service itself.",
    messages=(AddressMarked,),
    key="address id, a keyed digest",
    partitions=4,
    erasable=True,
)

ASKED: tuple[type[Command], ...] = (
    OpenList,
    CloseList,
    AskSubscription,
    ConfirmSubscription,
    LeaveList,
    EndSubscription,
    ReportBounce,
    ReportReturnedMail,
    ReportComplaint,
    ClearAddress,
)
TOPICS = (LISTS, SUBSCRIPTIONS, ADDRESSES)
