"""Further identifiers of participants; each belongs to one participant at a time."""

import datetime as dt
from collections.abc import Iterable, Iterator

from services.recruitment.domain.participants.identity import about_identifier, is_ccn
from services.recruitment.domain.participants.kinds import IDENTIFIER, PARTICIPANT
from services.recruitment.domain.participants.registering import PERSON
from services.recruitment.domain.participants.standing import reason_against, unknown
from services.recruitment.domain.participants.state import Participant
from shared.contracts.recruitment.participant_commands import AssignIdentifier, ReleaseIdentifier
from shared.contracts.recruitment.participants import IdentifierAssigned, IdentifierReleased
from shared.contracts.replies import Reason
from shared.records.deciding import Against, Asked, Decided, Held, Ids, against, refused


def keys(command: AssignIdentifier | ReleaseIdentifier, ids: Ids) -> Iterable[str]:
    """The participant, whose the identifier is, and the participant that the identifier could itself be the id of."""
    del ids
    named = PARTICIPANT.key(command.identifier)
    return PARTICIPANT.key(command.participant), named, IDENTIFIER.key(command.identifier)


def assign(command: AssignIdentifier, held: Held, asked: Asked) -> Decided | Against:
    """Give a participant a further identifier; one that it has already changes nothing."""
    del asked
    participant = held.get(PARTICIPANT, command.participant)
    # A closed participant may still get one: bills and old lists name it by that.
    gone = reason_against(participant, dt.date.min, "participant")
    if gone or participant is None:
        return Against((gone,) if gone else ())
    made = {"participant": participant.id, "identifier": command.identifier}
    if command.identifier in participant.identifiers:
        return Decided(made)
    found = [*about_identifier(command.identifier, "identifier"), *_against(command, participant, held)]
    event = IdentifierAssigned(participant=participant.id, identifier=command.identifier)
    return refused(found) or Decided(made, (event,))


def _against(command: AssignIdentifier, participant: Participant, held: Held) -> Iterator[Reason]:
    holder = held.get(IDENTIFIER, command.identifier)
    if held.get(PARTICIPANT, command.identifier) is not None:
        text = f"{command.identifier} is a participant itself. Where both are one, merge them."
        yield Reason(code="IDENTIFIER_TAKEN", field="identifier", text=text)
    elif holder is not None and holder.participant is not None:
        text = f"{command.identifier} is an identifier of {holder.participant}. Release it there first."
        yield Reason(code="IDENTIFIER_TAKEN", field="identifier", text=text)
    if is_ccn(command.identifier) and any(map(is_ccn, (participant.id, *participant.identifiers))):
        # Two certification numbers would be two rows of a list, and no one could tell which of them holds.
        text = "The participant has a CMS Certification Number. The new one is a participant; let this one go on in it."
        yield Reason(code="SECOND_CCN", field="identifier", text=text)
    if participant.setting is PERSON:
        yield Reason(code="PERSON", field="participant", text="No number of a person is kept.")


def release(command: ReleaseIdentifier, held: Held, asked: Asked) -> Decided | Against:
    """Take a further identifier away."""
    del asked
    participant = held.get(PARTICIPANT, command.participant)
    if participant is None:
        return Against((unknown("participant"),))
    if command.identifier not in participant.identifiers:
        text = f"{command.identifier} is no further identifier of {participant.id}."
        return against("IDENTIFIER_UNKNOWN", "identifier", text)
    event = IdentifierReleased(participant=participant.id, identifier=command.identifier)
    return Decided({"participant": participant.id, "identifier": command.identifier}, (event,))
