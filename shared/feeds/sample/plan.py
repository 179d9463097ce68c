"""How large a sample is, and where each of its things draws its chance from."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from shared.feeds.nursing_homes import DEFAULT_AS_OF
from shared.feeds.rows import UnusableFile

_PEOPLE_PER_COMMUNITY = 2_500
_MOST_COMMUNITIES = 60
_PEOPLE_PER_APPEAL = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """The size of a sample. ``first_year`` and ``years`` bound enrolment and claims."""

    seed: int = 1
    beneficiaries: int = 10_000
    homes: int = 500
    first_year: int = 2014
    years: int = 2
    as_of: dt.date = DEFAULT_AS_OF

    def __post_init__(self) -> None:
        if self.beneficiaries < 0 or self.homes < 0 or not 1 <= self.years <= 20:
            raise UnusableFile("A sample needs sizes that are not negative, and 1 to 20 years.")

    @property
    def communities(self) -> int:
        """At least two, so that there is something to compare; small ones only in small samples."""
        return max(2, min(_MOST_COMMUNITIES, self.beneficiaries // _PEOPLE_PER_COMMUNITY))

    @property
    def appeals(self) -> int:
        """Discharge appeals to file."""
        return max(3, self.beneficiaries // _PEOPLE_PER_APPEAL)

    @property
    def first_day(self) -> dt.date:
        """1 January of the first year."""
        return dt.date(self.first_year, 1, 1)

    @property
    def last_day(self) -> dt.date:
        """31 December of the last year."""
        return dt.date(self.first_year + self.years - 1, 12, 31)

    def chance(self, kind: str, index: int = 0) -> Random:
        """The source of one thing alone, so that drawing more for one never changes another."""
        return Random(f"{self.seed}/{kind}/{index}")  # noqa: S311 - repeatable on purpose, guards no secret


def share(total: int, weights: dict[str, int]) -> dict[str, int]:
    """Split ``total`` by weights, largest remainders first; where there is enough, everyone gets one at least."""
    floor = 1 if total >= len(weights) else 0
    rest = total - floor * len(weights)
    sum_of_weights = sum(weights.values())
    parts = {name: floor + rest * weight // sum_of_weights for name, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda name: (-(rest * weights[name] % sum_of_weights), name))
    for name in by_remainder[: total - sum(parts.values())]:
        parts[name] += 1
    return parts
