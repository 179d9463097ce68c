"""Registering participants that no list tells of, and amending what is known."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from services.recruitment.domain.participants.identity import OWN, about_identifier, about_place
from services.recruitment.domain.participants.kinds import IDENTIFIER, PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from services.recruitment.domain.participants.state import Participant
from services.recruitment.domain.program import answering
from services.recruitment.domain.program.kinds import NETWORKS
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.participant_commands import AmendParticipant, RegisterParticipant
from shared.contracts.recruitment.participant_terms import Amendable
from shared.contracts.recruitment.participants import ParticipantAmended, ParticipantRegistered
from shared.contracts.replies import Reason
from shared.records.deciding import Against, Asked, Decided, Held, Ids, refused

PERSON: Final = Setting.BENEFICIARY_OR_FAMILY


def registered_id(command: RegisterParticipant, ids: Ids) -> str:
    """The id a registration is for: the one given, else a new one of ours."""
    return command.participant or f"{OWN}{ids('participant')}"


def register_keys(command: RegisterParticipant, ids: Ids) -> Iterable[str]:
    """The participant that will be, and whether its id is another's identifier."""
    identifier = registered_id(command, ids)
    return PARTICIPANT.key(identifier), IDENTIFIER.key(identifier), NETWORKS.key(identifier)


def register(command: RegisterParticipant, held: Held, asked: Asked, *, zips: Mapping[str, str]) -> Decided | Against:
    """Register a participant."""
    identifier = registered_id(command, asked.new_id)
    reasons = [*about_identifier(identifier, "participant"), *_taken(identifier, held), *_about_setting(command)]
    reasons += about_place(command.state, command.zip_code, zips)
    if against := refused(reasons):
        return against
    event = ParticipantRegistered(
        participant=identifier,
        qin_qio=answering.improving(command.state, asked.now.date(), held.get(NETWORKS, identifier)),
        **command.model_dump(exclude={"actor", "participant"}),
    )
    made = {"participant": identifier, "name": event.name, "setting": event.setting.value, "qin_qio": event.qin_qio}
    return Decided(made, (event,))


def _taken(identifier: str, held: Held) -> Iterator[Reason]:
    if held.get(PARTICIPANT, identifier) is not None:
        text = f"{identifier} is known already. Amend it instead."
        yield Reason(code="ALREADY_KNOWN", field="participant", text=text)
    holder = held.get(IDENTIFIER, identifier)
    if holder is not None and holder.participant is not None:
        text = f"{identifier} is an identifier of {holder.participant}."
        yield Reason(code="IDENTIFIER_TAKEN", field="participant", text=text)


def _about_setting(command: RegisterParticipant) -> Iterator[Reason]:
    if command.setting is PERSON:
        text = "A person is registered as a partner, with a name of their choice and consent."
        yield Reason(code="PERSON", field="setting", text=text)


def amend_keys(command: AmendParticipant, ids: Ids) -> Iterable[str]:
    """The participant, and who answers where it is."""
    del ids
    return PARTICIPANT.key(command.participant), NETWORKS.key(command.participant)


def amend(command: AmendParticipant, held: Held, asked: Asked, *, zips: Mapping[str, str]) -> Decided | Against:
    """Record fields anew, or let them follow the list again."""
    before = held.get(PARTICIPANT, command.participant)
    gone = reason_against(before, dt.date.min, "participant")
    if gone or before is None:
        return Against((gone,) if gone else ())
    given = {field.value: value for field in Amendable if (value := getattr(command, field)) is not None}
    follows = tuple(field for field in dict.fromkeys(command.follow_list) if field in before.amended)
    after = {**{field.value: before.amended[field] for field in follows}, **given}
    if against := refused(_against_amending(command, before, given, after, zips)):
        return against
    changes = {field: value for field, value in given.items() if _is_new(before, field, value)}
    made = {"participant": before.id, "changed": sorted({*changes, *follows})}
    if not made["changed"]:
        return Decided(made)
    state = str(after.get("state") or before.state)
    day = before.as_of or asked.now.date()
    qin_qio = answering.improving(state, day, held.get(NETWORKS, before.id))
    event = ParticipantAmended(participant=before.id, qin_qio=qin_qio, follows_list=follows, **changes)
    return Decided(made, (event,))


def _is_new(before: Participant, field: str, value: Any) -> bool:
    return field not in before.amended or getattr(before, field) != value


def _against_amending(
    command: AmendParticipant,
    before: Participant,
    given: Mapping[str, Any],
    after: Mapping[str, Any],
    zips: Mapping[str, str],
) -> Iterator[Reason]:
    if not given and not command.follow_list:
        yield Reason(code="NOTHING_TO_AMEND", field=None, text="Nothing is given that could be amended.")
    for field in sorted(set(command.follow_list)):
        if field.value in given:
            text = f"The {_said(field)} is recorded anew and at the same time to follow the list."
            yield Reason(code="CONTRADICTION", field=field.value, text=text)
        elif before.as_of is None:
            text = f"No list tells of this participant, so its {_said(field)} cannot follow one."
            yield Reason(code="NOT_LISTED", field="follow_list", text=text)
    if before.setting is PERSON:
        yield Reason(code="PERSON", field="participant", text="Nothing of a person is kept that could be amended.")
    elif given.get("setting") is PERSON:
        yield Reason(code="PERSON", field="setting", text="An organisation cannot become a person.")
    if after.keys() & {"state", "zip_code"}:
        state, zip_code = after.get("state") or before.state, after.get("zip_code") or before.zip_code
        yield from about_place(str(state), str(zip_code), zips)


def _said(field: Amendable) -> str:
    return field.value.replace("_", " ")
