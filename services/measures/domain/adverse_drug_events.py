"""Adverse drug events by diagnosis code, and which drugs put a person at risk of them.

The classes are the three of the National Action Plan for Adverse Drug Event Prevention (2014). The codes are the
narrow set ``ade_valueset_v1`` of the measures research §4.1: the list the QIO program's own coordinating centre used
was not found, so bleeding or low sugar without a code that names the drug does not count here.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

ANTICOAGULANT: Final = "anticoagulant"
DIABETIC: Final = "diabetic"
OPIOID: Final = "opioid"
ANY: Final = "any"
HIGH_RISK: Final = (ANTICOAGULANT, DIABETIC, OPIOID)

ADVERSE_EFFECT: Final = "5"  # 1 accident, 2 self-harm, 3 assault, 4 undetermined, 6 underdosing
_INITIAL: Final = "A"  # D: a later encounter for the same event, S: what it left behind
_DRUG: Final = re.compile(r"T(?:3[6-9]|4[0-9]|50)[0-9A-Z]{4}")

# ICD-10-CM; T40.4 was split by drug in fiscal year 2021, N14.1 by cause in 2023.
_EVENT_CODES: Final[Mapping[str, frozenset[str]]] = {
    ANTICOAGULANT: frozenset(("T45515A", "D6832")),
    DIABETIC: frozenset(
        (
            *("T383X5A", "E160"),
            *("E09641", "E09649", "E10641", "E10649", "E11641", "E11649", "E13641", "E13649"),
        )
    ),
    OPIOID: frozenset(
        ("T400X5A", "T402X5A", "T403X5A", "T404X5A", "T40415A", "T40425A", "T40495A", "T40605A", "T40695A")
    ),
    ANY: frozenset(("D6832", "E160", "I952", "L270", "N141", "N1411", "N1419", "T887XXA")),
}

# Long-term (current) use of the drug, ICD-10-CM.
_EXPOSURE_CODES: Final[Mapping[str, frozenset[str]]] = {
    "Z7901": frozenset((ANTICOAGULANT,)),
    "Z794": frozenset((DIABETIC,)),
    "Z7984": frozenset((DIABETIC,)),
    "Z79891": frozenset((OPIOID,)),
}

# Ingredients by the first word of their RxNorm name, as sold in the United States; a salt follows the word. Kinds of
# insulin all begin with the same one. Opioid antagonists and drugs for diarrhoea and cough without abuse are none.
_INGREDIENTS: Final[Mapping[str, tuple[str, ...]]] = {
    ANTICOAGULANT: (
        *("warfarin", "apixaban", "betrixaban", "dabigatran", "edoxaban", "rivaroxaban"),
        *("heparin", "dalteparin", "enoxaparin", "tinzaparin", "fondaparinux"),
        *("argatroban", "bivalirudin", "desirudin"),
    ),
    DIABETIC: (
        "insulin",
        *("acetohexamide", "chlorpropamide", "glimepiride", "glipizide", "glyburide", "tolazamide", "tolbutamide"),
        *("metformin", "nateglinide", "repaglinide", "pioglitazone", "rosiglitazone", "acarbose", "miglitol"),
        *("alogliptin", "linagliptin", "saxagliptin", "sitagliptin"),
        *("bexagliflozin", "canagliflozin", "dapagliflozin", "empagliflozin", "ertugliflozin", "sotagliflozin"),
        *("albiglutide", "dulaglutide", "exenatide", "liraglutide", "lixisenatide", "semaglutide", "tirzepatide"),
        "pramlintide",
    ),
    OPIOID: (
        *("codeine", "dihydrocodeine", "hydrocodone", "hydromorphone", "morphine", "opium", "oxycodone", "oxymorphone"),
        *("alfentanil", "fentanyl", "remifentanil", "sufentanil", "meperidine", "methadone", "levorphanol"),
        *("buprenorphine", "butorphanol", "nalbuphine", "pentazocine", "propoxyphene", "tapentadol", "tramadol"),
    ),
}
_CLASS: Final = {word: name for name, words in _INGREDIENTS.items() for word in words}
_WORD: Final = re.compile(r"[a-z]+")
_NONE: Final[frozenset[str]] = frozenset()


def intent_of(code: str) -> str | None:
    """The intent character of a seven-character code of T36-T50; None for any other code.

    It is the sixth character, or the fifth where the sixth is the placeholder X.
    """
    if _DRUG.fullmatch(code) is None:
        return None
    return code[5] if code[5] != "X" else code[4]


@lru_cache(maxsize=65_536)
def classes_of_event(code: str) -> frozenset[str]:
    """The classes an ICD-10-CM diagnosis is an event of; each of HIGH_RISK comes with ``any``."""
    found = frozenset(name for name, codes in _EVENT_CODES.items() if code in codes)
    if found or (intent_of(code) == ADVERSE_EFFECT and code[-1] == _INITIAL):
        return found | {ANY}
    return found


def exposure_of_code(code: str) -> frozenset[str]:
    """The classes of HIGH_RISK an ICD-10-CM diagnosis says the person takes for long; never ``any``."""
    return _EXPOSURE_CODES.get(code, _NONE)


def class_of_ingredient(name: str) -> str | None:
    """The class of HIGH_RISK an ingredient belongs to, by its generic name in any case; salts may follow the name."""
    word = _WORD.match(name.strip().lower())
    return _CLASS.get(word[0]) if word is not None else None
