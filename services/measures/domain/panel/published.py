"""What is published of a unit in a period, compared with what was published last."""

import datetime as dt
from typing import NamedTuple

from services.measures.domain import revisions
from services.measures.domain.panel import spans
from services.measures.domain.panel.figures import Figure
from services.measures.domain.panel.kind import Family
from services.measures.domain.panel.measure import FacilityMeasure
from services.measures.domain.rates import decimal
from services.measures.domain.statuses import Status


class Where(NamedTuple):
    """A figure's place."""

    measure: str
    unit: str
    period: str


class Last(NamedTuple):
    """What was published last; ``reason`` None where it could be computed."""

    specification: int
    numerator: int
    denominator: int
    reason: str | None
    status: str
    revision: int


class Published(NamedTuple):
    """A figure as it is published, in the order of the columns of its table."""

    kind: str
    unit: str
    measure: str
    period: str
    specification: int
    numerator: int
    denominator: int
    value: str | None
    low: str | None
    high: str | None
    reason: str | None
    status: str
    revision: int
    settles_on: dt.date | None
    as_of: dt.datetime


def published(
    kind: Family,
    measure: FacilityMeasure,
    where: Where,
    figure: Figure,
    before: Last | None,
    now: dt.datetime,
    epoch: int,
) -> Published | None:
    """The figure as it is to be published now; None where it stands as it was published last, or never was anything.

    A figure whose period has settled is FINAL; one that changes afterwards is RESTATED and stays so.
    """
    if before is None and not (figure.numerator or figure.denominator):
        return None
    same = before is not None and (before.specification, before.numerator, before.denominator, before.reason) == (
        measure.specification,
        figure.numerator,
        figure.denominator,
        figure.reason,
    )
    settles = spans.days(where.period)[1] + kind.settles
    status = _status(before, settled=now.date() > settles, same=same)
    if before is not None and same and before.status == status:
        return None
    return Published(
        kind=kind.name,
        unit=where.unit,
        measure=where.measure,
        period=where.period,
        specification=measure.specification,
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=decimal(figure.value) if figure.value is not None else None,
        low=_text(figure.low),
        high=_text(figure.high),
        reason=figure.reason,
        status=status,
        revision=revisions.following(before.revision if before is not None else 0, epoch),
        settles_on=settles + dt.timedelta(days=1) if status is Status.PROVISIONAL else None,
        as_of=now,
    )


def _status(before: Last | None, *, settled: bool, same: bool) -> Status:
    if before is not None and before.status in {Status.FINAL, Status.RESTATED}:
        return Status(before.status) if same else Status.RESTATED
    return Status.FINAL if settled else Status.PROVISIONAL


def _text(limit: float | None) -> str | None:
    return None if limit is None else f"{limit:.4f}"
