"""A second recomputation of everything the measures count, written from the definitions alone.

Standard library only and nothing of the service's: it keeps every day as a date in a set and every record in a list,
and reads the definitions as prose. Slow, and therefore easy to check by eye. The sections the modules name are those
of the definitions: 0 records in force, 1 stays, 2 cells, 3 hospitalizations, 4 readmissions, 5 community tenure,
6 adverse drug events, 7 avoidable stays, 8 home health, 9 services and payments, 10 populations, 11 notices.

Records are dictionaries with the fields of the feed contracts and their ``type``, dates as ``datetime.date``, spans
as pairs. Value sets are by name, then by code, the set of its meanings; drugs are coded ``ndc:...`` or ``rxnorm:...``.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any

from tests.measures.independent.adverse_events import count_adverse_events
from tests.measures.independent.flags import findings_of, flags
from tests.measures.independent.home_health import count_home_health
from tests.measures.independent.hospital import count_hospitalizations, count_impossible
from tests.measures.independent.in_force import in_force
from tests.measures.independent.payments import count_payments
from tests.measures.independent.person import Person, Tally, count_inputs
from tests.measures.independent.readmissions import count_readmissions
from tests.measures.independent.services import count_services
from tests.measures.independent.tenure import count_nights
from tests.measures.independent.vocabulary import Cells, Values

SECTIONS: tuple[Callable[[Person, Tally], None], ...] = (
    count_inputs,
    count_hospitalizations,
    count_impossible,
    count_readmissions,
    count_nights,
    count_adverse_events,
    count_home_health,
    count_services,
    count_payments,
)


def recompute(records: Iterable[Mapping[str, Any]], values: Values, today: dt.date) -> Cells:
    """Components by (unit, month ``YYYY-MM``, flags of the people counted); zeros are left out."""
    tally = Tally()
    for told in in_force(records).values():
        person = Person(told, values, today)
        person.flags_of = cache(partial(flags, person, findings_of(person)))
        for count in SECTIONS:
            count(person, tally)
    return tally.without_zeros()


def by_quarter(cells: Cells, community_of: Callable[[str], Iterable[str]]) -> dict[tuple[str, str], dict[str, int]]:
    """Sums over all people by (community, quarter ``YYYYQn``)."""
    sums: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (unit, month, _), count in cells.items():
        quarter = f"{month[:4]}Q{(int(month[5:]) - 1) // 3 + 1}"
        for community in community_of(unit):
            for name, n in count.items():
                sums[community, quarter][name] += n
    return {key: dict(count) for key, count in sums.items()}
