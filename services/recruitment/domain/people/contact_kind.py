"""How a contact changes by its events: nothing that was said is ever taken away."""

import datetime as dt
from enum import StrEnum
from typing import Final

from services.recruitment.domain.people.state import Contact, ContactState, Said, Version
from shared.contracts.recruitment.people import (
    CONTACTS,
    ContactCorrected,
    ContactEntryWithdrawn,
    ContactRecorded,
    NextStepCompleted,
)
from shared.contracts.recruitment.people_terms import ContactFacts
from shared.records.kinds import Kind
from shared.records.machine import Machine

ContactEvent = ContactRecorded | ContactCorrected | ContactEntryWithdrawn | NextStepCompleted


class ContactAction(StrEnum):
    """What can be done with a contact that is on record; a correction gives it a next step or none."""

    CORRECT_WITHOUT_STEP = "CORRECT_WITHOUT_STEP"
    CORRECT_WITH_STEP = "CORRECT_WITH_STEP"
    COMPLETE_STEP = "COMPLETE_STEP"
    WITHDRAW = "WITHDRAW"


_S = ContactState
_A = ContactAction
# A correction after the step was done keeps it done: it says otherwise what happened, not what is to do.
MACHINE: Final = Machine(
    "the contact",
    {
        (_S.CONCLUDED, _A.CORRECT_WITHOUT_STEP): _S.CONCLUDED,
        (_S.CONCLUDED, _A.CORRECT_WITH_STEP): _S.STEP_DUE,
        (_S.CONCLUDED, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.STEP_DUE, _A.CORRECT_WITHOUT_STEP): _S.CONCLUDED,
        (_S.STEP_DUE, _A.CORRECT_WITH_STEP): _S.STEP_DUE,
        (_S.STEP_DUE, _A.COMPLETE_STEP): _S.STEP_DONE,
        (_S.STEP_DUE, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.STEP_DONE, _A.CORRECT_WITH_STEP): _S.STEP_DONE,
        (_S.STEP_DONE, _A.WITHDRAW): _S.WITHDRAWN,
    },
)


def correction(facts: ContactFacts) -> ContactAction:
    """Which action it is to correct a contact to these facts."""
    return _A.CORRECT_WITH_STEP if facts.next_step is not None else _A.CORRECT_WITHOUT_STEP


def _contact(before: Contact | None, event: ContactEvent, at: dt.datetime) -> Contact:
    if isinstance(event, ContactRecorded):
        state = _S.STEP_DUE if event.facts.next_step is not None else _S.CONCLUDED
        version = Version(facts=event.facts, actor=event.actor, at=at)
        return Contact(id=event.contact, state=state, versions=(version,))
    assert before is not None, "a contact begins with ContactRecorded"
    changes: dict[str, object]
    match event:
        case ContactCorrected():
            version = Version(facts=event.facts, actor=event.actor, at=at, why=event.why)
            changes = {"versions": (*before.versions, version), "state": _after(before, correction(event.facts))}
        case ContactEntryWithdrawn():
            withdrawal = Said(actor=event.actor, at=at, why=event.why)
            changes = {"withdrawn": withdrawal, "state": _after(before, _A.WITHDRAW)}
        case NextStepCompleted():
            changes = {"step_done_on": event.done_on, "state": _after(before, _A.COMPLETE_STEP)}
    return before.model_copy(update=changes)


def _after(before: Contact, action: ContactAction) -> ContactState:
    """What has happened is not refused: where the table has no answer the state stays."""
    return MACHINE.after(before.state, action) or before.state


CONTACT: Final = Kind(
    name="contact",
    state=Contact,
    events=(ContactRecorded, ContactCorrected, ContactEntryWithdrawn, NextStepCompleted),
    begins=(ContactRecorded,),
    id_of=lambda event: str(event.contact),
    evolve=_contact,
    topic=CONTACTS.name,
)
