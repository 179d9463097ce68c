"""How a session changes by its events."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.sessions.machine import AHEAD, Phase
from services.recruitment.domain.sessions.state import (
    AT_ONCE,
    REMIND_DAYS,
    Attendance,
    Correction,
    Evaluation,
    Material,
    Registration,
    Session,
)
from shared.contracts.message import Event
from shared.contracts.recruitment.session_terms import Told
from shared.contracts.recruitment.sessions import (
    SESSIONS,
    RegistrationClosed,
    RegistrationOpened,
    SessionAmended,
    SessionAttended,
    SessionCancelled,
    SessionEvaluated,
    SessionHeld,
    SessionMaterialAdded,
    SessionPlanned,
    SessionRegistered,
    SessionRegistrationWithdrawn,
    SessionRescheduled,
    SessionTold,
)
from shared.records.kinds import Kind

_MOVED: Final = {"revision", "mode", "starts_at", "ends_at", "zone", "place", "join_url"}
_TELLING: Final = (
    RegistrationOpened,
    RegistrationClosed,
    SessionHeld,
    SessionCancelled,
    SessionRescheduled,
    SessionTold,
)


def _evolve(before: Session | None, event: Event, at: dt.datetime) -> Session:
    del at
    if isinstance(event, SessionPlanned):
        return Session(id=event.session, **event.model_dump(exclude={"session", "actor"}))
    assert before is not None, "a session is planned first"
    after = before.model_copy(update=_changes(before, event))
    if not isinstance(event, _TELLING):
        return after
    return after.model_copy(update={"tell_next": tell_next(after)})


def tell_next(session: Session) -> dt.datetime | None:
    """When there is next something to tell of a session; None: nothing any more."""
    if session.phase is Phase.CANCELLED:
        return AT_ONCE if session.invited is not None and not session.cancellation_told else None
    if session.phase not in AHEAD or session.phase is Phase.PLANNED:
        return None
    if session.invited != session.revision and (session.phase is Phase.OPEN or session.invited is not None):
        return AT_ONCE
    ahead = [session.starts_at - dt.timedelta(days=one) for one in REMIND_DAYS if one not in session.reminded]
    return min(ahead, default=None)


def _changes(held: Session, event: Event) -> dict[str, Any]:
    match event:
        case SessionAmended():
            return event.model_dump(include={"title", "agenda", "capacity"})
        case SessionRescheduled():
            return {**event.model_dump(include=_MOVED), "reason": event.reason, "reminded": ()}
        case RegistrationOpened():
            return {"phase": Phase.OPEN}
        case RegistrationClosed():
            return {"phase": Phase.CLOSED}
        case SessionHeld():
            return {"phase": Phase.HELD}
        case SessionCancelled():
            return {"phase": Phase.CANCELLED, "revision": event.revision, "reason": event.reason}
        case SessionTold():
            return _told(held, event)
        case _:
            return _taking_part(held, event)


def _taking_part(held: Session, event: Event) -> dict[str, Any]:
    match event:
        case SessionRegistered():
            return _registered(held, event)
        case SessionRegistrationWithdrawn():
            kept = {name: one for name, one in held.registrations.items() if name != event.participant}
            return {"registrations": kept}
        case SessionAttended():
            return _attended(held, event)
        case SessionMaterialAdded():
            added = Material(**event.model_dump(exclude={"session", "actor"}))
            return {"materials": (*held.materials, added)}
        case SessionEvaluated():
            others = (
                one for one in held.evaluations if one.participant is None or one.participant != event.participant
            )
            given = Evaluation(**event.model_dump(exclude={"session", "actor"}))
            return {"evaluations": (*others, given)}
        case _:
            raise AssertionError("an event of the kind that nothing evolves by")


def _registered(held: Session, event: SessionRegistered) -> dict[str, Any]:
    before = held.registrations.get(event.participant)
    kept = before is not None and not event.requeued
    place = before.place if before is not None and kept else held.places + 1
    one = Registration(people=event.people, mode=event.mode, place=place)
    return {
        "places": max(held.places, place),
        "registrations": {**held.registrations, event.participant: one},
    }


def _attended(held: Session, event: SessionAttended) -> dict[str, Any]:
    before = held.attended(event.participant, event.mode)
    of_one = {mode: one for mode, one in held.attendance.get(event.participant, {}).items() if mode is not event.mode}
    if event.people:
        of_one[event.mode] = Attendance(**event.model_dump(include={"people", "minutes", "guest", "source"}))
    attendance = {name: one for name, one in held.attendance.items() if name != event.participant}
    if of_one:
        attendance[event.participant] = of_one
    if before is None:
        return {"attendance": attendance}
    correction = Correction(participant=event.participant, mode=event.mode, before=before, because=event.because)
    return {"attendance": attendance, "corrections": (*held.corrections, correction)}


def _told(held: Session, event: SessionTold) -> dict[str, Any]:
    match event.what:
        case Told.INVITATION:
            if event.revision == held.invited:
                return {"invited_whom": tuple(sorted({*held.invited_whom, *event.invited}))}
            told = {"invited": event.revision, "invited_for": held.starts_at, "invited_whom": event.invited}
            return {**told, "reminded": event.days}
        case Told.REMINDER:
            return {"reminded": tuple(sorted({*held.reminded, *event.days}, reverse=True))}
        case Told.CANCELLATION:
            return {"cancellation_told": True}


SESSION: Final = Kind(
    name="learning-session",
    state=Session,
    events=(
        SessionPlanned,
        SessionAmended,
        SessionRescheduled,
        RegistrationOpened,
        RegistrationClosed,
        SessionHeld,
        SessionCancelled,
        SessionRegistered,
        SessionRegistrationWithdrawn,
        SessionAttended,
        SessionMaterialAdded,
        SessionEvaluated,
        SessionTold,
    ),
    begins=(SessionPlanned,),
    id_of=lambda event: event.session,
    evolve=_evolve,
    topic=SESSIONS.name,
)
