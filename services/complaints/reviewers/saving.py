"""What changed about reviewers since they were read, as statements in the order in which they must run."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from services.complaints.domain.reviewers.record import ReviewerRecord
from services.complaints.domain.reviewers.reviewer import Assignment, Reviewer
from services.complaints.reviewers import rows as reviewer_rows

_SAVE_LICENCES = """
    INSERT INTO licence (reviewer_id, profession, state, valid_from, valid_to)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::date[], $5::date[])
    ON CONFLICT (reviewer_id, profession, state, valid_from) DO UPDATE SET valid_to = excluded.valid_to
"""
_SAVE_SPECIALTIES = """
    INSERT INTO specialty (reviewer_id, specialty, certified, since, until)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::date[], $5::date[])
    ON CONFLICT (reviewer_id, specialty, since) DO UPDATE SET certified = excluded.certified, until = excluded.until
"""
_SAVE_INTERESTS = """
    INSERT INTO interest (reviewer_id, ccn, kind, holder, since, until)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::date[], $6::date[])
    ON CONFLICT (reviewer_id, ccn, kind, holder, since) DO UPDATE SET until = excluded.until
"""
_SAVE_TIES = """
    INSERT INTO reviewer_tie (reviewer_id, family_id, kind, holder)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING
"""
_DROP_SHIFTS = """
    DELETE FROM roster_shift AS s USING unnest($1::uuid[], $2::uuid[]) AS n (reviewer_id, shift_id)
    WHERE s.reviewer_id = n.reviewer_id AND s.shift_id = n.shift_id
"""
_END_SHIFTS = """
    UPDATE roster_shift AS s SET during = tstzrange(n.start, n.until)
    FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) AS n (reviewer_id, shift_id, start, until)
    WHERE s.reviewer_id = n.reviewer_id AND s.shift_id = n.shift_id
"""
_ADD_SHIFTS = """
    INSERT INTO roster_shift (reviewer_id, number, shift_id, during, states, profession, specialty)
    SELECT n.reviewer_id, r.number, n.shift_id, tstzrange(n.start, n.until), string_to_array(n.states, ','),
           n.profession, n.specialty
    FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::text[], $7::text[])
         AS n (reviewer_id, shift_id, start, until, states, profession, specialty)
    JOIN reviewer AS r USING (reviewer_id)
"""
_MOVE_ASSIGNMENTS = """
    UPDATE assignment AS a
    SET attested_at = coalesce(a.attested_at, n.attested_at), released_at = coalesce(a.released_at, n.released_at)
    FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS n (assignment_id, attested_at, released_at)
    WHERE a.assignment_id = n.assignment_id
"""
# A later holder of a part replaces the one before; a panel has several members.
_REPLACE_HOLDERS = """
    UPDATE assignment AS a SET released_at = greatest(n.assigned_at, a.assigned_at)
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::timestamptz[])
         AS n (case_id, level, role, reviewer_id, assigned_at)
    WHERE a.case_id = n.case_id AND a.level = n.level AND a.role = n.role AND a.role <> 'PANEL_MEMBER'
      AND a.reviewer_id <> n.reviewer_id AND a.released_at IS NULL
"""
_ADD_ASSIGNMENTS = """
    INSERT INTO assignment (assignment_id, case_id, family_id, level, role, reviewer_id, assigned_at, attested_at,
                            released_at, waivers)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::timestamptz[],
                         $8::timestamptz[], $9::timestamptz[], $10::jsonb[])
"""


def differences(records: Sequence[ReviewerRecord]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Statements in the order in which they are to run, with their rows."""
    news = [(record.reviewer, None if record.stored is None else record.stored.reviewer) for record in records]
    yield _SAVE_LICENCES, [(now.id, *_plain(each)) for now, old in news for each in _fresh(now, old, "licences")]
    yield _SAVE_SPECIALTIES, [(now.id, *_plain(each)) for now, old in news for each in _fresh(now, old, "specialties")]
    yield _SAVE_INTERESTS, [(now.id, *_plain(each)) for now, old in news for each in _fresh(now, old, "interests")]
    yield _SAVE_TIES, [(now.id, *_plain(each)) for now, old in news for each in _fresh(now, old, "ties")]
    yield from _shift_differences(records)
    yield from _assignment_differences(news)


def _shift_differences(records: Iterable[ReviewerRecord]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    dropped, ended, added = [], [], []
    for record in records:
        known = {shift.id: shift for shift in record.stored.shifts} if record.stored is not None else {}
        kept = {shift.id for shift in record.shifts}
        dropped += [(record.reviewer.id, shift_id) for shift_id in known if shift_id not in kept]
        for shift in record.shifts:
            if shift.id not in known:
                added.append(reviewer_rows.shift_row(shift))
            elif shift != known[shift.id]:
                ended.append(reviewer_rows.shift_row(shift)[:4])
    yield _DROP_SHIFTS, dropped
    yield _END_SHIFTS, ended
    yield _ADD_SHIFTS, added


def _assignment_differences(
    news: Iterable[tuple[Reviewer, Reviewer | None]],
) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    moved, added = [], []
    for now, old in news:
        known: dict[UUID, Assignment] = {each.id: each for each in old.assignments} if old is not None else {}
        for each in now.assignments:
            if each.id not in known:
                added.append(reviewer_rows.assignment_row(now.id, each))
            elif each != known[each.id]:
                moved.append((each.id, each.attested_at, each.released_at))
    yield _MOVE_ASSIGNMENTS, moved
    yield _REPLACE_HOLDERS, [(row[1], row[3], row[4], row[5], row[6]) for row in added]
    yield _ADD_ASSIGNMENTS, added


def _fresh(now: Reviewer, old: Reviewer | None, name: str) -> list[Any]:
    known = frozenset(getattr(old, name)) if old is not None else frozenset()
    return [each for each in getattr(now, name) if each not in known]


def _plain(value: Any) -> tuple[Any, ...]:
    """A flat value's fields in order, enumerations as text; the tables' columns have the same order."""
    return tuple(getattr(value, name) for name in value.__dataclass_fields__)
