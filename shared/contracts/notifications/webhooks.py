"""Partners who get the facts of public topics by HTTP."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field

from shared.contracts.message import Command, Contract, Event
from shared.contracts.notifications.own import own_topic
from shared.contracts.notifications.terms import Email, Line, Slug
from shared.contracts.topic import OVERWRITTEN_DAYS

Url = Annotated[str, Field(min_length=9, max_length=2000, pattern=r"^[^\x00-\x20\x7f]+$")]
PublicTopic = Annotated[str, Field(pattern=r"^qio\.public\.[a-z-]{1,40}\.v[1-9][0-9]{0,2}$")]
PublicTopics = Annotated[tuple[PublicTopic, ...], Field(min_length=1, max_length=20)]
SecretName = Annotated[UUID, Field(description="names a secret that the service made and showed; never the secret")]


class HookStanding(StrEnum):
    """Whether a partner is sent anything."""

    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"  # events are kept for it and go out when it is resumed


class WhyPaused(StrEnum):
    """Who or what paused a partner's deliveries."""

    STAFF = "STAFF"
    GONE = "GONE"  # its server answered 410: it wants no more
    FAILING = "FAILING"  # nothing could be delivered for days


class HookContact(Contract):
    """Whom staff write to about a partner's deliveries."""

    name: Line
    email: Email


class HookSecret(Contract):
    """A secret that deliveries are signed with, by name; until the end of the overlap (UTC) where it was replaced."""

    secret: SecretName
    until: AwareDatetime | None = None


class HookReplay(Contract):
    """A window (UTC, the end not included) whose events are to be sent again, and when that was asked."""

    since: AwareDatetime
    until: AwareDatetime
    asked_at: AwareDatetime


class HookFacts(Contract):
    """All that is kept of a partner's deliveries. Confidential: the contact is a person, the URL may hold a token.

    ``hook`` is this registration: a partner that is removed and registered again has another, and other pseudonyms.
    ``anew_at`` is when staff last said that trying is worthwhile again; failures before it are forgiven.
    """

    hook: UUID
    name: Line
    url: Url
    topics: PublicTopics
    contact: HookContact
    standing: HookStanding
    why_paused: WhyPaused | None = None
    secrets: tuple[HookSecret, ...] = Field(min_length=1, max_length=2, description="the present one first")
    registered_at: AwareDatetime
    anew_at: AwareDatetime
    replays: tuple[HookReplay, ...] = Field(default=(), max_length=20, description="the latest last")


class RegisterPartnerHook(Command):
    """Register a partner to get public events by HTTP from now on.

    Refused where the partner is registered, the URL is one that is never called, or a topic does not exist.
    """

    TYPE: ClassVar[str] = "notifications.RegisterPartnerHook"

    partner: Slug
    name: Line
    url: Url
    topics: PublicTopics
    contact: HookContact
    secret: SecretName


class ChangeHook(Command):
    """Change what is known of a partner; what is left out stays. A new URL is tried at once."""

    TYPE: ClassVar[str] = "notifications.ChangeHook"

    partner: Slug
    name: Line | None = None
    url: Url | None = None
    topics: PublicTopics | None = None
    contact: HookContact | None = None


class PauseHook(Command):
    """Send a partner nothing until it is resumed; events are kept for it meanwhile."""

    TYPE: ClassVar[str] = "notifications.PauseHook"

    partner: Slug


class ResumeHook(Command):
    """Send a paused partner what was kept for it, and what comes."""

    TYPE: ClassVar[str] = "notifications.ResumeHook"

    partner: Slug


class RotateSecret(Command):
    """Sign with another secret; the one before signs beside it for ``overlap_hours``, 0 after a leak."""

    TYPE: ClassVar[str] = "notifications.RotateSecret"

    partner: Slug
    secret: SecretName
    overlap_hours: int = Field(default=24, ge=0, le=168)


class RemoveHook(Command):
    """Forget a partner: nothing is sent any more, and what was kept for it is deleted."""

    TYPE: ClassVar[str] = "notifications.RemoveHook"

    partner: Slug


class ReplayWindow(Command):
    """Send again every event that was queued for a partner in a window (UTC), with the ids it had.

    Refused for what is no window, ends ahead, begins before what is kept, or after 20 within an hour.
    """

    TYPE: ClassVar[str] = "notifications.ReplayWindow"

    partner: Slug
    since: AwareDatetime
    until: AwareDatetime


class PartnerHookChanged(Event):
    """All that is known of a partner's deliveries from now on; each of these replaces the one before it."""

    TYPE: ClassVar[str] = "notifications.PartnerHookChanged"

    partner: str
    facts: HookFacts


class PartnerHookRemoved(Event):
    """Nothing is kept of a partner any more; the earlier record of this key goes with compaction."""

    TYPE: ClassVar[str] = "notifications.PartnerHookRemoved"

    partner: str


class PartnerHooksTidied(Event):
    """A day's record about nobody: it leaves partners that were removed before it to the broker to clean away."""

    TYPE: ClassVar[str] = "notifications.PartnerHooksTidied"

    on: dt.date


HOOKS = own_topic(
    name="webhooks",
    summary=(
        "Partners who get public events by HTTP; the last record of each is all there is of it. No secrets. "
        f"Who was removed is gone from the broker within {OVERWRITTEN_DAYS} days. For the service itself."
    ),
    messages=(PartnerHookChanged, PartnerHookRemoved, PartnerHooksTidied),
    key="partner id; of the record about nobody, tidied",
    erasable=True,
)

ASKED: tuple[type[Command], ...] = (
    RegisterPartnerHook,
    ChangeHook,
    PauseHook,
    ResumeHook,
    RotateSecret,
    RemoveHook,
    ReplayWindow,
)
TOPICS = (HOOKS,)
