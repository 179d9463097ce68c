"""Person-time: days of coverage, and on how many of them the source lacked an input."""

from typing import Final

from services.measures.domain.components import INPUTS, NUMBER
from services.measures.domain.coverage import periods
from services.measures.domain.person import Person

_DAYS: Final = NUMBER["days"]
LACKS: Final = tuple(NUMBER[f"lacks_{name}"] for name in INPUTS)


def count(person: Person) -> None:
    """Add the eligible days of each month where the person lived."""
    for period in periods(person):
        person.add(period.area, period.month, _DAYS, period.days)
        for position in period.enrolment.lacks:
            person.add(period.area, period.month, LACKS[position], period.days)
