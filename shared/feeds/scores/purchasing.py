"""Lines of Hospital Value-Based Purchasing: the measures of a domain, and the total performance score."""

import re
from collections.abc import Collection, Sequence
from typing import Any, Final, get_args

from shared.contracts.scores import Purchased, PurchasingScored, PurchasingTotalled
from shared.feeds import facility_cells as cells
from shared.feeds.lines import Fault, Line
from shared.feeds.scores.parts import Told, fiscal_year

_RATES: Final = {
    "threshold": "ACHIEVEMENT THRESHOLD",
    "benchmark": "BENCHMARK",
    "baseline": "BASELINE RATE",
    "performance": "PERFORMANCE RATE",
}
_POINTS: Final = {"achievement": "ACHIEVEMENT POINTS", "improvement": "IMPROVEMENT POINTS", "score": "MEASURE SCORE"}
_OUT_OF: Final = {"achievement": 10, "improvement": 9, "score": 10}
_POINTS_TOLD: Final = re.compile(r"([0-9]{1,2}) out of ([0-9]{1,2})")
_COMBINED: Final = {"SSI": "COMBINED SSI"}
_UNWEIGHTED: Final = "UNWEIGHTED"
_DOMAINS: Final = {
    "clinical_outcomes": f"{_UNWEIGHTED} NORMALIZED CLINICAL OUTCOMES DOMAIN SCORE",
    "engagement": f"{_UNWEIGHTED} PERSON AND COMMUNITY ENGAGEMENT DOMAIN SCORE",
    "safety": f"{_UNWEIGHTED} NORMALIZED SAFETY DOMAIN SCORE",
    "efficiency": f"{_UNWEIGHTED} NORMALIZED EFFICIENCY AND COST REDUCTION DOMAIN SCORE",
    "total": "TOTAL PERFORMANCE SCORE",
}
TOTAL: Final = tuple(_DOMAINS.values())


def measures_of(found: Collection[str]) -> tuple[str, ...]:
    """The measures of which a file has scores."""
    return tuple(measure for measure in get_args(Purchased) if _column(measure, _POINTS["score"]) in found)


def needed(measures: Sequence[str]) -> tuple[str, ...]:
    """The columns these measures have."""
    return tuple(column for measure in measures for column in _columns(measure).values())


def scores(measures: Sequence[str], line: Line) -> list[Told]:
    """A hospital's measures of one domain."""
    year = fiscal_year(line)
    return [_score(measure, year, line) for measure in measures]


def total(line: Line) -> list[Told]:
    """A hospital's total performance score and domains."""
    told = {field: cells.decimal(line, column) for field, column in _DOMAINS.items()}
    if all(value is None for value in told.values()):
        told = {}
    return [Told(PurchasingTotalled, {"fiscal_year": fiscal_year(line)}, told, _DOMAINS)]


def _score(measure: str, year: int, line: Line) -> Told:
    where = _columns(measure)
    told: dict[str, Any] = {}
    for field, column in where.items():
        told[field] = cells.decimal(line, column) if field in _RATES else _points(line, column, _OUT_OF[field])
    key = {"fiscal_year": year, "measure": measure}
    return Told(PurchasingScored, key, told if told["score"] is not None else {}, where)


def _points(line: Line, column: str, most: int) -> int | None:
    value = cells.told(line, column)
    if value is None:
        return None
    found = _POINTS_TOLD.fullmatch(value)
    if found is None or int(found[2]) != most:
        raise Fault(column, f"not points out of {most}")
    return int(found[1])


def _columns(measure: str) -> dict[str, str]:
    """By field; of a measure made of others there is the score alone."""
    names = {"score": _POINTS["score"]} if measure in _COMBINED else {**_RATES, **_POINTS}
    return {field: _column(measure, name) for field, name in names.items()}


def _column(measure: str, name: str) -> str:
    return f"{_COMBINED.get(measure, measure)} {name}"
