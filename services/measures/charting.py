"""Follows the control charts of figures that are published, inside the transaction that publishes them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

import asyncpg

from services.measures.domain.methods.charts.following import follow
from services.measures.domain.methods.charts.points import Kind, Point
from services.measures.domain.methods.charts.rules import Side
from services.measures.domain.methods.charts.state import (
    BaselineFrozen,
    BaselineWithdrawn,
    ChartState,
    Event,
    Plan,
    Signal,
    SignalRaised,
)
from services.measures.repository import chart_past, charts
from services.measures.repository.charts import Whose
from shared.contracts import signals
from shared.contracts.message import Event as Message
from shared.messaging.handling import Emit

PORTION: Final = 200  # charts held at once, followed in some 20 ms


@dataclass(frozen=True, slots=True)
class Baseline:
    """The quarters that charts take as their baseline, the first and the last; ValueError for too few of them."""

    first: str
    last: str

    def __post_init__(self) -> None:
        self.plan(Kind.RUN)

    def plan(self, kind: Kind) -> Plan:
        """The plan of a chart."""
        return _plan(kind, self.first, self.last)


_plan = lru_cache(maxsize=100)(Plan)  # asked for with every figure


THREE_YEARS: Final = Baseline("2011Q3", "2014Q2")
"""The twelve quarters before the statement of work of August 2014; the last four are what its goals start from."""


@dataclass(frozen=True, slots=True)
class Charted:
    """A published figure as a point of its chart. ``better`` is lower or higher."""

    whose: Whose
    plan: Plan
    better: str
    point: Point


async def follow_all(conn: asyncpg.Connection, figures: Iterable[Charted], now: dt.datetime) -> list[Emit]:
    """Add the points to their charts; what follows. The caller holds the units, so a chart has one writer.

    Where the baseline is named otherwise than before, the points a chart has are seen against the new one.
    """
    wanted: dict[Whose, list[Charted]] = defaultdict(list)
    for one in figures:
        wanted[one.whose].append(one)
    ordered, emits = sorted(wanted), list[Emit]()
    for start in range(0, len(ordered), PORTION):
        emits += await _follow(conn, {whose: wanted[whose] for whose in ordered[start : start + PORTION]}, now)
    return emits


async def _follow(conn: asyncpg.Connection, wanted: Mapping[Whose, Sequence[Charted]], now: dt.datetime) -> list[Emit]:
    held = await charts.load(conn, wanted.keys())
    changed: dict[Whose, ChartState] = {}
    emits: list[Emit] = []
    past: list[chart_past.Row] = []
    for whose, points in wanted.items():
        if whose not in held and not any(one.point.exposure for one in points):
            continue  # what was never computed has no chart
        plan, better = points[0].plan, points[0].better
        before = held.get(whose) or ChartState(whose.measure, whose.unit, plan)
        after, events = follow(before, [one.point for one in points], now, plan)
        if after is not before:
            changed[whose] = after
        past += chart_past.ended(whose, before.baseline, events)
        emits += [Emit(signals.SIGNALS.name, "|".join(whose), _said(event, whose, plan, better)) for event in events]
    await charts.save(conn, changed)
    await chart_past.save(conn, past)
    return emits


def _said(event: Event, whose: Whose, plan: Plan, better: str) -> Message:
    told: Mapping[str, Any] = whose._asdict()
    match event:
        case BaselineFrozen(baseline=baseline):
            return signals.ChartBaselineFrozen(
                **told,
                chart=plan.kind.value,
                version=baseline.version,
                first=baseline.first,
                last=baseline.last,
                centre=_number(baseline.centre.value),
                spread=_number(baseline.centre.spread),
                frozen_at=baseline.frozen_at,
            )
        case BaselineWithdrawn(version=version, at=at):
            return signals.ChartBaselineWithdrawn(**told, version=version, withdrawn_at=at)
        case SignalRaised(signal=signal):
            return signals.SignalRaised(
                **told,
                **_of(signal, better),
                revision=signal.revision,
                baseline_version=signal.version,
                raised_at=signal.raised_at,
            )
        case _:
            return signals.SignalRetracted(
                **told, **_of(event.signal, better), because=event.because.value, retracted_at=event.at
            )


def _number(value: Fraction) -> str:
    """Ten significant digits: rates by the day are small."""
    return f"{float(value):.10g}"


def _of(signal: Signal, better: str) -> dict[str, Any]:
    wanted = Side.LOW if better == "lower" else Side.HIGH
    direction = "better" if signal.side is wanted else "worse"
    return {"period": signal.period, "rule": signal.rule.value, "side": signal.side.value, "direction": direction}
