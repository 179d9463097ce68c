"""How a facility was rated over time: one short text for each list that told of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# Enough to tell two rows of one list apart and to order them as their whole digests are ordered.
_MARK: Final = 12
_NONE: Final = "-"
_FOCUS: Final = "S"


@dataclass(frozen=True, slots=True)
class Rating:
    """The stars (1 to 5, None: not rated) and the special focus that a list of a day told."""

    overall: int | None
    health_inspection: int | None = None
    staffing: int | None = None
    rn_staffing: int | None = None
    quality: int | None = None
    special_focus: bool = False


def text(rating: Rating, digest: str) -> str:
    """The short text: five stars, the special focus, and the beginning of the listing's digest."""
    stars = (rating.overall, rating.health_inspection, rating.staffing, rating.rn_staffing, rating.quality)
    plain = "".join(_NONE if one is None else str(one) for one in stars)
    return plain + (_FOCUS if rating.special_focus else _NONE) + digest[:_MARK]


def read(short: str) -> Rating:
    """The rating of a short text."""
    overall, health, staffing, nurses, quality = (None if one == _NONE else int(one) for one in short[:5])
    return Rating(overall, health, staffing, nurses, quality, short[5] == _FOCUS)


def with_rating(ratings: Mapping[str, str], as_of: dt.date, short: str) -> dict[str, str]:
    """The history with one more list, by day.

    Of two different rows for one day the greater digest holds, as it does for listings: any order ends the same.
    """
    day = as_of.isoformat()
    before = ratings.get(day)
    if before is not None and before[6:] >= short[6:]:
        return dict(ratings)
    return dict(sorted({**ratings, day: short}.items()))


def knows(ratings: Mapping[str, str], as_of: dt.date, digest: str) -> bool:
    """Whether a listing tells the history nothing: for its day the same row, or one that holds, is known."""
    before = ratings.get(as_of.isoformat())
    return before is not None and before[6:] >= digest[:_MARK]


def on(ratings: Mapping[str, str], day: dt.date) -> Rating | None:
    """How the newest list until a day rated the facility; None when none had by then."""
    days = [known for known in ratings if known <= day.isoformat()]
    return read(ratings[max(days)]) if days else None
