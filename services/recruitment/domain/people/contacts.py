"""The rules of the contact log: what took place is written down once, and said anew without erasing."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.people.contact_kind import CONTACT, MACHINE, ContactAction, correction
from services.recruitment.domain.people.days import reason_against_past
from services.recruitment.domain.people.kinds import PERSON
from services.recruitment.domain.people.standing import person_reason, subject_key, subject_reason
from services.recruitment.domain.people.state import Contact
from shared.contracts.recruitment.people import (
    ContactCorrected,
    ContactEntryWithdrawn,
    ContactRecorded,
    NextStepCompleted,
)
from shared.contracts.recruitment.people_commands import (
    CompleteNextStep,
    CorrectContact,
    RecordContact,
    WithdrawContactEntry,
)
from shared.contracts.recruitment.people_terms import ContactFacts
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against


def record(command: RecordContact, held: Held, asked: Asked) -> Decided | Against:
    """Write a contact down."""
    reasons = tuple(_reasons(command.facts, held, asked.now))
    if reasons:
        return Against(reasons)
    event = ContactRecorded(contact=asked.new_id("contact"), facts=command.facts, actor=asked.actor)
    return Decided({"contact": str(event.contact), "version": 1, **_next(command.facts)}, (event,))


def correct(command: CorrectContact, held: Held, asked: Asked) -> Decided | Against:
    """Say a contact anew; the same again changes nothing."""
    contact = held.get(CONTACT, str(command.contact))
    if contact is None:
        return _unknown()
    versions = len(contact.versions)
    reasons = list(_reasons(command.facts, held, asked.now))
    if command.version != versions:
        text = f"It has been corrected since; version {versions} holds. Look at it again."
        reasons.insert(0, Reason(code="VERSION_OLD", field="version", text=text))
    state = MACHINE.reason_against(contact.state, correction(command.facts), "contact")
    if state is not None:
        reasons.append(state)
    if contact.step_done_on is not None and command.facts.on > contact.step_done_on:
        text = f"Its next step was done on {contact.step_done_on}; it cannot have been later."
        reasons.append(Reason(code="STEP_BEFORE_CONTACT", field="facts.on", text=text))
    if reasons:
        return Against(tuple(reasons))
    changed = command.facts != contact.facts
    made = {"contact": str(command.contact), "version": versions + changed, "changed": changed, **_next(command.facts)}
    if not changed:
        return Decided(made)
    event = ContactCorrected(
        contact=command.contact, version=versions + 1, facts=command.facts, why=command.why, actor=asked.actor
    )
    return Decided(made, (event,))


def withdraw(command: WithdrawContactEntry, held: Held, asked: Asked) -> Decided | Against:
    """Say that a contact was written down in error."""
    contact = held.get(CONTACT, str(command.contact))
    if contact is None:
        return _unknown()
    state = MACHINE.reason_against(contact.state, ContactAction.WITHDRAW, "contact")
    if state is not None:
        return Against((state,))
    event = ContactEntryWithdrawn(contact=command.contact, why=command.why, actor=asked.actor)
    return Decided({"contact": str(command.contact)}, (event,))


def complete(command: CompleteNextStep, held: Held, asked: Asked) -> Decided | Against:
    """The next step was done, not before the contact it follows from."""
    contact = held.get(CONTACT, str(command.contact))
    if contact is None:
        return _unknown()
    reasons = tuple(_completion_reasons(command, contact, asked.now))
    if reasons:
        return Against(reasons)
    event = NextStepCompleted(contact=command.contact, done_on=command.done_on, actor=asked.actor)
    return Decided({"contact": str(command.contact), "done_on": command.done_on.isoformat()}, (event,))


def _reasons(facts: ContactFacts, held: Held, now: dt.datetime) -> Iterator[Reason]:
    for found in (
        reason_against_past(facts.on, now, "facts.on"),
        person_reason(held.get(PERSON, facts.person), facts.on, "facts.person"),
        subject_reason(facts.subject, held, facts.on, "facts.subject"),
    ):
        if found is not None:
            yield found
    if facts.subject == f"person:{facts.person}":
        yield Reason(code="CONTACT_WITH_ONESELF", field="facts.subject", text="Nobody makes a contact with themselves.")
    if (facts.next_step is None) != (facts.next_step_on is None):
        text = "A next step has a day by which it is due, and a day has a step."
        yield Reason(code="STEP_INCOMPLETE", field="facts.next_step", text=text)
    elif facts.next_step_on is not None and facts.next_step_on < facts.on:
        text = f"The next step would be due before the contact, which was on {facts.on}."
        yield Reason(code="STEP_BEFORE_CONTACT", field="facts.next_step_on", text=text)


def _completion_reasons(command: CompleteNextStep, contact: Contact, now: dt.datetime) -> Iterator[Reason]:
    state = MACHINE.reason_against(contact.state, ContactAction.COMPLETE_STEP, "contact")
    if state is not None:
        yield state
    found = reason_against_past(command.done_on, now, "done_on")
    if found is not None:
        yield found
    if command.done_on < contact.facts.on:
        text = f"It cannot be done before the contact, which was on {contact.facts.on}."
        yield Reason(code="END_BEFORE_START", field="done_on", text=text)


def _next(facts: ContactFacts) -> dict[str, object]:
    return {"next_step_on": facts.next_step_on.isoformat() if facts.next_step_on else None}


def _unknown() -> Against:
    return against("CONTACT_UNKNOWN", "contact", "There is no such contact.")


def _about(facts: ContactFacts) -> tuple[str, str]:
    return PERSON.key(facts.person), subject_key(facts.subject)


def _record_keys(command: RecordContact, ids: Ids) -> Iterable[str]:
    return CONTACT.key(str(ids("contact"))), *_about(command.facts)


def _correct_keys(command: CorrectContact, ids: Ids) -> Iterable[str]:
    del ids
    return CONTACT.key(str(command.contact)), *_about(command.facts)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(RecordContact, _record_keys, record),
    Rule(CorrectContact, _correct_keys, correct),
    Rule(WithdrawContactEntry, lambda command, _: (CONTACT.key(str(command.contact)),), withdraw),
    Rule(CompleteNextStep, lambda command, _: (CONTACT.key(str(command.contact)),), complete),
)
