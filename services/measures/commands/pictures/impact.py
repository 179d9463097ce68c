"""qio measures impact: what changed with an intervention; impact is said only beside others without it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Annotated, Final

import typer

from services.measures.commands.calc import given, rows
from services.measures.commands.calc.answering import Json
from services.measures.commands.pictures import interventions, options, sources
from services.measures.commands.pictures.chart import Table
from services.measures.commands.pictures.cohort import Whose
from services.measures.commands.pictures.options import Words
from services.measures.commands.pictures.sending import Made, Wanted, send
from services.measures.commands.pictures.sources import Figure
from services.measures.commands.pictures.wanted import Asked, series
from services.measures.domain import periods
from services.measures.domain.methods.differences_bootstrap import bootstrapped, few
from services.measures.domain.methods.differences_panel import Cell, Panel, effect, panel
from services.measures.domain.methods.effects import Effect
from services.measures.domain.methods.series import interrupted
from services.measures.domain.methods.verdict import Hope, Verdict, verdict
from services.measures.pictures import words
from services.measures.pictures.effect import Change, Group, change
from services.measures.pictures.told import About

RATIO: Final = "The rate after to the rate before, as a ratio to the same of those without it; 1 is no effect."
LEVEL: Final = "Change of the level with the intervention, the trend before taken into account; 0 is none."


def impact(
    table: Table = None,
    *,
    intervention: Annotated[
        str | None, typer.Option(metavar="ID", help="An intervention of a coalition, as the platform has it.")
    ] = None,
    first_after: Annotated[
        str | None, typer.Option(metavar="PERIOD", help="Of a table or facilities: the first period with it.")
    ] = None,
    measure: options.Measure = None,
    unit: options.Unit = None,
    units: options.Units = None,
    compare: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Facilities without the intervention, one on each line.")
    ] = None,
    hope: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="The effect hoped for: a ratio such as 0.8, or a difference.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the bootstrap that few units need.")] = 1,
    name: options.Name = None,
    what: options.What = None,
    axis: options.Axis = None,
    scale: options.Scale = None,
    higher: options.Higher = False,
    source: options.Source = None,
    as_of: options.AsOf = None,
    svg: options.Svg = None,
    png: options.Png = None,
    text: options.Text = False,
    json: Json = False,
) -> None:
    """Draw what changed with an intervention, and say what may be said of it.

    Of an intervention of a coalition: one picture for each measure it aims at, or of --measure alone.
    Fields: period, events, exposure. With unit and intervention (yes for units that have it) beside: a comparison.
    """
    said = Words(name=name, what=what, axis=axis, scale=scale, higher=higher, source=source, as_of=as_of)

    def make() -> Made:
        if intervention is not None:
            if table is not None or unit or units or compare or first_after or hope:
                raise ValueError("intervention: when it began, who has it and who is compared are known of it already")
            return interventions.pictures(intervention, measure, said)
        if first_after is None:
            raise ValueError("first-after: say the first period with the intervention, or give --intervention")
        if measure is None:
            with_it, without = _own(table)
            about = said.about(None, None)
        else:
            found = _platform(table, measure, unit, units)
            with_it = _settled(found)
            others = _platform(None, measure, None, compare) if compare else None
            without = _settled(others) if others is not None else []
            about = said.about(None, found.measure)
        return Made({"impact": _scene(with_it, without, first_after, about, hope, seed)}, {})

    send(make, Wanted(svg, png, text, json))


def _platform(table: Path | None, measure: str, unit: Sequence[str] | None, units: Path | None) -> sources.Found:
    return series(Asked(table=table, measure=measure, whose=Whose(unit, units)))


def _settled(found: sources.Found) -> list[Figure]:
    return [one for own in found.units.values() for one in own if not one.provisional]


def _own(table: Path | None) -> tuple[list[Figure], list[Figure]]:
    sides: dict[bool, list[Figure]] = {True: [], False: []}
    groups: dict[str, bool] = {}
    for row in rows.read(table, sources.FIELDS):
        unit = row.fields.get("unit") or sources.OWN
        has = row.yes("intervention") if "intervention" in row.fields else True
        if groups.setdefault(unit, has) is not has:
            raise ValueError(f"{row.at('intervention')} must be the same in all rows of a unit")
        figure = Figure(unit=unit, period=row.period(), events=row.whole("events"), exposure=row.number_of("exposure"))
        sides[has].append(figure)
    return sides[True], sides[False]


def _scene(
    with_it: Sequence[Figure], without: Sequence[Figure], first: str, about: About, hope: str | None, seed: int
) -> Change:
    if not with_it:
        raise ValueError("no unit has the intervention")
    _alike(first, [*with_it, *without])
    if without:
        cells = [Cell(one.unit, one.period, one.events, one.exposure) for one in (*with_it, *without)]
        found = _effect(panel(cells, {one.unit for one in with_it}, first), seed)
        groups = [_group("With", with_it, about), _group("Without", without, about)]
        return change(groups, first, _verdict(found, hope), about, RATIO)
    own = _group("With it", with_it, about)
    series = interrupted(sorted(own.values.items()), first)
    before = _before(series.level.estimate, series.slope.estimate, own.values)
    return change([own, before], first, _verdict(series.change, hope), about, LEVEL)


def _effect(of: Panel, seed: int) -> Effect:
    """Of few units the limits are those of the bootstrap; the others would be too narrow."""
    return bootstrapped(of, Random(seed)).effect if few(of) else effect(of)  # noqa: S311 - no secret


def _alike(first: str, figures: Sequence[Figure]) -> None:
    for one in figures:
        if periods.kind_of(one.period) is not periods.kind_of(first):
            raise ValueError(f"period {one.period}: must be of the kind of first-after")


def _group(name: str, figures: Sequence[Figure], about: About) -> Group:
    """The rate of all units together, by period."""
    events: dict[str, int] = {}
    exposure: dict[str, Fraction] = {}
    for one in figures:
        events[one.period] = events.get(one.period, 0) + one.events
        exposure[one.period] = exposure.get(one.period, Fraction(0)) + one.exposure
    values = {period: about.scaled(events[period] / of) for period, of in exposure.items() if of}
    many = len({one.unit for one in figures})
    return Group(f"{name} ({words.counted(many, 'unit')})" if many > 1 else name, values)


def _before(level: float, slope: float, values: Mapping[str, float]) -> Group:
    return Group("As it was before", {one: level + slope * number for number, one in enumerate(sorted(values), 1)})


def _verdict(found: Effect, hope: str | None) -> Verdict:
    if hope is None:
        return Verdict(found, ())
    return verdict(found, Hope(float(given.number(hope, "hope"))), 0, improved=False)  # no chart was looked at
