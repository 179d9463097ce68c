"""The head of a beneficiary: what is known of every year without its chunk.

It decides which chunks a record can touch, and holds what reaches further than a chunk: coverage, death, birth, and
the evidence for chronic conditions.
"""

from collections.abc import Iterator
from typing import Final

import msgspec

from services.measures.domain.days import new_year, year_of
from services.measures.domain.evidence import Evidence, gather
from services.measures.domain.notices import expires
from services.measures.domain.timeline import (
    EMERGENCY,
    OBSERVATION,
    Chunk,
    Claim,
    Enrolment,
    Fill,
    Record,
    Setting,
    Spans,
)
from services.measures.domain.values import ValueSets

FINGERPRINT: Final = 4  # bytes of a reference (an HMAC, so evenly spread) that the head keeps
FOLLOW_UP_DAYS: Final = 30
HOME_HEALTH_DAYS: Final = 60
FILL_AFTER_DISCHARGE: Final = 7
_CHAINING: Final = frozenset((Setting.INPATIENT, Setting.NOTICE))


class Summary(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What the head knows of a year.

    ``lead`` and ``tail`` bound the days its records can matter for, ``first`` and ``reach`` those of the claims that
    form stays and chains of visits; 0 where there is nothing. ``records`` counts natural keys of claims, of other
    care, and of enrolment; ``wake`` is the day on which a notice stops to count.
    """

    fingerprints: bytes = b""
    first: int = 0
    reach: int = 0
    lead: int = 0
    tail: int = 0
    death: int = 0
    birth: int = 0
    coverage: Spans = ()
    evidence: Evidence = ()
    records: tuple[int, int, int] = (0, 0, 0)
    wake: int = 0


class Head(msgspec.Struct, array_like=True, gc=False):
    """The years of a beneficiary; ``release`` is that of the value sets its evidence was gathered with."""

    years: dict[int, Summary] = msgspec.field(default_factory=dict)
    release: int = 0

    @property
    def death(self) -> int:
        """The day of death: the earliest any record tells, 0 while there is none."""
        earliest = 0
        for known in self.years.values():
            if known.death and (not earliest or known.death < earliest):
                earliest = known.death
        return earliest

    @property
    def birth(self) -> int:
        """The day of birth as the latest year that has one tells it, 0 while none does."""
        latest = birth = 0
        for year, known in self.years.items():
            if known.birth and year > latest:
                latest, birth = year, known.birth
        return birth

    @property
    def wake(self) -> int:
        """The first day on which something changes because time passes, 0 if nothing does."""
        return min((known.wake for known in self.years.values() if known.wake), default=0)

    def counts(self) -> tuple[int, int, int]:
        """How many inpatient claims, other care records and years of enrolment are kept, tombstones included."""
        claims = care = enrolments = 0
        for known in self.years.values():
            claims += known.records[0]
            care += known.records[1]
            enrolments += known.records[2]
        return claims, care, enrolments


_head = msgspec.msgpack.Decoder(Head)


def decode_head(body: bytes) -> Head:
    """The stored head; empty bytes are a beneficiary just met."""
    return _head.decode(body) if body else Head()


def is_chaining(claim: Claim) -> bool:
    """Whether a claim can be one of several that form a stay, or a chain of emergency visits and stays."""
    return claim.setting in _CHAINING or bool(claim.marks & (EMERGENCY | OBSERVATION))


def influence(record: Record) -> tuple[int, int]:
    """First and last day a record can matter for, by any measure; of an enrolment see the enrolled year."""
    if isinstance(record, Claim):
        if is_chaining(record):
            # A readmission counts at its index, a hospitalization at the start of home health.
            return record.first - HOME_HEALTH_DAYS, record.last + FOLLOW_UP_DAYS + 1
        if record.setting == Setting.HOME_HEALTH:
            return record.first, record.last + HOME_HEALTH_DAYS
        return record.first, max([record.last + 1, *(last for _, last in record.spans)])
    if isinstance(record, Fill):
        # It can make a discharge of the week before it an index, and so take an event from an index 30 days earlier.
        return record.filled - FILL_AFTER_DISCHARGE - FOLLOW_UP_DAYS - 1, record.filled + record.days
    if isinstance(record, Enrolment):
        # 30 days of follow-up look at it from before, the year before an admission from after.
        return new_year(record.year) - FOLLOW_UP_DAYS - 1, new_year(record.year + 2)
    year_end = new_year(year_of(record.started or record.referred) + 1) - 1
    return record.referred, max(record.ended or year_end, record.referred)


def summarize(chunk: Chunk, death: int, values: ValueSets, today: int) -> Summary:
    """The head's view of a chunk; ``death`` is the person's."""
    enrolment = chunk.enrolment
    first = reach = lead = tail = wake = 0
    died = enrolment.death if enrolment is not None else 0
    fingerprints = bytearray()
    for record in _records(chunk):
        fingerprints += record.ref[:FINGERPRINT]
        if record.cancelled:
            continue
        begin, end = influence(record)
        lead, tail = min(lead or begin, begin), max(tail, end)
        if isinstance(record, Claim):
            if is_chaining(record):
                first, reach = min(first or record.first, record.first), max(reach, record.last)
            if record.setting == Setting.NOTICE and expires(record) > today:
                wake = min(wake or expires(record), expires(record))
            elif record.setting == Setting.INPATIENT and record.status == "20":
                died = min(died or record.last, record.last)
    inpatient = sum(claim.setting == Setting.INPATIENT for claim in chunk.claims)
    return Summary(
        bytes(fingerprints),
        first,
        reach,
        lead,
        tail,
        died,
        enrolment.birth if enrolment is not None else 0,
        enrolment.spans if enrolment is not None else (),
        gather(chunk.claims, death, values),
        (inpatient, len(fingerprints) // FINGERPRINT - inpatient, int(enrolment is not None)),
        wake,
    )


def _records(chunk: Chunk) -> Iterator[Claim | Fill]:
    yield from chunk.claims
    yield from chunk.fills
    yield from chunk.services  # type: ignore[misc]
