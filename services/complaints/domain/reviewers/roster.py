"""On-call rosters: who answers at an instant, and when nobody does, so that a weekend decision has a name."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from services.complaints.domain.reviewers.reviewer import PHYSICIANS, Reviewer
from shared.contracts.reviewers import Profession, Specialty
from shared.program.states import STATES

_INSTANT = dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """A reviewer on call from ``start`` until just before ``end`` (UTC), for States, as one profession.

    ``specialty``: what the reviewer is on call for; None: for any case of the profession, but as no specialist.
    """

    id: UUID
    reviewer_id: UUID
    start: dt.datetime
    end: dt.datetime
    states: frozenset[str]
    profession: Profession
    specialty: Specialty | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """Who must be on call: for a State, a peer of a profession, with ``specialty`` of that specialty."""

    state: str
    profession: Profession
    specialty: Specialty | None = None

    def met_by(self, shift: Shift) -> bool:
        """Whether a shift answers the need while it lasts; a physician is a peer of any physician."""
        peers = PHYSICIANS if self.profession in PHYSICIANS else frozenset({self.profession})
        fits = self.specialty is None or shift.specialty is self.specialty
        return self.state in shift.states and shift.profession in peers and fits


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a period (UTC, ``end`` excluded) in which the same reviewers are on call; none: a gap."""

    start: dt.datetime
    end: dt.datetime
    reviewers: frozenset[UUID]


def on_call(shifts: Iterable[Shift], need: Need, at: dt.datetime) -> tuple[Shift, ...]:
    """The shifts that answer at an instant, longest left first."""
    found = [shift for shift in shifts if shift.start <= at < shift.end and need.met_by(shift)]
    return tuple(sorted(found, key=lambda shift: (-shift.end.timestamp(), str(shift.reviewer_id))))


def coverage(shifts: Iterable[Shift], need: Need, start: dt.datetime, end: dt.datetime) -> tuple[Span, ...]:
    """The period cut into spans in order, without holes or overlaps; neighbours differ in who is on call."""
    useful = [shift for shift in shifts if need.met_by(shift) and shift.start < end and start < shift.end]
    cuts = sorted({start, end, *(max(start, each.start) for each in useful), *(min(end, each.end) for each in useful)})
    spans: list[Span] = []
    for first, last in pairwise(cuts):
        there = frozenset(shift.reviewer_id for shift in useful if shift.start <= first < shift.end)
        if spans and spans[-1].reviewers == there:
            spans[-1] = Span(spans[-1].start, last, there)
        else:
            spans.append(Span(first, last, there))
    return tuple(spans)


def gaps(shifts: Iterable[Shift], need: Need, start: dt.datetime, end: dt.datetime) -> tuple[Span, ...]:
    """The spans of a period in which nobody answers the need."""
    return tuple(span for span in coverage(shifts, need, start, end) if not span.reviewers)


def may_stand(reviewer: Reviewer, shift: Shift) -> bool:
    """Whether the reviewer is in service, licensed in every State and of the specialty on each day of the shift.

    Days are those of the State's default zone; a State without one (never one of service) is taken in UTC.
    """
    return all(
        not reviewer.retired(day)
        and reviewer.licensed(frozenset({shift.profession}), frozenset({state}), day)
        and (shift.specialty is None or reviewer.practises(shift.specialty, day))
        for state in shift.states
        for day in _days(shift, state)
    )


def _days(shift: Shift, state: str) -> Iterable[dt.date]:
    zone = ZoneInfo(STATES[state].zone) if state in STATES else dt.UTC
    first = shift.start.astimezone(zone).date()
    last = (shift.end - _INSTANT).astimezone(zone).date()
    return (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
