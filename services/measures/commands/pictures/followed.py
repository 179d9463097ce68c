"""Control charts as the platform follows them, from its read API: points, baselines in versions, signals."""

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from services.measures.commands.pictures import platform
from services.measures.domain.methods.charts.limits import Centre
from services.measures.domain.methods.charts.points import Kind, Point
from services.measures.domain.methods.charts.rules import Rule, Side
from services.measures.domain.methods.charts.state import Baseline, Because, ChartState, Plan, Signal
from services.measures.pictures.control import Earlier, Past
from services.measures.pictures.signals import Retracted

PAGE: Final = 1000
Followed = tuple[ChartState, Past]


def charts(measure: str, units: Sequence[str]) -> dict[str, Followed]:
    """Those there are, by unit; prints a sentence and exits where the platform does not answer."""
    return {row["unit"]: _chart(measure, row) for row in platform.asked("/charts", units, PAGE, measure=measure)}


def _chart(measure: str, row: Mapping[str, Any]) -> Followed:
    base = row["baseline"]
    points = [
        Point(**{name: one[name] for name in ("period", "events", "revision", "provisional")},
              exposure=Fraction(one["exposure"]))
        for one in row["points"]
    ]  # fmt: skip
    state = ChartState(
        measure,
        row["unit"],
        Plan(Kind(row["chart"]), row["first"], row["last"]),
        {point.period: point for point in points},
        baseline=_baseline(base) if base is not None else None,
        versions=base["version"] if base is not None else len(row["earlier"]),
        signals=tuple(_signal(one) for one in row["signals"]),
    )
    earlier = [Earlier(_baseline(one), _moment(one["until"])) for one in row["earlier"]]
    gone = [Retracted(_signal(one), Because(one["because"]), _moment(one["retracted_at"])) for one in row["retracted"]]
    return state, Past(earlier, gone)


def _baseline(row: Mapping[str, Any]) -> Baseline:
    return Baseline(
        version=row["version"],
        first=row["first"],
        last=row["last"],
        centre=Centre(Kind(row["chart"]), Fraction(row["centre"]), Fraction(row["spread"])),
        frozen_at=_moment(row["frozen_at"]),
    )


def _signal(row: Mapping[str, Any]) -> Signal:
    return Signal(
        period=row["period"],
        rule=Rule(row["rule"]),
        side=Side(row["side"]),
        revision=row["revision"],
        version=row["version"],
        raised_at=_moment(row["raised_at"]),
    )


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
