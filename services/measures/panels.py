"""Applies facts to members of facilities inside the caller's transaction, and publishes the figures that change."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import asyncpg

from services.measures import charting
from services.measures.charting import Baseline, Charted
from services.measures.domain.panel import spans
from services.measures.domain.panel.charted import chart_of, point_of
from services.measures.domain.panel.counted import MILLION, Amounts
from services.measures.domain.panel.figures import figure
from services.measures.domain.panel.kind import Family, Kind
from services.measures.domain.panel.measure import FacilityMeasure, Form
from services.measures.domain.panel.member import Member
from services.measures.domain.panel.published import Published, Where, published
from services.measures.repository import epochs, figures, panels
from services.measures.repository.charts import Whose as Whom
from services.measures.repository.panels import Row, Whose
from shared.contracts.facilities import FACILITIES, FacilityMeasured
from shared.messaging.breaths import in_breaths
from shared.messaging.handling import Emit

BREATH = 200  # members computed in one go, some milliseconds

Told = Mapping[Whose, Sequence[tuple[str, str, Any]]]
"""By unit and member: natural key, wire type and record of each fact."""


async def apply(conn: asyncpg.Connection, kind: Kind, told: Told, baseline: Baseline, now: dt.datetime) -> list[Emit]:
    """Apply the facts; of members without any, what changed by time or by rules. The events that follow.

    In any order and however often the facts come, the end is the same. All figures of one kind of a unit are
    published under its lock, so their revisions have one order.
    """
    await panels.lock(conn, kind.name, {unit for unit, _ in told})
    stored = await panels.members(conn, kind.name, list(told))
    changes: dict[Whose, dict[str, int]] = defaultdict(dict)
    rows: list[Row] = []
    async for (unit, name), facts in in_breaths(told.items(), BREATH):
        member = Member(kind, stored.get((unit, name), b""))
        for fact, wire_type, record in facts:
            member.take(fact, wire_type, record)
        if facts and not member.changed:
            continue
        for period, amounts in member.recount(now.date()).items():
            _add(changes[unit, period], amounts)
        rows.append(Row(unit, name, member.body(), member.known, member.wake, kind.rules))
    await panels.save_members(conn, kind.name, rows)
    return await _publish(conn, kind, changes, baseline, now)


async def restate(
    conn: asyncpg.Connection,
    family: Family,
    whole: Mapping[str, Mapping[str, Amounts]],
    baseline: Baseline,
    now: dt.datetime,
) -> list[Emit]:
    """Replace what units add up to, told whole by unit and period and not member by member; the events that follow.

    A period that is left out comes to nothing.
    """
    await panels.lock(conn, family.name, whole)
    kept = await panels.all_sums(conn, family.name, whole)
    changes: dict[Whose, Amounts] = {}
    for unit, told in whole.items():
        before = kept.get(unit, {})
        for period in before.keys() | told.keys():
            after = {name: amount for name, amount in told.get(period, {}).items() if amount}
            if after != before.get(period, {}):
                changes[unit, period] = after
    if not changes:
        return []
    await panels.save_sums(conn, family.name, changes)
    return await _say(conn, family, _touched(family, changes), changes, baseline, now)


async def settle(
    conn: asyncpg.Connection, kind: Family, baseline: Baseline, limit: int, now: dt.datetime
) -> tuple[int, list[Emit]]:
    """Publish figures whose period has become final; how many periods of units there were, and the events."""
    due = await figures.settling(conn, kind.name, now.date(), limit)
    if not due:
        return 0, []
    await panels.lock(conn, kind.name, {unit for unit, _ in due})
    return len(due), await _say(conn, kind, due, {}, baseline, now)


async def _publish(
    conn: asyncpg.Connection, kind: Kind, changes: Mapping[Whose, Amounts], baseline: Baseline, now: dt.datetime
) -> list[Emit]:
    changes = {whose: amounts for whose, amounts in changes.items() if amounts}
    if not changes:
        return []
    kept = await panels.sums(conn, kind.name, changes.keys())
    for whose, amounts in changes.items():
        own = kept.setdefault(whose, {})
        _add(own, amounts)
    sums = {whose: {name: amount for name, amount in kept[whose].items() if amount} for whose in changes}
    await panels.save_sums(conn, kind.name, sums)
    return await _say(conn, kind, _touched(kind, changes), sums, baseline, now)


def _touched(kind: Family, changes: Iterable[Whose]) -> set[Whose]:
    """The units and periods whose figures cover what changed."""
    return {(unit, later) for unit, period in changes for later in spans.touched(period, kind.spans)}


async def _say(
    conn: asyncpg.Connection,
    kind: Family,
    places: Collection[Whose],
    known: Mapping[Whose, Amounts],
    baseline: Baseline,
    now: dt.datetime,
) -> list[Emit]:
    """Publish what is new of these units and periods."""
    wanted = {(unit, before) for unit, period in places for before in spans.covered(period, kind.spans)}
    sums = {**await panels.sums(conn, kind.name, wanted - known.keys()), **known}
    last, epoch = await figures.load(conn, kind.name, places), await epochs.current(conn)
    found: list[tuple[FacilityMeasure, Published]] = []
    for unit, period in sorted(places):
        for measure in kind.measures:
            where = Where(measure.id, unit, period)
            parts = [sums.get((unit, one), {}) for one in spans.covered(period, measure.spans)]
            before = last.get(where)
            if before is None and not any(parts):
                continue  # a period that only measures of longer spans look back from
            one = published(kind, measure, where, figure(measure, parts), before, now, epoch)
            if one is not None:
                found.append((measure, one))
    await figures.save(conn, [one for _, one in found])
    emits = [_emit(kind, measure, one) for measure, one in found]
    return emits + await charting.follow_all(conn, _charted(kind, found, baseline), now)


def _charted(kind: Family, found: Iterable[tuple[FacilityMeasure, Published]], baseline: Baseline) -> Iterator[Charted]:
    for measure, one in found:
        chart, at = chart_of(measure), point_of(measure, one, baseline.first)
        if chart is not None and at is not None:
            yield Charted(Whom(measure.id, kind.unit_type, one.unit), baseline.plan(chart), measure.better, at)


def _add(own: dict[str, int], amounts: Amounts) -> None:
    for name, amount in amounts.items():
        own[name] = own.get(name, 0) + amount


def _emit(kind: Family, measure: FacilityMeasure, one: Published) -> Emit:
    computable, standardized = one.reason is None, measure.form is Form.STANDARDIZED
    event = FacilityMeasured(
        measure=measure.id,
        specification=measure.specification,
        unit_type=kind.unit_type,
        unit=one.unit,
        period=one.period,
        spans=measure.spans,
        baseline=measure.baseline,
        computable=computable,
        reason=one.reason,
        numerator=one.numerator,
        denominator=None if standardized else one.denominator,
        predicted=f"{Decimal(one.denominator) / MILLION:f}" if standardized else None,
        value=one.value,
        low=one.low,
        high=one.high,
        status=one.status,
        revision=one.revision,
        as_of=one.as_of,
    )
    return Emit(FACILITIES.name, f"{measure.id}|{one.unit}|{one.period}", event)
