"""Hospitalizations and 30-day rehospitalizations of a population, all causes, any hospital (Brock et al. 2013)."""

from typing import Final

from services.measures.domain.definitions import BROCK, Aim, Definition, Per, Priority

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
        needs=_NEEDS,
        complete_months=True,
        note="Where admissions fall as well, this share stands still while the population rate falls; goals use that.",
    ),
)
