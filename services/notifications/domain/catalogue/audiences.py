"""Who gets which letter: professionals one in English, everyone else plain words in two languages, staff their own."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from shared.contracts.notifications import Role
from shared.contracts.notifications.terms import Part

_PROFESSIONALS: Final[tuple[Role, ...]] = (
    "facility",
    "provider",
    "practitioner",
    "agency",
    "owner",
    "frontline",
    "coalition",
    "community",
    "coach",
    "partner",
)
_PEOPLE: Final[tuple[Role, ...]] = ("beneficiary", "representative", "resident", "family", "caregiver")
_STAFF: Final[tuple[Role, ...]] = ("qio_staff", "supervisor")

MEMBERS: Final[Mapping[str, str]] = MappingProxyType(dict.fromkeys(_PROFESSIONALS, "member"))
PEOPLE: Final[Mapping[str, str]] = MappingProxyType(dict.fromkeys(_PEOPLE, "person"))
STAFF: Final[Mapping[str, str]] = MappingProxyType(dict.fromkeys(_STAFF, "staff"))
# Staff of a QIO take part in its network themselves and read what they send.
NETWORK: Final[Mapping[str, str]] = MappingProxyType({**MEMBERS, **dict.fromkeys(_STAFF, "member")})
EVERYONE: Final[Mapping[str, str]] = MappingProxyType({**NETWORK, **PEOPLE})

_ROLES: Final[Mapping[Part, Role]] = MappingProxyType(
    {
        Part.ADMINISTRATOR: "facility",
        Part.QUALITY_LEAD: "facility",
        Part.FRONTLINE: "frontline",
        Part.CAREGIVER: "caregiver",
        Part.OWNER: "owner",
        Part.RESIDENT: "resident",
        Part.FAMILY: "family",
        Part.BENEFICIARY: "beneficiary",
        Part.PRACTITIONER: "practitioner",
        Part.COALITION_LEAD: "coalition",
        Part.COALITION_MEMBER: "coalition",
        Part.COMMUNITY_LEADER: "community",
        Part.PEER_COACH: "coach",
        Part.QIO_STAFF: "qio_staff",
        Part.SUPERVISOR: "supervisor",
        Part.STAKEHOLDER: "partner",
    }
)


def role_of(part: Part) -> Role:
    """The role in which somebody who holds a part gets a notice."""
    return _ROLES[part]
