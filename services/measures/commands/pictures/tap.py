"""qio measures tap: where infections are to be prevented, by location and by facility."""

from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from services.measures.commands.calc import given, rows
from services.measures.commands.calc.answering import Json
from services.measures.commands.pictures import options, sources
from services.measures.commands.pictures.chart import Table
from services.measures.commands.pictures.options import Words
from services.measures.commands.pictures.sending import Made, Wanted, of_each, send
from services.measures.domain.methods import tap as assessment
from services.measures.domain.methods.sir import Infections
from services.measures.domain.methods.tap import Location
from services.measures.domain.panel.measure import Form
from services.measures.pictures import ranking, words
from services.measures.pictures.describing import Scene


def tap(
    table: Table = None,
    *,
    goal: Annotated[str, typer.Option(metavar="NUMBER", help="The goal ratio.")] = "1",
    measure: options.Measure = None,
    unit: options.Unit = None,
    units: options.Units = None,
    period: options.Period = None,
    facilities: Annotated[bool, typer.Option("--facilities", help="Rank facilities, not their locations.")] = False,
    name: options.Name = None,
    what: options.What = None,
    source: options.Source = None,
    as_of: options.AsOf = None,
    svg: options.Svg = None,
    png: options.Png = None,
    text: options.Text = False,
    json: Json = False,
) -> None:
    """Rank locations, one picture a facility, or facilities, by infections above the goal.

    Fields of a table: location, observed, predicted; facility, device_days and patient_days where there are such
    columns. Facilities of the platform are ranked by a standardized measure.
    """
    said = Words(name=name, what=what or (None if measure else "Infections"), source=source, as_of=as_of)

    def make() -> Made:
        ratio = given.number(goal, "goal")
        if measure is not None:
            return Made({"tap": _of_platform(sources.series(table, measure, unit, units), said, period, ratio)}, {})
        places = _locations(table)
        if facilities:
            about = said.about(None, None)
            return Made({"tap": ranking.tap(assessment.facilities(places, ratio), ratio, about)}, {})
        names = list(dict.fromkeys(place.facility for place in places))

        def scene(facility: str) -> Scene:
            own = [place for place in places if place.facility == facility]
            about = said.about(None if facility == sources.OWN else facility, None)
            return ranking.tap(assessment.locations(own, ratio), ratio, about)

        return of_each(names, scene)

    send(make, Wanted(svg, png, text, json))


def _locations(table: Path | None) -> list[Location]:
    found = []
    for row in rows.read(table, ["location", "observed", "predicted"]):
        counted = Infections(row.whole("observed"), row.number_of("predicted"))
        days = [row.whole(field) if row.fields.get(field) else None for field in ("device_days", "patient_days")]
        facility = row.fields.get("facility") or sources.OWN
        try:
            found.append(Location(facility, row.text("location"), counted, *days))
        except ValueError as error:
            raise row.wrong(error) from None
    return found


def _of_platform(found: sources.Found, said: Words, period: str | None, goal: Fraction) -> ranking.Bars:
    assert found.measure is not None
    if found.measure.form is not Form.STANDARDIZED:
        raise ValueError("measure: only infections that are predicted can be assessed like this")
    when, figures = sources.latest(found, period)
    places = [Location(one.unit, "", Infections(one.events, one.exposure)) for one in figures]
    subject = f"{said.name or words.counted(len(places), 'facility', 'facilities')}, {words.period(when)}"
    about = Words(name=subject, what=said.what, source=said.source, as_of=said.as_of).about(None, found.measure)
    provisional = sum(one.provisional for one in figures)
    return ranking.tap(assessment.facilities(places, goal), goal, about, provisional=provisional)
