"""qio measures tap: where infections are to be prevented, by location and by facility."""

from pathlib import Path
from typing import Annotated

import typer

from services.measures.commands.calc import given, rows
from services.measures.commands.calc.answering import Json
from services.measures.commands.pictures import options, tap_platform
from services.measures.commands.pictures.chart import Table
from services.measures.commands.pictures.cohort import Whose
from services.measures.commands.pictures.options import Words
from services.measures.commands.pictures.sending import Made, Wanted, send
from services.measures.commands.pictures.sources import OWN
from services.measures.commands.pictures.wanted import Asked
from services.measures.domain.methods import tap as assessment
from services.measures.domain.methods.sir import Infections
from services.measures.domain.methods.tap import Location
from services.measures.pictures import ranking


def tap(
    table: Table = None,
    *,
    goal: Annotated[str, typer.Option(metavar="NUMBER", help="The goal ratio.")] = "1",
    measure: options.Measure = None,
    unit: options.Unit = None,
    units: options.Units = None,
    state: options.State = None,
    network: options.Network = None,
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
    columns. Of the platform a ratio of infections such as clabsi-sir-2022: the locations of the hospitals named, or
    with --facilities, or where none is named, the hospitals.
    """
    said = Words(name=name, what=what or (None if measure else "Infections"), source=source, as_of=as_of)

    def make() -> Made:
        ratio = given.number(goal, "goal")
        if measure is not None:
            asked = Asked(table=table, measure=measure, whose=Whose(unit, units, state, network), period=period)
            return tap_platform.pictures(asked, said, ratio, facilities=facilities)
        places = _locations(table)
        if facilities:
            about = said.about(None, None)
            return Made({"tap": ranking.tap(assessment.facilities(places, ratio), ratio, about)}, {})
        return tap_platform.of_locations(places, lambda unit: said.about(None if unit == OWN else unit, None), ratio)

    send(make, Wanted(svg, png, text, json))


def _locations(table: Path | None) -> list[Location]:
    found = []
    for row in rows.read(table, ["location", "observed", "predicted"]):
        counted = Infections(row.whole("observed"), row.number_of("predicted"))
        days = [row.whole(field) if row.fields.get(field) else None for field in ("device_days", "patient_days")]
        facility = row.fields.get("facility") or OWN
        try:
            found.append(Location(facility, row.text("location"), counted, *days))
        except ValueError as error:
            raise row.wrong(error) from None
    return found
