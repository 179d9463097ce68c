"""The population measures, one module for each subject: what it counts, from which source, under which version."""

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
from services.measures.domain.person import Person
from services.measures.domain.timeline import Setting


def count(person: Person) -> None:
    """Put everything a person contributes to the years that are counted into cells, person-time left aside.

    Subjects that find nothing in what the person has are not asked.
    """
    hospitalizations.count(person)
    payments.count(person)
    tenure.count(person)
    if person.coded:
        readmissions.count(person)
        preventable.count(person)
    if person.coded or person.fills:
        drug_events.count(person)
    if Setting.HOME_HEALTH in person.settings:
        home_health.count(person)
    if person.services:
        long_term_services.count(person)
