"""The rules of caseloads: whoever is looked after has exactly one lead, and a handover keeps the history."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.people.days import reason_against_past
from services.recruitment.domain.people.kinds import CASELOAD, PERSON
from services.recruitment.domain.people.standing import person_reason, subject_key, subject_reason
from services.recruitment.domain.people.state import Caseload, Person
from shared.contracts.recruitment.people import CaseloadAssigned, CaseloadReleased, CaseloadTransferred
from shared.contracts.recruitment.people_commands import AssignCaseload, ReleaseCaseload, TransferCaseload
from shared.contracts.recruitment.people_terms import Part
from shared.contracts.replies import Reason
from shared.records.deciding import (
    Against,
    AnyRule,
    Asked,
    Decided,
    Held,
    Ids,
    Rule,
    against,
    refused,
)

_DAY: Final = dt.timedelta(days=1)


def assign(command: AssignCaseload, held: Held, asked: Asked) -> Decided | Against:
    """Give a subject to a person who serves that day."""
    caseload = held.get(CASELOAD, command.subject) or Caseload(subject=command.subject)
    reasons = [
        *_common(command.subject, held, command.person, command.since, "since", asked.now),
        *_assignable(command, caseload),
    ]
    if reasons:
        return Against(tuple(reasons))
    event = CaseloadAssigned(subject=command.subject, person=command.person, part=command.part, since=command.since)
    made = {**event.model_dump(mode="json")}
    return Decided(made, (event,))


def _assignable(command: AssignCaseload, caseload: Caseload) -> Iterator[Reason]:
    if any(one.person == command.person and one.reaches(command.since) for one in caseload.charges):
        text = f"This person looks after it on {command.since} or later already."
        yield Reason(code="ALREADY_ASSIGNED", field="person", text=text)
    lead = caseload.lead
    if command.part is Part.SUPPORT:
        if lead is None:
            yield Reason(code="NO_LEAD", field="part", text="Nobody leads it yet; a support needs a lead.")
        elif command.since < _led_since(caseload):
            text = f"It has been led since {_led_since(caseload)} only."
            yield Reason(code="NO_LEAD", field="since", text=text)
    elif lead is not None:
        yield Reason(code="HAS_LEAD", field="part", text=f"It has a lead since {lead.since}. Hand it over instead.")
    elif any(one.part is Part.LEAD and one.reaches(command.since) for one in caseload.charges):
        yield Reason(code="LEAD_OVERLAPS", field="since", text=f"Somebody else was its lead on {command.since}.")


def _led_since(caseload: Caseload) -> dt.date:
    """The first day of the unbroken row of leads that reaches to now."""
    first: dt.date | None = None
    for one in reversed([charge for charge in caseload.charges if charge.part is Part.LEAD]):
        if first is not None and one.until != first:
            break
        first = one.since
    assert first is not None, "asked of a caseload with a lead"
    return first


def transfer(command: TransferCaseload, held: Held, asked: Asked) -> Decided | Against:
    """Make somebody else the lead; a support who takes over supports no longer."""
    caseload = held.get(CASELOAD, command.subject) or Caseload(subject=command.subject)
    reasons = [
        *_common(command.subject, held, command.to, command.on, "on", asked.now),
        *_transferable(command, caseload),
    ]
    if reasons or caseload.lead is None:
        return Against(tuple(reasons))
    event = CaseloadTransferred(subject=command.subject, before=caseload.lead.person, to=command.to, on=command.on)
    return Decided(event.model_dump(mode="json"), (event,))


def _transferable(command: TransferCaseload, caseload: Caseload) -> Iterator[Reason]:
    lead = caseload.lead
    if lead is None:
        yield Reason(code="NO_LEAD", field="subject", text="Nobody leads it; assign it instead.")
        return
    if lead.person == command.to:
        yield Reason(code="HANDOVER_TO_ONESELF", field="to", text="This person is its lead already.")
    earliest = max(one.until or one.since for one in caseload.charges if one == lead or one.person == command.to)
    if command.on < earliest:
        text = f"Those who hand it over and take it have looked after it; it cannot be handed over before {earliest}."
        yield Reason(code="END_BEFORE_START", field="on", text=text)


def release(command: ReleaseCaseload, held: Held, asked: Asked) -> Decided | Against:
    """End somebody's part; also after the person has left or the participant has closed."""
    caseload = held.get(CASELOAD, command.subject)
    charge = caseload.charge_of(command.person) if caseload else None
    if caseload is None or charge is None:
        return against("NOT_ASSIGNED", "person", "This person does not look after it.")
    reasons = refused(_releasable(command, caseload, charge.since, asked.now))
    if reasons:
        return reasons
    event = CaseloadReleased(subject=command.subject, person=command.person, until=command.last_day + _DAY)
    made = {"subject": command.subject, "person": command.person, "last_day": command.last_day.isoformat()}
    return Decided(made, (event,))


def _releasable(command: ReleaseCaseload, caseload: Caseload, since: dt.date, now: dt.datetime) -> Iterator[Reason]:
    found = reason_against_past(command.last_day, now, "last_day")
    if found is not None:
        yield found
        return
    if command.last_day < since:
        yield Reason(code="END_BEFORE_START", field="last_day", text=f"They look after it since {since} only.")
    leads = caseload.lead is not None and caseload.lead.person == command.person
    if leads and any(one.person != command.person and one.reaches(command.last_day + _DAY) for one in caseload.charges):
        text = f"Others support it after {command.last_day} and need a lead. Hand it over, or release them first."
        yield Reason(code="LEAD_NEEDED", field="person", text=text)


def _common(subject: str, held: Held, person_id: str, on: dt.date, field: str, now: dt.datetime) -> Iterator[Reason]:
    """What stands against a subject, a person and a day whatever the command."""
    person = held.get(PERSON, person_id)
    who = "to" if field == "on" else "person"
    for found in (
        reason_against_past(on, now, field),
        subject_reason(subject, held, on, "subject"),
        person_reason(person, on, who),
        _elsewhere(subject, held, person, on, who),
    ):
        if found is not None:
            yield found


def _elsewhere(subject: str, held: Held, person: Person | None, on: dt.date, field: str) -> Reason | None:
    """A participant is looked after by somebody who serves its state; a community may lie in several."""
    kind, _, identifier = subject.partition(":")
    participant = held.get(PARTICIPANT, identifier) if kind == "participant" else None
    if participant is None or person is None or not person.serving(on) or participant.state in person.states(on):
        return None
    states = ", ".join(sorted(person.states(on)))
    text = f"The participant is in {participant.state}; on {on} this person serves {states}."
    return Reason(code="STATE_NOT_SERVED", field=field, text=text)


def _assign_keys(command: AssignCaseload, ids: Ids) -> Iterable[str]:
    del ids
    return CASELOAD.key(command.subject), subject_key(command.subject), PERSON.key(command.person)


def _transfer_keys(command: TransferCaseload, ids: Ids) -> Iterable[str]:
    del ids
    return CASELOAD.key(command.subject), subject_key(command.subject), PERSON.key(command.to)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(AssignCaseload, _assign_keys, assign),
    Rule(TransferCaseload, _transfer_keys, transfer),
    Rule(ReleaseCaseload, lambda command, _: (CASELOAD.key(command.subject),), release),
)
