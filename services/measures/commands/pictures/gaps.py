"""qio measures gaps: which units have most events to prevent above a benchmark."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Annotated

import typer

from services.measures.commands.calc import given
from services.measures.commands.calc.answering import Json
from services.measures.commands.pictures import build, crowds, options, platform
from services.measures.commands.pictures.chart import Table
from services.measures.commands.pictures.cohort import Whose
from services.measures.commands.pictures.options import Words
from services.measures.commands.pictures.sending import Made, Wanted, send
from services.measures.commands.pictures.sources import Found
from services.measures.commands.pictures.wanted import Asked, series
from services.measures.domain.methods import shrinkage
from services.measures.domain.panel.measure import FacilityMeasure, Form
from services.measures.pictures import ranking
from services.measures.pictures.funnel import Member
from services.measures.pictures.told import Better

MOST_RANKED = 400
"""Units of which places are drawn at random; of more only the ranking itself is made."""

FEWEST = 2


def gaps(
    table: Table = None,
    *,
    measure: options.Measure = None,
    unit: options.Unit = None,
    units: options.Units = None,
    state: options.State = None,
    network: options.Network = None,
    each: Annotated[bool, typer.Option("--each", help="One picture a unit, in which its own place is shown.")] = False,
    period: options.Period = None,
    benchmark: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="The value to reach, as it is shown; else the measure's goal.")
    ] = None,
    prior: Annotated[str, typer.Option(metavar="NUMBER", help="How many events the mean of all is worth.")] = "20",
    seed: Annotated[int, typer.Option(help="Of the draws that places are estimated from.")] = 1,
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
    """Rank units by the events that could be prevented. Fields of a table: unit, events, exposure.

    A cohort is a list or a file of facilities, a state or a network; all there are if none is named.
    """
    said = Words(name=name, what=what, axis=axis, scale=scale, higher=higher, share=share, source=source, as_of=as_of)

    def make() -> Made:
        if measure is None:
            bars = _scene(build.members(table, None), said, None, None, benchmark, prior, seed)
            return _made(bars, None, each=each)
        found = series(Asked(table=table, measure=measure, whose=Whose(unit, units, state, network), period=period))
        assert found.measure is not None
        if found.measure.form is Form.RATIO:
            raise ValueError("a ranking needs events out of an exposure, and this measure has none")
        when, figures = platform.latest(found, period)
        members = build.members_of(figures, None)
        subject = crowds.subject(found, len(members), said, when)
        return _made(_scene(members, said, found.measure, subject, benchmark, prior, seed), found, each=each)

    send(make, Wanted(svg, png, text, json))


def _made(bars: ranking.Bars, found: Found | None, *, each: bool) -> Made:
    missed = dict.fromkeys(found.missing if found is not None else (), "there are no figures of it")
    if not each:
        return Made({"gaps": crowds.named(bars, found) if found is not None else bars}, missed)
    names = crowds.cohort_of(found, [bar.name for bar in bars.bars]) if found is not None else {}
    return Made({bar.name: ranking.own(bars, bar, names) for bar in bars.bars}, missed)


def _scene(
    members: Sequence[Member],
    said: Words,
    measure: FacilityMeasure | None,
    subject: str | None,
    benchmark: str | None,
    prior: str,
    seed: int,
) -> ranking.Bars:
    if len(members) < FEWEST:
        raise ValueError(
            f"a cohort of {len(members)} cannot be ranked: gaps are drawn to the mean of at least two units"
        )
    about = said.about(None, measure)
    about = replace(about, subject=subject or about.subject)
    target = build.goal_of(measure, benchmark)
    if target is None:
        raise ValueError("gaps are measured from a --benchmark")
    reach = target / about.scale
    turned = about.better is Better.HIGHER
    units = [shrinkage.Unit(one.name, _events(one, turned=turned), float(one.exposure)) for one in members]
    mean = Fraction(sum(one.events for one in units)) / sum(one.exposure for one in members)
    if not mean:
        raise ValueError("no unit has an event: there is nothing to prevent")
    least = float(1 - reach if turned else reach)
    belief = shrinkage.Belief(float(mean), given.positive(prior, "prior"), least)
    few = len(units) <= MOST_RANKED
    places = shrinkage.ranks(units, belief, Random(seed)) if few else []  # noqa: S311 - no secret
    return ranking.gaps(
        shrinkage.gaps(units, belief),
        float(target),
        about,
        ranks=places,
        counts=[one.events for one in members],
        provisional=sum(one.provisional for one in members),
    )


def _events(one: Member, *, turned: bool) -> int:
    """What is to be prevented: where more is better, the trials without the event."""
    if not turned:
        return one.events
    missing = one.exposure - one.events
    if missing < 0 or missing.denominator != 1:
        raise ValueError("where higher is better, events are some of whole trials")
    return int(missing)
