"""Turns sums of communities into MeasureUpdated events and keeps what was published."""

import datetime as dt
from collections.abc import Iterable, Mapping

import asyncpg

from services.measures.domain.definitions import DEFINITIONS, Definition
from services.measures.domain.periods import days_in
from services.measures.domain.rates import per_thousand
from services.measures.repository import cells, rollups
from services.measures.repository.rollups import Quarter, Sums
from shared.contracts.measures import RESULTS, MeasureUpdated
from shared.messaging import locks, outbox
from shared.messaging.handling import Emit


async def publish(
    conn: asyncpg.Connection, quarters: Iterable[Quarter], versions: Mapping[str, int], now: dt.datetime
) -> int:
    """Publish the results of these communities and quarters that differ from what was published last.

    ``versions`` are those of the communities, held by the caller. Inside the caller's transaction; returns how many.
    Every result is PROVISIONAL: follow-up and finality need a watermark of the claims' received dates, which the feed
    does not carry (measures research §0.3).
    """
    wanted = sorted(quarters)
    if not wanted:
        return 0
    await locks.lock(conn, [key_of(d.id, q) for q in wanted for d in DEFINITIONS])
    sums = await rollups.sums(conn, wanted)
    known = await cells.load(conn, wanted)
    results = []
    for quarter in wanted:
        for definition in DEFINITIONS:
            before = known.get((definition.id, *quarter))
            result = _result(definition, quarter, sums[quarter], versions[quarter.community], before, now)
            if result is not None:
                results.append(result)
    await cells.save(conn, results)
    emits = [Emit(RESULTS.name, key_of(r.measure, Quarter(r.unit, r.period)), r) for r in results]
    await outbox.append(conn, emits, now=now)
    return len(results)


def key_of(measure: str, quarter: Quarter) -> str:
    """The aggregate and record key of a result."""
    return f"{measure}|{quarter.community}|{quarter.period}"


def _result(
    definition: Definition,
    quarter: Quarter,
    sums: Sums,
    version: int,
    before: Mapping[str, int] | None,
    now: dt.datetime,
) -> MeasureUpdated | None:
    numerator: int = getattr(sums, definition.component)
    if before is not None:
        same = (before["numerator"], before["eligible_days"], before["unit_version"])
        if same == (numerator, sums.eligible_days, version):
            return None
    days = days_in(quarter.period)
    return MeasureUpdated(
        measure=definition.id,
        specification=definition.specification,
        unit_type="community",
        unit=quarter.community,
        unit_version=version,
        period=quarter.period,
        numerator=numerator,
        eligible_days=sums.eligible_days,
        days_in_period=days,
        value=per_thousand(numerator, sums.eligible_days, days),
        status="PROVISIONAL",
        revision=before["revision"] + 1 if before is not None else 1,
        as_of=now,
    )
