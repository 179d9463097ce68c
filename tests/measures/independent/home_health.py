"""Section 8: home-health episodes that begin, and those with a stay in hospital within 60 days."""

from tests.measures.independent.person import Person, Tally
from tests.measures.independent.vocabulary import DAY


def count_home_health(person: Person, tally: Tally) -> None:
    claims = person.of("home_health")
    for position, claim in enumerate(claims):
        if any(earlier.last >= claim.first - 60 * DAY for earlier in claims[:position]):
            continue
        tally.at(person, claim.first, "home_health_starts")
        if any(claim.first <= stay.admission <= claim.first + 59 * DAY for stay in person.stays):
            tally.at(person, claim.first, "home_health_hospitalized")
