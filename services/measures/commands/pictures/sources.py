"""Where the figures of pictures come from: a facility's own spreadsheet, or the platform."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

from services.measures.commands.calc import rows
from services.measures.commands.pictures.cohort import Cohort
from services.measures.domain import periods
from services.measures.domain.panel.measure import FacilityMeasure

OWN: Final = "Own figures"
MOST_PERIODS: Final = 400
NOBODY: Final = Cohort(())
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
    who: Cohort = NOBODY

    def called(self, unit: str) -> str | None:
        """Whose figures they are, as a picture says it; None for own ones."""
        return None if unit == OWN else self.who.called(unit)


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
