"""What documents are, in which forms they come, and what is known of one without opening it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from shared.contracts.complaints import Channel, Role


class Kind(StrEnum):
    """What a document is."""

    MEDICAL_RECORD = "MEDICAL_RECORD"
    DISCHARGE_NOTICE = "DISCHARGE_NOTICE"  # the Important Message from Medicare
    NONCOVERAGE_NOTICE = "NONCOVERAGE_NOTICE"  # the Notice of Medicare Non-Coverage
    DETAILED_NOTICE = "DETAILED_NOTICE"  # of discharge, or explanation of non-coverage
    STATUS_NOTICE = "STATUS_NOTICE"  # the Medicare Change of Status Notice
    HINN = "HINN"
    PHYSICIAN_CERTIFICATE = "PHYSICIAN_CERTIFICATE"
    AUTHORITY = "AUTHORITY"  # appointment of representative, power of attorney, letters of the estate
    COMPLAINT = "COMPLAINT"
    REQUEST_OF_CMS = "REQUEST_OF_CMS"
    STATEMENT = "STATEMENT"  # of a provider or practitioner
    CORRESPONDENCE = "CORRESPONDENCE"


# How files of a form begin, so that what is kept is what it says it is.
BEGINNINGS: Mapping[str, tuple[bytes, ...]] = MappingProxyType(
    {
        "application/pdf": (b"%PDF-",),
        "image/tiff": (b"II*\x00", b"MM\x00*"),
        "image/png": (b"\x89PNG\r\n\x1a\n",),
        "image/jpeg": (b"\xff\xd8\xff",),
    }
)
MOST_PAGES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document without its content; ``received_at`` is when it reached the QIO, not when it was stored (UTC)."""

    id: UUID
    case_id: UUID
    kind: Kind
    sender: Role
    channel: Channel
    media_type: str
    pages: int
    size: int
    received_at: dt.datetime


def is_what_it_says(media_type: str, beginning: bytes) -> bool:
    """Whether a file begins as files of its form do."""
    return any(beginning.startswith(known) for known in BEGINNINGS.get(media_type, ()))
