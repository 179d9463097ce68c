"""A kind of facility data: whose facts they are, what they add, and the measures made of them."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from services.measures.domain.panel.counted import Counted
from services.measures.domain.panel.measure import FacilityMeasure
from shared.contracts.facilities import FacilityType

CANCEL: Final = "cancel"
"""The ``action`` of a fact that is taken back."""


class Place(NamedTuple):
    """Whose fact it is, and which of theirs: unit (a CCN, a practice), member of it, and natural key of the fact."""

    unit: str
    member: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Measures made of the same sums of units. A figure is final ``settles`` after its period ends."""

    name: str
    unit_type: FacilityType
    measures: tuple[FacilityMeasure, ...]
    settles: dt.timedelta

    @property
    def spans(self) -> int:
        """The longest look back of its measures, in periods."""
        return max((measure.spans for measure in self.measures), default=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Family):
    """A family whose sums are counted from facts of members: ``facts`` are the compiled records by wire type; each has
    ``version``, and ``action`` where it can be cancelled.

    ``count`` must depend on nothing but the facts that hold and the day; when its rules change, ``rules`` rises and
    all members are counted anew.
    """

    facts: Mapping[str, type[Any]]
    place: Callable[[Any], Place]
    count: Callable[[Collection[Any], dt.date], Counted]
    rules: int
