"""The head of a beneficiary: what is known of every year without its chunk.

It decides which chunks a record can touch, and holds what reaches further than a chunk: coverage, death, birth, and
the evidence for chronic conditions. A year takes three bytes and each of its records four; what most years have in
common is a bit, what few have stands apart. So a long life is read, changed and written about as fast as a short one.
"""

from typing import Any, Final

import msgspec

from services.measures.domain.days import new_year, within_calendar, year_of
from services.measures.domain.evidence import Evidence
from services.measures.domain.influence import FOLLOW_UP_DAYS
from services.measures.domain.summary import Summary
from services.measures.domain.timeline import Spans

FINGERPRINT: Final = 3  # bytes of a reference (an HMAC, so evenly spread) that the head keeps
_ENTRY: Final = FINGERPRINT + 1  # and the lowest byte of the year
_YEARS: Final = 256  # that differ in it
ROW: Final = 3
_NOTHING: Final = bytes(ROW)

KNOWN: Final = 1
WHOLE: Final = 2  # covered from 1 January to 31 December
BACK: Final = 4  # matters for the year before
FORWARD: Final = 8  # matters for the year after
TELLS_BIRTH: Final = 16

ENDLESS: Final = 255  # the reach of a row that a byte cannot tell; see ``far``
LATE: Final = 254


