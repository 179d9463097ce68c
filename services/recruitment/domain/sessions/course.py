"""The course of a session: registration opened and closed, the session held or cancelled."""

from collections.abc import Iterable
from typing import Final

from services.recruitment.domain.networks.standing import unknown
from services.recruitment.domain.sessions.machine import Step
from services.recruitment.domain.sessions.planning import impossible, whereabouts
from services.recruitment.domain.sessions.session_kind import SESSION
from shared.contracts.recruitment.session_commands import (
    CancelSession,
    CloseRegistration,
    HoldSession,
    OpenRegistration,
)
from shared.contracts.recruitment.sessions import (
    RegistrationClosed,
    RegistrationOpened,
    SessionCancelled,
    SessionHeld,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def _keys(command: OpenRegistration | CloseRegistration | HoldSession | CancelSession, ids: Ids) -> Iterable[str]:
    del ids
    yield SESSION.key(command.session)


def open_registration(command: OpenRegistration, held: Held, asked: Asked) -> Decided | Against:
    """Open registration; the worker of reminders invites."""
    found = held.get(SESSION, command.session)
    if found is None:
        return unknown("session")
    if against := refused(impossible(found, Step.OPEN_REGISTRATION)) or refused(whereabouts(found)):
        return against
    event = RegistrationOpened(**command.model_dump())
    ahead = found.starts_at > asked.now
    return Decided({"session": found.id, "invites": ahead and found.invited != found.revision}, (event,))


def close_registration(command: CloseRegistration, held: Held, asked: Asked) -> Decided | Against:
    """Close registration."""
    del asked
    found = held.get(SESSION, command.session)
    if found is None:
        return unknown("session")
    if against := refused(impossible(found, Step.CLOSE_REGISTRATION)):
        return against
    made = {"session": found.id, "registered": len(found.registrations), "people": found.people_seated()}
    return Decided(made, (RegistrationClosed(**command.model_dump()),))


def hold(command: HoldSession, held: Held, asked: Asked) -> Decided | Against:
    """Record that a session is held."""
    found = held.get(SESSION, command.session)
    if found is None:
        return unknown("session")
    reasons = [*impossible(found, Step.HOLD)]
    if found.starts_at > asked.now:
        text = f"It begins at {found.starts_at:%Y-%m-%d %H:%M} UTC only."
        reasons.append(Reason(code="NOT_BEGUN", field="session", text=text))
    if against := refused(reasons):
        return against
    return Decided(
        {"session": found.id, "registered": len(found.registrations)}, (SessionHeld(**command.model_dump()),)
    )


def cancel(command: CancelSession, held: Held, asked: Asked) -> Decided | Against:
    """Cancel a session; the worker of reminders tells those who were invited."""
    found = held.get(SESSION, command.session)
    if found is None:
        return unknown("session")
    if against := refused(impossible(found, Step.CANCEL)):
        return against
    event = SessionCancelled(**command.model_dump(), revision=found.revision + 1)
    tells = found.invited_for is not None and found.invited_for > asked.now
    return Decided({"session": found.id, "tells": tells}, (event,))


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(OpenRegistration, _keys, open_registration),
    Rule(CloseRegistration, _keys, close_registration),
    Rule(HoldSession, _keys, hold),
    Rule(CancelSession, _keys, cancel),
)
