"""Overall rating of a nursing home from its three ratings, by the rule in force on a day (CMS Five-Star).

From July 2022: one star more for staffing of 5, one less for 1. Before: one more for staffing of 4 or 5 that is above
the health inspection's rating, and special focus facilities had at most three. Sources: LeadingAge 2022; CMS Technical
Users' Guide of 2012.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

FIRST: Final = dt.date(2008, 12, 18)  # ratings were first published
STAFFING_OF_FIVE: Final = dt.date(2022, 7, 1)
MOST_SPECIAL_FOCUS: Final = 3


@dataclass(frozen=True, slots=True)
class Ratings:
    """Stars of 1 to 5 each; raises ValueError for others."""

    health_inspection: int
    staffing: int
    quality: int
    special_focus: bool = False

    def __post_init__(self) -> None:
        parts = (
            ("health inspection", self.health_inspection),
            ("staffing", self.staffing),
            ("quality measures", self.quality),
        )
        for name, stars in parts:
            if not 1 <= stars <= 5:
                raise ValueError(f"the rating of {name} is 1 to 5 stars")


def overall(ratings: Ratings, on: dt.date) -> int:
    """Stars by the rule in force on a day; raises ValueError for a day before there were ratings."""
    if on < FIRST:
        raise ValueError(f"there were no ratings before {FIRST}")
    start = ratings.health_inspection
    new = on >= STAFFING_OF_FIVE
    more = ratings.staffing == 5 if new else ratings.staffing >= 4 and ratings.staffing > start
    stars = _bounded(start + more - (ratings.staffing == 1))
    stars = _bounded(stars + (ratings.quality == 5) - (ratings.quality == 1))
    if start == 1:
        stars = min(stars, 2)
    return min(stars, MOST_SPECIAL_FOCUS) if ratings.special_focus and not new else stars


def _bounded(stars: int) -> int:
    return min(5, max(1, stars))
