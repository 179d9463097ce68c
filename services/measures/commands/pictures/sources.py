"""Where the figures of pictures come from: a facility's own spreadsheet, or the platform's read API."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from services.measures.commands.calc import rows
from services.measures.domain import kinds, periods
from services.measures.domain.panel.measure import FacilityMeasure, Form
from services.measures.domain.statuses import Status

OWN: Final = "Own figures"
AT_ONCE: Final = 100
"""Units asked for in one request, so that its address stays short."""
PAGE: Final = 5000
MOST_PERIODS: Final = 400
FIELDS: Final = ("period", "events", "exposure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Events out of an exposure: trials, days, or predicted events. No exposure says that there is no figure."""

    unit: str
    period: str
    events: int
    exposure: Fraction
    provisional: bool = False
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Figures by unit, in the order given, ``measure`` None for own ones; ``missing`` are units without any."""

    units: Mapping[str, Sequence[Figure]]
    measure: FacilityMeasure | None
    missing: tuple[str, ...] = ()


def series(table: Path | None, measure: str | None, unit: list[str] | None, units: Path | None) -> Found:
    """Figures through time, of a table (from standard input if nothing else is given) or of facilities."""
    if measure is None:
        if unit or units:
            raise ValueError("facilities need --measure as well")
        return own(table)
    if table is not None:
        raise ValueError("a table has its own figures: leave out --measure")
    return of_facilities(measure, named(unit, units))


def own(table: Path | None) -> Found:
    """A table with period, events and exposure, or period and value; unit and provisional if there are such columns."""
    found: dict[str, list[Figure]] = {}
    seen = set[tuple[str, str]]()
    for row in rows.read(table, FIELDS, ("period", "value")):
        period, unit = row.period(), row.fields.get("unit") or OWN
        if (unit, period) in seen:
            raise ValueError(f"{row.at('period')} {period} is told twice")
        if periods.kind_of(period) is not periods.kind_of(next(iter(seen), (unit, period))[1]):
            raise ValueError(f"{row.at('period')} must be a month or quarter as in the rows before")
        seen.add((unit, period))
        events, exposure = _counted(row)
        found.setdefault(unit, []).append(
            Figure(unit=unit, period=period, events=events, exposure=exposure, provisional=row.yes("provisional"))
        )
        if len(found[unit]) > MOST_PERIODS:
            raise ValueError(f"{row.at('period')} a facility has at most {MOST_PERIODS} periods")
    return Found(found, None)


def _counted(row: rows.Row) -> tuple[int, Fraction]:
    if "value" in row.fields and "events" not in row.fields:
        value = row.number_of("value")
        return value.numerator, Fraction(value.denominator)
    events, exposure = row.whole("events"), row.number_of("exposure")
    if events and not exposure:
        raise ValueError(f"{row.at('exposure')} must be above 0 where there are events")
    return events, exposure


def named(unit: Iterable[str] | None, units: Path | None) -> list[str]:
    """The facilities given, each once, in this order."""
    found = list(unit or ())
    if units is not None:
        try:
            found += [line.strip() for line in units.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
        except UnicodeDecodeError:
            raise ValueError(f"file {units.name} is not text in UTF-8") from None
        except OSError as error:
            raise ValueError(f"file {units.name} cannot be read: {error.strerror}") from None
        if not found:
            raise ValueError(f"file {units.name} names no facility")
    return list(dict.fromkeys(found))


def of_facilities(measure: str, units: Sequence[str]) -> Found:
    """What the platform publishes of a measure, of these facilities, or of all if none is named."""
    definition = kinds.MEASURES.get(measure)
    if definition is None:
        raise ValueError(f"measure: there is no such measure of facilities; there are {', '.join(kinds.MEASURES)}")
    found: dict[str, list[Figure]] = {unit: [] for unit in units}
    for row in figures(units, measure):
        found.setdefault(row["unit"], []).append(_figure(row, definition))
    missing = tuple(unit for unit, own in found.items() if not any(one.exposure for one in own))
    return Found({unit: own for unit, own in found.items() if unit not in missing}, definition, missing)


def figures(units: Sequence[str], measure: str) -> list[dict[str, Any]]:
    """The answers of ``/facilities/figures``; prints a sentence and exits where there is none."""
    from shared.cli.read import get  # noqa: PLC0415

    found: list[dict[str, Any]] = []
    for first in range(0, max(1, len(units)), AT_ONCE):
        some = list(units[first : first + AT_ONCE]) or None
        offset, more = 0, True
        while more:
            page = get("measures", "/facilities/figures", measure=measure, unit=some, limit=PAGE, offset=offset)
            found += page
            offset, more = offset + PAGE, len(page) == PAGE
    return found


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


def latest(found: Found, period: str | None) -> tuple[str, list[Figure]]:
    """The figures of all units in one period: the one given, or the latest in which any has one."""
    every = [one for own in found.units.values() for one in own if one.exposure]
    if not every:
        raise ValueError("there is no figure to show")
    when = period or max(one.period for one in every)
    shown = [one for one in every if one.period == when]
    if not shown:
        raise ValueError(f"period {when}: no facility has a figure of it")
    return when, shown
