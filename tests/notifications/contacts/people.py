"""Commands about contacts that would be accepted."""

from typing import Any
from uuid import UUID

from services.notifications.domain.contacts.kinds import CONTACT
from shared.contracts.notifications.contacts import (
    AmendContact,
    ContactFacts,
    EndRole,
    ForgetContact,
    GiveRole,
    MergeContacts,
    RegisterContact,
    SetPreferences,
)
from tests.notifications.desk import Desk

POSTAL = {"lines": ["1 Main Street"], "city": "Cambridge", "state": "MA", "zip_code": "02139"}
EVERY_ADDRESS = {
    "email": "ida@home.example",
    "phone": "(617) 555-0100 x12",
    "mobile": "617-555-0101",
    "postal": POSTAL,
    "portal": "ida-7",
}
HOME = "facility:225009"


def register(name: str = "Ida Oakhanger", contact: UUID | None = None, **facts: Any) -> RegisterContact:
    plain = {"name": name, "addresses": {"email": "ida@home.example"}}
    return RegisterContact.model_validate({"actor": "t", "contact": contact, "facts": {**plain, **facts}})


def amend(contact: UUID, **fields: Any) -> AmendContact:
    return AmendContact.model_validate({"actor": "t", "contact": contact, **fields})


def give(contact: UUID, part: str = "ADMINISTRATOR", place: str = HOME, **days: Any) -> GiveRole:
    plain = {"actor": "t", "contact": contact, "part": part, "place": place, "since": "2015-01-01"}
    return GiveRole.model_validate({**plain, **days})


def end(contact: UUID, until: str, part: str = "ADMINISTRATOR", place: str = HOME) -> EndRole:
    return EndRole.model_validate({"actor": "t", "contact": contact, "part": part, "place": place, "until": until})


def prefer(contact: UUID, **wishes: Any) -> SetPreferences:
    return SetPreferences.model_validate({"actor": "t", "contact": contact, "preferences": wishes})


def forget(contact: UUID) -> ForgetContact:
    return ForgetContact(actor="t", contact=contact)


def merge(contact: UUID, other: UUID) -> MergeContacts:
    return MergeContacts(actor="t", contact=contact, other=other)


def known(desk: Desk, **facts: Any) -> UUID:
    """The id of a contact that was registered."""
    return UUID(desk.done(register(**facts))["contact"])


def facts_of(desk: Desk, contact: UUID) -> ContactFacts:
    found = desk.held(CONTACT, str(contact)).facts
    assert found is not None
    return found
