"""Figures of facilities that a match can go by: which are kept, and which way of a measure is the better one."""

import datetime as dt
from decimal import Decimal
from typing import Final, NamedTuple

from services.recruitment.domain.measured import last_day
from services.recruitment.domain.networks.topics import TOPICS
from shared.contracts.facilities import FacilityMeasured

# CMS's cell size policy: no count of 1 to 10 is shown or can be worked out.
SMALL: Final = 10
_SETTLED: Final = frozenset(("FINAL", "RESTATED"))
_FOLLOWED: Final = frozenset(measure for topic in TOPICS.values() for measure in topic.facility)
# Of all other measures that topics name, less is better; a test holds this to the definitions.
_HIGHER: Final = ("practice-", "purchasing-", "entered-process-", "entered-staff-", "entered-consistent-")


class Kept(NamedTuple):
    """A figure as it is kept, the latest revision of each measure, unit and period; None: could not be computed."""

    measure: str
    unit: str
    period: str
    revision: int
    ends_on: dt.date
    value: Decimal | None
    tellable: bool

    @property
    def key(self) -> tuple[str, str, str]:
        """What the latest is kept of."""
        return self.measure, self.unit, self.period


def kept(event: FacilityMeasured) -> Kept | None:
    """What is kept of a figure; None for what is provisional, of no topic, or of no single facility.

    One that could not be computed is kept too, because it replaces one that was. A figure can be told to others where
    what it counts, and what it does not, is more than ten or none.
    """
    if event.measure not in _FOLLOWED or event.status not in _SETTLED or event.unit_type == "community":
        return None
    value = None if event.value is None or not event.computable else Decimal(event.value)
    which = (event.measure, event.unit, event.period, event.revision)
    return Kept(*which, last_day(event.period), value, _tellable(event))


def _tellable(event: FacilityMeasured) -> bool:
    rest = None if event.denominator is None else event.denominator - event.numerator
    return not 0 < event.numerator <= SMALL and (rest is None or not 0 < rest <= SMALL)


def higher_is_better(measure: str) -> bool:
    """Which way of a measure is the better one."""
    return measure.startswith(_HIGHER)
