"""Million Hearts ABCS of one patient in one calendar year: aspirin, blood pressure, cholesterol, smoking.

Each says True (met), False (not met) or None (not in the denominator). Of a year that has not ended they say what they
would if it ended now. An exclusion takes a patient out always, an exception only where the measure is not met.
"""

import datetime as dt
from typing import Final

from services.measures.domain.practices import exclusions, rules
from services.measures.domain.practices.patient import Patient
from services.measures.domain.practices.rules import first_day, last_day

ADULT: Final = 18
_STENT_OR_INFARCTION: Final = ("acute_myocardial_infarction", "cabg", "pci")
_VISITS: Final = ("visit", "preventive_visit")


def aspirin(patient: Patient, year: int) -> bool | None:
    """CMS164: aspirin or another antiplatelet with ischemic vascular disease, or after infarction, bypass or stent in
    the twelve months before the year."""
    first, last = first_day(year), last_day(year)
    recent = patient.days(first_day(year - 1), last_day(year - 1), *_STENT_OR_INFARCTION)
    if patient.age(first) < ADULT or not seen(patient, year):
        return None
    if not recent and not patient.during(first, last, "ischemic_vascular_disease"):
        return None
    if exclusions.hospice(patient, year) or patient.during(first, last, "anticoagulant"):
        return None
    return patient.during(first, last, "antiplatelet")


def blood_pressure(patient: Patient, year: int) -> bool | None:
    """CMS165: under 140 and under 90, by the lowest of each on the last day of the year with both.

    The narrative: who has no reading in the year is not controlled. The 2025 draft CQL would take one from before it.
    """
    first, last = first_day(year), last_day(year)
    known = patient.during(first, dt.date(year, 6, 30), "essential_hypertension")
    if not ADULT <= patient.age(last) <= 85 or not known or not seen(patient, year):
        return None
    renal = ("end_stage_renal_disease", "chronic_kidney_disease_5", "kidney_transplant_recipient")
    if patient.during(first, last, "pregnancy", *renal) or patient.by(last, "dialysis", "kidney_transplant"):
        return None
    if exclusions.hospice(patient, year) or exclusions.palliative(patient, year):
        return None
    if exclusions.frail(patient, year) or exclusions.in_nursing_home(patient, year):
        return None
    return controlled(patient, year)


def controlled(patient: Patient, year: int) -> bool:
    """Whether the lowest of each half on the last day of the year that has both is under 140 and under 90."""
    readings = [one for one in patient.readings if one.on.year == year]
    days = {one.on for one in readings if one.systolic is not None}
    days &= {one.on for one in readings if one.diastolic is not None}
    if not days:
        return False
    of_day = [one for one in readings if one.on == max(days)]
    systolic = min(one.systolic for one in of_day if one.systolic is not None)
    diastolic = min(one.diastolic for one in of_day if one.diastolic is not None)
    return systolic < 140 and diastolic < 90


def statin_population(patient: Patient, year: int) -> int | None:
    """Which of the four populations of CMS347 a patient is in; each takes who is in none before it."""
    first, last = first_day(year), last_day(year)
    if not seen(patient, year):
        return None
    if patient.by(last, "ascvd", *_STENT_OR_INFARCTION):
        return 1
    age = patient.age(first)
    if patient.by(last, "ldl_190_or_more", "familial_hypercholesterolemia"):
        return 2 if 20 <= age <= 75 else None
    if not 40 <= age <= 75:
        return None
    if patient.during(first, last, "diabetes"):
        return 3
    return 4 if patient.during(first, last, "ascvd_risk_20_or_more") else None


def statin(patient: Patient, year: int) -> bool | None:
    """CMS347 of somebody in one of its populations: a statin ordered or active in the year."""
    first, last = first_day(year), last_day(year)
    if patient.during(first, last, "breast_feeding", "rhabdomyolysis"):
        return None
    if patient.during(first, last, "statin"):
        return True
    excepted = (
        *("statin_intolerance", "liver_disease", "end_stage_renal_disease"),
        *("hospice", "palliative_care", "statin_not_given"),
    )
    return None if patient.during(first, last, *excepted) else False


def tobacco(patient: Patient, year: int) -> tuple[bool | None, bool | None, bool | None]:
    """CMS138: screened; users counselled or given a drug; screened and, if a user, helped.

    The last screening of the time that counts tells who is a user; told both ways on one day, a user.
    """
    last = last_day(year)
    if not rules.asked(rules.TOBACCO, year, patient.age(first_day(year)), patient.age(last)) or not seen_enough(
        patient, year
    ):
        return None, None, None
    if exclusions.hospice(patient, year, rules.HOSPICE_LATER):
        return None, None, None
    since = rules.in_force(rules.TOBACCO_SCREENED, year).first(year)
    users, others = patient.days(since, last, "tobacco_user"), patient.days(since, last, "tobacco_non_user")
    if not users and not others:
        return False, None, False
    if max(users, default=dt.date.min) < max(others, default=dt.date.min):
        return True, None, True
    helped_since = rules.in_force(rules.TOBACCO_HELPED, year).first(year)
    helped = patient.during(helped_since, last, "cessation_counselling", "cessation_drug")
    return True, helped, helped


def seen(patient: Patient, year: int) -> bool:
    """Whether there was a qualifying visit in the year."""
    return patient.during(first_day(year), last_day(year), *_VISITS)


def seen_enough(patient: Patient, year: int) -> bool:
    """Whether there were two qualifying visits in the year, which may be of one day, or one preventive visit."""
    first, last = first_day(year), last_day(year)
    visits = sum(first <= span.first <= last for span in patient.noted.get("visit", ()))
    return visits > 1 or patient.during(first, last, "preventive_visit")
