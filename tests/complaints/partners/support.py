"""Two partners with keys of the tests, and a payment review both have to do with."""

import base64
import json
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from services.complaints.announcements import Announcer
from services.complaints.domain.case import Case
from services.complaints.domain.look import Act
from services.complaints.partners.directory import Directory
from services.complaints.partners.names import CaseNames
from services.complaints.partners.outgoing import Correspondence
from services.complaints.partners.sealing import SUITE, info
from services.complaints.pseudonyms import Pseudonyms
from services.complaints.settings import ComplaintsSettings
from shared.contracts.complaints import CaseContact, CaseParty, CaseType, Channel, FileCase, ProviderType, Role
from shared.runtime.partners import Partner
from tests.complaints.cases import command, done
from tests.support.service import KEYRING

BENEFICIARY = "0123456789abcdef0123456789abcdef"
CLAIM = "fedcba9876543210fedcba9876543210"
PATIENT = "Ana Perez"
PRIVATE = {name: X25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n, name in enumerate(("lake", "mac"), 1)}


def partner(name: str, kind: Literal["mac", "plan", "provider"], **answers: Any) -> Partner:
    """A partner whose private key the tests hold."""
    public = base64.b64encode(PRIVATE[name].public_key().public_bytes_raw()).decode()
    return Partner(id=name, kind=kind, name=f"The {name}", public_key=public, **answers)


LAKE = partner("lake", "provider", numbers=frozenset({"140001"}))
MAC = partner("mac", "mac", states=frozenset({"IL"}))
NAMES = CaseNames(KEYRING)
CORRESPONDENCE = Correspondence(Directory((LAKE, MAC)), NAMES)
ANNOUNCER = Announcer(Pseudonyms(KEYRING), ComplaintsSettings(), CORRESPONDENCE)


def review(**changed: Any) -> FileCase:
    """A short stay drawn for review, with everybody named whom its letters go to."""
    roles = (Role.BENEFICIARY, Role.PROVIDER, Role.PRACTITIONER, Role.MAC)
    names = {Role.BENEFICIARY: PATIENT, Role.PRACTITIONER: "Dr. Li"}
    parties = tuple(
        CaseParty(role=role, contact=CaseContact(name=names.get(role, f"The {role.value}"))) for role in roles
    )
    values: dict[str, Any] = {
        "case_type": CaseType.SHORT_STAY,
        "beneficiary": BENEFICIARY,
        "claim": CLAIM,
        "parties": parties,
        "facility_ccn": "140001",
        "provider_type": ProviderType.HOSPITAL,
        "channel": Channel.DRAW,
        "received_at": "2026-07-01T09:00:00-05:00",
        "facts": {"service_date": "2026-06-11", "claim_date": "2026-06-20"},
        "amount_cents": 650_000,
    }
    return command(**(values | changed))


def requested(at: str = "2026-07-02T09:00:00-05:00") -> Act:
    """The records are asked for."""
    return done("records_requested", at, words={"records_wanted": "The whole record of the stay."})


def opened_seal(partner_: Partner, case: Case, sealed: str) -> Any:
    """What the partner reads with its private key."""
    bound = info(partner_.id, NAMES.name(partner_.id, case.id))
    return json.loads(SUITE.decrypt(base64.b64decode(sealed), PRIVATE[partner_.id], bound))
