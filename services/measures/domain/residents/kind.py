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
    settles=dt.timedelta(days=45),  # assessments are due within 14 days; what comes later restates
)
