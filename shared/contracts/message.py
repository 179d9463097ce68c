"""The base of every message: frozen, tolerant when read, silent about its values when it is wrong."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

REDISCLOSURE: Literal["42CFR480.107"] = "42CFR480.107"


class Contract(BaseModel):
    """A value that crosses a service border.

    Readers ignore fields they do not know, so that a writer may be newer; validation errors never show input
    values, because an input may identify a person (42 CFR 480.101).
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True, allow_inf_nan=False)


class Message(Contract):
    """A contract that travels alone on a topic, under ``TYPE`` and ``VERSION``."""

    TYPE: ClassVar[str]
    VERSION: ClassVar[int] = 1

    @classmethod
    def wire_type(cls) -> str:
        """The CloudEvents type, for example ``complaints.CaseOpened.v1``."""
        return f"{cls.TYPE}.v{cls.VERSION}"


class Event(Message):
    """Something that happened, in the past tense."""


class Command(Message):
    """A request for a change, in the imperative; ``actor`` is who asks, as the audit will name them."""

    actor: str


class FeedRecord(Message):
    """One row of an inbound feed. Identity is ``NATURAL_KEY`` and a version, never the Kafka offset.

    A natural key belongs to its type, unless types share it: then all of them name what it is of in ``KEY_OF``.
    """

    NATURAL_KEY: ClassVar[tuple[str, ...]]
    KEY_OF: ClassVar[str] = ""

    @classmethod
    def natural_key(cls, cells: Mapping[str, object]) -> tuple[object, ...]:
        """What identifies the record with these cells; raises KeyError where one of the key is missing."""
        return (cls.KEY_OF or cls.TYPE, *(cells[name] for name in cls.NATURAL_KEY))


class PublicEvent(Event):
    """What partners may read: an allow-list of its own, never an internal model with fields removed."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, allow_inf_nan=False)

    redisclosure: Literal["42CFR480.107"] = REDISCLOSURE
