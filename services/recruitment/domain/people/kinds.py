"""How people, caseloads and contacts change by their events."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.people.contact_kind import CONTACT
from services.recruitment.domain.people.state import Caseload, Charge, Person, Role
from shared.contracts.recruitment.people import (
    CASELOADS,
    PEOPLE,
    CaseloadAssigned,
    CaseloadReleased,
    CaseloadTransferred,
    PersonAmended,
    PersonRegistered,
    PersonRetired,
    RoleAssigned,
    RoleReleased,
)
from shared.contracts.recruitment.people_terms import Part
from shared.records.kinds import Kind

PersonEvent = PersonRegistered | PersonAmended | RoleAssigned | RoleReleased | PersonRetired
CaseloadEvent = CaseloadAssigned | CaseloadTransferred | CaseloadReleased


def _person(before: Person | None, event: PersonEvent, at: dt.datetime) -> Person:
    del at
    if isinstance(event, PersonRegistered):
        return Person(id=event.person, kind=event.kind, profile=event.profile)
    assert before is not None, "a person begins with PersonRegistered"
    if isinstance(event, PersonAmended):
        return before.model_copy(update={"profile": event.profile})
    return before.model_copy(update={"roles": _roles(before.roles, event)})


def _roles(roles: tuple[Role, ...], event: RoleAssigned | RoleReleased | PersonRetired) -> tuple[Role, ...]:
    match event:
        case RoleAssigned():
            return (*roles, Role(**event.model_dump(exclude={"person"})))
        case RoleReleased():
            return tuple(_ended(one, event.until) if one.role_id == event.role_id else one for one in roles)
        case PersonRetired():
            return tuple(_ended(one, event.until) for one in roles)


def _ended(role: Role, until: dt.date) -> Role:
    """The role, ended by ``until`` at the latest; one that would begin later never holds."""
    if role.until is not None and role.until <= until:
        return role
    return role.model_copy(update={"until": max(role.since, until)})


def _caseload(before: Caseload | None, event: CaseloadEvent, at: dt.datetime) -> Caseload:
    del at
    charges = before.charges if before else ()
    match event:
        case CaseloadAssigned():
            charges = (*charges, Charge(person=event.person, part=event.part, since=event.since))
        case CaseloadTransferred():
            left = _released(charges, {event.before, event.to}, event.on)
            charges = (*left, Charge(person=event.to, part=Part.LEAD, since=event.on))
        case CaseloadReleased():
            charges = _released(charges, {event.person}, event.until)
    return Caseload(subject=event.subject, charges=charges)


def _released(charges: tuple[Charge, ...], people: set[str], until: dt.date) -> tuple[Charge, ...]:
    return tuple(
        one.model_copy(update={"until": until}) if one.until is None and one.person in people else one
        for one in charges
    )


PERSON: Final = Kind(
    name="person",
    state=Person,
    events=(PersonRegistered, PersonAmended, RoleAssigned, RoleReleased, PersonRetired),
    begins=(PersonRegistered,),
    id_of=lambda event: event.person,
    evolve=_person,
    topic=PEOPLE.name,
)
CASELOAD: Final = Kind(
    name="caseload",
    state=Caseload,
    events=(CaseloadAssigned, CaseloadTransferred, CaseloadReleased),
    id_of=lambda event: event.subject,
    evolve=_caseload,
    topic=CASELOADS.name,
)
KINDS: Final[tuple[Kind[Any], ...]] = (PERSON, CASELOAD, CONTACT)
