"""Inpatient claims as payment reviews see them: versions folded into what stands now, and the kind of provider."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

STILL_PATIENT: Final = "30"  # UB-04 FL 17
_INTERIM: Final = frozenset("23")  # UB-04 type of bill, last digit: first and continuing bill of a longer stay


class ClaimKey(NamedTuple):
    """Who was treated and which claim family, both keyed references in hex."""

    beneficiary: str
    claim: str


@dataclass(frozen=True, slots=True)
class ClaimVersion:
    """One version of one claim; ``paid`` is cents and may be negative, ``drg`` the MS-DRG as three digits."""

    key: ClaimKey
    version: int
    cancelled: bool
    provider: str
    admission: dt.date
    discharge: dt.date
    status: str | None = None
    frequency: str | None = None
    drg: str | None = None
    paid: int | None = None

    @property
    def midnights(self) -> int:
        """Midnights crossed as an inpatient."""
        return (self.discharge - self.admission).days

    @property
    def is_whole_stay(self) -> bool:
        """Whether the stay ended with this bill."""
        return self.status != STILL_PATIENT and self.frequency not in _INTERIM


class Billed(NamedTuple):
    """What one version was grouped to and paid (cents)."""

    drg: str
    paid: int | None


@dataclass(frozen=True, slots=True)
class ClaimFamily:
    """The version that stands, and the DRG of every version that was no cancel."""

    current: ClaimVersion
    billed: Mapping[int, Billed] = field(default_factory=dict)


def folded(versions: Iterable[ClaimVersion]) -> dict[ClaimKey, ClaimFamily]:
    """What stands after these versions, in whatever order they came; of a version told twice the first holds."""
    found: dict[ClaimKey, ClaimFamily] = {}
    for version in versions:
        held = found.get(version.key)
        billed = (
            {} if version.cancelled or version.drg is None else {version.version: Billed(version.drg, version.paid)}
        )
        if held is None:
            found[version.key] = ClaimFamily(version, billed)
        else:
            current = version if version.version > held.current.version else held.current
            found[version.key] = ClaimFamily(current, {**billed, **held.billed})
    return found


class ProviderKind(StrEnum):
    """How a hospital is paid, by its CMS Certification Number (State Operations Manual §2779)."""

    ACUTE = "ACUTE"
    CRITICAL_ACCESS = "CRITICAL_ACCESS"
    LONG_TERM = "LONG_TERM"
    REHABILITATION = "REHABILITATION"
    PSYCHIATRIC = "PSYCHIATRIC"
    OTHER = "OTHER"


_NUMBERED: Final = re.compile(r"[0-9]{2}([0-9]{4})")
_UNIT: Final = re.compile(r"[0-9]{2}([MRSTUWYZ])[0-9]{3}")
_RANGES: Final = (
    (1, 879, ProviderKind.ACUTE),
    (1300, 1399, ProviderKind.CRITICAL_ACCESS),
    (2000, 2299, ProviderKind.LONG_TERM),
    (3025, 3099, ProviderKind.REHABILITATION),
    (4000, 4499, ProviderKind.PSYCHIATRIC),
)
_UNITS: Final = {
    "M": ProviderKind.PSYCHIATRIC,
    "S": ProviderKind.PSYCHIATRIC,
    "R": ProviderKind.REHABILITATION,
    "T": ProviderKind.REHABILITATION,
}


@lru_cache(maxsize=65_536)
def provider_kind(ccn: str) -> ProviderKind:
    """The kind of a provider of inpatient claims; a number of unknown form (synthetic files) counts as acute."""
    if numbered := _NUMBERED.fullmatch(ccn):
        number = int(numbered[1])
        return next((kind for first, last, kind in _RANGES if first <= number <= last), ProviderKind.OTHER)
    if unit := _UNIT.fullmatch(ccn):
        return _UNITS.get(unit[1], ProviderKind.OTHER)
    return ProviderKind.ACUTE
