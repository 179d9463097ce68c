"""Whom measures leave out whatever was done for them: end of life, frailty, life in a nursing home.

As in the eCQM libraries Hospice, PalliativeCare and AdvancedIllnessandFrailty (2024); since when stands in ``rules``,
and earlier years leave nobody out for it.
"""

import datetime as dt
from typing import Final

from services.measures.domain.practices import rules
from services.measures.domain.practices.patient import Patient
from services.measures.domain.practices.rules import LeftOut, first_day, last_day

FRAIL_FROM: Final = 66
OLDEST_TO_BE_ILL: Final = 80
"""Above this age frailty is enough for blood pressure; up to it an advanced illness is asked for too."""


def hospice(patient: Patient, year: int, rule: LeftOut = rules.HOSPICE) -> bool:
    """In hospice care on a day of the year."""
    return year >= rule.since and patient.during(first_day(year), last_day(year), "hospice")


def palliative(patient: Patient, year: int) -> bool:
    """In palliative care on a day of the year."""
    in_force = year >= rules.PALLIATIVE.since
    return in_force and patient.during(first_day(year), last_day(year), "palliative_care")


def in_nursing_home(patient: Patient, year: int) -> bool:
    """66 or older, and the last that was noted of where they live is a nursing home; two notes of one day: there."""
    last = last_day(year)
    if year < rules.FRAILTY.since:
        return False
    there = patient.days(dt.date.min, last, "lives_in_nursing_home")
    elsewhere = patient.days(dt.date.min, last, "lives_elsewhere")
    return patient.age(last) >= FRAIL_FROM and bool(there) and max(there) >= max(elsewhere, default=dt.date.min)


def frail_and_ill(patient: Patient, year: int) -> bool:
    """66 or older, frail in the year, and with an advanced illness or a drug for dementia in it or the year before."""
    if patient.age(last_day(year)) < FRAIL_FROM or not _frail(patient, year):
        return False
    return patient.during(first_day(year - 1), last_day(year), "advanced_illness", "dementia_drug")


def frail(patient: Patient, year: int) -> bool:
    """As ``frail_and_ill``, but above 80 frailty is enough."""
    if patient.age(last_day(year)) > OLDEST_TO_BE_ILL:
        return _frail(patient, year)
    return frail_and_ill(patient, year)


def _frail(patient: Patient, year: int) -> bool:
    return year >= rules.FRAILTY.since and patient.during(first_day(year), last_day(year), "frailty")
