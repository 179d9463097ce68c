"""How far two reviewers of the same cases agree, beyond chance, for decisions in named categories."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

NO_PAIRS: Final = "no case was reviewed twice"
ONE_CATEGORY: Final = "both reviewers used one and the same category for every case, so chance alone explains all"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement over ``pairs`` of decisions; None is what the data do not define, with the reason in ``undefined``.

    ``observed``: share of equal decisions. ``kappa``: Cohen 1960 (Educ Psychol Meas 20:37-46), ``kappa_error`` its
    large-sample standard error (Fleiss, Cohen and Everitt 1969, Psychol Bull 72:323-327); it is 0 under perfect
    agreement, which says nothing about certainty. ``adjusted_kappa``: prevalence and bias adjusted (Byrt, Bishop and
    Carlin 1993, J Clin Epidemiol 46:423-429; for k categories (k * observed - 1) / (k - 1)). ``ac1``: Gwet 2008 (Br J
    Math Stat Psychol 61:29-48).
    """

    pairs: int
    observed: Fraction | None = None
    kappa: Fraction | None = None
    kappa_error: float | None = None
    adjusted_kappa: Fraction | None = None
    ac1: Fraction | None = None
    undefined: str | None = None


def agreement(pairs: Mapping[tuple[str, str], int], categories: Sequence[str]) -> Agreement:
    """The agreement of counted (first, second) decisions; ``categories`` are all that were open to the reviewers.

    Raises ValueError with fewer than two categories, and for a decision in none of them.
    """
    places = {category: place for place, category in enumerate(categories)}
    if len(places) < 2 or len(places) != len(categories):
        raise ValueError("agreement needs two categories or more, each named once")
    counts = {pair: count for pair, count in pairs.items() if count}
    if min(counts.values(), default=0) < 0:
        raise ValueError("a count is negative")
    if any(category not in places for pair in counts for category in pair):
        raise ValueError("a decision is in none of the categories")
    return _Table(categories, counts).agreement()


class _Table:
    """A square table of shares: first reviewer by row, second by column."""

    def __init__(self, categories: Sequence[str], counts: Mapping[tuple[str, str], int]) -> None:
        self.categories = categories
        self.pairs = sum(counts.values())
        self.cells = {pair: Fraction(count, self.pairs) for pair, count in counts.items()}
        self.rows = {
            name: sum((v for (row, _), v in self.cells.items() if row == name), Fraction()) for name in categories
        }
        self.columns = {
            name: sum((v for (_, column), v in self.cells.items() if column == name), Fraction()) for name in categories
        }

    def agreement(self) -> Agreement:
        if self.pairs == 0:
            return Agreement(0, undefined=NO_PAIRS)
        size = len(self.categories)
        observed = sum((self.cells.get((name, name), Fraction()) for name in self.categories), Fraction())
        by_margins = sum((self.rows[name] * self.columns[name] for name in self.categories), Fraction())
        means = [(self.rows[name] + self.columns[name]) / 2 for name in self.categories]
        by_guessing = sum((mean * (1 - mean) for mean in means), Fraction()) / (size - 1)
        kappa = (observed - by_margins) / (1 - by_margins) if by_margins != 1 else None
        return Agreement(
            pairs=self.pairs,
            observed=observed,
            kappa=kappa,
            kappa_error=None if kappa is None else self._error(kappa, by_margins),
            adjusted_kappa=(size * observed - 1) / (size - 1),
            ac1=(observed - by_guessing) / (1 - by_guessing),
            undefined=ONE_CATEGORY if kappa is None else None,
        )

    def _error(self, kappa: Fraction, by_margins: Fraction) -> float:
        """Exact until the root, so that perfect agreement gives 0 and not a rounding rest."""
        rest = 1 - kappa
        variance = -((kappa - by_margins * rest) ** 2)
        for (row, column), share in self.cells.items():
            if row == column:
                variance += share * (1 - (self.rows[row] + self.columns[row]) * rest) ** 2
            else:
                variance += share * rest**2 * (self.columns[row] + self.rows[column]) ** 2
        return math.sqrt(variance / (self.pairs * (1 - by_margins) ** 2))
