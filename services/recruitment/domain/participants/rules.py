"""The rules of participants: registering, amending, identifying, closing, merging, owning."""

from collections.abc import Mapping
from functools import partial

from services.recruitment.domain.participants import identifying, owning, partnering, registering, turning
from shared.contracts.recruitment.family_partners import RegisterPartner, WithdrawConsent
from shared.contracts.recruitment.owners import AmendOwner, RecordParentOwner, RegisterOwner
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
from shared.records.deciding import AnyRule, Rule


def rules(zips: Mapping[str, str]) -> tuple[AnyRule, ...]:
    """The rules; ``zips`` are the ZIP codes there are, each with the postal code of its state."""
    return (
        Rule(RegisterParticipant, registering.register_keys, partial(registering.register, zips=zips)),
        Rule(AmendParticipant, registering.amend_keys, partial(registering.amend, zips=zips)),
        Rule(AssignIdentifier, identifying.keys, identifying.assign),
        Rule(ReleaseIdentifier, identifying.keys, identifying.release),
        Rule(CloseParticipant, turning.close_keys, turning.close),
        Rule(ReopenParticipant, turning.reopen_keys, turning.reopen),
        Rule(MergeParticipant, turning.merge_keys, turning.merge),
        Rule(RecordOwnership, owning.ownership_keys, owning.record_ownership),
        Rule(RegisterOwner, owning.owner_keys, owning.register_owner),
        Rule(AmendOwner, owning.owner_keys, owning.amend_owner),
        Rule(RecordParentOwner, owning.parent_keys, owning.record_parent),
        Rule(RegisterPartner, partnering.register_keys, partnering.register),
        Rule(WithdrawConsent, partnering.withdraw_keys, partnering.withdraw),
    )
