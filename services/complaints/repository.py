"""Loads and saves cases set-wise; what identifies persons is sealed before it reaches the database."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from pydantic import TypeAdapter

from services.complaints.auditing import chain as audit
from services.complaints.domain import procedures
from services.complaints.domain.case import Case, Course, Facility, Sealed
from services.complaints.domain.clock import Moment
from services.complaints.domain.deadlines import Deadline, Status
from services.complaints.domain.outages import Outage, OutageCalendar
from services.complaints.domain.reckoned import Desk
from services.complaints.followups import pending
from services.complaints.payments import bookkeeping
from services.complaints.reviewers.store import release_cases
from services.complaints.work import items
from shared.contracts.complaints import CaseType, Channel, Obligor, ProviderType, Timeliness
from shared.messaging.keyring import Keyring

PREFIX = "case:"
_CASES = "SELECT * FROM case_file JOIN party USING (case_id) WHERE case_id = ANY($1::uuid[])"
_DEADLINES = "SELECT * FROM deadline WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, ordinal"
_OUTAGES = "SELECT since, until FROM intake_outage ORDER BY since"
_SAVE_CASES = """
    INSERT INTO case_file AS c (case_id, family_id, case_type, state, stage, region, zone, facility_ccn, facility_state,
                                facility_zip, provider_type, channel, timeliness, received_at, opened_at, decided_at,
                                outcome, ended, on_time, reviewer_group, concerns_confirmed, local_factors, course,
                                version)
    SELECT case_id, family_id, case_type, state, stage, region, zone, facility_ccn, facility_state, facility_zip,
           provider_type, channel, timeliness, received_at, opened_at, decided_at, outcome, ended, on_time,
           reviewer_group, concerns_confirmed, string_to_array(local_factors, ','), course, version
    FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::timestamptz[],
                $15::timestamptz[], $16::timestamptz[], $17::text[], $18::text[], $19::boolean[], $20::text[],
                $21::int[], $22::text[], $23::jsonb[], $24::bigint[])
         AS n (case_id, family_id, case_type, state, stage, region, zone, facility_ccn, facility_state, facility_zip,
               provider_type, channel, timeliness, received_at, opened_at, decided_at, outcome, ended, on_time,
               reviewer_group, concerns_confirmed, local_factors, course, version)
    ON CONFLICT (case_id) DO UPDATE
    SET state = excluded.state, stage = excluded.stage, region = excluded.region, zone = excluded.zone,
        facility_state = excluded.facility_state, facility_zip = excluded.facility_zip,
        channel = excluded.channel, timeliness = excluded.timeliness, received_at = excluded.received_at,
        opened_at = excluded.opened_at, decided_at = excluded.decided_at, outcome = excluded.outcome,
        ended = excluded.ended, on_time = excluded.on_time,
        reviewer_group = excluded.reviewer_group, concerns_confirmed = excluded.concerns_confirmed,
        local_factors = excluded.local_factors,
        course = excluded.course, version = excluded.version
    WHERE c.version = excluded.version - 1
"""
_SAVE_PARTIES = """
    INSERT INTO party (case_id, sealed) SELECT * FROM unnest($1::uuid[], $2::bytea[])
    ON CONFLICT (case_id) DO UPDATE SET sealed = excluded.sealed
"""
_SAVE_PERSONS = """
    INSERT INTO case_person (case_id, digest) SELECT * FROM unnest($1::uuid[], $2::bytea[]) ON CONFLICT DO NOTHING
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

_courses = TypeAdapter(Course)
_sealed = TypeAdapter(Sealed)


class StaleCase(RuntimeError):  # noqa: N818 - the fact is the name
    """Another transaction changed a case although its head was locked; nothing may be saved."""


