"""Counts that facilities enter themselves as kinds of facility data, one of hospitals and one of nursing homes."""

import datetime as dt
from typing import Final

from services.measures.domain.counts.count import Fact, count
from services.measures.domain.counts.definitions import OF_HOMES, OF_HOSPITALS
from services.measures.domain.panel.kind import Kind, Place
from shared.contracts import counts
from shared.contracts.compiled_counts import HomeCount, HospitalCount

SETTLES: Final = dt.timedelta(days=45)  # the project's own allowance: nothing says when a facility must have entered


def place(fact: Fact) -> Place:
    """The facility, the year, and which entry of it: harms of a month share their discharges."""
    return Place(fact.ccn, fact.month[:4], f"{fact.measure}|{fact.month}")


HOSPITAL_COUNTS: Final = Kind(
    name="hospital_counts",
    unit_type="hospital",
    facts={counts.HospitalCount.wire_type(): HospitalCount},
    place=place,
    count=count,
    measures=OF_HOSPITALS,
    rules=1,
    settles=SETTLES,
)
HOME_COUNTS: Final = Kind(
    name="home_counts",
    unit_type="nursing_home",
    facts={counts.HomeCount.wire_type(): HomeCount},
    place=place,
    count=count,
    measures=OF_HOMES,
    rules=1,
    settles=SETTLES,
)
