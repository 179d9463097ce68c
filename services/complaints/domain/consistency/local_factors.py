"""What about the place, not the person, made a case: coded local factors, counted per state and provider type."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from services.complaints.domain.consistency.rates import Cell, Comparison, Dimension, compared
from services.complaints.domain.consistency.small_cells import for_outside
from services.complaints.domain.refusal import Refusal
from shared.contracts.replies import Reason

FACTORS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "NO_SNF_BED": "No bed in a skilled nursing facility that could take the patient",
        "NO_HOME_HEALTH_AGENCY": "No home health agency that could start in time",
        "NO_HOSPICE": "No hospice that could take the patient",
        "NO_EQUIPMENT": "Medical equipment or oxygen not to be had in time",
        "NO_FOLLOW_UP_VISIT": "No visit to a physician to be had in time after discharge",
        "NO_PHARMACY": "Medicines not to be had in time",
        "WEEKEND_DISCHARGE": "Discharge or end of service on a weekend or holiday",
        "RURAL_DISTANCE": "Long way to the next suitable provider",
        "LANGUAGE": "No common language, or no interpreter",
        "CAREGIVER_ABSENT": "Nobody at home who can give care",
        "UNSAFE_HOME": "Home not fit for the patient to live in, or no home",
        "TRANSPORT": "No transport",
        "DISASTER": "Disaster or public health emergency in the area",
    }
)
_CODE: Final = re.compile(r"[A-Z][A-Z0-9_]{2,39}")


@dataclass(frozen=True, slots=True)
class Registry:
    """The codes that may be recorded, with their meaning in words."""

    factors: Mapping[str, str] = field(default_factory=lambda: FACTORS)

    @classmethod
    def configured(cls, more: Mapping[str, str]) -> "Registry":
        """The built-in codes and those of this QIO; raises ValueError for a bad, empty or redefined one."""
        for code, text in more.items():
            if not _CODE.fullmatch(code):
                raise ValueError("a local factor is 3 to 40 capital letters, digits and underscores, a letter first")
            if code in FACTORS:
                raise ValueError(f"the local factor {code} is built in")
            if not text.strip() or len(text) > 200:
                raise ValueError(f"the local factor {code} has no text, or one of more than 200 characters")
        return cls(MappingProxyType({**FACTORS, **more}))

    def checked(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The codes to record, each once, in order; raises Refusal for one that is not in the registry."""
        wanted = set(codes)
        if not wanted <= self.factors.keys():
            text = f"Only these local factors are known: {', '.join(sorted(self.factors))}."
            raise Refusal(Reason(code="LOCAL_FACTOR_UNKNOWN", field="local_factors", text=text))
        return tuple(sorted(wanted))


class FactorCount(NamedTuple):
    """In how many cases of a group a factor was recorded."""

    factor: str
    group: str
    cases: int


def frequencies(
    dimension: Dimension, counts: Collection[FactorCount], cases: Mapping[str, int], *, outside: bool
) -> dict[str, Comparison]:
    """By factor, its share of the cases of each group; ``cases`` has all groups with all their cases.

    A factor is recorded where a reviewer saw it: a low share may be a habit of recording. ``outside`` hides small
    numbers.
    """
    recorded: dict[str, dict[str, int]] = defaultdict(dict)
    for count in counts:
        recorded[count.factor][count.group] = count.cases
    found = {}
    for factor, by_group in sorted(recorded.items()):
        cells = [Cell(group, by_group.get(group, 0), total) for group, total in cases.items()]
        found[factor] = for_outside(dimension, cells) if outside else compared(cells)
    return found
