"""All kinds of facility data there are, and their measures by id."""

from collections.abc import Mapping
from typing import Final

from services.measures.domain.activity.definitions import FAMILIES
from services.measures.domain.counts.kind import HOME_COUNTS, HOSPITAL_COUNTS
from services.measures.domain.infections.kind import INFECTIONS
from services.measures.domain.panel.kind import Kind
from services.measures.domain.panel.measure import FacilityMeasure
from services.measures.domain.practices.kind import PATIENTS
from services.measures.domain.residents.kind import RESIDENTS
from services.measures.domain.scores.kind import SCORES

KINDS: Final[tuple[Kind, ...]] = (INFECTIONS, HOSPITAL_COUNTS, SCORES, RESIDENTS, HOME_COUNTS, PATIENTS)
MEASURES: Final[Mapping[str, FacilityMeasure]] = {
    measure.id: measure for family in (*KINDS, *FAMILIES.values()) for measure in family.measures
}
