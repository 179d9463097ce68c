"""Commands about participants that would be accepted, and a desk that knows some."""

import datetime as dt
from typing import Any

from services.recruitment.domain.participants.editions import told
from services.recruitment.domain.participants.kinds import IDENTIFIER, PARTICIPANT
from services.recruitment.domain.participants.state import Identifier, Participant
from shared.contracts.feeds import HospitalListed
from shared.contracts.recruitment.owners import RecordParentOwner, RegisterOwner
from shared.contracts.recruitment.participant_commands import (
    AmendParticipant,
    AssignIdentifier,
    CloseParticipant,
    MergeParticipant,
    RecordOwnership,
    RegisterParticipant,
    ReleaseIdentifier,
    ReopenParticipant,
)
from shared.contracts.recruitment.participants import FACILITIES
from shared.messaging.handling import Emit
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.support import listed

HOME, OTHER, THIRD = "225009", "225010", "225011"
# The worked example of the check digit in CMS's requirements for the NPI.
AN_NPI = "npi:1234567893"


def register(**fields: Any) -> RegisterParticipant:
    """A pharmacy in Cambridge."""
    plain = {"actor": "t", "participant": AN_NPI, "setting": "PHARMACY", "name": "Corner Pharmacy"}
    return RegisterParticipant.model_validate({**plain, "state": "MA", "zip_code": "02139", **fields})


def amend(participant: str = HOME, **fields: Any) -> AmendParticipant:
    """An amendment."""
    return AmendParticipant.model_validate({"actor": "t", "participant": participant, **fields})


def assign(identifier: str, participant: str = HOME) -> AssignIdentifier:
    """A further identifier."""
    return AssignIdentifier(actor="t", participant=participant, identifier=identifier)


def release(identifier: str, participant: str = HOME) -> ReleaseIdentifier:
    """A further identifier less."""
    return ReleaseIdentifier(actor="t", participant=participant, identifier=identifier)


def close(participant: str = HOME, on: str = "2015-01-31", **fields: Any) -> CloseParticipant:
    """A closing."""
    plain = {"actor": "t", "participant": participant, "on": on, "reason": "BY_ITS_OWNER"}
    return CloseParticipant.model_validate({**plain, **fields})


def reopen(participant: str = HOME, on: str = "2015-02-28", **fields: Any) -> ReopenParticipant:
    """A reopening."""
    plain = {"actor": "t", "participant": participant, "on": on, "reason": "OPEN_AGAIN"}
    return ReopenParticipant.model_validate({**plain, **fields})


def merge(participant: str = HOME, into: str = OTHER, on: str = "2015-01-31", **fields: Any) -> MergeParticipant:
    """A merger."""
    plain = {"actor": "t", "participant": participant, "into": into, "on": on, "reason": "CONSOLIDATED"}
    return MergeParticipant.model_validate({**plain, **fields})


def own(owner: str | None, since: str, participant: str = HOME) -> RecordOwnership:
    """An owner from a day on."""
    return RecordOwnership(actor="t", participant=participant, owner=owner, since=dt.date.fromisoformat(since))


def owner(identifier: str) -> RegisterOwner:
    """An owner."""
    return RegisterOwner(actor="t", owner=identifier, name=f"{identifier} Incorporated")


def belong(identifier: str, parent: str | None, since: str) -> RecordParentOwner:
    """Whom an owner belongs to from a day on."""
    return RecordParentOwner(actor="t", owner=identifier, parent=parent, since=dt.date.fromisoformat(since))


def hospital(ccn: str = "220001", as_of: str = "2024-01-01", **fields: Any) -> HospitalListed:
    """A listing of a hospital."""
    plain = {"name": "Mercy", "state": "MA", "zip_code": "02139", "kind": "Acute Care Hospitals", "rating": 3}
    return HospitalListed.model_validate({**plain, "ccn": ccn, "as_of": as_of, **fields})


def desk(*listings: Any, now: dt.datetime = NOW) -> Desk:
    """A desk at which these listings came in; three homes when none is given."""
    made = Desk(now)
    for listing in listings or (listed(HOME), listed(OTHER), listed(THIRD)):
        list_at(made, listing)
    return made


def list_at(at: Desk, listing: Any) -> None:
    """A listing comes in, and is of whoever its number belongs to."""
    holder = at.records.get(IDENTIFIER.key(listing.ccn))
    whose = holder.participant if isinstance(holder, Identifier) and holder.participant else listing.ccn
    before = at.records.get(PARTICIPANT.key(whose))
    assert before is None or isinstance(before, Participant)
    event = told(listing, whose, before)
    if event is not None:
        at.has(event)
        at.said.append(Emit(FACILITIES.name, whose, event))


def participant(at: Desk, identifier: str = HOME) -> Participant:
    """A participant as it stands."""
    return at.held(PARTICIPANT, identifier)
