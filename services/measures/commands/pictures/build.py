"""Makes scenes of figures: which chart fits a measure, which periods are its baseline, which value is its goal."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Final

from services.measures.commands.calc import given, rows
from services.measures.commands.pictures.options import Words
from services.measures.commands.pictures.sources import Figure
from services.measures.domain import intervals, periods
from services.measures.domain.intervals import Count, Interval
from services.measures.domain.methods.charts.following import follow
from services.measures.domain.methods.charts.points import Kind, Point
from services.measures.domain.methods.charts.state import FEWEST, ChartState, Plan
from services.measures.domain.panel.measure import FacilityMeasure, Form
from services.measures.pictures import control, words
from services.measures.pictures import funnel as funnels
from services.measures.pictures import goal as goals
from services.measures.pictures.funnel import Member
from services.measures.pictures.told import About

USUAL: Final = 12  # periods of a baseline, where there are as many


def kind_of(measure: FacilityMeasure | None, *, share: bool, run: bool, prime: bool) -> Kind:
    """The chart that fits: p of shares, u of rates, u′ if asked for, run of plain quotients."""
    if run or (measure is not None and measure.form is Form.RATIO):
        return Kind.RUN
    if share or (measure is not None and measure.form is Form.SHARE):
        return Kind.P
    return Kind.U_PRIME if prime else Kind.U


def control_chart(
    figures: Sequence[Figure],
    about: About,
    kind: Kind,
    measure: FacilityMeasure | None,
    baseline: str | None,
    goal: str | None,
) -> control.Chart:
    """The chart of one unit, as following it would have it now."""
    points = [
        Point(
            period=one.period,
            events=one.events,
            exposure=one.exposure,
            revision=one.revision,
            provisional=one.provisional,
        )
        for one in figures
    ]
    known = sorted(point.period for point in points if point.exposure)
    if not known:
        raise ValueError("there is no period with a figure")
    state = ChartState(measure.id if measure else about.measure, about.subject, _plan(kind, known, baseline))
    now = dt.datetime.combine(about.as_of, dt.time(), dt.UTC)
    return control.chart(follow(state, points, now)[0], about, goal_of(measure, goal))


def _plan(kind: Kind, known: Sequence[str], baseline: str | None) -> Plan:
    if baseline is not None:
        first, dots, last = baseline.partition("..")
        if not dots:
            raise ValueError("baseline must look like FIRST..LAST, such as 2016Q1..2018Q4")
        return Plan(kind, first, last)
    many = USUAL if periods.shift(known[0], USUAL - 1) <= known[-1] else FEWEST
    return Plan(kind, known[0], periods.shift(known[0], many - 1))


def goal_of(measure: FacilityMeasure | None, goal: str | None) -> Fraction | None:
    """The value to reach: the one given, else that of the measure, if it has one."""
    if goal is not None:
        return given.number(goal, "goal")
    return measure.goal if measure is not None else None


def goal_line(
    figures: Sequence[Figure], about: About, measure: FacilityMeasure | None, goal: str | None, by: dt.date | None
) -> goals.GoalLine:
    """The goal line of one unit; its figures have intervals where their form has."""
    target = goal_of(measure, goal)
    if target is None:
        raise ValueError("a goal line needs --goal")
    values = [
        goals.Value(
            period=one.period,
            value=one.events / one.exposure * about.scale,
            provisional=one.provisional,
            **_limits(one, about, measure),
        )
        for one in figures
        if one.exposure
    ]
    better = "at most" if about.better == "lower" else "at least"
    said = f"{better} {words.number(float(target))}"
    return goals.goal_line(values, goals.Aim(target=target, words=said, by=by), about)


def _limits(one: Figure, about: About, measure: FacilityMeasure | None) -> dict[str, float | None]:
    if measure is None or measure.form is Form.RATIO:
        return {}
    count = Count(one.events, float(one.exposure))
    found: Interval = intervals.share(count) if measure.form is Form.SHARE else intervals.rate(count)
    shown = found.times(float(about.scale))
    return {"low": shown.low, "high": shown.high}


def members(table: Path | None, own: str | None) -> list[Member]:
    """Units of a table with unit, events and exposure."""
    found: dict[str, Member] = {}
    for row in rows.read(table, ["unit", "events", "exposure"]):
        name = row.text("unit")
        if name in found:
            raise ValueError(f"{row.at('unit')} is told twice")
        try:
            found[name] = Member(
                name=name,
                events=row.whole("events"),
                exposure=row.number_of("exposure"),
                own=name == own,
                provisional=row.yes("provisional"),
            )
        except ValueError as error:
            raise row.wrong(error) if "field" not in str(error) else error from None
    return list(found.values())


def members_of(figures: Sequence[Figure], own: str | None) -> list[Member]:
    """Units of the platform in one period."""
    return [
        Member(
            name=one.unit,
            events=one.events,
            exposure=one.exposure,
            own=one.unit == own,
            provisional=one.provisional,
        )
        for one in figures
    ]


def funnel(
    found: Sequence[Member],
    said: Words,
    size: str,
    goal: str | None,
    measure: FacilityMeasure | None = None,
    subject: str | None = None,
    *,
    widened: bool = False,
) -> funnels.Funnel:
    """The funnel about what all have together, or about the value given as it is shown."""
    about = said.about(None, measure)
    about = replace(about, subject=subject or about.subject)
    share = said.share if measure is None else measure.form is Form.SHARE
    target = None if goal is None else given.number(goal, "goal") / about.scale
    return funnels.funnel(found, about, size=size, share=share, target=target, widened=widened)
