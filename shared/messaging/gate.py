"""The gate: raw records become decoded messages, or a verdict that names the rule and never the content."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import msgspec
from aiokafka import ConsumerRecord
from pydantic import ValidationError

from shared.contracts import envelope as ce
from shared.contracts.message import Message
from shared.messaging.handling import FeedItem, FeedSubscription, Received

MAX_VALUE_BYTES: Final = 512 * 1024  # decoded: the broker's own limit is on compressed bytes
_NUL_ESCAPE: Final = rb"\u0000"  # PostgreSQL text cannot hold it
_UUID_WITH_TIME: Final = 7
_LOG_APPEND_TIME: Final = 1
_STRUCT_PATH: Final = re.compile(r"`\$\.?([^`]*)`$")


@dataclass(frozen=True, slots=True)
class Ignored:
    """A well-formed message of a type nobody here handles; recorded, so that it is not counted as lost."""

    envelope: ce.Envelope


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that can never be handled: why, and as much of its identity as could be read."""

    reason: str
    paths: tuple[str, ...] = ()
    key: str | None = None
    type: str | None = None
    envelope: ce.Envelope | None = None


Verdict = Received[Any] | Ignored | Refusal


def admit(record: ConsumerRecord, models: Mapping[str, type[Message]]) -> Verdict:
    """Judge one event or command; never raises for any bytes."""
    key = _key(record.key)
    if isinstance(key, Refusal):
        return key
    try:
        envelope = ce.read(record.headers)
    except ce.EnvelopeError as error:
        return Refusal("header", (error.header, error.rule), key)
    if envelope.subject != key:
        return Refusal("key-differs-from-subject", (), key, envelope.type, envelope)
    model = models.get(envelope.type)
    if model is None:
        return Ignored(envelope)
    fault = _value_fault(record.value)
    if fault:
        return Refusal(fault, (), key, envelope.type, envelope)
    try:
        message = model.model_validate_json(record.value)
    except ValidationError as error:
        return Refusal("schema", _paths(error), key, envelope.type, envelope)
    except (ValueError, OverflowError, RecursionError):
        return Refusal("schema", (), key, envelope.type, envelope)
    return Received(envelope, message, key, record.topic, record.partition, record.offset, _arrived_at(record))


Decoders = Mapping[bytes, tuple[str, Callable[[bytes], Any]]]


def by_header(subscription: FeedSubscription) -> Decoders:
    """The subscription's decoders by the bytes of the type header, for ``admit_feed``."""
    return {name.encode(): (name, decode) for name, decode in subscription.decoders.items()}


def admit_feed(record: ConsumerRecord, decoders: Decoders) -> FeedItem | Refusal:
    """Judge one feed record by its type header and compiled decoder; never raises for any bytes."""
    found = None
    for name, raw in record.headers:
        if name == "ce_type":
            found = decoders.get(raw)
            break
    key = _key(record.key)
    if isinstance(key, Refusal):
        return key
    if found is None:
        return Refusal("type", ("ce_type",), key)
    type_name, decode = found
    fault = _value_fault(record.value)
    if fault:
        return Refusal(fault, (), key, type_name)
    try:
        return FeedItem(key, type_name, decode(record.value))
    except ValidationError as error:
        return Refusal("schema", _paths(error), key, type_name)
    except msgspec.ValidationError as error:
        return Refusal("schema", _struct_path(error), key, type_name)
    except (ValueError, OverflowError, RecursionError):
        return Refusal("schema", (), key, type_name)


def inbox_day(envelope: ce.Envelope) -> dt.date:
    """The inbox partition of a message: from the message alone, so that its repetition meets it again.

    A caller may send one command twice with two clock readings, so a time-ordered id counts before ``ce_time``.
    """
    return _day_of(envelope.id) or envelope.time.date()


def _day_of(event_id: UUID) -> dt.date | None:
    if event_id.version != _UUID_WITH_TIME:
        return None
    milliseconds = event_id.int >> 80
    try:
        return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC).date()
    except (OverflowError, ValueError, OSError):
        return None


def _arrived_at(record: ConsumerRecord) -> dt.datetime | None:
    if record.timestamp_type != _LOG_APPEND_TIME or not record.timestamp:
        return None
    return dt.datetime.fromtimestamp(record.timestamp / 1000, dt.UTC)


def _key(raw: bytes | None) -> str | Refusal:
    if not raw:
        return Refusal("key", ("missing",))
    try:
        key = raw.decode()
    except UnicodeDecodeError:
        return Refusal("key", ("not UTF-8",))
    return Refusal("key", ("contains NUL",)) if "\x00" in key else key


def _value_fault(value: bytes | None) -> str | None:
    if not value:
        return "empty"
    if len(value) > MAX_VALUE_BYTES:
        return "oversize"
    return "nul" if _NUL_ESCAPE in value else None


def _struct_path(error: msgspec.ValidationError) -> tuple[str, ...]:
    """The path alone: the text of an enum error has the value in it."""
    found = _STRUCT_PATH.search(str(error))
    return (f"{found[1]}: invalid",) if found else ()


def _paths(error: ValidationError) -> tuple[str, ...]:
    """Field paths with the rule broken, for example ``areas.0: string_pattern_mismatch``; no values."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    return tuple(f"{'.'.join(map(str, item['loc'])) or 'value'}: {item['type']}" for item in details[:20])
