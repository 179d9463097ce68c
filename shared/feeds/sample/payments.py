"""Made-up groupings of hospital bills: an MS-DRG of a common family, and a payment that rises with severity."""

from random import Random
from typing import Final, NamedTuple

# MS-DRGs of one base each, the most severe first. The numbers are CMS's, amounts and shares are made up.
_FAMILIES: Final = (
    ("291", "292", "293"),  # heart failure
    ("193", "194", "195"),  # pneumonia
    ("190", "191", "192"),  # chronic obstructive pulmonary disease
    ("682", "683", "684"),  # renal failure
    ("377", "378", "379"),  # gastrointestinal haemorrhage
    ("871", "872"),  # septicaemia
    ("689", "690"),  # kidney and urinary tract infections
    ("469", "470"),  # hip or knee replacement
    ("312",),  # syncope
    ("313",),  # chest pain
)
_BASE_CENTS: Final = 450_000
_PER_STEP_CENTS: Final = 260_000
_UPCODED: Final = 0.4


class Side(NamedTuple):
    """What one version of a bill says."""

    drg: str
    paid: int


class Grouping(NamedTuple):
    """What a bill says in the end, and what its first version said where it was corrected."""

    drg: str
    paid: int
    before: Side


def grouping(chance: Random) -> Grouping:
    """Draw a family, a severity, and whether a correction would raise it."""
    family = chance.choice(_FAMILIES)
    place = chance.randrange(len(family))
    rest = chance.randrange(100_000)
    raised = chance.random() < _UPCODED and place + 1 < len(family)
    now, earlier = (Side(family[at], _cents(family, at) + rest) for at in (place, place + raised))
    return Grouping(now.drg, now.paid, earlier)


def _cents(family: tuple[str, ...], place: int) -> int:
    return _BASE_CENTS + _PER_STEP_CENTS * (len(family) - 1 - place)
