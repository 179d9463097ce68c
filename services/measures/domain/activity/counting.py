"""What the activity of a unit adds up to in its months and quarters."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.measures.domain import periods
from services.measures.domain.activity.definitions import COUNTS, DISCHARGES, KNOWN, MONTHS
from services.measures.domain.panel.counted import Amounts
from services.measures.domain.periods import Kind
from services.measures.domain.statuses import STANDARD


@dataclass(frozen=True, slots=True)
class Seen:
    """How far activity and claims reach: the first month with a case and the last any facility told of (``2018-03``),
    and the last month whose discharges are all known (``YYYYMM``), 0 for none."""

    first: str
    last: str
    followed_up: int

    @property
    def months(self) -> tuple[str, ...]:
        """The months in between, both included."""
        found = [self.first]
        while found[-1] < self.last:
            found.append(periods.shift(found[-1], 1))
        return tuple(found)


def followed_up(watermark: int) -> int:
    """The last month (``YYYYMM``) whose end lies 30 days before a watermark of claims (ordinal, 0 for none); 0 for
    none."""
    if not watermark:
        return 0
    begun = dt.date.fromordinal(watermark + 1 - STANDARD.follow_up)
    before = begun.replace(day=1) - dt.timedelta(days=1)
    return before.year * 100 + before.month


def sums(
    told: Mapping[str, Mapping[str, int]], discharges: Mapping[int, int], seen: Seen, kinds: Sequence[Kind]
) -> dict[str, Amounts]:
    """By period of these kinds; ``told``: counts by month, ``discharges``: live discharges by month ``YYYYMM``.

    A month of which nothing was told had no cases: complaints tells only what there is. Rates have parts of their own,
    in periods whose discharges are all known: those of recent months come in for weeks, and too few of them would make
    a rise of nothing.
    """
    found: dict[str, Amounts] = {}
    months = seen.months
    for kind in kinds:
        grouped: dict[str, list[str]] = defaultdict(list)
        for month in months:
            number = int(month[:4]) * 100 + int(month[5:])
            grouped[month if kind is Kind.MONTH else periods.quarter_of(number)].append(month)
        for period, own in grouped.items():
            found[period] = _of_period(period, [told.get(month, {}) for month in own], discharges, seen)
    return found


def _of_period(
    period: str, told: Sequence[Mapping[str, int]], discharges: Mapping[int, int], seen: Seen
) -> dict[str, int]:
    amounts = {name: sum(one.get(name, 0) for one in told) for name in COUNTS}
    months = periods.months_of(period)
    known = len(told) == len(months) and months[-1] <= seen.followed_up
    base = sum(discharges.get(month, 0) for month in months) if known else 0
    rates = {f"{KNOWN}{name}": amount for name, amount in amounts.items()} if base else {}
    return {**amounts, MONTHS: len(told), DISCHARGES: base, **rates}
