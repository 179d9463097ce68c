"""Long-term services and supports at home, from the feeds of community organizations."""

from typing import Final

from services.measures.domain.definitions import Aim, Definition, Per, Priority

_SOURCE: Final = "Own definition of this project from community feeds; no national one exists"
_NEEDS: Final = frozenset(("services",))

DEFINITIONS: Final = (
    Definition(
        id="ltss-use",
        specification=1,
        title="Days with a long-term service or support at home per 1,000 eligible days",
        numerator={"ltss_days": 1},
        denominator=("days",),
        per=Per.RATIO,
        scale=1000,
        better="higher",
        source=_SOURCE,
        aim=Aim.BETTER_HEALTH,
        priority=Priority.COMMUNITIES,
        needs=_NEEDS,
    ),
    Definition(
        id="ltss-days-to-first-service",
        specification=1,
        title="Mean days from referral to the first long-term service at home",
        numerator={"ltss_wait_days": 1},
        denominator=("ltss_started",),
        per=Per.RATIO,
        scale=1,
        better="lower",
        source=_SOURCE,
        aim=Aim.BETTER_CARE,
        priority=Priority.ENGAGEMENT,
        needs=_NEEDS,
        note="Of referrals that led to a service, by the month of the referral; those still waiting are not in it.",
    ),
)
