"""Whether somebody can act on a day, and whether one can turn to a participant, community or colleague then."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from services.recruitment.domain.communities.kinds import COMMUNITY
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against as participant_reason
from services.recruitment.domain.people.kinds import PERSON
from services.recruitment.domain.people.state import Person
from shared.contracts.replies import Reason
from shared.records.deciding import Held
from shared.records.kinds import Kind

_KINDS: Final[Mapping[str, Kind[Any]]] = {"participant": PARTICIPANT, "community": COMMUNITY, "person": PERSON}


def subject_key(subject: str) -> str:
    """The key of the record a subject (``participant:225009``) is about."""
    kind, _, identifier = subject.partition(":")
    return _KINDS[kind].key(identifier)


def person_reason(person: Person | None, on: dt.date, field: str) -> Reason | None:
    """Why somebody does not serve on a day: PERSON_UNKNOWN, BEFORE_JOINED or PERSON_LEFT."""
    if person is None:
        return Reason(code="PERSON_UNKNOWN", field=field, text="Nobody of the staff or experts has this id.")
    if person.serving(on):
        return None
    first = min(role.since for role in person.roles)
    if on < first:
        return Reason(code="BEFORE_JOINED", field=field, text=f"This person joined on {first}, after {on}.")
    return Reason(code="PERSON_LEFT", field=field, text=f"This person has left or held no role on {on}.")


def subject_reason(subject: str, held: Held, on: dt.date, field: str) -> Reason | None:
    """Why one cannot turn to a subject on a day: it is unknown, closed, merged, dissolved, or has left."""
    kind, _, identifier = subject.partition(":")
    if kind == "participant":
        return participant_reason(held.get(PARTICIPANT, identifier), on, field)
    if kind == "person":
        return person_reason(held.get(PERSON, identifier), on, field)
    community = held.get(COMMUNITY, identifier)
    if community is None:
        return Reason(code="COMMUNITY_UNKNOWN", field=field, text="There is no such community. Define it first.")
    if community.dissolved_on is not None and community.dissolved_on <= on:
        text = f"The community was dissolved on {community.dissolved_on}."
        return Reason(code="COMMUNITY_DISSOLVED", field=field, text=text)
    return None
