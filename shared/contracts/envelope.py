"""CloudEvents 1.0 attributes in Kafka binary mode, written to and read from record headers."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

CONTENT_TYPE: Final = "application/json"
SPEC_VERSION: Final = "1.0"

Headers = list[tuple[str, bytes]]


class EnvelopeError(ValueError):
    """A header that is required is missing or does not parse; ``header`` names it, its value is not kept."""

    def __init__(self, header: str, rule: str) -> None:
        super().__init__(f"header {header}: {rule}")
        self.header = header
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who says what about whom, when and why.

    ``time`` is when it occurred (UTC). ``sequence`` is ``epoch:counter``, a counter per topic and key whose epoch
    rises after a restore; it is not a row version. ``correlation_id`` names the whole story, ``causation_id`` the
    message that caused this one.
    """

    id: UUID
    type: str
    source: str
    time: dt.datetime
    subject: str
    correlation_id: UUID
    causation_id: UUID | None = None
    sequence: str | None = None
    traceparent: str | None = None

    def headers(self) -> Headers:
        """The record headers, all UTF-8; ``ce_dataschema`` points into the committed schemas by name."""
        pairs = [
            ("ce_specversion", SPEC_VERSION),
            ("ce_id", str(self.id)),
            ("ce_type", self.type),
            ("ce_source", self.source),
            ("ce_time", format_instant(self.time)),
            ("ce_subject", self.subject),
            ("ce_dataschema", f"qio:schemas/{self.type}.json"),
            ("ce_correlationid", str(self.correlation_id)),
            ("content-type", CONTENT_TYPE),
        ]
        if self.causation_id is not None:
            pairs.append(("ce_causationid", str(self.causation_id)))
        if self.sequence is not None:
            pairs.append(("ce_sequence", self.sequence))
        if self.traceparent is not None:
            pairs.append(("ce_traceparent", self.traceparent))
        return [(name, value.encode()) for name, value in pairs]


def format_instant(value: dt.datetime) -> str:
    """RFC 3339 in UTC with ``Z``; raises ValueError for a time without zone."""
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def read(headers: Iterable[tuple[str, bytes | None]]) -> Envelope:
    """The envelope of a record; raises EnvelopeError for what is missing or malformed.

    Bytes that are not UTF-8 are replaced, never raised: a broken header of no interest must not lose a record.
    """
    found = dict(headers)
    causation = found.get("ce_causationid")
    return Envelope(
        id=_uuid(found, "ce_id"),
        type=_required(found, "ce_type"),
        source=_required(found, "ce_source"),
        time=_instant(found, "ce_time"),
        subject=_required(found, "ce_subject"),
        correlation_id=_uuid(found, "ce_correlationid" if found.get("ce_correlationid") else "ce_id"),
        causation_id=_uuid(found, "ce_causationid") if causation else None,
        sequence=_optional(found, "ce_sequence"),
        traceparent=_optional(found, "ce_traceparent"),
    )


_Found = dict[str, bytes | None]


def _optional(found: _Found, name: str) -> str | None:
    return (found.get(name) or b"").decode("utf-8", "replace") or None


def _required(found: _Found, name: str) -> str:
    value = _optional(found, name)
    if value is None:
        raise EnvelopeError(name, "missing")
    if "\x00" in value:
        raise EnvelopeError(name, "contains NUL")
    return value


def _uuid(found: _Found, name: str) -> UUID:
    text = _required(found, name)
    try:
        return UUID(text)
    except ValueError:
        raise EnvelopeError(name, "not a UUID") from None


def _instant(found: _Found, name: str) -> dt.datetime:
    text = _required(found, name)
    try:
        value = dt.datetime.fromisoformat(text)
    except ValueError:
        raise EnvelopeError(name, "not an RFC 3339 time") from None
    if value.tzinfo is None:
        raise EnvelopeError(name, "no time zone")
    return value.astimezone(dt.UTC)
