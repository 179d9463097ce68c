"""Hospitals' infections as a kind of facility data."""

import datetime as dt
from typing import Final

from services.measures.domain.infections.count import Fact, count
from services.measures.domain.infections.definitions import MEASURES
from services.measures.domain.panel.kind import Kind, Place
from shared.contracts import infections
from shared.contracts.compiled_infections import HospitalSurveyed, InfectionCount


def place(fact: Fact) -> Place:
    """The hospital; the year the period begins in, so that a new survey counts its year anew; the natural key."""
    if isinstance(fact, HospitalSurveyed):
        return Place(fact.ccn, str(fact.year), "survey")
    key = f"{fact.infection}|{fact.location}|{fact.period}|{fact.source}|{fact.baseline}"
    return Place(fact.ccn, fact.period[:4], key)


INFECTIONS: Final = Kind(
    name="infections",
    unit_type="hospital",
    facts={
        infections.InfectionCount.wire_type(): InfectionCount,
        infections.HospitalSurveyed.wire_type(): HospitalSurveyed,
    },
    place=place,
    count=count,
    measures=MEASURES,
    rules=1,
    # CMS takes infections of a quarter until the middle of the fifth month after it: of the second quarter until 15
    # November, 138 days (CDC, Reporting Requirements and Deadlines in NHSN per CMS Rules, 2015).
    settles=dt.timedelta(days=138),
)
