"""Acute hospitalization within 60 days after home health care starts."""

from operator import attrgetter
from typing import Final

from services.measures.domain.components import NUMBER
from services.measures.domain.definitions import Aim, Definition, Per, Priority, Uncertainty
from services.measures.domain.influence import HOME_HEALTH_DAYS
from services.measures.domain.person import Person
from services.measures.domain.timeline import Setting

DEFINITIONS: Final = (
    Definition(
        id="home-health-hospitalization",
        specification=1,
        title="Home health starts followed by an acute hospitalization within 60 days, percent (not risk-adjusted)",
        numerator={"home_health_hospitalized": 1},
        denominator=("home_health_starts",),
        per=Per.RATIO,
        scale=100,
        better="lower",
        source="After the CMS claims-based measure of acute care hospitalization in the first 60 days of home health",
        aim=Aim.BETTER_CARE,
        priority=Priority.COORDINATION,
        uncertainty=Uncertainty.SHARE,
        needs=frozenset(("home_health", "inpatient")),
    ),
)


_STARTS: Final = NUMBER["home_health_starts"]
_HOSPITALIZED: Final = NUMBER["home_health_hospitalized"]
_in_order: Final = attrgetter("first", "last", "ref")


def count(person: Person) -> None:
    """Count starts of home health, and those followed by an acute stay in their first 60 days.

    A claim starts an episode when none before it, in order, reaches the 60 days before its first day.
    """
    claims = sorted((claim for claim in person.claims if claim.setting == Setting.HOME_HEALTH), key=_in_order)
    reach = 0
    for claim in claims:
        if not reach or reach < claim.first - HOME_HEALTH_DAYS:
            person.put(claim.first, _STARTS)
            if any(claim.first <= stay.admission < claim.first + HOME_HEALTH_DAYS for stay in person.stays):
                person.put(claim.first, _HOSPITALIZED)
        reach = max(reach, claim.last)
