"""Turns the sums of units into MeasureUpdated events, and keeps what was published."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

import asyncpg

from services.measures import charting
from services.measures.charting import Baseline, Charted
from services.measures.domain import spread
from services.measures.domain.catalogue import BY_ID, DEFINITIONS, OF_HOSPITALS
from services.measures.domain.charted import chart_of, is_settled, point_of
from services.measures.domain.definitions import Definition
from services.measures.domain.evaluation import PARTS
from services.measures.domain.methods.charts.points import Kind
from services.measures.domain.periods import months_of, rolling, shift
from services.measures.domain.rates import decimal
from services.measures.domain.results import Place, Result, Scene, lay_out, updated
from services.measures.domain.unit import Unit
from services.measures.repository import cells, declared, effects, rollups
from services.measures.repository.charts import Whose
from services.measures.repository.due import Due
from shared.contracts.measures import RESULTS, MeasureUpdated
from shared.messaging import outbox
from shared.messaging.handling import Emit

_ROLLS: Final = 4  # spans of four quarters that a quarter is part of


async def publish(
    conn: asyncpg.Connection, wanted: Collection[Due], versions: Mapping[str, int], scene: Scene, baseline: Baseline
) -> list[Result]:
    """Publish the results of these units and quarters, and of the four quarters they are part of, that differ from
    what was published last, and what they change of control charts; returns the results.

    ``versions`` are those of the communities, held by the caller. Inside the caller's transaction. The caller is the
    one leader and nobody else publishes results, so their order within a key needs no further lock.
    """
    places = _places(wanted)
    if not places:
        return []
    units = {(place.unit_type, place.unit) for place in places}
    first = min(months_of(place.period)[0] for place in places)
    last = max(months_of(place.period)[-1] for place in places)
    known = await cells.load(conn, places)
    sums = {unit: Unit(months) for unit, months in (await rollups.totals(conn, units, first, last)).items()}
    own = await declared.definitions(conn, {place.unit for place in places if place.unit_type == spread.COMMUNITY})
    results = []
    for place in places:
        unit = sums[place.unit_type, place.unit]
        version = versions[place.unit] if place.unit_type == spread.COMMUNITY else 1
        laid = lay_out(place, unit, scene)
        for definition in _definitions(place, own):
            before = known.get((definition.id, place))
            if before is not None or (definition.withdrawn is None and unit.covers(place.period)):
                result = updated(definition, laid, version, before, scene)
                if result is not None:
                    results.append(result)
    await cells.save(conn, results)
    emits = [Emit(RESULTS.name, key_of(one), _event(one)) for one in results]
    emits += await charting.follow_all(conn, _charted(results, own, baseline), scene.now)
    await outbox.append(conn, emits, now=scene.now)
    await effects.look_again(conn, {one.unit for one in results if is_settled(one)})
    return results


def _definitions(place: Place, own: Mapping[str, Sequence[Definition]]) -> Sequence[Definition]:
    """Those of a unit; communities have their own besides."""
    if place.unit_type == spread.COMMUNITY:
        return (*DEFINITIONS, *own.get(place.unit, ()))
    return OF_HOSPITALS if place.unit_type == spread.HOSPITAL else DEFINITIONS


def key_of(result: Result) -> str:
    """The record key of a result."""
    return f"{result.measure}|{result.unit_type}|{result.unit}|{result.period}"


def _charted(
    results: Iterable[Result], own: Mapping[str, Sequence[Definition]], baseline: Baseline
) -> Iterator[Charted]:
    """Settled results as points. A declared measure that a revision left without a chart takes its points back."""
    plans = {kind: baseline.plan(kind) for kind in (Kind.P, Kind.U_PRIME)}
    declared_ = {one.id: one for some in own.values() for one in some}
    for one in results:
        definition = BY_ID.get(one.measure) or declared_[one.measure]
        kind = chart_of(definition)
        if is_settled(one) and (kind is not None or one.measure in declared_):
            whose = Whose(one.measure, one.unit_type, one.unit)
            yield Charted(whose, plans[kind or Kind.U_PRIME], definition.better, point_of(definition, one))


def _places(wanted: Collection[Due]) -> list[Place]:
    found = set()
    for kind, unit, quarter in wanted:
        found.add(Place(kind, unit, quarter))
        found.update(Place(kind, unit, rolling(shift(quarter, later))) for later in range(_ROLLS))
    return sorted(found)


def _event(result: Result) -> MeasureUpdated:
    computable = result.reason is None
    return MeasureUpdated(
        measure=result.measure,
        specification=result.specification,
        unit_type=result.unit_type,
        unit=result.unit,
        unit_version=result.unit_version,
        period=result.period,
        computable=computable,
        reason=result.reason,
        numerator=result.numerator if computable else None,
        denominator=result.denominator if computable else None,
        exposure=decimal(Fraction(result.person_time, PARTS)) if result.person_time else None,
        days_in_period=result.days_in_period,
        value=result.value,
        low=result.low,
        high=result.high,
        status=result.status,
        cause=result.cause,
        watermark=dt.date.fromordinal(result.watermark) if result.watermark else None,
        revision=result.revision,
        as_of=result.as_of,
    )
