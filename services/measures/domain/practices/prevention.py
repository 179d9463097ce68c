"""Preventive services of one patient in one calendar year: vaccines, colorectal and breast cancer screening.

Each says True (met), False (not met) or None (not in the denominator), as in ``heart``.
"""

import datetime as dt
from typing import Final

from services.measures.domain.practices import exclusions, rules
from services.measures.domain.practices.heart import seen, seen_enough
from services.measures.domain.practices.patient import Patient
from services.measures.domain.practices.rules import first_day, last_day

_HALF_A_YEAR: Final = 6
"""Months of age from which influenza vaccine is given."""


def influenza(patient: Patient, year: int) -> bool | None:
    """CMS147: vaccinated from 1 August before the year to 31 March in it, if seen from 1 October before it to then.

    Who is asked is as the logic of CMS147v6 (2017) has it; its 1 August was not verified.
    """
    first = first_day(year)
    opens, closes = dt.date(year - 1, 10, 1), dt.date(year, 3, 31)
    months = (first.year - patient.birth.year) * 12 + first.month - patient.birth.month - (patient.birth.day > 1)
    if months < _HALF_A_YEAR or not seen_enough(patient, year):
        return None
    if not patient.during(opens, closes, "visit", "preventive_visit"):
        return None
    if exclusions.hospice(patient, year, rules.HOSPICE_LATER):
        return None
    if patient.during(dt.date(year - 1, 8, 1), closes, "influenza_vaccine"):
        return True
    declined = patient.during(opens, closes, "influenza_vaccine_not_given")
    return None if declined or patient.by(closes, "influenza_vaccine_intolerance") else False


def pneumococcal(patient: Patient, year: int) -> bool | None:
    """CMS127: vaccinated by the end of the year; a reaction to the vaccine as the rules of the year say."""
    first, last = first_day(year), last_day(year)
    if not rules.asked(rules.PNEUMOCOCCAL, year, patient.age(first), patient.age(last)) or not seen(patient, year):
        return None
    if exclusions.hospice(patient, year):
        return None
    rule = rules.in_force(rules.PNEUMOCOCCAL_COUNTS, year)
    if rule.reaction and patient.by(last, "pneumococcal_vaccine_reaction"):
        return True if rule.reaction == rules.MET else None
    given = patient.days(dt.date.min, last, "pneumococcal_vaccine")
    return any(rule.birthday is None or patient.age(day) >= rule.birthday for day in given)


def colorectal(patient: Patient, year: int) -> bool | None:
    """CMS130: a test whose time has not run out; each speaks for its own number of years."""
    last = last_day(year)
    if not _screened_for(patient, year, rules.COLORECTAL) or patient.by(last, "colorectal_cancer", "total_colectomy"):
        return None
    return any(patient.during(first_day(year - test.years), last, test.concept) for test in rules.COLORECTAL_TESTS)


def breast(patient: Patient, year: int) -> bool | None:
    """CMS125: a mammogram in the time that the rules of the year name."""
    last = last_day(year)
    if patient.sex != "female" or not _screened_for(patient, year, rules.BREAST):
        return None
    each = patient.by(last, "mastectomy_left") and patient.by(last, "mastectomy_right")
    if each or patient.by(last, "mastectomy_both"):
        return None
    return patient.during(rules.in_force(rules.MAMMOGRAM, year).first(year), last, "mammogram")


def _screened_for(patient: Patient, year: int, ages: tuple[rules.Ages, ...]) -> bool:
    at_start, at_end = patient.age(first_day(year)), patient.age(last_day(year))
    if not rules.asked(ages, year, at_start, at_end) or not seen(patient, year):
        return False
    if exclusions.hospice(patient, year) or exclusions.palliative(patient, year):
        return False
    return not exclusions.frail_and_ill(patient, year) and not exclusions.in_nursing_home(patient, year)
