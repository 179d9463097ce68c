"""Residents' records as a kind of facility data."""

import datetime as dt
from typing import Final

from services.measures.domain.panel.kind import Kind, Place
from services.measures.domain.residents.count import count
from services.measures.domain.residents.definitions import MEASURES
from services.measures.domain.residents.life import Fact
from shared.contracts import residents
from shared.contracts.compiled_residents import ResidentAssessed, ResidentMoved


def place(fact: Fact) -> Place:
    """The home, the resident, the record: one that was first an assessment and then a tracking record stays one."""
    return Place(fact.ccn, fact.resident, fact.record)


RESIDENTS: Final = Kind(
    name="residents",
    unit_type="nursing_home",
    facts={
        residents.ResidentAssessed.wire_type(): ResidentAssessed,
        residents.ResidentMoved.wire_type(): ResidentMoved,
    },
    place=place,
    count=count,
    measures=MEASURES,
    rules=1,
    # An assessment is completed within 14 days and sent within 14 more (RAI User's Manual, chapters 2 and 5); the rest
    # is the project's own allowance, and what comes later restates.
    settles=dt.timedelta(days=45),
)
