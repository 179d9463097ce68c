"""Takes public snapshots on a schedule: every followed-up quarter, with small numbers withheld and proven safe."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Collection
from typing import Final

import asyncpg

from services.measures.domain import public, spread
from services.measures.domain.catalogue import BY_ID
from services.measures.domain.periods import months_of, quarter_of
from services.measures.domain.snapshot import Reason, Row, publish
from services.measures.domain.statuses import Status, status_of
from services.measures.domain.unit import Unit
from services.measures.repository import due, rollups, snapshots
from shared.contracts.measures import PUBLIC, MeasuresSnapshotPublished
from shared.messaging import locks, outbox
from shared.messaging.handling import Emit
from shared.messaging.leader import lead, wait
from shared.program.areas import state_of

LEADER: Final = "measures-snapshots"
LOOK_SECONDS: Final = 15.0
_LOCK: Final = "snapshots"

IsLoaded = Callable[[str], bool]
GetLoaded = Callable[[asyncpg.Connection], Awaitable[IsLoaded]]


async def take(conn: asyncpg.Connection, now: dt.datetime, is_loaded: IsLoaded) -> int | None:
    """Take the snapshot of this day; how many figures were published, None when the day has its snapshot.

    One transaction that sees one state of the rollups. Raises ValueError, and publishes nothing, where a figure would
    not be protected.
    """
    async with conn.transaction(isolation="repeatable_read"):
        await locks.lock(conn, [_LOCK])
        if not await snapshots.begin(conn, now.date()):
            return None
        watermark = (await due.progress(conn)).watermark
        if not watermark:
            return 0
        months = await rollups.months(conn)
        count = 0
        for quarter in sorted({quarter_of(month) for month in months}):
            count += await _quarter(conn, quarter, dt.date.fromordinal(watermark), is_loaded, now)
    return count


async def _quarter(
    conn: asyncpg.Connection, quarter: str, watermark: dt.date, is_loaded: IsLoaded, now: dt.datetime
) -> int:
    status = status_of(quarter, watermark=watermark)
    if status is Status.PROVISIONAL:
        return 0
    inside: dict[str, set[str]] = {}
    for community, area in await snapshots.areas(conn):
        inside.setdefault(community, set()).add(area)
    months = months_of(quarter)
    keys = await rollups.units_in(conn, spread.PUBLISHED, months)
    units = {(kind, unit) for kind, unit, _ in keys if kind != spread.COMMUNITY or unit in inside}
    sums = await rollups.totals(conn, units, months[0], months[-1])
    cells = [
        cell
        for unit, own in sorted(sums.items())
        for cell in public.cells_of(unit, quarter, Unit(own).quarter(quarter), is_loaded)
    ]
    splits = public.splits(quarter, _named(units, spread.STATE), _named(units, spread.REGION), inside)
    last = await snapshots.load(conn, quarter)
    made = publish(cells, [*splits, *public.within_states(quarter, inside, state_of)], last)
    await snapshots.save(conn, quarter, made, last.known)
    emits = [Emit(PUBLIC.name, _key(row), _event(row, status, now.date())) for row in made.rows]
    await outbox.append(conn, emits, now=now)
    return len(emits)


def _named(units: Collection[tuple[str, str]], kind: str) -> list[str]:
    return [unit for own, unit in units if own == kind]


def _key(row: Row) -> str:
    return f"{row.measure}|{row.place.unit_type}|{row.place.unit}|{row.place.period}"


def _event(row: Row, status: Status, day: dt.date) -> MeasuresSnapshotPublished:
    return MeasuresSnapshotPublished(
        snapshot=f"{day:%Y-%m}",
        measure=row.measure,
        specification=BY_ID[row.measure].specification,
        unit_type=row.place.unit_type,
        unit=row.place.unit,
        period=row.place.period,
        suppressed=row.reason is not None and row.reason is not Reason.DIFFERENCE,
        numerator=row.numerator,
        denominator=row.denominator,
        value=row.value,
        low=None,
        high=None,
        status=status.value,
    )


def is_due(today: dt.date, days: Collection[int], last: dt.date | None) -> bool:
    """Whether one of the days of the quarter (1 is its first) has come since the last snapshot."""
    begin = dt.date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    passed = [begin + dt.timedelta(days=number - 1) for number in days]
    return any(day <= today and (last is None or last < day) for day in passed)


def worker(
    dsn: str, clock: Callable[[], dt.datetime], loaded: GetLoaded, stop: asyncio.Event, days: Collection[int]
) -> Callable[[], Awaitable[None]]:
    """Snapshots on their days, as a worker of the service."""

    async def step(conn: asyncpg.Connection) -> None:
        now = clock()
        if is_due(now.date(), days, await snapshots.last_day(conn)):
            await take(conn, now, await loaded(conn))
        await wait(stop, LOOK_SECONDS)

    async def run() -> None:
        await lead(dsn, LEADER, step, stop=stop)

    return run
