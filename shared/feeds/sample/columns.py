"""The columns of a sample's own files, and how one line of each is written."""

from collections.abc import Iterable
from typing import Final

from shared.feeds.person_time import Span
from shared.feeds.sample.billing import CareVersion
from shared.feeds.sample.claims import ClaimVersion
from shared.feeds.sample.fills import FillVersion
from shared.feeds.sample.histories import EnrolmentLine
from shared.feeds.sample.notices import NoticeVersion
from shared.feeds.sample.services import ServiceVersion

ENROLMENT: Final = ("person", "year", "version", "zip_code", "eligible", "death", "birth", "dual", "moves")
CLAIMS: Final = (
    *("person", "claim", "version", "action", "provider", "admission", "discharge", "status", "frequency", "received"),
    *("drg", "paid", "diagnoses", "poa", "procedures", "leave"),
)
CARE: Final = CareVersion._fields
FILLS: Final = FillVersion._fields
NOTICES: Final = NoticeVersion._fields
SERVICES: Final = ServiceVersion._fields
VALUE_SET: Final = ("code", "meaning")

Cells = tuple[object, ...]


def enrolment(line: EnrolmentLine) -> Cells:
    """One line of ``enrolment.csv``."""
    moves = " ".join(f"{day}/{zip_code}" for day, zip_code in line.moves)
    return (
        line.person,
        line.year,
        line.version,
        line.zip_code,
        _spans(line.spans),
        line.death,
        line.birth,
        " ".join(line.dual),
        moves,
    )


def claim(version: ClaimVersion) -> Cells:
    """One line of ``claims.csv``."""
    return (
        *(getattr(version, column) for column in CLAIMS[:12]),
        " ".join(version.diagnoses),
        version.poa,
        " ".join(version.procedures),
        _spans(version.leave),
    )


def care(version: CareVersion) -> Cells:
    """One line of ``care.csv``."""
    return (
        *version[:12],
        " ".join(version.diagnoses),
        int(version.emergency),
        int(version.observation),
        _spans(version.nights),
    )


def fill(version: FillVersion) -> Cells:
    """One line of ``fills.csv``."""
    return version


def notice(version: NoticeVersion) -> Cells:
    """One line of ``notices.csv``."""
    return (*version[:8], " ".join(version.diagnoses), version.told)


def service(version: ServiceVersion) -> Cells:
    """One line of ``services.csv``."""
    return version


def _spans(spans: Iterable[Span]) -> str:
    return " ".join(f"{first}/{last}" for first, last in spans)
