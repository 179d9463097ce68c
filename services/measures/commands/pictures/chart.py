"""qio measures chart: control and run charts, funnels, goal lines and disparities."""

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from services.measures.commands.calc import rows
from services.measures.commands.calc.answering import Json
from services.measures.commands.pictures import build, options, sources
from services.measures.commands.pictures.options import Words
from services.measures.commands.pictures.sending import Made, Wanted, of_each, send
from services.measures.commands.pictures.sources import Found
from services.measures.domain.disparities import Sums
from services.measures.domain.panel.measure import Form
from services.measures.pictures import disparity
from services.measures.pictures.describing import Scene

Table = Annotated[Path | None, typer.Argument(metavar="[FILE]", help="An own spreadsheet as CSV with a header.")]


class Look(StrEnum):
    """What kind of chart."""

    CONTROL = "control"
    RUN = "run"
    FUNNEL = "funnel"
    GOAL = "goal"
    DISPARITY = "disparity"


def chart(
    table: Table = None,
    *,
    look: Annotated[Look, typer.Option("--as", help="What kind of chart.")] = Look.CONTROL,
    measure: options.Measure = None,
    unit: options.Unit = None,
    units: options.Units = None,
    baseline: Annotated[
        str | None, typer.Option(metavar="FIRST..LAST", help="Periods of the frozen baseline; else the first twelve.")
    ] = None,
    prime: Annotated[bool, typer.Option("--prime", help="Limits allow for more spread than chance.")] = False,
    goal: options.Goal = None,
    by: Annotated[str | None, typer.Option(metavar="DAY", help="By when the goal is to be reached.")] = None,
    period: options.Period = None,
    own: Annotated[str | None, typer.Option(metavar="UNIT", help="The unit a funnel names in any case.")] = None,
    size: Annotated[str, typer.Option(help="What a funnel's units are counted in.")] = "Size of the facility",
    name: options.Name = None,
    what: options.What = None,
    axis: options.Axis = None,
    scale: options.Scale = None,
    higher: options.Higher = False,
    share: options.Share = False,
    source: options.Source = None,
    as_of: options.AsOf = None,
    svg: options.Svg = None,
    png: options.Png = None,
    text: options.Text = False,
    json: Json = False,
) -> None:
    """Draw a chart: from an own spreadsheet, of one facility, or of each of a cohort.

    Fields: period, events, exposure, or period and value; unit and provisional where there are such columns. A funnel
    takes unit, events, exposure; a disparity two rows with population, events, exposure.
    """
    said = Words(name=name, what=what, axis=axis, scale=scale, higher=higher, share=share, source=source, as_of=as_of)

    def make() -> Made:
        if look is Look.DISPARITY:
            return Made({said.name or sources.OWN: _disparity(table, said)}, {})
        if look is Look.FUNNEL and measure is None:
            return Made({said.name or sources.OWN: build.funnel(build.members(table, own), said, size, goal)}, {})
        found = sources.series(table, measure, unit, units)
        if look is Look.FUNNEL:
            return Made({"funnel": _funnel(found, said, period, own, goal)}, {})
        return _each(found, said, look, goal, by, baseline, prime=prime)

    send(make, Wanted(svg, png, text, json))


def _each(
    found: Found, said: Words, look: Look, goal: str | None, by: str | None, baseline: str | None, *, prime: bool
) -> Made:
    def scene(unit: str) -> Scene:
        figures = found.units[unit]
        about = said.about(None if unit == sources.OWN else unit, found.measure)
        if look is Look.GOAL:
            return build.goal_line(figures, about, found.measure, goal, _day(by))
        kind = build.kind_of(found.measure, share=said.share, run=look is Look.RUN, prime=prime)
        return build.control_chart(figures, about, kind, found.measure, baseline, goal)

    if found.measure is not None and found.measure.spans > 1 and look is not Look.GOAL:
        raise ValueError("periods of this measure share their data, so a chart would signal by itself: use --as goal")
    return of_each(list(found.units), scene, found.missing)


def _funnel(found: Found, said: Words, period: str | None, own: str | None, goal: str | None) -> Scene:
    if found.measure is None or found.measure.form is Form.RATIO:
        raise ValueError("a funnel needs events out of an exposure, and this measure has none")
    when, figures = sources.latest(found, period)
    size = "Predicted events" if found.measure.form is Form.STANDARDIZED else "Size of the facility"
    return build.funnel(build.members_of(figures, own), said, size, goal, found.measure, when)


def _disparity(table: Path | None, said: Words) -> disparity.Compared:
    names, sums = [], []
    for row in rows.read(table, ["population", "events", "exposure"]):
        names.append(row.text("population"))
        sums.append(Sums(row.whole("events"), row.whole("exposure")))
    return disparity.compared(names, sums, said.about(None, None), share=said.share)


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError("by must be a day such as 2018-03-31") from None
