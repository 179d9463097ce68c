"""The population measures, one module for each subject: what it counts, from which source, under which version."""

from services.measures.domain.measures import (
    drug_events,
    home_health,
    hospitalizations,
    long_term_services,
    payments,
    person_time,
    preventable,
    readmissions,
    tenure,
)
from services.measures.domain.person import Person

_SUBJECTS = (
    person_time,
    hospitalizations,
    readmissions,
    tenure,
    drug_events,
    preventable,
    home_health,
    long_term_services,
    payments,
)


def count(person: Person) -> None:
    """Put everything a person contributes to the years that are counted into cells."""
    for subject in _SUBJECTS:
        subject.count(person)
