"""Where infections are to be prevented, of the platform's figures: by location of a hospital, or by hospital."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from services.measures.commands.pictures import crowds, platform
from services.measures.commands.pictures.options import Words
from services.measures.commands.pictures.sending import Made, of_each
from services.measures.commands.pictures.sources import Found
from services.measures.commands.pictures.wanted import Asked, series
from services.measures.domain.methods import tap as assessment
from services.measures.domain.methods.sir import Infections
from services.measures.domain.methods.tap import Location
from services.measures.domain.panel.measure import Form
from services.measures.pictures import ranking, words
from services.measures.pictures.describing import Scene
from services.measures.pictures.told import About
from shared.contracts.infections import WHOLE


def pictures(asked: Asked, said: Words, goal: Fraction, *, facilities: bool) -> Made:
    """One picture of all hospitals, or one a hospital of its locations."""
    measure = platform.measure_of(asked.measure or "")
    if measure.form is not Form.STANDARDIZED:
        raise ValueError("measure: only infections that are predicted can be assessed like this")
    found = series(asked)
    when, figures = platform.latest(found, asked.period)
    if facilities or not asked.whose:
        places = [Location(one.unit, "", Infections(one.events, one.exposure)) for one in figures]
        about = replace(said.about(None, measure), subject=crowds.subject(found, len(places), said, when))
        provisional = sum(one.provisional for one in figures)
        bars = ranking.tap(assessment.facilities(places, goal), goal, about, provisional=provisional)
        return Made({"tap": crowds.named(bars, found)}, {})
    return _locations(found, said, when, goal)


def _locations(found: Found, said: Words, when: str, goal: Fraction) -> Made:
    from shared.cli.read import get  # noqa: PLC0415

    assert found.measure is not None
    units, rows = list(found.units), list[dict[str, Any]]()
    for first in range(0, len(units), platform.AT_ONCE):
        some = units[first : first + platform.AT_ONCE]
        rows += get("measures", "/facilities/locations", measure=found.measure.id, unit=some, period=when)
    places = [_place(row) for row in rows if row["predicted"] is not None]
    unpredicted = sorted({row["unit"] for row in rows if row["predicted"] is None})

    def about(unit: str) -> About:
        return replace(said.about(None, found.measure), subject=f"{found.called(unit)}, {words.period(when)}")

    made = of_locations(places, about, goal)
    told = {row["unit"] for row in rows}
    missed = dict.fromkeys(
        [*found.missing, *(unit for unit in units if unit not in told)], "there are no figures of it"
    )
    missed |= dict.fromkeys(unpredicted, "some of its locations are left out: no model predicts their infections")
    return Made(made.scenes, {**made.missed, **missed})


def of_locations(places: Sequence[Location], about: Callable[[str], About], goal: Fraction) -> Made:
    """One picture a facility."""

    def scene(facility: str) -> Scene:
        own = [place for place in places if place.facility == facility]
        return ranking.tap(assessment.locations(own, goal), goal, about(facility))

    return of_each(list(dict.fromkeys(place.facility for place in places)), scene)


def _place(row: dict[str, Any]) -> Location:
    name = "Whole hospital" if row["location"] == WHOLE else row["location"]
    counted = Infections(row["observed"], Fraction(row["predicted"]))
    return Location(row["unit"], name, counted, row["device_days"], row["patient_days"])
