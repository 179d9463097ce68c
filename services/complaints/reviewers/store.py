"""Loads and saves reviewers set-wise, with their shifts and assignments; who they are is sealed."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from services.complaints.auditing import chain as audit
from services.complaints.domain.reviewers.record import Identity, ReviewerRecord
from services.complaints.domain.reviewers.reviewer import Reviewer
from services.complaints.domain.reviewers.roster import Shift
from services.complaints.reviewers import rows as reviewer_rows
from services.complaints.reviewers.saving import differences
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
        for sql, rows in differences(records):
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


def _columns(rows: Iterable[Sequence[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
