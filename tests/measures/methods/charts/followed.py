"""A chart to follow, and what tests of following share."""

import datetime as dt
from collections.abc import Iterable

from services.measures.domain.methods.charts.following import follow
from services.measures.domain.methods.charts.points import Kind, Point
from services.measures.domain.methods.charts.rules import Rule, Side
from services.measures.domain.methods.charts.state import ChartState, Event, Plan

NOW = dt.datetime(2010, 3, 1, tzinfo=dt.UTC)
PLAN = Plan(Kind.U, "2006Q1", "2008Q4")
NEW = ChartState("rehospitalizations", "OH-1", PLAN)


def followed(state: ChartState, points: Iterable[Point]) -> tuple[ChartState, tuple[Event, ...]]:
    return follow(state, points, NOW)


def keys(state: ChartState) -> list[tuple[str, Rule, Side]]:
    return [signal.key for signal in state.signals]
