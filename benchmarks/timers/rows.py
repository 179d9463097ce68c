"""Running clocks put straight into the tables, one or several to a case, without the aggregate."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

import asyncpg

from services.complaints.auditing import chain as audit
from services.complaints.domain.deadlines import Deadline
from shared.contracts.complaints import Obligor

ZONE: Final = "America/Chicago"
_CASE: Final = (
    "case_id", "family_id", "case_type", "state", "stage", "region", "zone", "facility_ccn", "facility_state",
    "provider_type", "channel", "timeliness", "received_at", "opened_at", "course", "version",
)  # fmt: skip
_DEADLINE: Final = (
    "deadline_id", "case_id", "ordinal", "rule_id", "rule_version", "citation", "obligor", "is_window", "trigger",
    "trigger_at", "due_at", "zone", "status", "met_at", "warned", "wakes", "announced", "next_fire_at",
)  # fmt: skip
_COURSE: Final = '{"steps": "' + "x" * 400 + '"}'  # as long as that of a real case
_SEALED: Final = bytes(400)


class Timer(NamedTuple):
    """A clock and the case it runs for."""

    case_id: UUID
    deadline: Deadline


def timer(case_id: UUID, number: int, trigger_at: dt.datetime, due_at: dt.datetime, **changes: Any) -> Timer:
    """The ``number``-th clock of a case: announced, waking nobody, nothing said yet, unless ``changes`` say so."""
    deadline = Deadline(
        id=uuid5(case_id, f"clock {number}"),
        rule_id="hosp-discharge-ffs.determine",
        rule_version=1,
        citation="42 CFR 405.1206(d)(6)(i)",
        obligor=Obligor.QIO,
        window=False,
        trigger="information complete",
        trigger_at=trigger_at,
        due_at=due_at,
        zone=ZONE,
        wakes=False,
    )
    return Timer(case_id, replace(deadline, **changes))


async def plant(conn: asyncpg.Connection, timers: Sequence[Timer]) -> None:
    """Insert the cases of these clocks, their heads and the clocks."""
    since = {one.case_id: one.deadline.trigger_at for one in timers}
    async with conn.transaction():
        await _copy(conn, "case_file", _CASE, (_case(case_id, at) for case_id, at in since.items()))
        await _copy(conn, "party", ("case_id", "sealed"), ((case_id, _SEALED) for case_id in since))
        await _copy(conn, "heads", ("key",), ((f"case:{case_id}",) for case_id in since))
        await _copy(conn, "deadline", _DEADLINE, _deadlines(timers))
        await audit.append(conn, [audit.Line(case_id, at, "intake", "planted") for case_id, at in since.items()])


async def wake_nobody(conn: asyncpg.Connection, keys: Sequence[str], now: dt.datetime) -> Counter[str]:  # noqa: ARG001
    """What the ticker may ask of cases none of whose clocks wakes them; raises AssertionError."""
    raise AssertionError("no clock of these wakes its case")


async def _copy(conn: asyncpg.Connection, table: str, columns: Sequence[str], records: Iterable[Any]) -> None:
    await conn.copy_records_to_table(table, columns=columns, records=records)


def _case(case_id: UUID, at: dt.datetime) -> tuple[Any, ...]:
    return (
        case_id, case_id, "HOSP_DISCHARGE_FFS", "IN_REVIEW", "IN_REVIEW", "5", ZONE, "140001", "IL",
        "HOSPITAL", "PHONE", "TIMELY", at, at, _COURSE, 1,
    )  # fmt: skip


def _deadlines(timers: Iterable[Timer]) -> Iterable[tuple[Any, ...]]:
    ordinals: dict[UUID, int] = {}
    for case_id, one in timers:
        ordinal = ordinals[case_id] = ordinals.get(case_id, -1) + 1
        yield (
            one.id, case_id, ordinal, one.rule_id, one.rule_version, one.citation, one.obligor.value, one.window,
            one.trigger, one.trigger_at, one.due_at, one.zone, one.status.value, one.met_at, one.warned, one.wakes,
            one.announced, one.next_fire_at(),
        )  # fmt: skip
