"""Acute hospitalization within 60 days after home health care starts."""

from typing import Final

from services.measures.domain.definitions import Aim, Definition, Per, Priority

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
        needs=frozenset(("home_health", "inpatient")),
    ),
)
