"""Loads and saves reviewers set-wise, with their shifts and assignments; who they are is sealed."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from services.complaints import audit, reviewer_rows
from services.complaints.domain.reviewers.record import Identity, ReviewerRecord
from services.complaints.domain.reviewers.reviewer import Assignment, Reviewer
from services.complaints.domain.reviewers.roster import Shift
from shared.messaging.keyring import Keyring

PREFIX: Final = "reviewer:"
_SEALED = "SELECT reviewer_id, version, sealed FROM reviewer WHERE reviewer_id = ANY($1::uuid[])"
_SHIFTS = """
    SELECT reviewer_id, shift_id, during, states, profession, specialty
    FROM roster_shift WHERE reviewer_id = ANY($1::uuid[]) ORDER BY reviewer_id, during, shift_id
"""
_ASSIGNMENTS = """
    SELECT reviewer_id, assignment_id, case_id, family_id, level, role, assigned_at, attested_at, released_at, waivers
    FROM assignment WHERE reviewer_id = ANY($1::uuid[]) ORDER BY reviewer_id, assigned_at, assignment_id
"""
_SAVE = """
    INSERT INTO reviewer AS r (reviewer_id, practising, setting, capacity, retired_on, version, sealed)
    SELECT * FROM unnest($1::uuid[], $2::boolean[], $3::text[], $4::int[], $5::date[], $6::bigint[], $7::bytea[])
    ON CONFLICT (reviewer_id) DO UPDATE
    SET practising = excluded.practising, setting = excluded.setting, capacity = excluded.capacity,
        retired_on = excluded.retired_on, version = excluded.version, sealed = excluded.sealed
    WHERE r.version = excluded.version - 1
"""
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
_ADD_ASSIGNMENTS = """
    INSERT INTO assignment (assignment_id, case_id, family_id, level, role, reviewer_id, assigned_at, attested_at,
                            released_at, waivers)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::timestamptz[],
                         $8::timestamptz[], $9::timestamptz[], $10::jsonb[])
"""
_RELEASE_CASES = """
    UPDATE assignment SET released_at = greatest($2, assigned_at)
    WHERE case_id = ANY($1::uuid[]) AND released_at IS NULL
"""

_identities = TypeAdapter(Identity)


async def release_cases(conn: asyncpg.Connection, case_ids: Sequence[UUID], at: dt.datetime) -> None:
    """Everyone's work on cases that were closed at ``at`` is done; repeating it changes nothing.

    Needs no reviewer's head locked: attestation and release are only ever added.
    """
    await conn.execute(_RELEASE_CASES, case_ids, at)


class StaleReviewer(RuntimeError):  # noqa: N818 - the fact is the name
    """Another transaction changed a reviewer although its head was locked; nothing may be saved."""


def reviewer_key(reviewer_id: UUID) -> str:
    """The aggregate key of a reviewer."""
    return f"{PREFIX}{reviewer_id}"


class ReviewerStore:
    """The pipeline's store of reviewers, by ``reviewer:<id>``; heads are locked by the caller."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, ReviewerRecord]:
        """Those reviewers that exist, with all their assignments and shifts."""
        ids = [UUID(key.removeprefix(PREFIX)) for key in keys]
        if not ids:
            return {}
        held = reviewer_rows.by_reviewer(await conn.fetch(_ASSIGNMENTS, ids), reviewer_rows.assignment)
        shifts = reviewer_rows.by_reviewer(await conn.fetch(_SHIFTS, ids), reviewer_rows.shift)
        found = await reviewer_rows.reviewers(conn, ids, held)
        rows = await conn.fetch(_SEALED, ids)
        records = (self._record(row, found[row["reviewer_id"]], shifts.get(row["reviewer_id"], ())) for row in rows)
        return {reviewer_key(record.reviewer.id): record for record in records}

    async def identities(self, conn: asyncpg.Connection, ids: Sequence[UUID]) -> Mapping[UUID, Identity]:
        """Who reviewers are; the caller writes the look into the audit."""
        rows = await conn.fetch(_SEALED, ids)
        return {row["reviewer_id"]: self._identity(row) for row in rows}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, ReviewerRecord], now: dt.datetime) -> None:  # noqa: ARG002
        """Write what differs from what was loaded, and the audit lines; raises StaleReviewer.

        What ends is written before what begins, so that a part or an hour given back can be given to another.
        """
        records = [changed[key] for key in sorted(changed)]
        done = await conn.execute(_SAVE, *_columns(self._row(record) for record in records))
        if int(done.rsplit(" ", 1)[1]) != len(records):
            raise StaleReviewer("a reviewer was changed by someone else")
        for sql, rows in _differences(records):
            if rows:
                await conn.execute(sql, *_columns(rows))
        await audit.append(
            conn, [audit.Line(record.reviewer.id, *entry) for record in records for entry in record.unsaved]
        )

    def _record(self, row: Any, reviewer: Reviewer, shifts: tuple[Shift, ...]) -> ReviewerRecord:
        record = ReviewerRecord(reviewer=reviewer, identity=self._identity(row), shifts=shifts, version=row["version"])
        return replace(record, stored=record)

    def _identity(self, row: Any) -> Identity:
        return _identities.validate_json(self._keyring.decrypt(row["sealed"], _place(row["reviewer_id"])))

    def _row(self, record: ReviewerRecord) -> tuple[Any, ...]:
        reviewer = record.reviewer
        return (
            reviewer.id,
            reviewer.practising,
            None if reviewer.setting is None else reviewer.setting.value,
            reviewer.capacity,
            reviewer.retired_on,
            record.version + 1,
            self._keyring.encrypt(_identities.dump_json(record.identity), _place(reviewer.id)),
        )


def _place(reviewer_id: UUID) -> str:
    return f"{PREFIX}{reviewer_id}"


def _differences(records: Sequence[ReviewerRecord]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
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
    yield _ADD_ASSIGNMENTS, added


def _fresh(now: Reviewer, old: Reviewer | None, name: str) -> list[Any]:
    known = frozenset(getattr(old, name)) if old is not None else frozenset()
    return [each for each in getattr(now, name) if each not in known]


def _plain(value: Any) -> tuple[Any, ...]:
    """A flat value's fields in order, enumerations as text; the tables' columns have the same order."""
    return tuple(getattr(value, name) for name in value.__dataclass_fields__)


def _columns(rows: Iterable[Sequence[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