class Head(msgspec.Struct, array_like=True, gc=False):
    """What is stored; ``release`` is that of the value sets the evidence was gathered with.

    ``rows`` has, from the year ``since`` on, three bytes for each year: the bits above; how many days before its 255th
    the first claim begins that can form a stay or chain of visits; and how many days of the next year lie within the
    follow-up of the last of them. Zeros are a year without anything. ``far`` are the years that matter for more than
    their neighbours: how many years back and forward. ``born`` is the day of birth as the latest year tells it,
    ``births`` the years that tell another. ``partial`` is the coverage of years covered otherwise than as a whole.
    ``claims`` counts inpatient claims and ``enrolments`` years of enrolment.
    """

    release: int = 0
    since: int = 0
    rows: bytearray = msgspec.field(default_factory=bytearray)
    records: bytearray = msgspec.field(default_factory=bytearray)
    claims: int = 0
    enrolments: int = 0
    born: int = 0
    births: dict[int, int] = msgspec.field(default_factory=dict)
    deaths: dict[int, int] = msgspec.field(default_factory=dict)
    wakes: dict[int, int] = msgspec.field(default_factory=dict)
    far: dict[int, tuple[int, int]] = msgspec.field(default_factory=dict)
    partial: dict[int, Spans] = msgspec.field(default_factory=dict)
    evidence: dict[int, Evidence] = msgspec.field(default_factory=dict)

    def __contains__(self, year: int) -> bool:
        at = (year - self.since) * ROW
        return 0 <= at < len(self.rows) and self.rows[at] != 0

    @property
    def years(self) -> list[int]:
        """The years there are chunks of, in order."""
        return [year for year, bits in enumerate(self.rows[::ROW], self.since) if bits]

    @property
    def death(self) -> int:
        """The day of death: the earliest any record tells, 0 while there is none."""
        return min(self.deaths.values()) if self.deaths else 0

    @property
    def wake(self) -> int:
        """The first day on which something changes because time passes, 0 if nothing does."""
        return min(self.wakes.values()) if self.wakes else 0

    def counts(self) -> tuple[int, int, int]:
        """How many inpatient claims, other care records and years of enrolment are kept, tombstones included."""
        return self.claims, len(self.records) // _ENTRY - self.claims, self.enrolments

    def row(self, year: int) -> bytes | bytearray:
        """The bytes of a year."""
        at = (year - self.since) * ROW
        return self.rows[at : at + ROW] if 0 <= at < len(self.rows) else _NOTHING

    def spread(self, year: int) -> tuple[int, int]:
        """For how many years before and after its own a year matters."""
        bits = self.row(year)[0]
        return self.far.get(year) or (int(bool(bits & BACK)), int(bool(bits & FORWARD)))

    def coverage(self, year: int) -> Spans:
        """The eligible days of a year."""
        if self.row(year)[0] & WHOLE:
            return _whole(year)
        return self.partial.get(year, ())

    def may_know(self, ref: bytes) -> bool:
        """Whether some chunk may hold a record, at a glance: False is certain."""
        return ref[:FINGERPRINT] in self.records

    def may_hold(self, ref: bytes) -> set[int]:
        """The years whose chunk may hold a record, tombstones included; hardly ever another than the one that does."""
        found: set[int] = set()
        at = self.records.find(ref[:FINGERPRINT])
        while at >= 0:
            if at % _ENTRY == 0:
                first = self.since + (self.records[at + FINGERPRINT] - self.since) % _YEARS
                found.update(range(first, self.since + len(self.rows) // ROW, _YEARS))
            at = self.records.find(ref[:FINGERPRINT], at + 1)
        return found

    def meet(self, ref: bytes, year: int) -> None:
        """Take note of a record that no chunk had."""
        self.records += _entry(ref, year)

    def move(self, ref: bytes, before: int, after: int) -> None:
        """Take note that a record has gone from the chunk of one year to that of another."""
        at = -1
        while at % _ENTRY:
            at = self.records.index(_entry(ref, before), at + 1)
        self.records[at : at + _ENTRY] = _entry(ref, after)

    def learn(self, year: int, known: Summary) -> None:
        """Keep what a chunk says now."""
        begin, end = new_year(year), new_year(year + 1)
        near = reach = back = forward = 0
        if known.first:
            near = max(LATE - (known.first - begin), 0)
            reach = min(max(known.reach + FOLLOW_UP_DAYS + 2 - end, 0), ENDLESS)
        if known.lead < begin and known.tail:
            back = year - year_of(within_calendar(known.lead))
        if known.tail >= end:
            forward = year_of(within_calendar(known.tail)) - year
        whole = known.coverage == ((begin, end - 1),)
        if known.birth != self._told_birth(year):
            self._tell_birth(year, known.birth)
        bits = KNOWN | WHOLE * whole | BACK * (back > 0) | FORWARD * (forward > 0) | TELLS_BIRTH * (known.birth > 0)
        at = self._place(year)
        self.rows[at : at + ROW] = bytes((bits, near, reach))
        _note(self.deaths, year, known.death)
        _note(self.wakes, year, known.wake)
        _note(self.far, year, (back, forward) if back > 1 or forward > 1 else None)
        _note(self.partial, year, None if whole else known.coverage)
        _note(self.evidence, year, known.evidence)

    def _place(self, year: int) -> int:
        """Where the row of a year begins; makes room for it."""
        if not self.rows:
            self.since = year
        elif year < self.since:
            self.rows[:0] = bytes(ROW * (self.since - year))
            self.since = year
        at = (year - self.since) * ROW
        if at >= len(self.rows):
            self.rows.extend(bytes(at + ROW - len(self.rows)))
        return at

    def _tell_birth(self, year: int, birth: int) -> None:
        told = {each: own for each in self.years if each != year and (own := self._told_birth(each))}
        if birth:
            told[year] = birth
        self.born = told[max(told)] if told else 0
        self.births = {each: own for each, own in told.items() if own != self.born}

    def _told_birth(self, year: int) -> int:
        return self.births.get(year, self.born) if self.row(year)[0] & TELLS_BIRTH else 0


def _entry(ref: bytes, year: int) -> bytes:
    return ref[:FINGERPRINT] + bytes((year % _YEARS,))


def _note(kept: dict[int, Any], year: int, what: object) -> None:
    """Keep what is anything."""
    if what:
        kept[year] = what
    elif kept:
        kept.pop(year, None)


def _whole(year: int) -> Spans:
    return ((new_year(year), new_year(year + 1) - 1),)