class CaseStore:
    """The pipeline's store of cases, by ``case:<id>``; heads are locked by the caller.

    ``desk`` holds what reckonings take for given; its outages are those of the last load.
    """

    def __init__(self, keyring: Keyring, desk: Desk) -> None:
        self._keyring = keyring
        self.desk = desk

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Case]:
        """Those cases that exist, with their clocks in the order they were started."""
        outages = OutageCalendar(Outage(row["since"], row["until"]) for row in await conn.fetch(_OUTAGES))
        self.desk = replace(self.desk, outages=outages)
        ids = [UUID(key.removeprefix(PREFIX)) for key in keys]
        if not ids:
            return {}
        clocks: defaultdict[UUID, list[Deadline]] = defaultdict(list)
        for row in await conn.fetch(_DEADLINES, ids):
            clocks[row["case_id"]].append(_deadline(row))
        cases = await conn.fetch(_CASES, ids)
        return {f"{PREFIX}{row['case_id']}": self._case(row, clocks[row["case_id"]]) for row in cases}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Case], now: dt.datetime) -> None:
        """Write what differs from what was loaded, and the audit lines; raises StaleCase."""
        cases = [changed[key] for key in sorted(changed)]
        rows = [_case_row(case) for case in cases]
        done = await conn.execute(_SAVE_CASES, *_columns(rows))
        if int(done.rsplit(" ", 1)[1]) != len(rows):
            raise StaleCase("a case was changed by someone else")
        await self._save_parties(conn, cases)
        ended = [case.id for case in cases if procedures.of(case.type).terminal(case.state)]
        if ended:
            await release_cases(conn, ended, now)
        clocks = [row for case in cases for row in _changed_deadlines(case)]
        if clocks:
            await conn.execute(_SAVE_DEADLINES, *_columns(clocks))
        await items.follow(conn, cases, self.desk)
        await bookkeeping.follow(conn, cases)
        await pending.note(conn, cases)
        await audit.append(conn, [audit.Line(case.id, *entry) for case in cases for entry in case.unsaved])

    async def _save_parties(self, conn: asyncpg.Connection, cases: Iterable[Case]) -> None:
        sealed = [
            (case.id, self._keyring.encrypt(_sealed.dump_json(case.sealed), _place(case.id)))
            for case in cases
            if case.stored is None or case.stored.sealed != case.sealed
        ]
        if sealed:
            await conn.execute(_SAVE_PARTIES, *_columns(sealed))
        new = [case for case in cases if case.stored is None]
        persons = [(case.id, person_digest(self._keyring, case.sealed.beneficiary)) for case in new]
        if persons:
            await conn.execute(_SAVE_PERSONS, *_columns(persons))

    def _case(self, row: Any, clocks: Sequence[Deadline]) -> Case:
        plain = self._keyring.decrypt(row["sealed"], _place(row["case_id"]))
        case = Case(
            id=row["case_id"],
            family=row["family_id"],
            type=CaseType(row["case_type"]),
            state=row["state"],
            opened_at=row["opened_at"],
            received_at=row["received_at"],
            channel=Channel(row["channel"]),
            timeliness=Timeliness(row["timeliness"]),
            facility=Facility(
                ccn=row["facility_ccn"],
                type=ProviderType(row["provider_type"]),
                state=row["facility_state"],
                zip_code=row["facility_zip"],
                zone=row["zone"],
                region=row["region"],
            ),
            course=_course(row["course"]),
            sealed=_sealed.validate_json(plain),
            deadlines=tuple(clocks),
            version=row["version"],
        )
        return replace(case, stored=case)


def person_digest(keyring: Keyring, beneficiary: str) -> bytes:
    """By which the cases of one person are found, without the reference itself."""
    return keyring.reference("case-person", beneficiary)


def _place(case_id: UUID) -> str:
    return f"party:{case_id}"


def _course(text: str) -> Course:
    """Facts are told apart here: what reads a union of date and instant would take a date for midnight."""
    values = orjson.loads(text)
    values["facts"] = {name: _moment(at) for name, at in values["facts"].items()}
    return _courses.validate_python(values)


def _moment(text: str) -> Moment:
    """A date has ten characters, an instant more."""
    return dt.date.fromisoformat(text) if len(text) == 10 else dt.datetime.fromisoformat(text)


def _case_row(case: Case) -> tuple[Any, ...]:
    procedure, facility, course = procedures.of(case.type), case.facility, case.course
    decided, reviewer = case.decision(), case.sealed.reviewer(0)
    return (
        case.id,
        case.family,
        case.type.value,
        case.state,
        procedure.states[case.state].value,
        facility.region,
        facility.zone,
        facility.ccn,
        facility.state,
        facility.zip_code,
        facility.type.value,
        case.channel.value,
        case.timeliness.value,
        case.received_at,
        case.opened_at,
        decided.at if decided is not None else None,
        decided.outcome if decided is not None else None,
        course.ended,
        case.on_time if procedure.terminal(case.state) else None,
        reviewer.group if reviewer is not None else None,
        pending.confirmed(case),
        ",".join(sorted(course.local_factors)),
        _courses.dump_json(course).decode(),
        case.version + 1,
    )


def _changed_deadlines(case: Case) -> Iterable[tuple[Any, ...]]:
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
