"""Long-term services and supports at home, from the feeds of community organizations."""

from typing import Final

from services.measures.domain.components import NUMBER
from services.measures.domain.days import new_year, year_of
from services.measures.domain.definitions import Aim, Definition, Per, Priority, Uncertainty
from services.measures.domain.person import Person, bump
from services.measures.domain.person_time import periods
from services.measures.domain.timeline import CareService

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
        uncertainty=Uncertainty.NONE,
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
        uncertainty=Uncertainty.NONE,
        needs=_NEEDS,
        note="Of referrals that led to a service, by the month of the referral; those still waiting are not in it.",
    ),
)


_DAYS: Final = NUMBER["ltss_days"]
_REFERRED: Final = NUMBER["ltss_referred"]
_STARTED: Final = NUMBER["ltss_started"]
_WAITED: Final = NUMBER["ltss_wait_days"]


def count(person: Person) -> None:
    """Count days with any service, and referrals with how long they waited, in the month of the referral.

    A service whose end is not known lasts through the year it started in.
    """
    for service in person.services:
        person.put(service.referred, _REFERRED)
        if service.started:
            person.put(service.referred, _STARTED)
            if service.started > service.referred:
                person.put(service.referred, _WAITED, service.started - service.referred)
    spans = [(service.started, _end(service)) for service in person.services if service.started]
    if not spans:
        return
    for year in person.years:
        enrolment = person.enrolment(year)
        for period in periods(enrolment, person.death) if enrolment is not None else ():
            days = range(period.first, period.last + 1)
            served = sum(any(first <= day <= last for first, last in spans) for day in days)
            if served:
                bump(person.of_unit(period.area, period.month), _DAYS, served)


def _end(service: CareService) -> int:
    return service.ended or new_year(year_of(service.started) + 1) - 1
