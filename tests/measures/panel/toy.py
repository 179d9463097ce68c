"""A kind of facility data small enough to be counted in one's head: falls and bed days of wards, told by month."""

import datetime as dt
from collections.abc import Collection
from fractions import Fraction

import msgspec

from services.measures.domain.definitions import Aim, Priority
from services.measures.domain.panel.counted import Counted
from services.measures.domain.panel.kind import Kind, Place
from services.measures.domain.panel.measure import FacilityMeasure, Form

LATE = dt.timedelta(days=100)  # a fall without a report is counted so long after its day


class Ward(msgspec.Struct, frozen=True, omit_defaults=True):
    """Falls and days of a ward in a month; ``unsure`` falls count from 100 days after the first of January 2020."""

    hospital: str
    ward: str
    month: str
    version: int
    falls: int = 0
    days: int = 0
    unsure: int = 0
    action: str = "original"


def count(facts: Collection[Ward], today: dt.date) -> Counted:
    """By month and by quarter."""
    sure = dt.date(2020, 1, 1) + LATE
    amounts: dict[str, dict[str, int]] = {}
    waits = False
    for fact in facts:
        falls = fact.falls + (fact.unsure if today >= sure else 0)
        waits = waits or (fact.unsure > 0 and today < sure)
        quarter = f"{fact.month[:4]}Q{(int(fact.month[5:]) + 2) // 3}"
        for period in (fact.month, quarter):
            own = amounts.setdefault(period, {"falls": 0, "days": 0})
            own["falls"] += falls
            own["days"] += fact.days
    return Counted(amounts, sure if waits else None)


RATE = FacilityMeasure(
    id="toy-falls",
    specification=1,
    title="Falls per 1,000 bed days",
    numerator={"falls": 1},
    denominator={"days": 1},
    form=Form.RATE,
    scale=1000,
    better="lower",
    source="made up for the tests",
    aim=Aim.BETTER_CARE,
    priority=Priority.SAFER_CARE,
)
ROLLING = FacilityMeasure(
    id="toy-falls-two",
    specification=1,
    title="Falls per bed day of two periods",
    numerator={"falls": 1},
    denominator={"days": 1},
    form=Form.RATIO,
    scale=Fraction(1),
    spans=2,
    better="lower",
    source="made up for the tests",
    aim=Aim.BETTER_CARE,
    priority=Priority.SAFER_CARE,
)
TOY = Kind(
    name="toy",
    unit_type="hospital",
    facts={"feeds.Ward.v1": Ward},
    place=lambda fact: Place(fact.hospital, fact.ward, fact.month),
    count=count,
    measures=(RATE, ROLLING),
    rules=1,
    settles=dt.timedelta(days=30),
)
