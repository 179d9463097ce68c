"""A figure worked out on reading, exactly, from the months of a unit: value, interval, status, or what is missing."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from pydantic import BaseModel

from services.measures.domain import evaluation, periods
from services.measures.domain.components import named
from services.measures.domain.definitions import Definition, Per
from services.measures.domain.evaluation import PARTS, Counted
from services.measures.domain.intervals import Interval
from services.measures.domain.periods import Kind
from services.measures.domain.rates import decimal
from services.measures.domain.results import Last
from services.measures.domain.spread import Amounts
from services.measures.domain.statuses import Status, status_of
from services.measures.domain.unit import is_followed_up
from services.measures.reads.asking import Place

NOT_COMPUTABLE: Final = "NOT_COMPUTABLE"


@dataclass(frozen=True, slots=True)
class Scene:
    """What figures rest on besides the rollups."""

    watermark: dt.date | None
    release: int
    loaded: frozenset[str]


@dataclass(frozen=True, slots=True)
class Months:
    """Amounts of a stratum of a unit by month, and of the whole unit, which says what is known at all."""

    own: Mapping[int, Amounts]
    whole: Mapping[int, Amounts]


@dataclass(frozen=True, slots=True)
class Figure:
    """The numbers of a measure in a period, and how settled they are."""

    definition: Definition
    period: str
    counted: Counted
    status: Status

    @property
    def value(self) -> Fraction | None:
        """Exact; None where it cannot be computed or nobody is in the denominator."""
        return evaluation.value(self.definition, self.counted)

    @property
    def base(self) -> int:
        """What the numerator is divided by as a whole number: parts of beneficiary-quarters, or the denominator."""
        return base_of(self.definition, self.counted)


class FigureView(BaseModel):
    """A figure as people read it.

    ``value``, ``low`` and ``high`` (95 %) are decimals in text, scaled as the measure says. Where ``status`` is
    NOT_COMPUTABLE there are no numbers, which is not the same as zero, and ``reason`` says what is missing. ``status``
    is otherwise that of the period as it was published, or would be. ``watermark``: latest day claims came up to.
    """

    measure: str
    specification: int
    unit_type: str
    unit: str
    unit_version: int
    period: str
    stratum: str
    numerator: int | None
    denominator: int | None
    beneficiary_quarters: str | None
    value: str | None
    low: str | None
    high: str | None
    status: str
    reason: str | None
    watermark: dt.date | None


def figure(definition: Definition, period: str, months: Months, scene: Scene, last: Last | None = None) -> Figure:
    """The figure of a period; ``last`` is what was published of the same measure, unit and period over all strata.

    A period of which the unit has months unknown cannot be computed: a part of it would pass for the whole.
    """
    wanted = months_counted(definition, period, scene)
    counted = evaluation.count(
        definition,
        [(periods.quarter_of(month), named(months.own.get(month, {}))) for month in wanted],
        scene.loaded.__contains__,
    )
    missing = unknown(period, months.whole)
    if missing and counted.computable:
        counted = Counted(0, 0, 0, f"nothing is known of {', '.join(missing)}")
    changed = months.own is months.whole and last is not None and counted != _numbers(last)
    waiting = sum(named(months.whole.get(month, {})).get("provisional_stays", 0) for month in periods.months_of(period))
    before = Status(last.status) if last is not None else None
    status = status_of(period, watermark=scene.watermark, provisional_stays=waiting, before=before, changed=changed)
    return Figure(definition, period, counted, status)


def months_counted(definition: Definition, period: str, scene: Scene) -> list[int]:
    """The months of a period that count: of measures that await a return only those followed up."""
    months = periods.months_of(period)
    return [month for month in months if not definition.complete_months or is_followed_up(month, scene.watermark)]


def base_of(definition: Definition, counted: Counted) -> int:
    """What the numerator is divided by, as a whole number."""
    return counted.person_time if definition.per is Per.BENEFICIARY_QUARTER else counted.denominator


def of_components(definition: Definition, amounts: Mapping[str, int]) -> tuple[int, int]:
    """Numerator and denominator of amounts by name, whether or not the measure can be computed from them."""
    numerator = sum(sign * amounts.get(name, 0) for name, sign in definition.numerator.items())
    return numerator, sum(amounts.get(name, 0) for name in definition.denominator)


def plain(definition: Definition, period: str, months: Months, scene: Scene) -> tuple[int, int]:
    """The same of the months that count."""
    wanted = months_counted(definition, period, scene)
    found = [of_components(definition, named(months.own.get(month, {}))) for month in wanted]
    return sum(numerator for numerator, _ in found), sum(denominator for _, denominator in found)


def view(found: Figure, place: Place, stratum: str, scene: Scene) -> FigureView:
    """The figure as it is shown."""
    counted, definition = found.counted, found.definition
    limits = evaluation.interval(definition, counted)
    return FigureView(
        measure=definition.id,
        specification=definition.specification,
        unit_type=place.unit_type,
        unit=place.unit,
        unit_version=place.version,
        period=found.period,
        stratum=stratum,
        numerator=counted.numerator if counted.computable else None,
        denominator=counted.denominator if counted.computable else None,
        beneficiary_quarters=decimal(Fraction(counted.person_time, PARTS)) if counted.person_time else None,
        value=text(found.value),
        **limits_of(limits),
        status=found.status.value if counted.computable else NOT_COMPUTABLE,
        reason=counted.reason,
        watermark=scene.watermark,
    )


def text(value: Fraction | None) -> str | None:
    """Four places, rounded half-even."""
    return None if value is None else decimal(value)


def limits_of(interval: Interval) -> dict[str, str | None]:
    """The limits as ``low`` and ``high``, four places."""
    return {
        name: None if limit is None else f"{limit:.4f}"
        for name, limit in (("low", interval.low), ("high", interval.high))
    }


def unknown(period: str, months: Mapping[int, Amounts]) -> list[str]:
    """The quarters (of a month the month itself) in which nothing is known of a unit."""
    if periods.kind_of(period) is Kind.MONTH:
        parts: Iterable[str] = (period,)
    else:
        parts = periods.quarters_of(period)
    return [part for part in parts if not any(months.get(month) for month in periods.months_of(part))]


def _numbers(last: Last) -> tuple[int, int, int, str | None]:
    return last.numerator, last.denominator, last.person_time, last.reason
