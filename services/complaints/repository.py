"""Loads and saves cases set-wise; what identifies persons is sealed before it reaches the database."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from services.complaints import audit
from services.complaints.domain.appeal import Appeal, Confidential, Filing, Progress
from services.complaints.domain.deadlines import Deadline, Status
from services.complaints.domain.rulebook import RuleBook
from services.complaints.domain.rules import DISCHARGE_APPEAL
from services.complaints.domain.states import State
from shared.contracts.complaints import Obligor
from shared.messaging.keyring import Keyring

_PREFIX = "case:"
_CASES = """
    SELECT case_id, state, opened_at, filing, progress, version, sealed
    FROM case_file JOIN party USING (case_id) WHERE case_id = ANY($1::uuid[])
"""
_DEADLINES = "SELECT * FROM deadline WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, ordinal"
_SAVE_CASES = """
    INSERT INTO case_file AS c (case_id, case_type, state, region, zone, received_at, opened_at, filing, progress,
                                version)
    SELECT case_id, 'HOSP_DISCHARGE_FFS', state, region, zone, received_at, opened_at, filing, progress, version
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::jsonb[],
                $8::jsonb[], $9::bigint[])
         AS n (case_id, state, region, zone, received_at, opened_at, filing, progress, version)
    ON CONFLICT (case_id) DO UPDATE
    SET state = excluded.state, received_at = excluded.received_at, opened_at = excluded.opened_at,
        region = excluded.region, zone = excluded.zone, filing = excluded.filing, progress = excluded.progress,
        version = excluded.version
    WHERE c.version = excluded.version - 1
"""
_SAVE_PARTIES = """
    INSERT INTO party (case_id, sealed) SELECT * FROM unnest($1::uuid[], $2::bytea[])
    ON CONFLICT (case_id) DO UPDATE SET sealed = excluded.sealed
"""
_SAVE_DEADLINES = """
    INSERT INTO deadline (deadline_id, case_id, ordinal, rule_id, rule_version, citation, obligor, is_window, trigger,
                          trigger_at, due_at, zone, status, met_at, warned, wakes, announced, next_fire_at)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::int[], $6::text[], $7::text[],
                         $8::boolean[], $9::text[], $10::timestamptz[], $11::timestamptz[], $12::text[], $13::text[],
                         $14::timestamptz[], $15::smallint[], $16::boolean[], $17::boolean[], $18::timestamptz[])
    ON CONFLICT (deadline_id) DO UPDATE
    SET status = excluded.status, met_at = excluded.met_at, warned = excluded.warned,
        next_fire_at = excluded.next_fire_at
"""

_filings = TypeAdapter(Filing)
_progresses = TypeAdapter(Progress)
_confidentials = TypeAdapter(Confidential)


class StaleCase(RuntimeError):  # noqa: N818 - the fact is the name
    """Another transaction changed a case although its head was locked; nothing may be saved."""


class CaseStore:
    """The pipeline's store of appeals, by ``case:<id>``; heads are locked by the caller."""

    def __init__(self, keyring: Keyring, book: RuleBook = DISCHARGE_APPEAL) -> None:
        self._keyring = keyring
        self._book = book

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Appeal]:
        """Those cases that exist, with their clocks in the order they were started."""
        ids = [UUID(key.removeprefix(_PREFIX)) for key in keys]
        if not ids:
            return {}
        clocks: defaultdict[UUID, list[Deadline]] = defaultdict(list)
        for row in await conn.fetch(_DEADLINES, ids):
            clocks[row["case_id"]].append(_deadline(row))
        cases = await conn.fetch(_CASES, ids)
        return {f"{_PREFIX}{row['case_id']}": self._appeal(row, clocks[row["case_id"]]) for row in cases}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Appeal], now: dt.datetime) -> None:  # noqa: ARG002
        """Write what differs from what was loaded, and the audit lines; raises StaleCase."""
        cases = [changed[key] for key in sorted(changed)]
        rows = [_case_row(case) for case in cases]
        done = await conn.execute(_SAVE_CASES, *_columns(rows))
        if int(done.rsplit(" ", 1)[1]) != len(rows):
            raise StaleCase("a case was changed by someone else")
        await self._save_parties(conn, cases)
        clocks = [row for case in cases for row in _changed_deadlines(case)]
        if clocks:
            await conn.execute(_SAVE_DEADLINES, *_columns(clocks))
        await audit.append(conn, [audit.Line(case.id, *entry) for case in cases for entry in case.unsaved])

    async def _save_parties(self, conn: asyncpg.Connection, cases: Iterable[Appeal]) -> None:
        sealed = [
            (case.id, self._keyring.encrypt(_confidentials.dump_json(case.confidential), _place(case.id)))
            for case in cases
            if case.stored is None or case.stored.confidential != case.confidential
        ]
        if sealed:
            await conn.execute(_SAVE_PARTIES, *_columns(sealed))

    def _appeal(self, row: Any, clocks: Sequence[Deadline]) -> Appeal:
        plain = self._keyring.decrypt(row["sealed"], _place(row["case_id"]))
        appeal = Appeal(
            id=row["case_id"],
            state=State(row["state"]),
            opened_at=row["opened_at"],
            filing=_filings.validate_json(row["filing"]),
            progress=_progresses.validate_json(row["progress"]),
            confidential=_confidentials.validate_json(plain),
            deadlines=tuple(clocks),
            version=row["version"],
            book=self._book,
        )
        return replace(appeal, stored=appeal)


def _place(case_id: UUID) -> str:
    return f"party:{case_id}"


def _case_row(case: Appeal) -> tuple[Any, ...]:
    return (
        case.id,
        case.state.value,
        case.filing.region,
        case.filing.zone,
        case.filing.received_at,
        case.opened_at,
        _filings.dump_json(case.filing).decode(),
        _progresses.dump_json(case.progress).decode(),
        case.version + 1,
    )


def _changed_deadlines(case: Appeal) -> Iterable[tuple[Any, ...]]:
    known = {deadline.id: deadline for deadline in case.stored.deadlines} if case.stored is not None else {}
    for ordinal, deadline in enumerate(case.deadlines):
        if known.get(deadline.id) != deadline:
            yield (
                deadline.id,
                case.id,
                ordinal,
                deadline.rule_id,
                deadline.rule_version,
                deadline.citation,
                deadline.obligor.value,
                deadline.window,
                deadline.trigger,
                deadline.trigger_at,
                deadline.due_at,
                deadline.zone,
                deadline.status.value,
                deadline.met_at,
                deadline.warned,
                deadline.wakes,
                deadline.announced,
                deadline.next_fire_at(),
            )


def _deadline(row: Any) -> Deadline:
    return Deadline(
        id=row["deadline_id"],
        rule_id=row["rule_id"],
        rule_version=row["rule_version"],
        citation=row["citation"],
        obligor=Obligor(row["obligor"]),
        window=row["is_window"],
        trigger=row["trigger"],
        trigger_at=row["trigger_at"],
        due_at=row["due_at"],
        zone=row["zone"],
        status=Status(row["status"]),
        met_at=row["met_at"],
        warned=row["warned"],
        wakes=row["wakes"],
        announced=row["announced"],
    )


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
