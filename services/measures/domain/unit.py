"""A unit's amounts by quarter, and when they settle as the watermark of the claims moves."""

import datetime as dt
from collections.abc import Iterable, Mapping

from services.measures.domain.components import named
from services.measures.domain.days import month_bounds
from services.measures.domain.periods import end, months_of, quarter_of, quarters_of
from services.measures.domain.spread import Amounts, add_amounts
from services.measures.domain.statuses import STANDARD


class Unit:
    """A unit's amounts by name and quarter: over all its months, and over those whose follow-up has passed."""

    def __init__(self, months: Mapping[int, Amounts]) -> None:
        self._months = months
        self._found: dict[tuple[int, ...], Mapping[str, int]] = {}

    def covers(self, period: str) -> bool:
        """Whether there is something in each quarter of the period."""
        return all(self.quarter(quarter) for quarter in quarters_of(period))

    def quarter(self, quarter: str) -> Mapping[str, int]:
        """The amounts of a quarter."""
        return self._sum(months_of(quarter))

    def complete(self, quarter: str, watermark: dt.date | None) -> Mapping[str, int]:
        """The amounts of those months of a quarter that are followed up."""
        return self._sum(tuple(month for month in months_of(quarter) if is_followed_up(month, watermark)))

    def _sum(self, months: tuple[int, ...]) -> Mapping[str, int]:
        found = self._found.get(months)
        if found is None:
            amounts: Amounts = {}
            for month in months:
                add_amounts(amounts, self._months.get(month, {}).items())
            found = self._found[months] = named(amounts)
        return found


def is_followed_up(month: int, watermark: dt.date | None) -> bool:
    """Whether 30 days have passed in the claims since the end of a month."""
    return watermark is not None and watermark.toordinal() >= month_bounds(month)[1] + STANDARD.follow_up


def settled_between(months: Iterable[int], before: int, after: int) -> set[str]:
    """The quarters of these months of which anything settles while the watermark moves (both ordinals): a month is
    followed up, or a quarter is, or it becomes final."""
    found = set()
    for month in months:
        quarter = quarter_of(month)
        ended, closed = month_bounds(month)[1], end(quarter).toordinal()
        steps = (ended + STANDARD.follow_up, closed + STANDARD.follow_up, closed + STANDARD.final)
        if any(before < step <= after for step in steps):
            found.add(quarter)
    return found
