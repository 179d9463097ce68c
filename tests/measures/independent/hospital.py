"""Sections 3, 7 and 11: stays, live discharges, returns within 30 days, avoidable stays, impossible and provisional.

The lists of potentially avoidable hospitalizations follow the AHRQ Prevention Quality Indicators, version 6.0: PQI
01, 03 and 14 (diabetes), 05 (COPD or asthma), 07 (hypertension), 08 (heart failure); 11 (bacterial pneumonia) and 12
(urinary tract infection).
"""

from tests.measures.independent.person import Person, Tally
from tests.measures.independent.stays import Stay, acute
from tests.measures.independent.vocabulary import month_of

DIABETES = tuple(
    kind + rest
    for kind in ("E10", "E11")
    for rest in ("0", "1", "2", "3", "4", "5", "61", "62", "63", "641", "649", "65", "69", "8")
)
COPD = ("J41", "J42", "J43", "J44", "J47")
ASTHMA = tuple("J45" + rest for rest in ("21", "22", "31", "32", "41", "42", "51", "52", "901", "902", "99"))
HYPERTENSION = ("I10", "I119", "I129", "I1310")
HEART_FAILURE = ("I0981", "I110", "I130", "I132", "I50")
CHRONIC = (*DIABETES, *COPD, *ASTHMA, *HYPERTENSION, *HEART_FAILURE)

PNEUMONIA = ("J13", "J14", "J15211", "J15212", "J153", "J154", "J157", "J159", "J160", "J168", "J180", "J181", "J188")
PNEUMONIA_UNSPECIFIED = ("J189",)
URINARY = ("N10", "N119", "N12", "N151", "N159", "N16", "N2884", "N2885", "N2886", "N300", "N309", "N390")
ACUTE = (*PNEUMONIA, *PNEUMONIA_UNSPECIFIED, *URINARY)


def next_stay(person: Person, stay: Stay) -> Stay | None:
    position = person.stays.index(stay) + 1
    return person.stays[position] if position < len(person.stays) else None


def returned(person: Person, stay: Stay) -> Stay | None:
    """The next stay, when it begins within 30 days of the discharge."""
    following = next_stay(person, stay)
    if following is None or (following.admission - stay.discharge).days > 30:
        return None
    return following


def count_hospitalizations(person: Person, tally: Tally) -> None:
    for stay in person.stays:
        day = stay.discharge
        if stay.provisional:
            tally.at(person, day, "provisional_stays")
        if stay.open:
            continue
        tally.at(person, day, "hospitalizations")
        principal = stay.opening.principal or ""
        if principal.startswith(ACUTE):
            tally.at(person, day, "avoidable_acute")
        if principal.startswith(CHRONIC):
            tally.at(person, day, "avoidable_chronic")
        if not stay.live(person.death):
            continue
        tally.at(person, day, "live_discharges")
        if returned(person, stay) is not None:
            tally.at(person, day, "rehospitalizations")


def count_impossible(person: Person, tally: Tally) -> None:
    """Stays that begin after death, whether or not the person was eligible."""
    for claim in person.impossible:
        area = person.area(claim.last)
        if acute(claim.provider) and area is not None:
            tally.add(person, area, month_of(claim.last), "impossible_stays", 1)
