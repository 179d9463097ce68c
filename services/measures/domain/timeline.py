"""What is kept of a beneficiary by calendar year: records in force, and what they last contributed.

Days are proleptic Gregorian ordinals (``date.toordinal``), months are ``YYYYMM``; 0 means none. Everything is stored
as MessagePack arrays without field names.
"""

from datetime import date
from enum import IntEnum
from typing import Final

import msgspec

from services.measures.domain.days import year_of

Spans = tuple[tuple[int, int], ...]


class Setting(IntEnum):
    """Where the care of a claim was given. A notice is an inpatient stay told by the hospital before its claim."""

    INPATIENT = 0
    OUTPATIENT = 1
    SNF = 2
    HOME_HEALTH = 3
    HOSPICE = 4
    NOTICE = 5


# What an outpatient claim had, as bits; OPEN: a notice that tells no discharge.
EMERGENCY: Final = 1
OBSERVATION: Final = 2
OPEN: Final = 4


class Claim(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The version in force of one claim family or encounter; a cancelled one stays as a tombstone so that no late
    original brings it back (measures research §0.3).

    ``first`` and ``last`` are admission and discharge, or the days billed; of an open notice the day it was told is
    the last. ``diagnoses`` and ``procedures`` are ICD-10 only, ``poa`` a character for each diagnosis. ``spans`` are
    nights, both ends included: on leave from a hospital, in a facility for a hospice patient. ``received`` is the day
    Medicare processed the claim or, where the source does not tell it, its last day.
    """

    ref: bytes
    version: int
    cancelled: bool
    setting: int
    first: int
    last: int
    provider: str
    status: str = ""
    frequency: str = ""
    paid: int | None = None
    diagnoses: tuple[str, ...] = ()
    poa: str = ""
    procedures: tuple[str, ...] = ()
    marks: int = 0
    spans: Spans = ()
    received: int = 0

    @property
    def admission(self) -> int:
        """The first day, in the words of a stay."""
        return self.first

    @property
    def discharge(self) -> int:
        """The last day, in the words of a stay."""
        return self.last

    def rank(self) -> tuple[object, ...]:
        """The highest rank holds. Two different contents under one version are decided by content and not by
        arrival: a cancel before the rest, then the later days, then the rest in the order of the fields."""
        return (
            self.version,
            self.cancelled,
            self.first,
            self.last,
            self.provider,
            self.status,
            self.frequency,
            self.setting,
            self.paid is not None,
            self.paid or 0,
            self.diagnoses,
            self.poa,
            self.procedures,
            self.marks,
            self.spans,
            self.received,
        )

    @property
    def year(self) -> int:
        """The chunk that keeps the claim: the calendar year of its first day."""
        return year_of(self.first)


class Fill(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The version in force of one prescription fill; it covers ``days`` days from ``filled`` on. ``code`` has its
    system before it (``ndc:00093...``, ``rxnorm:855332``)."""

    ref: bytes
    version: int
    cancelled: bool
    filled: int
    days: int
    code: str

    def rank(self) -> tuple[object, ...]:
        """The highest rank holds."""
        return (self.version, self.cancelled, self.filled, self.days, self.code)

    @property
    def year(self) -> int:
        """The calendar year of the fill."""
        return year_of(self.filled)


class CareService(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The version in force of one long-term service at home; ``started`` and ``ended`` are 0 while unknown."""

    ref: bytes
    version: int
    cancelled: bool
    kind: str
    referred: int
    started: int = 0
    ended: int = 0

    def rank(self) -> tuple[object, ...]:
        """The highest rank holds."""
        return (self.version, self.cancelled, self.referred, self.started, self.ended, self.kind)

    @property
    def year(self) -> int:
        """The calendar year of the referral."""
        return year_of(self.referred)


class Enrolment(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Residence, coverage and status of one calendar year; ``spans`` are eligible days, both ends included.

    ``moves`` are residences from a day on, ``dual`` twelve status codes, ``conditions`` the numbers of conditions the
    source marks, ``lacks`` the positions of inputs it does not carry.
    """

    year: int
    version: int
    area: str
    spans: Spans
    death: int = 0
    birth: int = 0
    dual: tuple[str, ...] = ()
    moves: tuple[tuple[int, str], ...] = ()
    conditions: tuple[int, ...] = ()
    lacks: tuple[int, ...] = ()

    def rank(self) -> tuple[object, ...]:
        """The highest rank holds, by the same reasoning as for claims."""
        return (
            self.version,
            self.area,
            self.spans,
            self.death,
            self.birth,
            self.dual,
            self.moves,
            self.conditions,
            self.lacks,
        )

    def area_on(self, day: int) -> str:
        """The residence on a day of the year."""
        area = self.area
        for since, moved in self.moves:
            if since <= day:
                area = moved
        return area


Record = Claim | Fill | CareService | Enrolment
Cell = tuple[str, int, int, tuple[int, ...]]
"""unit, month, stratum flags, and (component, amount) pairs in one row"""


_encoder: Final = msgspec.msgpack.Encoder()
encode = _encoder.encode
_NO_CELLS: Final = msgspec.Raw(encode([]))


class Chunk(msgspec.Struct, array_like=True, gc=False):
    """One year of one beneficiary, and what it last contributed to the rollups of its months.

    ``flags`` has one entry for each month; ``time`` is person-time, cells as they are stored because claims do not
    change them; ``cells`` the rest.
    ``moved`` is when they last changed (seconds since 1970, UTC).
    """

    enrolment: Enrolment | None = None
    claims: list[Claim] = msgspec.field(default_factory=list)
    fills: list[Fill] = msgspec.field(default_factory=list)
    services: list[CareService] = msgspec.field(default_factory=list)
    flags: tuple[int, ...] = ()
    time: msgspec.Raw = _NO_CELLS
    cells: list[Cell] = msgspec.field(default_factory=list)
    moved: int = 0


decode_chunk = msgspec.msgpack.Decoder(Chunk).decode
decode_cells = msgspec.msgpack.Decoder(list[Cell]).decode


def ordinal(day: date | None) -> int:
    """The day as it is kept; 0 for none."""
    return day.toordinal() if day is not None else 0
