"""Special and vulnerable populations: the flags a person has in a month, and the strata made of them.

Sources: measures research §9 (dual status codes: ResDAC; multiple chronic conditions: CCW; polypharmacy: five or more
ingredients with supply on a day, Masnoon et al. 2017; low income by area is an approximation and named so).
"""

from collections.abc import Collection
from enum import IntFlag
from typing import Final

from services.measures.domain import conditions


class Flag(IntFlag):
    """What is true of a person in a month; the bits are part of what is stored."""

    DUAL_FULL = 1
    DUAL_PARTIAL = 2
    CHRONIC_2 = 4
    CHRONIC_4 = 8
    CHRONIC_6 = 16
    POLYPHARMACY = 32
    POLYPHARMACY_10 = 64
    BEHAVIOURAL = 128
    LOW_INCOME_AREA = 256
    HEART_FAILURE = 512
    DIABETES = 1024
    COPD = 2048


FULL_DUAL: Final = frozenset(("02", "04", "08"))
PARTIAL_DUAL: Final = frozenset(("01", "03", "05", "06"))
_CHRONIC: Final = ((6, Flag.CHRONIC_6), (4, Flag.CHRONIC_4), (2, Flag.CHRONIC_2))
_MEDICATIONS: Final = ((10, Flag.POLYPHARMACY_10), (5, Flag.POLYPHARMACY))
_OWN: Final = (
    (conditions.NUMBER[conditions.HEART_FAILURE], Flag.HEART_FAILURE),
    (conditions.NUMBER[conditions.DIABETES], Flag.DIABETES),
    (conditions.NUMBER[conditions.COPD], Flag.COPD),
    (conditions.BEHAVIOURAL, Flag.BEHAVIOURAL),
)

ALL: Final = "all"
_JOINT: Final = "+"
_NOT: Final = "not-"
_BY_NAME: Final = {flag.name.lower(): flag for flag in Flag if flag.name}
NAMES: Final = (ALL, *_BY_NAME, *(f"{_NOT}{name}" for name in _BY_NAME), "chronic_2+polypharmacy")
"""The strata that are listed; any joint of flags can be asked for."""


def flags_of(*, dual: str, held: Collection[int], medications: int, low_income: bool) -> int:
    """The flags of a month: dual status code, numbers of the conditions held, distinct ingredients, area."""
    flags = Flag(0)
    if dual in FULL_DUAL:
        flags |= Flag.DUAL_FULL
    elif dual in PARTIAL_DUAL:
        flags |= Flag.DUAL_PARTIAL
    chronic = sum(number != conditions.BEHAVIOURAL for number in held)
    for least, flag in _CHRONIC:
        if chronic >= least:
            flags |= flag
    for least, flag in _MEDICATIONS:
        if medications >= least:
            flags |= flag
    for number, flag in _OWN:
        if number in held:
            flags |= flag
    if low_income:
        flags |= Flag.LOW_INCOME_AREA
    return int(flags)


def contains(stratum: str, flags: int) -> bool:
    """Whether persons of these flags belong to a stratum; raises ValueError for a name that is none."""
    has, lacks = _mask(stratum)
    return flags & has == has and not flags & lacks


def _mask(stratum: str) -> tuple[int, int]:
    has = lacks = 0
    if stratum != ALL:
        for part in stratum.split(_JOINT):
            flag = _BY_NAME.get(part.removeprefix(_NOT))
            if flag is None:
                raise ValueError(f"there is no stratum {stratum}")
            if part.startswith(_NOT):
                lacks |= flag
            else:
                has |= flag
    return has, lacks
