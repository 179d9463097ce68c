"""What a facility's own counts of a year add to months, quarters and the year."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from services.measures.domain import periods
from services.measures.domain.counts.definitions import CONFLICT, DISCHARGES, EVENTS, INCOMPLETE
from services.measures.domain.panel.counted import Counted
from shared.contracts.compiled_counts import HomeCount, HospitalCount
from shared.contracts.counts import HARM

Fact = HospitalCount | HomeCount


def count(facts: Collection[Fact], _today: dt.date) -> Counted:
    """``facts``: those of one facility and year, in any order. Time alone changes nothing."""
    by_month: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_month[fact.month].append(fact)
    amounts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for month, own in by_month.items():
        own_month, quarter, *_ = periods.periods_of(int(month.replace("-", "")))
        for name, amount in _of_month(own):
            for period in (own_month, quarter, month[:4]):
                amounts[period][name] += amount
    return Counted({period: dict(one) for period, one in amounts.items()})


def _of_month(facts: Iterable[Fact]) -> Iterator[tuple[str, int]]:
    harms = []
    for fact in facts:
        yield fact.measure, fact.numerator or 0
        if fact.measure.startswith(HARM):
            harms.append(fact)
        elif fact.denominator is None:
            yield f"{fact.measure}_{INCOMPLETE}", 1
        else:
            yield f"{fact.measure}_of", fact.denominator
    if harms:
        yield EVENTS, sum(fact.numerator or 0 for fact in harms)
        yield from _discharges({fact.denominator for fact in harms if fact.denominator is not None})


def _discharges(told: Collection[int]) -> Iterator[tuple[str, int]]:
    """The discharges of a month are told with every harm, and count once."""
    if not told:
        yield f"{DISCHARGES}_{INCOMPLETE}", 1
        return
    yield DISCHARGES, max(told)
    if len(told) > 1:
        yield f"{DISCHARGES}_{CONFLICT}", 1
