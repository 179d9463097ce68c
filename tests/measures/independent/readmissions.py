"""Section 4: hospital-wide readmissions with the planned-readmission algorithm, for areas and for hospitals."""

import datetime as dt

from tests.measures.independent.hospital import returned
from tests.measures.independent.in_force import Claim
from tests.measures.independent.person import Person, Tally
from tests.measures.independent.stays import Stay
from tests.measures.independent.vocabulary import DAY, days_from

CANCER_HOSPITALS = {
    "050146",
    "050660",
    "100079",
    "100271",
    "220162",
    "330154",
    "330354",
    "360242",
    "390196",
    "450076",
    "500138",
}


def age(birth: dt.date, day: dt.date) -> int:
    """Whole years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def is_index(person: Person, stay: Stay) -> bool:
    day = stay.discharge
    if not stay.live(person.death) or not person.eligible(day) or stay.closing.status == "07":
        return False
    if person.birth is None or age(person.birth, stay.admission) < 65:
        return False
    if stay.closing.provider in CANCER_HOSPITALS or excluded(person, stay):
        return False
    return enrolled_before(person, stay) and enrolled_after(person, day)


def enrolled_before(person: Person, stay: Stay) -> bool:
    before = days_from(stay.admission - 365 * DAY, stay.discharge + DAY)
    return all(person.eligible(day) for day in before)


def enrolled_after(person: Person, discharge: dt.date) -> bool:
    """On the 30 days after, or to death."""
    after = days_from(discharge + DAY, discharge + 31 * DAY)
    return all(person.eligible(day) for day in after if not person.after_death(day))


def excluded(person: Person, stay: Stay) -> bool:
    """By what the stay was for; a stay whose diagnosis is unknown, or in no CCS category, is left out as well."""
    categories = person.meanings("ccs-diagnoses", stay.closing.principal)
    if not categories:
        return True
    reasons = {reason for category in categories for reason in person.meanings("hwr-exclusions", category)}
    if reasons & {"psychiatric", "rehabilitation"}:
        return True
    operated = any(is_surgery(person, code) for claim in stay.claims for code in claim.procedures)
    return "cancer" in reasons and not operated


def is_surgery(person: Person, procedure: str) -> bool:
    """By its code, or by its CCS category; the lists of codes and of categories have meanings of their own."""
    return any(
        person.meanings("hwr-surgery", name) & {"surgery", "surgery_ccs"}
        for name in (procedure, *person.meanings("ccs-procedures", procedure))
    )


def planned(person: Person, opening: Claim) -> bool:
    def says(code: str | None, meaning: str) -> bool:
        return meaning in person.meanings("planned-readmission", code)

    procedures = {c for code in opening.procedures for c in person.meanings("ccs-procedures", code)}
    diagnoses = person.meanings("ccs-diagnoses", opening.principal)
    if any(says(category, "always_px_ccs") for category in procedures):
        return True
    if any(says(category, "always_dx_ccs") for category in diagnoses):
        return True
    potential = any(says(category, "potential_px_ccs") for category in procedures) or any(
        says(code, "potential_px") for code in opening.procedures
    )
    acute = any(says(category, "acute_dx_ccs") for category in diagnoses) or says(opening.principal, "acute_dx")
    return potential and not acute


def count_readmissions(person: Person, tally: Tally) -> None:
    for stay in person.stays:
        if not is_index(person, stay):
            continue
        counted = ["hwr_index"]
        following = returned(person, stay)
        if following is not None:
            counted.append("hwr_planned" if planned(person, following.opening) else "hwr_unplanned")
        for component in counted:
            tally.at(person, stay.discharge, component)
            tally.at_hospital(person, stay.closing.provider, stay.discharge, component)
