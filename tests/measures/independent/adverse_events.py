"""Section 6: adverse drug events after discharge, by class of drug and by where they were treated.

Codes: the narrow sets of measures research 4.1.
"""

import datetime as dt
from dataclasses import dataclass

from tests.measures.independent.in_force import Claim
from tests.measures.independent.person import Person, Tally
from tests.measures.independent.stays import Stay
from tests.measures.independent.vocabulary import DAY

LEVELS = ("ed", "observation", "inpatient")
CLASSES = ("anticoagulant", "diabetic", "opioid")
PRESENT_ON_ADMISSION = {"Y", "W", "1"}

EVENTS = {
    "anticoagulant": {"T45515A", "D6832"},
    "diabetic": {
        "T383X5A", "E160", "E11649", "E11641", "E10649", "E10641", "E13649", "E13641", "E09649", "E09641",
    },
    "opioid": {
        "T402X5A", "T403X5A", "T404X5A", "T40415A", "T40425A", "T40495A", "T400X5A", "T40605A", "T40695A",
    },
}  # fmt: skip
ANY_EVENT = {"D6832", "E160", "I952", "L270", "N141", "N1411", "N1419", "T887XXA"}.union(*EVENTS.values())

LONG_TERM_USE = {
    "anticoagulant": {"Z7901"},
    "diabetic": {"Z794", "Z7984"},
    "opioid": {"Z79891"},
}

# By the first word of the name; all kinds of insulin begin with the same one. Diabetic: all that lower glucose, as
# Z79.4 and Z79.84 do not tell more either.
INGREDIENTS = {
    "anticoagulant": {
        "warfarin", "apixaban", "betrixaban", "dabigatran", "edoxaban", "rivaroxaban", "heparin", "dalteparin",
        "enoxaparin", "tinzaparin", "fondaparinux", "argatroban", "bivalirudin", "desirudin",
    },
    "diabetic": {
        "insulin", "pramlintide", "metformin", "acarbose", "miglitol", "nateglinide", "repaglinide",
        "acetohexamide", "chlorpropamide", "tolazamide", "tolbutamide", "glimepiride", "glipizide", "glyburide",
        "pioglitazone", "rosiglitazone", "alogliptin", "linagliptin", "saxagliptin", "sitagliptin",
        "bexagliflozin", "canagliflozin", "dapagliflozin", "empagliflozin", "ertugliflozin", "sotagliflozin",
        "albiglutide", "dulaglutide", "exenatide", "liraglutide", "lixisenatide", "semaglutide", "tirzepatide",
    },
    "opioid": {
        "codeine", "dihydrocodeine", "hydrocodone", "hydromorphone", "morphine", "opium", "oxycodone",
        "oxymorphone", "alfentanil", "fentanyl", "remifentanil", "sufentanil", "meperidine", "methadone",
        "levorphanol", "buprenorphine", "butorphanol", "nalbuphine", "pentazocine", "propoxyphene", "tapentadol",
        "tramadol",
    },
}  # fmt: skip


@dataclass(eq=False)
class Visit:
    """A visit that an event was treated at; several that follow each other at one provider are a chain."""

    day: dt.date
    end: dt.date
    level: int
    provider: str
    ref: str
    codes: set[str]
    stays: list[Stay]


def adverse_effect(code: str) -> bool:
    """A poisoning code T36-T50 with intent 5 (adverse effect) at the initial encounter."""
    if len(code) != 7 or code[0] != "T" or not code[1:3].isdigit() or not 36 <= int(code[1:3]) <= 50:
        return False
    intent = code[5] if code[5] != "X" else code[4]
    return intent == "5" and code[6] == "A"


def tells_event(code: str, drug_class: str) -> bool:
    if drug_class == "any":
        return code in ANY_EVENT or adverse_effect(code)
    return code in EVENTS[drug_class]


def of_class(ingredient: str, drug_class: str) -> bool:
    first_word = ingredient.lower().split()[0].strip(",")
    return first_word in INGREDIENTS[drug_class]


def active(person: Person, stay: Stay, drug_class: str) -> bool:
    """Whether the patient went home with a drug of the class."""
    if drug_class == "any":
        return any(active(person, stay, one) for one in CLASSES)
    if any(code in LONG_TERM_USE[drug_class] for claim in stay.claims for code in claim.diagnoses):
        return True
    day = stay.discharge
    for fill in person.fills:
        if any(of_class(name, drug_class) for name in person.meanings("drug-ingredients", fill["code"])):
            covers = fill["filled"] <= day < fill["filled"] + fill["days"] * DAY
            soon_after = day < fill["filled"] <= day + 7 * DAY
            if covers or soon_after:
                return True
    return False


def present_on_admission(claim: Claim) -> set[str]:
    return {code for code, poa in zip(claim.diagnoses, claim.poa, strict=False) if poa in PRESENT_ON_ADMISSION}


def visits_of(person: Person) -> list[Visit]:
    found = []
    for stay in person.stays:
        codes = set().union(*(present_on_admission(claim) for claim in stay.claims))
        opening = stay.opening
        found.append(Visit(stay.admission, stay.discharge, 2, opening.provider, opening.ref, codes, [stay]))
    for claim in person.of("outpatient"):
        if claim.observation or claim.emergency:
            level = 1 if claim.observation else 0
            found.append(Visit(claim.first, claim.last, level, claim.provider, claim.ref, set(claim.diagnoses), []))
    return sorted(found, key=lambda v: (v.day, v.end, v.level, v.provider, v.ref))


def chains_of(visits: list[Visit]) -> list[Visit]:
    """Visits one after the other at one provider, whatever happens elsewhere between them, each chain as one visit at
    the highest level."""
    chains: list[Visit] = []
    for visit in visits:
        at_this_provider = [chain for chain in chains if chain.provider == visit.provider]
        if at_this_provider and (visit.day - at_this_provider[-1].end).days <= 1:
            chain = at_this_provider[-1]
            chain.end = max(chain.end, visit.end)
            chain.level = max(chain.level, visit.level)
            chain.stays = chain.stays + visit.stays
        else:
            chains.append(visit)
    return chains


def count_adverse_events(person: Person, tally: Tally) -> None:
    discharges = [stay for stay in person.stays if stay.live(person.death) and person.eligible(stay.discharge)]
    for drug_class in (*CLASSES, "any"):
        indexes = [stay for stay in discharges if active(person, stay, drug_class)]
        for stay in indexes:
            tally.at(person, stay.discharge, f"ade_index_{drug_class}")
        visits = [visit for visit in visits_of(person) if any(tells_event(code, drug_class) for code in visit.codes)]
        hits: dict[int, int] = {}
        for chain in chains_of(visits):
            tally.at(person, chain.day, f"ade_event_{drug_class}_{LEVELS[chain.level]}")
            before = [
                position
                for position, stay in enumerate(indexes)
                if stay.discharge <= chain.day <= stay.discharge + 30 * DAY and stay not in chain.stays
            ]
            if before:
                hits[before[-1]] = max(hits.get(before[-1], 0), chain.level)
        for position, level in hits.items():
            tally.at(person, indexes[position].discharge, f"ade_hit_{drug_class}_{LEVELS[level]}")
