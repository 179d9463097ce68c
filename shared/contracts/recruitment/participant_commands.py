"""What recruitment is asked about participants."""

import datetime as dt
from typing import ClassVar

from shared.contracts.message import Command
from shared.contracts.recruitment.ids import OwnerId, ParticipantId, Setting
from shared.contracts.recruitment.participant_terms import (
    Address,
    Amendable,
    Name,
    Place,
    WhyClosed,
    WhyMerged,
    WhyReopened,
    ZipCode,
)
from shared.contracts.recruitment.terms import StateCode


class RegisterParticipant(Command):
    """Register a participant that no CMS file lists (yet).

    Without ``participant`` it gets an id of ours. Refused when it is known, when the id is another's further
    identifier, when the check digit of an NPI is wrong, and when the ZIP code is none or of another state. A person
    is registered with RegisterPartner instead.
    """

    TYPE: ClassVar[str] = "recruitment.RegisterParticipant"

    participant: ParticipantId | None = None
    setting: Setting
    name: Name
    state: StateCode
    zip_code: ZipCode
    address: Address | None = None
    city: Place | None = None
    county: Place | None = None


class AmendParticipant(Command):
    """Record what is right about a participant, whatever a list says; or let fields follow the list again.

    Recorded fields are no longer changed by lists until they are in ``follow_list``. Asking for what holds already
    changes nothing.
    """

    TYPE: ClassVar[str] = "recruitment.AmendParticipant"

    participant: ParticipantId
    setting: Setting | None = None
    name: Name | None = None
    address: Address | None = None
    city: Place | None = None
    county: Place | None = None
    state: StateCode | None = None
    zip_code: ZipCode | None = None
    follow_list: tuple[Amendable, ...] = ()


class AssignIdentifier(Command):
    """Give a participant a further identifier; an identifier belongs to one participant at a time."""

    TYPE: ClassVar[str] = "recruitment.AssignIdentifier"

    participant: ParticipantId
    identifier: ParticipantId


class ReleaseIdentifier(Command):
    """Take a further identifier from a participant; what lists said under it so far stays."""

    TYPE: ClassVar[str] = "recruitment.ReleaseIdentifier"

    participant: ParticipantId
    identifier: ParticipantId


class CloseParticipant(Command):
    """A participant closes; ``on`` is the first day it is closed, at most a year ahead."""

    TYPE: ClassVar[str] = "recruitment.CloseParticipant"

    participant: ParticipantId
    on: dt.date
    reason: WhyClosed


class ReopenParticipant(Command):
    """A closing or merger no longer holds from ``on``; a closing that is still ahead is called off."""

    TYPE: ClassVar[str] = "recruitment.ReopenParticipant"

    participant: ParticipantId
    on: dt.date
    reason: WhyReopened


class MergeParticipant(Command):
    """From ``on``, a participant goes on in another; its history stays, and who asks for it is told the other."""

    TYPE: ClassVar[str] = "recruitment.MergeParticipant"

    participant: ParticipantId
    into: ParticipantId
    on: dt.date
    reason: WhyMerged


class RecordOwnership(Command):
    """Who owns a participant from ``since`` until the next such day; no ``owner``: nobody that is known.

    Recorded again for the same day it corrects that day; the order in which days are recorded does not matter.
    """

    TYPE: ClassVar[str] = "recruitment.RecordOwnership"

    participant: ParticipantId
    owner: OwnerId | None
    since: dt.date


ASKED: tuple[type[Command], ...] = (
    RegisterParticipant,
    AmendParticipant,
    AssignIdentifier,
    ReleaseIdentifier,
    CloseParticipant,
    ReopenParticipant,
    MergeParticipant,
    RecordOwnership,
)
