"""Texts, recorded calls and portal messages: handed to the site's gateway, which says what became of them."""

from enum import StrEnum
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from shared.contracts.message import REDISCLOSURE, Event
from shared.contracts.notifications.terms import Channel, Language
from shared.contracts.topic import Confidentiality, Gaps, Topic


class GatewayOutcome(StrEnum):
    """What became of a message at the gateway."""

    ACCEPTED = "ACCEPTED"  # taken, not there yet
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"  # could not be delivered in time


class GatewayRequested(Event):
    """A message that the gateway shall deliver once. ``notice_id`` and ``step`` name it: a repetition is the same."""

    TYPE: ClassVar[str] = "notifications.GatewayRequested"

    notice_id: UUID
    step: int = Field(ge=1)
    channel: Literal[Channel.SMS, Channel.VOICE, Channel.PORTAL]
    to: str = Field(max_length=80, description="telephone number, or the id in the portal")
    language: Language
    title: str
    text: str = Field(description="a text message says nothing of the case; a portal message is the whole letter")
    answer_by: AwareDatetime = Field(description="without DELIVERED until then the notice goes another way")
    redisclosure: Literal["42CFR480.107"] = REDISCLOSURE


class GatewayAnswered(Event):
    """What became of a message at the gateway; a message may be answered several times."""

    TYPE: ClassVar[str] = "notifications.GatewayAnswered"

    notice_id: UUID
    step: int = Field(ge=1)
    outcome: GatewayOutcome
    reason: str | None = Field(default=None, pattern=r"^[a-z0-9-]{1,40}$", description="a code; why it failed")
    at: AwareDatetime


GATEWAY_REQUESTS = Topic(
    name="qio.notifications.gateway-requests.v1",
    owner="notifications",
    summary="Texts, recorded calls and portal messages for the site's gateway. Restricted; kept for days only.",
    messages=(GatewayRequested,),
    key="notice id",
    partitions=4,
    retention_days=7,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.CONFIDENTIAL,
    writers=("notifications",),
    readers=("gateway",),
)

GATEWAY_ANSWERS = Topic(
    name="qio.notifications.gateway-answers.v1",
    owner="notifications",
    summary="What became of the messages handed to the site's gateway.",
    messages=(GatewayAnswered,),
    key="notice id",
    partitions=4,
    retention_days=7,
    gaps=Gaps.NONE,
    confidentiality=Confidentiality.INTERNAL,
    writers=("gateway",),
    readers=("notifications",),
)

TOPICS: tuple[Topic, ...] = (GATEWAY_REQUESTS, GATEWAY_ANSWERS)
