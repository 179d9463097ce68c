"""What is published of a unit in a period: computed from its months, compared with what was published last."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from services.measures.domain import evaluation, revisions
from services.measures.domain.definitions import Definition
from services.measures.domain.evaluation import Counted
from services.measures.domain.periods import days_in, quarters_of
from services.measures.domain.rates import decimal
from services.measures.domain.statuses import Status, status_of
from services.measures.domain.unit import Unit


@dataclass(frozen=True, slots=True)
class Scene:
    """What results rest on besides the rollups: how far time has come, which value sets are loaded; ``epoch`` is the
    schema's."""

    watermark: dt.date | None
    release: int
    is_loaded: Callable[[str], bool]
    now: dt.datetime
    epoch: int


class Place(NamedTuple):
    """A unit in a published period."""

    unit_type: str
    unit: str
    period: str


class Last(NamedTuple):
    """What was published last of a measure at a place; ``reason`` is None for a measure that could be computed."""

    specification: int
    unit_version: int
    release: int
    numerator: int
    denominator: int
    person_time: int
    status: str
    reason: str | None
    revision: int


class Result(NamedTuple):
    """A result as it is published, in the order of the columns of its table; ``watermark`` is an ordinal."""

    measure: str
    unit_type: str
    unit: str
    period: str
    specification: int
    unit_version: int
    release: int
    numerator: int
    denominator: int
    person_time: int
    days_in_period: int
    value: str | None
    low: str | None
    high: str | None
    status: str
    reason: str | None
    cause: str
    watermark: int
    revision: int
    as_of: dt.datetime


class Laid(NamedTuple):
    """What all measures of a place count from: its amounts by quarter, over all months and over those followed up."""

    place: Place
    whole: tuple[tuple[str, Mapping[str, int]], ...]
    complete: tuple[tuple[str, Mapping[str, int]], ...]
    provisional_stays: int


def lay_out(place: Place, unit: Unit, scene: Scene) -> Laid:
    """The amounts of a place, once for all its measures."""
    quarters = quarters_of(place.period)
    whole = tuple((quarter, unit.quarter(quarter)) for quarter in quarters)
    complete = tuple((quarter, unit.complete(quarter, scene.watermark)) for quarter in quarters)
    return Laid(place, whole, complete, sum(amounts.get("provisional_stays", 0) for _, amounts in whole))


def updated(definition: Definition, laid: Laid, version: int, before: Last | None, scene: Scene) -> Result | None:
    """The result as it is to be published now; None where it stands as it was published last."""
    amounts = laid.complete if definition.complete_months else laid.whole
    counted = evaluation.count(definition, amounts, scene.is_loaded)
    changed = before is not None and counted != (
        before.numerator,
        before.denominator,
        before.person_time,
        before.reason,
    )
    status = status_of(
        laid.place.period,
        watermark=scene.watermark,
        provisional_stays=laid.provisional_stays,
        before=Status(before.status) if before is not None else None,
        changed=changed,
    )
    cause = _cause(definition, counted, version, status, before, scene.release, changed=changed)
    if cause is None:
        return None
    return _made(definition, laid.place, counted, version, status, cause, before, scene)


def _cause(
    definition: Definition,
    counted: Counted,
    version: int,
    status: Status,
    before: Last | None,
    release: int,
    *,
    changed: bool,
) -> str | None:
    """Why the result is published again; None if nothing of it is new."""
    if before is None:
        return "DATA"
    if (before.specification, before.unit_version) != (definition.specification, version):
        return "DEFINITION"
    if changed:
        return "VALUE_SETS" if definition.value_sets and before.release != release else "DATA"
    # What cannot be computed has no numbers that could settle.
    return "STATUS" if status != before.status and counted.computable else None


def _made(
    definition: Definition,
    place: Place,
    counted: Counted,
    version: int,
    status: Status,
    cause: str,
    before: Last | None,
    scene: Scene,
) -> Result:
    value = evaluation.value(definition, counted)
    limits = evaluation.interval(definition, counted)
    return Result(
        measure=definition.id,
        unit_type=place.unit_type,
        unit=place.unit,
        period=place.period,
        specification=definition.specification,
        unit_version=version,
        release=scene.release,
        numerator=counted.numerator,
        denominator=counted.denominator,
        person_time=counted.person_time,
        days_in_period=days_in(place.period),
        value=decimal(value) if value is not None else None,
        low=_text(limits.low),
        high=_text(limits.high),
        status=status.value,
        reason=counted.reason,
        cause=cause,
        watermark=scene.watermark.toordinal() if scene.watermark is not None else 0,
        revision=revisions.following(before.revision if before is not None else 0, scene.epoch),
        as_of=scene.now,
    )


def _text(limit: float | None) -> str | None:
    return None if limit is None else f"{limit:.4f}"
