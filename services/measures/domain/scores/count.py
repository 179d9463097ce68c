"""What the scores of a hospital add to the spans they are about."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from typing import Final

from services.measures.domain.panel import spans
from services.measures.domain.panel.counted import MILLION, Counted
from shared.contracts.compiled_scores import HarmScored, PurchasingScored, PurchasingTotalled, ReadmissionsScored

Fact = ReadmissionsScored | HarmScored | PurchasingScored | PurchasingTotalled
DOMAINS: Final = ("clinical_outcomes", "engagement", "safety", "efficiency", "total")


def count(facts: Collection[Fact], _today: dt.date) -> Counted:
    """``facts``: those of one hospital and fiscal year. Readmissions stand in the span of their discharges, all else
    in the fiscal year. Decimal numbers are in millionths; time alone changes nothing."""
    amounts: dict[str, dict[str, int]] = defaultdict(dict)
    for fact in facts:
        if isinstance(fact, ReadmissionsScored):
            amounts[spans.span(fact.first, fact.last)] |= _readmissions(fact)
        else:
            amounts[fiscal_year(fact.fiscal_year)] |= _of_year(fact)
    return Counted(dict(amounts))


def fiscal_year(year: int) -> str:
    """The days of a federal fiscal year."""
    return spans.span(dt.date(year - 1, 10, 1), dt.date(year, 9, 30))


def _readmissions(fact: ReadmissionsScored) -> dict[str, int]:
    if fact.predicted is None or fact.expected is None:
        return {}
    return {
        f"{fact.condition}_predicted": _millionths(fact.predicted),
        f"{fact.condition}_expected": _millionths(fact.expected),
    }


def _of_year(fact: HarmScored | PurchasingScored | PurchasingTotalled) -> dict[str, int]:
    if isinstance(fact, PurchasingScored):
        return {} if fact.score is None else {f"{fact.measure}_points": fact.score, f"{fact.measure}_scored": 1}
    if isinstance(fact, HarmScored):
        return {} if fact.reduced is None else {"harm_reduced": int(fact.reduced), "harm_told": 1}
    told = {name: getattr(fact, name) for name in DOMAINS}
    found: dict[str, int] = {}
    for name, points in told.items():
        if points is not None:
            found |= {f"{name}_points": _millionths(points), f"{name}_scored": MILLION}
    return found


def _millionths(told: str) -> int:
    return int((Decimal(told) * MILLION).to_integral_value())
