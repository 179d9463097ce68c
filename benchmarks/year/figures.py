"""Figures of the homes as measures would answer them on a day; of the smallest homes none can be told."""

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from benchmarks.year.homes import beds

MEASURES: Final = {
    "nursing-home-falls": "Residents who fell and were badly hurt",
    "nursing-home-pressure-ulcers": "Residents at risk who have pressure ulcers",
}
FALLS: Final = "nursing-home-falls"
SMALL: Final = "a count of 1 to 10"
FEWEST: Final = 11
_QUARTERS: Final = tuple(f"{year}Q{quarter}" for year in (2012, 2013, 2014, 2015) for quarter in (1, 2, 3, 4))
_LATE: Final = dt.timedelta(days=60)  # from the end of a quarter to its figures
_BEGUN: Final = 10  # quarters before the collaborative


def ends_on(quarter: str) -> dt.date:
    """The last day of a quarter."""
    year, number = int(quarter[:4]), int(quarter[5])
    return dt.date(year + number // 4, number % 4 * 3 + 1, 1) - dt.timedelta(days=1)


def known_quarters(day: dt.date) -> tuple[str, ...]:
    """The quarters whose figures are published by a day."""
    return tuple(one for one in _QUARTERS if ends_on(one) + _LATE <= day)


def count(number: int, quarter: str) -> int:
    """Residents who fell in a quarter: fewer and fewer once the collaborative is at work."""
    place = _QUARTERS.index(quarter)
    before = beds(number) // 6 + (number * 7 + place * 5) % 4
    return max(0, before - max(0, place - _BEGUN) * (1 + number % 3))


def tellable(number: int, quarter: str) -> bool:
    """Whether no count of 1 to 10 can be worked out from the figure."""
    return count(number, quarter) not in range(1, FEWEST)


def value(number: int, quarter: str) -> Decimal:
    """The share of residents, of 100."""
    return (Decimal(count(number, quarter)) * 100 / beds(number)).quantize(Decimal("0.1"))


class Answers:
    """The read API of measures on a day; ``homes`` in the order of their numbers."""

    def __init__(self, homes: tuple[str, ...], day: dt.date) -> None:
        self._numbers = {one: number for number, one in enumerate(homes)}
        self._quarters = known_quarters(day)

    def __call__(self, path: str, **given: Any) -> list[dict[str, Any]]:
        """What is answered to a path."""
        if path == "/facilities/measures":
            return [{"id": one, "title": title, "better": "lower", "scale": "100"} for one, title in MEASURES.items()]
        units = [one for one in given["unit"] if one in self._numbers]
        charted = path == "/charts"
        if charted:
            return [self._chart(one) for one in units if given["measure"] == FALLS and self._followed(one)]
        return [row for one in units for row in self._figures(one)]

    def _followed(self, unit: str) -> bool:
        """A chart is of a home of which every count can be told."""
        return all(tellable(self._numbers[unit], one) for one in self._quarters)

    def _chart(self, unit: str) -> dict[str, Any]:
        number = self._numbers[unit]
        size = str(beds(number))
        points = [
            {"period": one, "events": count(number, one), "exposure": size, "revision": 1, "provisional": late}
            for one, late in zip(self._quarters, self._provisional(), strict=True)
        ]
        begun = [count(number, one) for one in self._quarters[:_BEGUN]]
        base = {"chart": "p", "centre": f"{sum(begun)}/{beds(number) * len(begun)}", "spread": "1"}
        signals = [{"period": one} for one in self._quarters[_BEGUN + 2 :]]
        return {"unit": unit, "chart": "p", "points": points, "baseline": base, "signals": signals}

    def _provisional(self) -> list[bool]:
        return [place == len(self._quarters) - 1 for place in range(len(self._quarters))]

    def _figures(self, unit: str) -> list[dict[str, Any]]:
        number, found = self._numbers[unit], []
        for one, late in zip(self._quarters, self._provisional(), strict=True):
            told = tellable(number, one)
            status = "PROVISIONAL" if late else "FINAL"
            found.append(
                {
                    "unit": unit,
                    "period": one,
                    "value": str(value(number, one)) if told else None,
                    "status": status,
                    "reason": None if told else SMALL,
                }
            )
        return found
