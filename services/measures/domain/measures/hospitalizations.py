"""Hospitalizations and 30-day rehospitalizations of a population, all causes, any hospital (Brock et al. 2013)."""

from itertools import zip_longest
from typing import Final

from services.measures.domain.components import NUMBER, discharges_lacking
from services.measures.domain.days import month_of, year_of
from services.measures.domain.definitions import BROCK, Aim, Definition, Per, Priority, Uncertainty
from services.measures.domain.influence import FOLLOW_UP_DAYS
from services.measures.domain.person import Person, bump, hospital
from services.measures.domain.stays import Stay, merge
from services.measures.domain.timeline import Setting

_NEEDS: Final = frozenset(("inpatient",))

DEFINITIONS: Final = (
    Definition(
        id="hospitalizations",
        specification=1,
        title="All-cause hospitalizations per 1,000 beneficiaries per quarter",
        numerator={"hospitalizations": 1},
        denominator=("days",),
        per=Per.BENEFICIARY_QUARTER,
        scale=1000,
        better="lower",
        source=BROCK,
        aim=Aim.BETTER_HEALTH,
        priority=Priority.COORDINATION,
        uncertainty=Uncertainty.EVENTS,
        needs=_NEEDS,
    ),
    Definition(
        id="rehospitalizations-30d",
        specification=1,
        title="All-cause 30-day rehospitalizations per 1,000 beneficiaries per quarter",
        numerator={"rehospitalizations": 1},
        denominator=("days",),
        per=Per.BENEFICIARY_QUARTER,
        scale=1000,
        better="lower",
        source=BROCK,
        aim=Aim.BETTER_CARE,
        priority=Priority.COORDINATION,
        uncertainty=Uncertainty.EVENTS,
        needs=_NEEDS,
    ),
    Definition(
        id="rehospitalizations-percent",
        specification=1,
        title="All-cause 30-day rehospitalizations, percent of live discharges",
        numerator={"rehospitalizations": 1},
        denominator=("live_discharges",),
        per=Per.RATIO,
        scale=100,
        better="lower",
        source=BROCK,
        aim=Aim.BETTER_CARE,
        priority=Priority.COORDINATION,
        uncertainty=Uncertainty.SHARE,
        needs=_NEEDS,
        complete_months=True,
        note="Where admissions fall as well, this share stands still while the population rate falls; goals use that.",
    ),
)


_HOSPITALIZATIONS: Final = NUMBER["hospitalizations"]
_LIVE: Final = NUMBER["live_discharges"]
_REHOSPITALIZATIONS: Final = NUMBER["rehospitalizations"]
_IMPOSSIBLE: Final = NUMBER["impossible_stays"]
_PROVISIONAL: Final = NUMBER["provisional_stays"]


def count(person: Person) -> None:
    """Count stays where the patient was eligible on the day of discharge, in that month and the area of residence.

    A stay that is still open has no discharge yet. It is a live discharge unless its status is 20 or death is known to
    have come by that day; and a rehospitalization, counted at the index and not at the return, when the next acute
    stay of any cause, at any hospital, eligible or not, begins within 30 days. A stay that begins after the day of
    death cannot be: it is reported as impossible, and neither counted nor taken for a return.
    """
    noticed = Setting.NOTICE in person.settings
    for stay, following in zip_longest(person.stays, person.stays[1:]):
        cell = person.cell(stay.closing.last)
        if cell is None:
            continue
        if noticed and stay.is_provisional:
            bump(cell, _PROVISIONAL)
        if stay.is_open:
            continue
        bump(cell, _HOSPITALIZATIONS)
        if person.is_live(stay):
            bump(cell, _LIVE)
            _count_for_hospital(person, stay)
            if following is not None and following.admission - stay.closing.last <= FOLLOW_UP_DAYS:
                bump(cell, _REHOSPITALIZATIONS)
    if person.impossible:
        _report_impossible(person)


def _count_for_hospital(person: Person, stay: Stay) -> None:
    month = month_of(stay.closing.last)
    cell = person.of_unit(hospital(stay.closing.provider), month)
    bump(cell, _LIVE)
    enrolment = person.enrolment(month // 100)
    if enrolment is not None:
        bump(cell, discharges_lacking(enrolment.lacks))


def _report_impossible(person: Person) -> None:
    for claim in person.impossible:
        area = person.area(claim.last) if year_of(claim.last) in person.years else None
        if area is not None and claim.setting == Setting.INPATIENT and merge([claim]):
            bump(person.of_unit(area, month_of(claim.last)), _IMPOSSIBLE)
