"""All measures there are, in the order they are listed."""

from collections.abc import Mapping
from typing import Final

from services.measures.domain.definitions import Definition
from services.measures.domain.measures import (
    drug_events,
    home_health,
    hospitalizations,
    long_term_services,
    payments,
    preventable,
    readmissions,
    tenure,
)

DEFINITIONS: Final[tuple[Definition, ...]] = (
    *hospitalizations.DEFINITIONS,
    *readmissions.DEFINITIONS,
    *tenure.DEFINITIONS,
    *drug_events.DEFINITIONS,
    *preventable.DEFINITIONS,
    *home_health.DEFINITIONS,
    *long_term_services.DEFINITIONS,
    *payments.DEFINITIONS,
)
BY_ID: Final[Mapping[str, Definition]] = {definition.id: definition for definition in DEFINITIONS}
OF_HOSPITALS: Final = tuple(definition for definition in DEFINITIONS if definition.of_hospitals)
