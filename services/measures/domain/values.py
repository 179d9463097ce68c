"""Value sets as the definitions ask for them; an empty set is one that is not loaded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

CCS_DIAGNOSES: Final = "ccs-diagnoses"
CCS_PROCEDURES: Final = "ccs-procedures"
PLANNED: Final = "planned-readmission"
EXCLUSIONS: Final = "hwr-exclusions"
SURGERY: Final = "hwr-surgery"
CHRONIC: Final = "chronic-conditions"
INGREDIENTS: Final = "drug-ingredients"
LOW_INCOME: Final = "low-income-areas"
NAMES: Final = (
    CCS_DIAGNOSES,
    CCS_PROCEDURES,
    PLANNED,
    EXCLUSIONS,
    SURGERY,
    CHRONIC,
    INGREDIENTS,
    LOW_INCOME,
)


@dataclass(frozen=True)
class ValueSets:
    """What codes mean, by value set: code to its meanings (``planned-readmission``: ``64`` to ``always_px_ccs``).

    ``release`` rises with every change; contributions made under an older one are made again.
    """

    release: int = 0
    sets: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether the value set is loaded."""
        return bool(self.sets.get(name))

    def of(self, name: str, code: str) -> frozenset[str]:
        """The meanings of a code; none where it or the set is unknown."""
        return self.sets.get(name, _NOTHING).get(code, _NO_MEANING)


_NOTHING: Final[Mapping[str, frozenset[str]]] = {}
_NO_MEANING: Final[frozenset[str]] = frozenset()
NO_VALUE_SETS: Final = ValueSets()
