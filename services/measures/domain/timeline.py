"""What is kept of a beneficiary: a head, and one chunk for each calendar year.

Days are proleptic Gregorian ordinals (``date.toordinal``), months are ``YYYYMM``; 0 means none. Everything is stored
as MessagePack arrays without field names, with the version of the definition that made the contributions.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec

DEFINITION: Final = 1
FINGERPRINT: Final = 4  # bytes of a claim reference (an HMAC, so evenly spread) that the head keeps


class Claim(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The version in force of one claim family; a cancelled claim stays as a tombstone so that no late original
    brings it back (measures research §0.3)."""

    ref: bytes
    version: int
    cancelled: bool
    admission: int
    discharge: int
    provider: str
    status: str = ""
    frequency: str = ""

    def rank(self) -> tuple[int, bool, int, int, str, str, str]:
        """The highest rank holds. Two different contents under one version are decided by content and not by
        arrival: a cancel before the rest, then the later admission, discharge, and so on."""
        return (
            self.version,
            self.cancelled,
            self.admission,
            self.discharge,
            self.provider,
            self.status,
            self.frequency,
        )

    @property
    def year(self) -> int:
        """The chunk that keeps the claim: the calendar year of admission."""
        return date.fromordinal(self.admission).year


class Enrolment(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Residence and eligible days of one calendar year; ``spans`` are first and last day, both included."""

    year: int
    version: int
    area: str
    spans: tuple[tuple[int, int], ...]
    death: int = 0

    def rank(self) -> tuple[int, str, tuple[tuple[int, int], ...], int]:
        """The highest rank holds, by the same reasoning as for claims."""
        return (self.version, self.area, self.spans, self.death)

    def covers(self, day: int) -> bool:
        """Whether ``day``, a day of this record's year, is an eligible one."""
        for first, last in self.spans:  # noqa: SIM110 - a generator costs more than the search
            if first <= day <= last:
                return True
        return False


StayCell = tuple[str, int, int, int, int, int]
"""area, month, hospitalizations, live discharges, rehospitalizations, impossible stays"""


class Chunk(msgspec.Struct, array_like=True, gc=False):
    """One year of one beneficiary, and what it last contributed to the rollups.

    ``days`` are the eligible days of January to December, a byte each, in the area of ``enrolment``.
    """

    definition: int = DEFINITION
    enrolment: Enrolment | None = None
    claims: list[Claim] = msgspec.field(default_factory=list)
    days: bytes = b""
    stays: list[StayCell] = msgspec.field(default_factory=list)


class Summary(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What the head knows of a year without its chunk.

    ``fingerprints`` of all its claims; ``first`` admission and last discharge (``reach``) of those not cancelled;
    ``death``, the earliest day of death any of its records tells.
    """

    fingerprints: bytes = b""
    first: int = 0
    reach: int = 0
    death: int = 0
    enrolled: bool = False


class Head(msgspec.Struct, array_like=True, gc=False):
    """The years of a beneficiary, for deciding which chunks a record can touch."""

    definition: int = DEFINITION
    years: dict[int, Summary] = msgspec.field(default_factory=dict)

    @property
    def death(self) -> int:
        """The day of death: the earliest any record tells, 0 while there is none."""
        earliest = 0
        for known in self.years.values():
            if known.death and (not earliest or known.death < earliest):
                earliest = known.death
        return earliest

    def counts(self) -> tuple[int, int]:
        """How many claims are kept, tombstones included, and how many years of enrolment."""
        claims = enrolments = 0
        for known in self.years.values():
            claims += len(known.fingerprints)
            enrolments += known.enrolled
        return claims // FINGERPRINT, enrolments


_encoder = msgspec.msgpack.Encoder()
encode = _encoder.encode
_head = msgspec.msgpack.Decoder(Head)
decode_chunk = msgspec.msgpack.Decoder(Chunk).decode


def decode_head(body: bytes) -> Head:
    """The stored head; empty bytes are a beneficiary just met."""
    return _head.decode(body) if body else Head()


def summarize(claims: Iterable[Claim], enrolment: Enrolment | None) -> Summary:
    """The head's view of a chunk."""
    fingerprints = bytearray()
    first = reach = 0
    death = enrolment.death if enrolment is not None else 0
    for claim in claims:
        fingerprints += claim.ref[:FINGERPRINT]
        if claim.cancelled:
            continue
        first = min(first, claim.admission) if first else claim.admission
        reach = max(reach, claim.discharge)
        if claim.status == "20":
            death = min(death, claim.discharge) if death else claim.discharge
    return Summary(bytes(fingerprints), first, reach, death, enrolment is not None)
