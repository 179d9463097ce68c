"""Figures as the platform publishes them, of facilities and of communities, from the read API of measures."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from services.measures.commands.pictures import cohort
from services.measures.commands.pictures.cohort import Cohort
from services.measures.commands.pictures.sources import Figure, Found
from services.measures.domain import kinds
from services.measures.domain.catalogue import BY_ID
from services.measures.domain.definitions import Definition, Per, Uncertainty
from services.measures.domain.panel import spans
from services.measures.domain.panel.measure import FacilityMeasure, Form
from services.measures.domain.statuses import Status

AT_ONCE: Final = 100
"""Units asked for in one request, so that its address stays short."""
PAGE: Final = 5000
EVERY: Final = ("quarter", "month", "year", "span")
"""Kinds of periods; without a wish the first of which there are figures."""
_FORMS: Final = {Uncertainty.SHARE: Form.SHARE, Uncertainty.EVENTS: Form.RATE, Uncertainty.NONE: Form.RATIO}


def measure_of(name: str) -> FacilityMeasure:
    """The measure, one of communities as the pictures need it; raises ValueError where there is none."""
    if name in BY_ID:
        return shown(BY_ID[name])
    found = kinds.MEASURES.get(name)
    if found is None:
        raise ValueError(
            f"measure: there is no such measure of facilities; there are {', '.join(kinds.MEASURES)}; "
            "`qio measures list` names those of communities"
        )
    return found


def shown(of: Definition) -> FacilityMeasure:
    """A measure of communities with what pictures ask of a measure."""
    return FacilityMeasure(
        id=of.id,
        specification=of.specification,
        title=of.title,
        numerator=of.numerator,
        denominator=dict.fromkeys(of.denominator, 1),
        form=_FORMS[of.uncertainty],
        better=of.better,
        source=of.source,
        aim=of.aim,
        priority=of.priority,
        scale=of.scale,
    )


def of_facilities(measure: str, who: Cohort, every: str | None = None) -> Found:
    """What is published of a measure, of these facilities, or of all if none is named, in periods of one kind."""
    definition = measure_of(measure)
    found: dict[str, list[Figure]] = {unit: [] for unit in who.units}
    rows = [_figure(row, definition) for row in figures(who.units, measure)]
    wanted = every or _usual(rows)
    for one in rows:
        if kind_of(one.period) == wanted:
            found.setdefault(one.unit, []).append(one)
    missing = tuple(unit for unit, own in found.items() if not any(one.exposure for one in own))
    units = {unit: own for unit, own in found.items() if unit not in set(missing)}
    names = who.names or cohort.names(list(units))
    return Found(units, definition, missing if who.expected else (), Cohort(list(units), names, place=who.place))


def of_units(measure: str, unit_type: str, units: Sequence[str], every: str | None) -> Found:
    """A measure of communities, areas, states, regions or hospitals through time, as the rollups stand."""
    from shared.cli.read import get  # noqa: PLC0415

    if not units:
        raise ValueError("unit: a measure of communities is shown of units that are named")
    if every == "year":
        every = "rolling"
    definition, found = BY_ID[measure], dict[str, list[Figure]]()
    for unit in units:
        rows = get("measures", "/series", measure=measure, unit_type=unit_type, unit=unit, every=every or "quarter")
        found[unit] = [_of_series(row, definition) for row in rows]
    missing = tuple(unit for unit, own in found.items() if not any(one.exposure for one in own))
    return Found({unit: own for unit, own in found.items() if unit not in missing}, shown(definition), missing)


def figures(units: Sequence[str], measure: str) -> list[dict[str, Any]]:
    """The answers of ``/facilities/figures``; prints a sentence and exits where there is none."""
    return asked("/facilities/figures", units, PAGE, measure=measure)


def asked(path: str, units: Sequence[str], page: int, **parameters: Any) -> list[dict[str, Any]]:
    """All answers about these units, or about all where none is named, page by page."""
    from shared.cli.read import get  # noqa: PLC0415

    found: list[dict[str, Any]] = []
    for first in range(0, max(1, len(units)), AT_ONCE):
        some = list(units[first : first + AT_ONCE]) or None
        offset, more = 0, True
        while more:
            answer = get("measures", path, unit=some, limit=page, offset=offset, **parameters)
            found += answer
            offset, more = offset + page, len(answer) == page
    return found


def latest(found: Found, period: str | None) -> tuple[str, list[Figure]]:
    """The figures of all units in one period: the one given, or the latest in which any has one."""
    every = [one for own in found.units.values() for one in own if one.exposure]
    if not every:
        raise ValueError("there is no figure to show")
    when = period or max((one.period for one in every), key=lambda one: spans.days(one)[1])
    shown = [one for one in every if one.period == when]
    if not shown:
        raise ValueError(f"period {when}: no facility has a figure of it")
    return when, shown


def every_of(period: str | None, every: str | None) -> str | None:
    """The kind of periods that is asked for, by its name or by one of them; raises ValueError for no period."""
    if every is not None and every not in EVERY:
        raise ValueError(f"every must be one of {', '.join(EVERY)}")
    if period is None:
        return every
    try:
        spans.days(period)
    except ValueError:
        raise ValueError("period must be a month 2018-03, a quarter 2018Q1, a year, or FIRSTDAY/LASTDAY") from None
    return kind_of(period)


def kind_of(period: str) -> str:
    """month, quarter, year or span; rolling for four quarters."""
    if not spans.is_named(period):
        return "span" if "/" in period else "year"
    return "month" if "-" in period else "rolling" if "R" in period else "quarter"


def _usual(figures: Iterable[Figure]) -> str:
    known = {kind_of(one.period) for one in figures if one.exposure}
    return next((kind for kind in EVERY if kind in known), EVERY[0])


def _figure(row: Mapping[str, Any], measure: FacilityMeasure) -> Figure:
    exposure = Fraction(row["predicted"] if measure.form is Form.STANDARDIZED else row["denominator"])
    known = row["reason"] is None
    return Figure(
        unit=row["unit"],
        period=row["period"],
        events=row["numerator"] if known else 0,
        exposure=exposure if known else Fraction(0),
        provisional=row["status"] == Status.PROVISIONAL,
        revision=row["revision"],
    )


def _of_series(row: Mapping[str, Any], of: Definition) -> Figure:
    known = row["reason"] is None
    base = row["beneficiary_quarters"] if of.per is Per.BENEFICIARY_QUARTER else row["denominator"]
    return Figure(
        unit=row["unit"],
        period=row["period"],
        events=row["numerator"] if known else 0,
        exposure=Fraction(base or 0) if known else Fraction(0),
        provisional=row["status"] == Status.PROVISIONAL,
    )
