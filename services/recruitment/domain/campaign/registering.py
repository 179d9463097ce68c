"""Homes, staff members and consumers register for the campaign and withdraw."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final
from uuid import UUID

from services.recruitment.domain.campaign.registration_kind import (
    REGISTRATION,
    REGISTRATION_MACHINE,
    Registration,
    Taking,
    TakingStep,
)
from services.recruitment.domain.networks.standing import in_future, learning_id, too_early, unknown
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from services.recruitment.domain.participants.state import Participant
from shared.contracts.recruitment.campaign_registrations import (
    CampaignRegistered,
    CampaignWithdrawn,
    RegisterForCampaign,
    WithdrawFromCampaign,
)
from shared.contracts.recruitment.campaign_terms import Registrant
from shared.contracts.recruitment.ids import Setting
from shared.contracts.replies import Reason
from shared.program.states import STATES
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused

# The campaign was begun in September 2006.
_BEGAN: Final = dt.date(2006, 9, 1)
_SOURCE: Final = "nhqualitycampaign.org, page on the campaign's history"


def campaign_id(made: UUID) -> str:
    """The id of something of the campaign."""
    return learning_id("ae", made)


def no_home(participant: Participant | None, day: dt.date, field: str) -> Iterator[Reason]:
    """Why a participant is no nursing home that can be dealt with on a day."""
    if reason := reason_against(participant, day, field):
        yield reason
    if participant is not None and participant.setting is not Setting.NURSING_HOME:
        yield Reason(code="NOT_A_HOME", field=field, text="The campaign is of nursing homes; this is none.")


def no_state(code: str, field: str = "state") -> Iterator[Reason]:
    """Why a postal code is none of a state or territory of the program."""
    if code not in STATES:
        yield Reason(code="STATE_UNKNOWN", field=field, text=f"{code} is no state or territory of the program.")


def _id(command: RegisterForCampaign, ids: Ids) -> str:
    if command.registrant is Registrant.HOME and command.home is not None:
        return command.home
    return campaign_id(ids("registration"))


def _register_keys(command: RegisterForCampaign, ids: Ids) -> Iterable[str]:
    yield REGISTRATION.key(_id(command, ids))
    if command.home is not None:
        yield PARTICIPANT.key(command.home)


def register(command: RegisterForCampaign, held: Held, asked: Asked) -> Decided | Against:
    """Register somebody, or a home that withdrew again."""
    home = held.get(PARTICIPANT, command.home) if command.home is not None else None
    registration = _id(command, asked.new_id)
    before = held.get(REGISTRATION, registration)
    if before is not None and before.taking is Taking.REGISTERED and before.registered_on == command.registered_on:
        return Decided({**_made(before.id, before.state), "changed": False})
    if reasons := tuple(_against_registering(command, before, home, asked)):
        return Against(reasons)
    state = home.state if command.registrant is Registrant.HOME and home is not None else command.state
    told = command.model_dump(exclude={"state"})
    event = CampaignRegistered(**told, registration=registration, state=state)
    return Decided({**_made(registration, event.state), "changed": True}, (event,))


def _made(registration: str, state: str) -> dict[str, object]:
    return {"registration": registration, "state": state}


def _against_registering(
    command: RegisterForCampaign, before: Registration | None, home: Participant | None, asked: Asked
) -> Iterator[Reason]:
    day, field = command.registered_on, "registered_on"
    if before is not None:
        if impossible := REGISTRATION_MACHINE.reason_against(before.taking, TakingStep.REGISTER, "home"):
            yield impossible
            return
        yield from too_early(day, before.withdrawn_on or before.registered_on, field, "it withdrew")
    if day < _BEGAN:
        yield Reason(code="BEFORE_CAMPAIGN", field=field, text=f"The campaign began on {_BEGAN}.", citation=_SOURCE)
    yield from in_future(day, asked.now, field)
    if command.home is not None:
        yield from no_home(home, day, "home")
    elif command.registrant is Registrant.HOME:
        yield Reason(code="MISSING", field="home", text="Say which home it is.")
    if command.registrant is Registrant.HOME and command.state is not None:
        yield Reason(code="NOT_ASKED", field="state", text="A home's state is known; leave it out.")
    elif command.registrant is not Registrant.HOME:
        if command.state is None:
            yield Reason(code="MISSING", field="state", text="Say of which state the person is.")
        else:
            yield from no_state(command.state)


def _withdraw_keys(command: WithdrawFromCampaign, ids: Ids) -> Iterable[str]:
    del ids
    return (REGISTRATION.key(command.registration),)


def withdraw(command: WithdrawFromCampaign, held: Held, asked: Asked) -> Decided | Against:
    """Let somebody go."""
    found = held.get(REGISTRATION, command.registration)
    if found is None:
        return unknown("registration")
    if impossible := REGISTRATION_MACHINE.reason_against(found.taking, TakingStep.WITHDRAW, "registration"):
        return Against((impossible,))
    reasons = (
        *too_early(command.withdrawn_on, found.latest_day(), "withdrawn_on", "the last that is recorded of it"),
        *in_future(command.withdrawn_on, asked.now, "withdrawn_on"),
    )
    if refusal := refused(reasons):
        return refusal
    made = {"registration": found.id, "withdrawn_on": command.withdrawn_on.isoformat()}
    return Decided(made, (CampaignWithdrawn(**command.model_dump()),))


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(RegisterForCampaign, _register_keys, register),
    Rule(WithdrawFromCampaign, _withdraw_keys, withdraw),
)
