"""qio measures chart: control and run charts, funnels, goal lines and disparities."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from services.measures.commands.calc import rows
from services.measures.commands.calc.answering import Json
from services.measures.commands.pictures import build, cohort, communities, crowds, lines, options
from services.measures.commands.pictures.cohort import Whose
from services.measures.commands.pictures.lines import Line, Look
from services.measures.commands.pictures.options import Words
from services.measures.commands.pictures.sending import Made, Wanted, of_each, send
from services.measures.commands.pictures.sources import OWN
from services.measures.commands.pictures.wanted import Asked, series
from services.measures.domain.catalogue import BY_ID
from services.measures.domain.disparities import Sums
from services.measures.pictures import disparity

Table = Annotated[Path | None, typer.Argument(metavar="[FILE]", help="An own spreadsheet as CSV with a header.")]


def chart(
    table: Table = None,
    *,
    look: Annotated[Look, typer.Option("--as", help="What kind of chart.")] = Look.CONTROL,
    measure: options.Measure = None,
    unit: options.Unit = None,
    units: options.Units = None,
    state: options.State = None,
    network: options.Network = None,
    unit_type: options.UnitType = "community",
    every: options.Every = None,
    stratum: Annotated[
        list[str] | None, typer.Option(help="A population, such as dual_full; give it again for each, else all.")
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(
            metavar="FIRST..LAST",
            help="Periods of another baseline than the one followed, of a table the first twelve.",
        ),
    ] = None,
    prime: Annotated[bool, typer.Option("--prime", help="Limits allow for more spread than chance.")] = False,
    widened: Annotated[
        bool, typer.Option("--widened", help="Limits of a funnel allow for units that differ more than by chance.")
    ] = False,
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
    """Draw a chart: from an own spreadsheet, of one facility, of each of a cohort, or of a community.

    Fields: period, events, exposure, or period and value; unit and provisional where there are such columns. A funnel
    takes unit, events, exposure; a disparity two rows with population, events, exposure.
    """
    said = Words(name=name, what=what, axis=axis, scale=scale, higher=higher, share=share, source=source, as_of=as_of)
    whose = Whose(unit, units, state, network)
    asked = Asked(table=table, measure=measure, whose=whose, every=every, period=period, unit_type=unit_type)
    line = Line(look, baseline, goal, by, prime=prime)

    def make() -> Made:
        if look is Look.DISPARITY:
            return _disparities(asked, said, stratum or ())
        if look is Look.FUNNEL and measure is None:
            members = build.members(table, own)
            return Made({said.name or OWN: build.funnel(members, said, size, goal, widened=widened)}, {})
        if look is Look.GOAL and goal is None and measure in BY_ID:
            towns = cohort.named(unit, units)
            return of_each(towns, lambda one: communities.goal_line(measure or "", unit_type, one, said))
        found = series(asked)
        if look is Look.FUNNEL:
            return Made({"funnel": crowds.funnel(found, said, period, own, goal, widened=widened)}, {})
        return lines.each(found, said, line, asked)

    send(make, Wanted(svg, png, text, json))


def _disparities(asked: Asked, said: Words, strata: Sequence[str]) -> Made:
    if asked.measure is None:
        return Made({said.name or OWN: _disparity(asked.table, said)}, {})
    if asked.measure not in BY_ID:
        raise ValueError("measure: populations are told apart in measures of communities and hospitals' discharges")
    places = cohort.named(asked.whose.unit, asked.whose.units)
    if len(places) != 1:
        raise ValueError("unit: a disparity is within one unit")
    return Made(*communities.disparities(asked.measure, asked.unit_type, places[0], asked.period, strata, said))


def _disparity(table: Path | None, said: Words) -> disparity.Compared:
    names, sums = [], []
    for row in rows.read(table, ["population", "events", "exposure"]):
        names.append(row.text("population"))
        sums.append(Sums(row.whole("events"), row.whole("exposure")))
    return disparity.compared(names, sums, said.about(None, None), share=said.share)
