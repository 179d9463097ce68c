"""How participants, their identifiers and owners change by their events."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.participants import evolving
from services.recruitment.domain.participants.state import (
    FamilyPartner,
    Identifier,
    Owner,
    OwnerTree,
    Participant,
    PartnerName,
)
from shared.contracts.message import Event
from shared.contracts.recruitment.family_partners import (
    FAMILY_PARTNERS,
    PARTNER_NAMES,
    ConsentWithdrawn,
    PartnerNamed,
    PartnerNameErased,
    PartnerNamesTidied,
    PartnerRegistered,
)
from shared.contracts.recruitment.owners import OWNERS, OwnerAmended, OwnerRegistered, ParentOwnerRecorded
from shared.contracts.recruitment.participants import (
    FACILITIES,
    FacilityListed,
    IdentifierAssigned,
    IdentifierReleased,
    ParticipantRegistered,
)
from shared.records.kinds import Kind
from shared.records.tidied import tidied_kind

# There is one tree of owners.
THE_TREE: Final = "all"


def _participant(event: Any) -> str:
    if isinstance(event, FacilityListed):
        return event.participant or event.ccn
    identifier: str = event.participant
    return identifier


def _held(before: Identifier | None, event: Event, at: dt.datetime) -> Identifier:
    del before, at
    return Identifier(participant=event.participant if isinstance(event, IdentifierAssigned) else None)


def _partner(before: FamilyPartner | None, event: Event, at: dt.datetime) -> FamilyPartner:
    del at
    if isinstance(event, PartnerRegistered):
        return FamilyPartner(
            id=event.participant,
            consented_on=event.consented_on,
            consent=event.consent,
        )
    assert before is not None
    assert isinstance(event, ConsentWithdrawn)
    return before.model_copy(update={"withdrawn_on": event.on})


def _name(before: PartnerName | None, event: PartnerNamed | PartnerNameErased, at: dt.datetime) -> PartnerName:
    # From the event alone: its topic keeps only the last of each person.
    del before, at
    named = event.display_name if isinstance(event, PartnerNamed) else None
    return PartnerName(id=event.participant, display_name=named)


def _owner(before: Owner | None, event: Event, at: dt.datetime) -> Owner:
    del at
    if isinstance(event, ParentOwnerRecorded):
        assert before is not None
        parents = dict(sorted({**before.parents, event.since.isoformat(): event.parent}.items()))
        return before.model_copy(update={"parents": parents})
    assert isinstance(event, OwnerRegistered | OwnerAmended)
    return Owner(id=event.owner, name=event.name, parents=before.parents if before else {})


def _tree(before: OwnerTree | None, event: ParentOwnerRecorded, at: dt.datetime) -> OwnerTree:
    del at
    held = before.parents if before else {}
    steps = {**held.get(event.owner, {}), event.since.isoformat(): event.parent}
    return OwnerTree(parents={**held, event.owner: dict(sorted(steps.items()))})


PARTICIPANT: Final = Kind(
    name="participant",
    state=Participant,
    events=evolving.EVENTS,
    begins=(
        FacilityListed,
        ParticipantRegistered,
    ),
    id_of=_participant,
    evolve=evolving.evolve,
    topic=FACILITIES.name,
)
IDENTIFIER: Final = Kind(
    name="identifier",
    state=Identifier,
    events=(IdentifierAssigned, IdentifierReleased),
    id_of=lambda event: event.identifier,
    evolve=_held,
    topic=None,
)
FAMILY_PARTNER: Final = Kind(
    name="family-partner",
    state=FamilyPartner,
    events=(PartnerRegistered, ConsentWithdrawn),
    begins=(PartnerRegistered,),
    id_of=lambda event: event.participant,
    evolve=_partner,
    topic=FAMILY_PARTNERS.name,
)
PARTNER_NAME: Final = Kind(
    name="family-partner-name",
    state=PartnerName,
    events=(PartnerNamed, PartnerNameErased),
    id_of=lambda event: event.participant,
    evolve=_name,
    topic=PARTNER_NAMES.name,
)
NAMES_TIDIED: Final = tidied_kind("partner-names-tidied", PartnerNamesTidied, PARTNER_NAMES.name)
OWNER: Final = Kind(
    name="owner",
    state=Owner,
    events=(OwnerRegistered, OwnerAmended, ParentOwnerRecorded),
    begins=(
        OwnerRegistered,
        OwnerAmended,
    ),
    id_of=lambda event: event.owner,
    evolve=_owner,
    topic=OWNERS.name,
)
OWNER_TREE: Final = Kind(
    name="owner-tree",
    state=OwnerTree,
    events=(ParentOwnerRecorded,),
    id_of=lambda _: THE_TREE,
    evolve=_tree,
    topic=None,
)
KINDS: Final[tuple[Kind[Any], ...]] = (
    PARTICIPANT,
    IDENTIFIER,
    FAMILY_PARTNER,
    PARTNER_NAME,
    NAMES_TIDIED,
    OWNER,
    OWNER_TREE,
)
