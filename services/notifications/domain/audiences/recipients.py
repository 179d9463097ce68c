"""In which role somebody of an audience is written to."""

from collections.abc import Set as AbstractSet
from typing import Final

from services.notifications.domain.catalogue.audiences import PEOPLE, role_of
from shared.contracts.notifications import Role
from shared.contracts.notifications.terms import Part

# Somebody meant in several parts is written to in the first of these: what concerns them most closely comes before
# their profession, and what they are told as the QIO's own people comes last.
_FIRST: Final = (Part.RESIDENT, Part.BENEFICIARY, Part.FAMILY, Part.CAREGIVER, Part.PRACTITIONER, Part.OWNER)
_LAST: Final = (Part.STAKEHOLDER, Part.SUPERVISOR, Part.QIO_STAFF)
ORDER: Final = (*_FIRST, *(part for part in Part if part not in _FIRST + _LAST), *_LAST)
# Those who are written to in plain words, in English and in Spanish.
PUBLIC: Final = frozenset(part for part in Part if role_of(part) in PEOPLE)


def role(parts: AbstractSet[Part], *, organisation: bool) -> Role:
    """The role of somebody meant by these parts; who is meant by none, as on a list, is a person of the public."""
    found = next((role_of(part) for part in ORDER if part in parts), None)
    return found or ("agency" if organisation else "beneficiary")
