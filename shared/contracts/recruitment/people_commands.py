"""What recruitment is asked about people, caseloads and contacts."""

import datetime as dt
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Command
from shared.contracts.recruitment.people_terms import ContactFacts, LookedAfter, Part, PersonId, PersonKind, Profile
from shared.contracts.recruitment.terms import Line, StateCode, Words


class RegisterPerson(Command):
    """Take up a member of staff or an expert, in a first role.

    Without ``qio`` it is the network that answers for the states on the first day; refused where no source names one.
    A role may be arranged up to a year ahead. Refused for a person id that is taken.
    """

    TYPE: ClassVar[str] = "recruitment.RegisterPerson"

    person: PersonId
    kind: PersonKind
    profile: Profile
    role: Line
    qio: Line | None = None
    states: tuple[StateCode, ...] = Field(min_length=1, max_length=60, description="the states served in this role")
    since: dt.date


class AmendPerson(Command):
    """State anew who somebody is at work; the same again changes nothing."""

    TYPE: ClassVar[str] = "recruitment.AmendPerson"

    person: PersonId
    profile: Profile


class AssignRole(Command):
    """Give somebody a further role, or one after they left; ``qio`` as in ``RegisterPerson``."""

    TYPE: ClassVar[str] = "recruitment.AssignRole"

    person: PersonId
    role: Line
    qio: Line | None = None
    states: tuple[StateCode, ...] = Field(min_length=1, max_length=60)
    since: dt.date


class ReleaseRole(Command):
    """End one role after its last day."""

    TYPE: ClassVar[str] = "recruitment.ReleaseRole"

    person: PersonId
    role_id: UUID
    last_day: dt.date


class RetirePerson(Command):
    """Somebody leaves: every role ends after the last day. What they looked after waits to be handed over."""

    TYPE: ClassVar[str] = "recruitment.RetirePerson"

    person: PersonId
    last_day: dt.date


class AssignCaseload(Command):
    """Give a participant or community to somebody to look after, from a day on.

    Refused: a second lead at a time, a support where there is no lead, a person who does not serve that day or not in
    that state, a participant that is closed, a day in the future.
    """

    TYPE: ClassVar[str] = "recruitment.AssignCaseload"

    subject: LookedAfter
    person: PersonId
    part: Part = Part.LEAD
    since: dt.date


class TransferCaseload(Command):
    """The lead becomes somebody else from a day on; who was lead before stays in the history."""

    TYPE: ClassVar[str] = "recruitment.TransferCaseload"

    subject: LookedAfter
    to: PersonId
    on: dt.date = Field(description="the first day of the new lead")


class ReleaseCaseload(Command):
    """Somebody looks after it no longer; refused for the lead while others support, because one must lead them."""

    TYPE: ClassVar[str] = "recruitment.ReleaseCaseload"

    subject: LookedAfter
    person: PersonId
    last_day: dt.date


class RecordContact(Command):
    """Write down a contact that took place."""

    TYPE: ClassVar[str] = "recruitment.RecordContact"

    facts: ContactFacts


class CorrectContact(Command):
    """State a contact anew, all of it; what was said before stays beside it.

    ``version`` is the version that is corrected, so that nobody overwrites what they have not seen.
    """

    TYPE: ClassVar[str] = "recruitment.CorrectContact"

    contact: UUID
    version: int = Field(ge=1)
    facts: ContactFacts
    why: Words


class WithdrawContactEntry(Command):
    """Say that a contact was logged in error: it did not take place, or is there twice. It stays readable."""

    TYPE: ClassVar[str] = "recruitment.WithdrawContactEntry"

    contact: UUID
    why: Words


class CompleteNextStep(Command):
    """The next step of a contact is done."""

    TYPE: ClassVar[str] = "recruitment.CompleteNextStep"

    contact: UUID
    done_on: dt.date


ASKED: tuple[type[Command], ...] = (
    RegisterPerson,
    AmendPerson,
    AssignRole,
    ReleaseRole,
    RetirePerson,
    AssignCaseload,
    TransferCaseload,
    ReleaseCaseload,
    RecordContact,
    CorrectContact,
    WithdrawContactEntry,
    CompleteNextStep,
)
